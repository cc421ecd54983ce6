/** The forecast for people: a sheet for each measure, by fiscal year and component. */
import * as z from 'zod';
import type { Sheet, SheetRow } from '../core/table.js';
import { isBranch, leavesOf, type Component } from '../model/component.js';
import { UNASSIGNED } from '../model/supplier.js';
import type { Projection } from '../projection/project.js';
import { rollup, TIME_DIMENSIONS, type Dimension, type RolledRow } from '../projection/rollup.js';
import { publishOptions, reportOptions } from './options.js';
import { printedTable } from './published.js';
import { scaleFor, type Scale } from './scale.js';
import { areProblems, notesOn, projections, quotation } from './report.js';
import type { Study } from './study.js';

const options = z
  .object({ ...reportOptions, ...publishOptions })
  .refine(({ by = [] }) => by.filter((one) => TIME_DIMENSIONS.includes(one)).length < 2, {
    path: ['by'],
    message: 'the columns are periods or one kind of year, not several; `capex run` takes them all',
  });

export const show: Study<typeof options> = {
  name: 'show',
  summary: 'The forecast for people: tables on the terminal, with totals and small bars',
  files: 'one',
  forEyes: true,
  options,
  example: 'show scenarios/alibaba-380bn.yaml --currency CNY,USD',
  run: (scenarios, given) => {
    const result = projections(scenarios, given);
    if (areProblems(result)) return result;
    return {
      sheets: result.flatMap((projection) => sheetsOf(projection, given)),
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
  const scale = scaleFor(measure, unit.places, count, { in: asked, decimals });
  const lines = linesOf(scenario, rolled, by, lineMaker(rolled, time !== undefined, periods));
  const printed = printedLines(lines, count, periods, scale);
  const understated = understatedHeadings(scenario, own, time);
  const mark = (label: string) => (understated.has(label) ? `${label}*` : label);
  const notes = understated.size > 0 ? ['* understated: a lag reaches back before the window'] : [];
  return {
    title: titleOf(scenario),
    caption: `${measure}, ${[unit.label, scale.suffix].filter(Boolean).join(' ')}`,
    headings: [...periods, 'total'].map(mark),
    rows: by.some((one) => one !== time) ? printed.rows : printed.rows.slice(-1),
    notes: [...notes, ...printed.notes],
  };
}

/** Lines under the tree of their depths, rounded so that they foot in both directions. */
function printedLines(
  lines: readonly RawLine[],
  total: bigint,
  periods: readonly string[],
  scale: Scale,
): { readonly rows: readonly SheetRow[]; readonly notes: readonly string[] } {
  const hasTime = periods.length > 0;
  const counts = {
    rows: lines.map(({ depth }, row) =>
      lines.findLastIndex((one, i) => i < row && one.depth < depth),
    ),
    columns: hasTime ? periods.map(() => -1) : [-1],
    cells: lines.map(({ sums, total: sum }) => (hasTime ? sums : [sum])),
  };
  const { texts, rowTotals, columnTotals, whole, notes } = printedTable(counts, scale, {
    rows: lines.map(({ label }) => label),
    columns: hasTime ? periods : ['total'],
  });
  const shareOf = (sum: bigint) => (total === 0n ? 0 : Number((sum * 1000n) / total));
  const rows = lines.map(({ label, depth, total: sum }, row): SheetRow => {
    const cells = hasTime ? [...texts[row]!, rowTotals[row]!] : [rowTotals[row]!];
    return { label, depth, kind: 'part', cells, bar: [0, shareOf(sum)] };
  });
  const cells = hasTime ? [...columnTotals, whole] : [whole];
  return { rows: [...rows, { label: 'total', depth: 0, kind: 'total', cells }], notes };
}

/** The closure is named where exchange rates are given, for it says nothing without them. */
function titleOf({ id, title, fx }: Projection['scenario']): string {
  const name = title === id ? id : `${title} (${id})`;
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

/** A line before it is printed: exact sums by column, and over all of them. */
interface RawLine {
  readonly label: string;
  readonly depth: number;
  readonly sums: readonly bigint[];
  readonly total: bigint;
}

type Belongs = (component: string, supplier: string) => boolean;
type LineMaker = (label: string, depth: number, belongs: Belongs) => RawLine;

/** Makes a line of the sums of all cells that belong to it, by column and in total. */
function lineMaker(
  rolled: readonly RolledRow[],
  hasTime: boolean,
  periods: readonly string[],
): LineMaker {
  const at = hasTime ? 1 : 0;
  const sumOf = (members: readonly RolledRow[]) => members.reduce((a, { count }) => a + count, 0n);
  return (label, depth, belongs) => {
    const rows = rolled.filter(({ labels }) => belongs(labels[at]!, labels[at + 1]!));
    const sums = periods.map((period) => sumOf(rows.filter(({ labels }) => labels[0] === period)));
    return { label, depth, sums, total: sumOf(rows) };
  };
}

/** Lines of the component tree, with suppliers below the leaves where they are asked for. */
function linesOf(
  { components, suppliers }: Projection['scenario'],
  rolled: readonly RolledRow[],
  by: readonly Dimension[],
  line: LineMaker,
): readonly RawLine[] {
  const present = new Set(rolled.map(({ labels }) => labels.at(-2)!));
  const pairs = new Set(rolled.map(({ labels }) => labels.slice(-2).join('\n')));
  const nameOf = (key: string) => suppliers.get(key)!.name;
  if (!by.includes('component')) {
    if (!by.includes('supplier')) return [line('all', 0, () => true)];
    const keys = new Set(rolled.map(({ labels }) => labels.at(-1)!));
    return [...keys].map((key) => line(nameOf(key), 0, (_, supplier) => supplier === key));
  }
  const walk = (component: Component, depth: number): readonly RawLine[] => {
    const paths = leavesOf(component).map(({ path }) => path);
    if (!paths.some((path) => present.has(path))) return [];
    const own = line(component.name, depth, (path) => paths.includes(path));
    if (isBranch(component)) {
      return [own, ...component.children.flatMap((child) => walk(child, depth + 1))];
    }
    const named = component.suppliers.filter(
      (key) =>
        by.includes('supplier') && key !== UNASSIGNED && pairs.has(`${component.path}\n${key}`),
    );
    const belongs =
      (key: string): Belongs =>
      (path, other) =>
        path === component.path && other === key;
    return [own, ...named.map((key) => line(nameOf(key), depth + 1, belongs(key)))];
  };
  return components.flatMap((component) => walk(component, 0));
}
