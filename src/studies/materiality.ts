/** Materiality: what the forecast is to each supplier, beside the last revenue that it has reported. */
import * as z from 'zod';
import { printDecimal } from '../core/number/decimal.js';
import { fiscalYearOf, yearLabel } from '../core/period.js';
import { fraction } from '../core/number/fraction.js';
import { textRecordsOf, type Sheet, type SheetRow, type Table } from '../core/table.js';
import type { Input } from '../model/input.js';
import { UNASSIGNED, type Supplier } from '../model/supplier.js';
import type { Projection } from '../projection/evaluate.js';
import { rollup, type RolledRow } from '../projection/rollup.js';
import type { Scenario } from '../scenario/scenario.js';
import { OWN_CURRENCY, reportOptions } from './shared/options.js';
import { areProblems, notesOn, projections, quotation } from './shared/reports.js';
import { percentOf, printScaled, numberFormat, unitIn, type NumberFormat } from './shared/scale.js';
import type { Study } from './study.js';

const { closure } = reportOptions;
const show = z.boolean().optional().meta({ description: 'Print tables instead of CSV' });

const options = z.object({ closure, show });

export const materiality: Study<typeof options> = {
  name: 'materiality',
  summary: "Each supplier's forecast as a share of its last reported revenue",
  files: 'one',
  options,
  example: 'materiality scenarios/alibaba-380bn.yaml --show',
  run: (scenarios, given) => {
    const result = projections(scenarios, {
      by: ['supplier_year', 'supplier'],
      measure: ['revenue', 'content'],
      currency: [OWN_CURRENCY],
      closure: given.closure,
    });
    if (areProblems(result)) return result;
    const [projection] = result;
    const { scenario } = projection!;
    const lines = linesOf(projection!);
    const table = tableOf(scenario, lines);
    return {
      table,
      document: { rows: textRecordsOf(table) },
      ...(given.show && { sheets: [sheetOf(scenario, lines)] }),
      notes: [...notesOn(projection!), ...notesOnLines(projection!, lines)],
    };
  },
};

/** What a supplier sells in one of its fiscal years: as a supplier (revenue), or inside (content). */
interface Line extends Pick<RolledRow, 'measure' | 'unit' | 'count'> {
  readonly supplier: Supplier;
  readonly year: string;
  /** How many months of that year lie in the window. */
  readonly months: number;
  /** Its revenue of the latest fiscal year that the file gives. */
  readonly reported: { readonly year: string; readonly revenue: Input } | undefined;
}

/** By supplier, then in the order of time; what falls after the window belongs to no year. */
function linesOf({ scenario, cells }: Projection): readonly Line[] {
  const { suppliers, window } = scenario;
  const within = cells.filter(
    ({ period, supplier }) => period < window.periods.length && supplier !== UNASSIGNED,
  );
  const rows = rollup({ scenario, cells: within }, ['supplier', 'supplier_year']);
  return [...suppliers.values()].flatMap((supplier) =>
    rows
      .filter(({ labels }) => labels[0] === supplier.key)
      .sort((a, b) => Number(a.labels[1]! > b.labels[1]!) - Number(a.labels[1]! < b.labels[1]!))
      .map(({ labels, ...row }) => {
        const year = labels[1]!;
        const months = monthsIn(scenario, supplier, year);
        return { ...row, supplier, year, months, reported: lastReported(supplier) };
      }),
  );
}

function lastReported({ revenue }: Supplier): Line['reported'] {
  const year = [...revenue.keys()].sort().at(-1);
  return year === undefined ? undefined : { year, revenue: revenue.get(year)! };
}

function monthsIn({ window }: Scenario, { yearEndMonth }: Supplier, year: string): number {
  const months = Array.from({ length: window.end - window.start }, (_, i) => window.start + i);
  return months.filter((month) => yearLabel(fiscalYearOf(month, yearEndMonth)) === year).length;
}

function shareOf({ count, reported }: Line): string {
  return reported ? percentOf(fraction(count), reported.revenue.value) : '';
}

function tableOf({ id }: Scenario, lines: readonly Line[]): Table {
  const columns = (kind: 'text' | 'number', names: readonly string[]) =>
    names.map((name) => ({ name, kind }));
  return {
    columns: [
      ...columns('text', ['scenario', 'supplier', 'supplier_year']),
      ...columns('number', ['months']),
      ...columns('text', ['measure', 'unit']),
      ...columns('number', ['forecast']),
      ...columns('text', ['reported_year']),
      ...columns('number', ['reported_revenue', 'share']),
    ],
    rows: lines.map((line) => {
      const { supplier, year, months, measure, unit, count, reported } = line;
      const print = (amount: bigint) => printDecimal(amount, supplier.currency.places);
      return [
        ...[id, supplier.key, year, String(months), measure, unit.label, print(count)],
        ...(reported ? [reported.year, print(reported.revenue.value.n)] : ['', '']),
        shareOf(line),
      ];
    }),
  };
}

/** Currencies and sizes differ: each number is rounded by itself, and nothing is a sum. */
function sheetOf({ title }: Scenario, lines: readonly Line[]): Sheet {
  const suppliers = [...new Set(lines.map(({ supplier }) => supplier))];
  return {
    title: `${title}: materiality for suppliers`,
    caption: 'forecast and last reported revenue',
    headings: ['forecast', 'reported', '%'],
    rows: suppliers.flatMap((supplier): readonly SheetRow[] => {
      const own = lines.filter((line) => line.supplier === supplier);
      const name = { label: supplier.name, depth: 0, kind: 'part', cells: ['', '', ''] } as const;
      return [name, ...own.map((line) => rowOf(line, scaleOf(own)))];
    }),
    notes: [],
  };
}

/** One unit for all of a supplier's numbers: that of the greatest. */
function scaleOf(lines: readonly Line[]): NumberFormat {
  const [{ measure, supplier }] = lines as [Line];
  const amounts = lines.flatMap(({ count, reported }) => [count, reported?.revenue.value.n ?? 0n]);
  const greatest = amounts.reduce((a, b) => (a > b ? a : b));
  return numberFormat(measure, supplier.currency.places, greatest);
}

function rowOf(line: Line, scale: NumberFormat): SheetRow {
  const { supplier, year, months, measure, count, reported } = line;
  const print = (amount: bigint) =>
    `${printScaled(amount, scale)} ${unitIn(scale, supplier.currency.code)}`;
  const part = months < 12 ? `, ${months} months` : '';
  const inside = measure === 'content' ? ', content' : '';
  const before = reported ? `${print(reported.revenue.value.n)} in ${reported.year}` : '';
  return {
    label: `${year}${part}${inside}`,
    depth: 1,
    kind: 'part',
    cells: [print(count), before, shareOf(line)],
  };
}

function notesOnLines({ scenario, cells }: Projection, lines: readonly Line[]): readonly string[] {
  const { window, fx } = scenario;
  const last = window.periods.length;
  const hasTail = cells.some(({ period, count }) => period === last && count !== 0n);
  const silent = lines.flatMap(({ supplier, reported }) => (reported ? [] : [supplier.key]));
  return [
    'share is forecast ÷ reported revenue in percent, rounded half-even to 2 decimals',
    ...(fx.base.size + fx.path.size > 0 ? [quotation(scenario)] : []),
    ...(hasTail ? ['revenue after the window is not included'] : []),
    ...(silent.length > 0
      ? [`no reported revenue under \`suppliers\`: ${[...new Set(silent)].join(', ')}`]
      : []),
  ];
}
