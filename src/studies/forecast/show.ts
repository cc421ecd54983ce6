/** The forecast for people: a sheet for each measure, by fiscal year and component. */
import { powerOfTen } from '../../core/number/decimal.js';
import { isBranch, type Component } from '../../model/component.js';
import { UNASSIGNED } from '../../model/supplier.js';
import {
  type Dimension,
  type RolledRow,
  rollup,
  TIME_DIMENSIONS,
} from '../../projection/rollup.js';
import type { Scenario } from '../../scenario/scenario.js';
import {
  type PublishedFigure,
  type MarginPath,
  adjustedTexts,
  adjustedWords,
  publishTable,
  type PublishedTable,
} from '../shared/publishTable.js';
import * as z from 'zod';
import type { Sheet, SheetRow } from '../../core/table.js';
import { treeOf } from '../../projection/measureTree.js';
import type { Measure } from '../../projection/plan.js';
import type { Projection } from '../../projection/evaluate.js';
import { ladderOf, ladderSheet } from '../evidence/ladder.js';
import { publishOptions, reportOptions } from '../shared/options.js';
import { printSteps, numberFormat, unitIn } from '../shared/scale.js';
import { areProblems, nameOf, notesOn, projections, quotation } from '../shared/reports.js';
import type { Study } from '../study.js';

/** A line before it is printed: what it is called, and the keys that lead to it. */
export interface SheetLine {
  readonly label: string;
  readonly path: MarginPath;
}

