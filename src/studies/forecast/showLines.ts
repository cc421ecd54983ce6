/** The lines of `show`: components as a tree, suppliers below them, and the keys that lead to each. */
import { powerOfTen } from '../../core/number/decimal.js';
import { isBranch, type Component } from '../../model/component.js';
import { UNASSIGNED } from '../../model/supplier.js';
import type { Projection } from '../../projection/evaluate.js';
import { treeOf } from '../../projection/measureTree.js';
import { rollup, type Dimension, type RolledRow } from '../../projection/rollup.js';
import type { MarginPath, PublishedFigure } from '../shared/publishTable.js';

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
): readonly SheetLine[] {
  const { suppliers, components } = scenario;
  if (!by.includes('component')) {
    if (!by.includes('supplier')) return [{ label: 'all', path: ['all'] }];
    return rollup({ scenario, cells }, ['supplier']).map(({ labels: [key] }) => {
      return { label: suppliers.get(key!)!.name, path: [key!] };
    });
  }
  const present = new Set(
    rolled.flatMap(({ labels }) => ancestors(pathOf(labels.at(-2)!, labels.at(-1)!, by))),
  );
  const walk = (component: Component, above: MarginPath): readonly SheetLine[] => {
    const path = [...above, component.key];
    const below = isBranch(component)
      ? component.children.flatMap((child) => walk(child, path))
      : component.suppliers.map((key) => ({
          label: suppliers.get(key)!.name,
          path: [...path, key],
        }));
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
  rolled: readonly RolledRow[],
  by: readonly Dimension[],
  places: number,
): readonly PublishedFigure[] {
  return rolled.map(({ labels, unit, count }) => {
    const [component, supplier] = labels.slice(-2) as [string, string];
    const column = labels.slice(0, -2);
    return {
      row: pathOf(component, supplier, by),
      column,
      count: count * powerOfTen(places - unit.places),
    };
  });
}

/** The keys of a line and of all lines above it, each as one text. */
export function ancestors(path: MarginPath): readonly string[] {
  return path.map((_, i) => path.slice(0, i + 1).join('/'));
}

/** A number with the keys of its line. */
export function placeOf(row: RolledRow, by: readonly Dimension[]) {
  const [component, supplier] = row.labels.slice(-2) as [string, string];
  const path = pathOf(component, supplier, by);
  const isSupplier = by.includes('component') && path.length > component.split('/').length;
  return { path, isSupplier, row };
}

function pathOf(component: string, supplier: string, by: readonly Dimension[]): MarginPath {
  if (!by.includes('component')) return by.includes('supplier') ? [supplier] : ['all'];
  const named = by.includes('supplier') && supplier !== UNASSIGNED;
  return [...component.split('/'), ...(named ? [supplier] : [])];
}
