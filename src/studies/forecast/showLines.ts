/** The lines of `show`: components as a tree, suppliers below them, and the keys that lead to each. */
import { powerOfTen } from '../../core/number/decimal.js';
import type { Language } from '../../core/text/language.js';
import { isBranch, type Component } from '../../model/component.js';
import { UNASSIGNED } from '../../model/supplier.js';
import type { Projection } from '../../projection/evaluate.js';
import { treeOf } from '../../projection/measureTree.js';
import { rollup, type Dimension, type RolledRow } from '../../projection/rollup.js';
import { buyerKey, type Scenario } from '../../scenario/scenario.js';
import type { MarginPath, PublishedFigure } from '../shared/publishTable.js';
import { supplierName } from '../shared/tableWords.js';

/** A line of a sheet: its label, and the keys that lead to it. */
export interface SheetLine {
  readonly label: string;
  readonly path: MarginPath;
}

/** The lines of a sheet: the component tree, with suppliers below its leaves if they are asked for. */
export function sheetLines(
  { scenario, cells }: Pick<Projection, 'scenario' | 'cells'>,
  rolled: readonly RolledRow[],
  by: readonly Dimension[],
  language?: Language,
): readonly SheetLine[] {
  const own = scenarioLines({ scenario, cells }, rolled, by, language);
  if (!by.includes('buyer')) return own;
  const buyer = buyerKey(scenario);
  const below = hasLines(by) ? own : [];
  return [
    { label: buyer, path: [buyer] },
    ...below.map(({ label, path }) => ({ label, path: [buyer, ...path] })),
  ];
}

/** Whether a sheet has lines below the total, or below a buyer. */
function hasLines(by: readonly Dimension[]): boolean {
  return by.includes('component') || by.includes('supplier');
}

/** The lines of several sheets as one: a line that several have stands where the first of them has it. */
export function joinLines(sheets: readonly (readonly SheetLine[])[]): readonly SheetLine[] {
  const [first = []] = sheets;
  if (sheets.length < 2) return first;
  const below = new Map<string, Map<string, SheetLine>>();
  for (const line of sheets.flat()) {
    const above = line.path.slice(0, -1).join('/');
    const own = below.get(above) ?? new Map<string, SheetLine>();
    below.set(above, own);
    const key = line.path.join('/');
    if (!own.has(key)) own.set(key, line);
  }
  const walk = (above: string): readonly SheetLine[] =>
    [...(below.get(above) ?? [])].flatMap(([key, line]) => [line, ...walk(key)]);
  return walk('');
}

function scenarioLines(
  { scenario, cells }: Pick<Projection, 'scenario' | 'cells'>,
  rolled: readonly RolledRow[],
  by: readonly Dimension[],
  language?: Language,
): readonly SheetLine[] {
  const { components } = scenario;
  const supplierLine = (key: string, above: MarginPath): SheetLine => {
    return { label: supplierName(scenario, key, language), path: [...above, key] };
  };
  if (!by.includes('component')) {
    if (!by.includes('supplier')) return [{ label: 'all', path: ['all'] }];
    const rows = rollup({ scenario, cells }, ['supplier']);
    return rows.map(({ labels: [key] }) => supplierLine(key!, []));
  }
  const present = new Set(
    rolled.flatMap(({ labels }) => ancestors(pathOf(labels.at(-2)!, labels.at(-1)!, by))),
  );
  const walk = (component: Component, above: MarginPath): readonly SheetLine[] => {
    const path = [...above, component.key];
    const below = isBranch(component)
      ? component.children.flatMap((child) => walk(child, path))
      : component.suppliers.map((key) => supplierLine(key, path));
    return [{ label: component.name, path }, ...below].filter((line) =>
      present.has(line.path.join('/')),
    );
  };
  return treeOf(rolled[0]!.measure, components).flatMap((component) => walk(component, []));
}

/** Names a total: `Servers FY2026`. A label that occurs twice gets the label above it: `Racks/Power`. */
export function totalNamer(lines: readonly SheetLine[]) {
  const labels = new Map(lines.map(({ label, path }) => [path.join('/'), label]));
  const labelOf = (path: MarginPath) => labels.get(path.join('/'))!;
  const nameOf = (path: MarginPath) => {
    const twice = lines.filter(({ label }) => label === labelOf(path)).length > 1;
    return twice && path.length > 1
      ? `${labelOf(path.slice(0, -1))}/${labelOf(path)}`
      : labelOf(path);
  };
  return (row: MarginPath, column: MarginPath) =>
    [...(row.length > 0 ? [nameOf(row)] : []), ...column].join(' ');
}

/** The numbers by the keys of their lines: components, then suppliers if they are asked for. */
export function lineFigures(
  { scenario, rolled }: { readonly scenario: Scenario; readonly rolled: readonly RolledRow[] },
  by: readonly Dimension[],
  places: number,
): readonly PublishedFigure[] {
  return rolled.map((row) => ({
    row: placeOf(row, by, scenario).path,
    column: row.labels.slice(0, -2),
    count: row.count * powerOfTen(places - row.unit.places),
  }));
}

/** The keys of a line and of all lines above it, each as one text. */
export function ancestors(path: MarginPath): readonly string[] {
  return path.map((_, i) => path.slice(0, i + 1).join('/'));
}

/** A number with the keys of its line. */
export function placeOf(row: RolledRow, by: readonly Dimension[], scenario: Scenario) {
  const [component, supplier] = row.labels.slice(-2) as [string, string];
  const own = pathOf(component, supplier, by);
  const isSupplier = by.includes('component') && own.length > component.split('/').length;
  const buyer = by.includes('buyer') ? [buyerKey(scenario)] : [];
  const path = buyer.length > 0 && !hasLines(by) ? buyer : [...buyer, ...own];
  return { path, isSupplier, row, buyer: buyerKey(scenario) };
}

function pathOf(component: string, supplier: string, by: readonly Dimension[]): MarginPath {
  if (!by.includes('component')) return by.includes('supplier') ? [supplier] : ['all'];
  const named = by.includes('supplier') && supplier !== UNASSIGNED;
  return [...component.split('/'), ...(named ? [supplier] : [])];
}
