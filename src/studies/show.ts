/** The forecast for people: a sheet for each measure, by fiscal year and component. */
import { z } from 'zod';
import type { Sheet, SheetRow } from '../core/table.js';
import { isBranch, leavesOf, type Component } from '../model/component.js';
import { UNASSIGNED } from '../model/supplier.js';
import type { Projection } from '../projection/project.js';
import { rollup, TIME_DIMENSIONS, type Dimension, type RolledRow } from '../projection/rollup.js';
import { reportOptions, type ReportOptions } from './options.js';
import { printScaled, scaleFor, type Scale } from './scale.js';
import { areProblems, notesOn, projections, quotation } from './report.js';
import type { Study } from './study.js';

const options = z
  .object(reportOptions)
  .refine(({ by = [] }) => by.filter((one) => TIME_DIMENSIONS.includes(one)).length < 2, {
    path: ['by'],
    message: 'the columns are periods or one kind of year, not several; `capex run` takes them all',
  });

export const show: Study<typeof options> = {
  name: 'show',
  summary: 'The forecast for people: tables on the terminal, with totals and small bars',
  files: 'one',
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

function quotationNote({ scenario, currencies }: Projection): string[] {
  const foreign = currencies.some(({ code }) => code !== scenario.currency.code);
  return foreign || scenario.fx.base.size > 0 ? [quotation(scenario)] : [];
}

/** A sheet for each measure and unit; revenue only where a lag, or the reader, sets it apart. */
function sheetsOf(projection: Projection, given: ReportOptions): readonly Sheet[] {
  const { scenario } = projection;
  const hasLag = scenario.leaves.some(({ lag }) => lag !== undefined);
  const shown = projection.cells.filter(
    ({ measure }) => measure !== 'revenue' || hasLag || given.measure !== undefined,
  );
  const kinds = rollup({ scenario, cells: shown }, []);
  return kinds.map((kind) => sheetOf({ ...projection, cells: shown }, kind, given.by));
}

function sheetOf(
  { scenario, cells }: Projection,
  { measure, unit, count }: RolledRow,
  by: readonly Dimension[] = ['fiscal_year', 'component'],
): Sheet {
  const time = by.find((one) => TIME_DIMENSIONS.includes(one));
  const own = cells.filter((cell) => cell.measure === measure && cell.unit.label === unit.label);
  const dimensions: Dimension[] = [...(time ? [time] : []), 'component', 'supplier'];
  const rolled = rollup({ scenario, cells: own }, dimensions);
  const periods = time ? [...new Set(rolled.map(({ labels }) => labels[0]!))] : [];
  const scale = scaleFor(measure, unit.places, count);
  const line = lineMaker(rolled, time !== undefined, periods, scale, count);
  const understated = understatedHeadings(scenario, own, time);
  const mark = (label: string) => (understated.has(label) ? `${label}*` : label);
  return {
    title: titleOf(scenario),
    caption: `${measure}, ${[unit.label, scale.suffix].filter(Boolean).join(' ')}`,
    headings: [...periods, 'total'].map(mark),
    rows: [...rowsOf(scenario, rolled, by, line), line('total', 0, 'total', () => true)],
    notes: understated.size > 0 ? ['* understated: a lag reaches back before the window'] : [],
  };
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

type Belongs = (component: string, supplier: string) => boolean;
type Line = (label: string, depth: number, kind: SheetRow['kind'], belongs: Belongs) => SheetRow;

/** Makes a row of the sums of all cells that belong to it, by column and in total. */
function lineMaker(
  rolled: readonly RolledRow[],
  hasTime: boolean,
  periods: readonly string[],
  scale: Scale,
  whole: bigint,
): Line {
  const at = hasTime ? 1 : 0;
  return (label, depth, kind, belongs) => {
    const rows = rolled.filter(({ labels }) => belongs(labels[at]!, labels[at + 1]!));
    const sumOf = (members: readonly RolledRow[]) =>
      members.reduce((a, { count }) => a + count, 0n);
    const total = sumOf(rows);
    const sums = periods.map((period) => sumOf(rows.filter(({ labels }) => labels[0] === period)));
    const share = whole === 0n ? 0 : Number((total * 1000n) / whole);
    return {
      label,
      depth,
      kind,
      cells: [...sums, total].map((sum) => printScaled(sum, scale)),
      bar: [0, share],
    };
  };
}

/** Rows of the component tree, with suppliers below the leaves where they are asked for. */
function rowsOf(
  { components, suppliers }: Projection['scenario'],
  rolled: readonly RolledRow[],
  by: readonly Dimension[],
  line: Line,
): readonly SheetRow[] {
  const present = new Set(rolled.map(({ labels }) => labels.at(-2)!));
  const pairs = new Set(rolled.map(({ labels }) => labels.slice(-2).join('\n')));
  const nameOf = (key: string) => suppliers.get(key)!.name;
  if (!by.includes('component')) {
    const keys = by.includes('supplier') ? new Set(rolled.map(({ labels }) => labels.at(-1)!)) : [];
    return [...keys].map((key) => line(nameOf(key), 0, 'part', (_, supplier) => supplier === key));
  }
  const walk = (component: Component, depth: number): readonly SheetRow[] => {
    const paths = leavesOf(component).map(({ path }) => path);
    if (!paths.some((path) => present.has(path))) return [];
    const own = line(component.name, depth, 'part', (path) => paths.includes(path));
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
    return [own, ...named.map((key) => line(nameOf(key), depth + 1, 'part', belongs(key)))];
  };
  return components.flatMap((component) => walk(component, 0));
}