/** Lines of the tree of a measure, with suppliers below the leaves where they are asked for. */
export function linesOf(
  tree: readonly Component[],
  { suppliers }: Scenario,
  rolled: readonly RolledRow[],
  by: readonly Dimension[],
): readonly SheetLine[] {
  if (!by.includes('component')) {
    if (!by.includes('supplier')) return [{ label: 'all', path: ['all'] }];
    const keys = new Set(rolled.map(({ labels }) => labels.at(-1)!));
    return [...keys].map((key) => ({ label: suppliers.get(key)!.name, path: [key] }));
  }
  const present = new Set(
    rolled.flatMap(({ labels }) => {
      const path = pathOf(labels.at(-2)!, labels.at(-1)!, by);
      return path.map((_, i) => path.slice(0, i + 1).join('/'));
    }),
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
  return tree.flatMap((component) => walk(component, []));
}

/** `Servers FY2026`: a line, a column, or both; a label that stands twice, with the one above it. */
export function nameIn(lines: readonly SheetLine[]) {
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

/** The numbers by the keys of their lines: components, then suppliers, as far as they are asked for. */
export function figuresOf(
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

function pathOf(component: string, supplier: string, by: readonly Dimension[]): MarginPath {
  if (!by.includes('component')) return by.includes('supplier') ? [supplier] : ['all'];
  const named = by.includes('supplier') && supplier !== UNASSIGNED;
  return [...component.split('/'), ...(named ? [supplier] : [])];
}

const options = z
  .object({ ...reportOptions, ...publishOptions })
  .refine(({ by = [] }) => by.filter((one) => TIME_DIMENSIONS.includes(one)).length < 2, {
    path: ['by'],
    message: 'takes the period or one kind of year, not several; `capex run` takes several',
  });

export const show: Study<typeof options> = {
  name: 'show',
  summary: 'The forecast as tables on the terminal, with totals and bars',
  files: 'one',
  forEyes: 'alone',
  options,
  example: 'show scenarios/alibaba-380bn.yaml --currency CNY,USD',
  run: (scenarios, given) => {
    const result = projections(scenarios, given);
    if (areProblems(result)) return result;
    return {
      sheets: result.flatMap((projection) => [
        ...sheetsOf(projection, given),
        ladderSheet(ladderOf(projection.scenario), titleOf(projection.scenario), given),
      ]),
      notes: result.flatMap((projection) =>
        [...notesOn(projection), quotationNote(projection)].flat(),
      ),
    };
  },
};

type Given = z.output<typeof options>;

function quotationNote({ scenario, currencies }: Projection): string[] {
  const foreign = currencies.some(({ code }) => code !== scenario.currency.code);
  return foreign || scenario.fx.base.size > 0 ? [quotation(scenario)] : [];
}

/** A sheet for each measure and unit; revenue only where a lag, or the reader, sets it apart. */
function sheetsOf(projection: Projection, given: Given): readonly Sheet[] {
  const { scenario } = projection;
  const hasLag = scenario.leaves.some(({ lag }) => lag !== undefined);
  const shown = projection.cells.filter(
    ({ measure }) => measure !== 'revenue' || hasLag || given.measure !== undefined,
  );
  const kinds = rollup({ scenario, cells: shown }, []);
  return kinds.map((kind) => sheetOf({ ...projection, cells: shown }, kind, given));
}

function sheetOf(
  { scenario, cells }: Projection,
  { measure, unit, count }: RolledRow,
  { by = ['fiscal_year', 'component'], in: asked, decimals }: Given,
): Sheet {
  const time = by.find((one) => TIME_DIMENSIONS.includes(one));
  const own = cells.filter((cell) => cell.measure === measure && cell.unit.label === unit.label);
  const dimensions: Dimension[] = [...(time ? [time] : []), 'component', 'supplier'];
  const rolled = rollup({ scenario, cells: own }, dimensions);
  const periods = time ? [...new Set(rolled.map(({ labels }) => labels[0]!))] : [];
  const scale = numberFormat(measure, unit.places, count, { in: asked, decimals });
  const table = publishTable(figuresOf(rolled, by, unit.places), scale);
  const lines = linesOf(treeOf(measure, scenario.components), scenario, rolled, by);
  const understated = understatedHeadings(scenario, own, time);
  const mark = (label: string) => (understated.has(label) ? `${label}*` : label);
  return {
    title: titleOf(scenario),
    caption: `${measure}, ${unitIn(scale, unit.label)}`,
    headings: [...periods, 'total'].map(mark),
    rows: [...(by.some((one) => one !== time) ? lines : []), TOTAL].map((line) =>
      rowOf(line, periods, table),
    ),
    notes: [
      ...notesOnMeasure(measure, understated.size > 0),
      ...adjustedWords(adjustedTexts(table, nameIn(lines))),
    ],
  };
}

function notesOnMeasure(measure: Measure, isUnderstated: boolean): readonly string[] {
  if (measure === 'content') return ['content is part of demand: do not add the two'];
  return isUnderstated
    ? ['* understated: part of it comes from spending before the window (lag)']
    : [];
}

const TOTAL: SheetLine = { label: 'total', path: [] };

function rowOf(
  { label, path }: SheetLine,
  periods: readonly string[],
  { at, scale }: PublishedTable,
): SheetRow {
  const columns = [...periods.map((period) => [period]), []];
  const cells = columns.map((column) => printSteps(at(path, column), scale));
  if (path.length === 0) return { label, depth: 0, kind: 'total', cells };
  const total = at([], []);
  const share = total === 0n ? 0 : Number((at(path, []) * 1000n) / total);
  return { label, depth: path.length - 1, kind: 'part', cells, bar: [0, share] };
}

/** The closure is named where exchange rates are given, for it says nothing without them. */
function titleOf(scenario: Projection['scenario']): string {
  const { fx } = scenario;
  const name = nameOf(scenario);
  return fx.base.size + fx.path.size > 0 ? `${name}, closure ${fx.closure}` : name;
}

/** Which columns of a sheet hold revenue of a period that a lag leaves understated; the total does. */
function understatedHeadings(
  scenario: Projection['scenario'],
  cells: Projection['cells'],
  time: Dimension | undefined,
): ReadonlySet<string> {
  const marked = cells.filter(
    ({ measure, period }) => measure === 'revenue' && scenario.understated.has(period),
  );
  if (marked.length === 0) return new Set();
  const years = time ? rollup({ scenario, cells: marked }, [time]) : [];
  return new Set([...years.map(({ labels }) => labels[0]!), 'total']);
}
