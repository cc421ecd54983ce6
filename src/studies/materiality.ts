/** The study `materiality`: the forecast of each supplier as a share of its last reported revenue. */
import * as z from 'zod';
import { groupBy } from '../core/group.js';
import { printDecimal } from '../core/number/decimal.js';
import { fraction } from '../core/number/fraction.js';
import { failure, success, type Result } from '../core/result.js';
import { textRecordsOf, type Sheet, type SheetRow, type Table } from '../core/table.js';
import { sayIn, type Language, type Say } from '../core/text/language.js';
import type { Input } from '../model/input.js';
import { UNASSIGNED, type Supplier } from '../model/supplier.js';
import type { ProjectedCell, Projection } from '../projection/evaluate.js';
import { measuresOf } from '../projection/measureTree.js';
import { MEASURES, type Cell } from '../projection/plan.js';
import { rollup } from '../projection/rollup.js';
import { calendarOf, timeGroups } from '../projection/timeGroups.js';
import type { Scenario } from '../scenario/scenario.js';
import { locate } from '../scenario/tree.js';
import { argumentError } from './shared/argumentError.js';
import { namedColumns } from './shared/columns.js';
import {
  numberFormat,
  percentOf,
  printCount,
  unitIn,
  type NumberFormat,
} from './shared/numberFormat.js';
import { OWN_CURRENCY, lang, reportOptions, show } from './shared/options.js';
import { notesOn, projections, quotation } from './shared/reports.js';
import { splitNotes, splitPeriods, tableScenario } from './shared/timeNotes.js';
import { conditionsTest, conditionsText, placesOf, type Condition } from './shared/where.js';
import type { Study } from './study.js';

const { closure, where } = reportOptions;
const options = z.object({ closure, where, show, lang });

export const materiality: Study<typeof options> = {
  name: 'materiality',
  summary: "Each supplier's forecast as a share of its last reported revenue",
  files: 'one',
  options,
  example: 'materiality scenarios/alibaba-380bn.yaml --show',
  run: (scenarios, args) => {
    const result = projections(scenarios, {
      measure: measuresKept(scenarios[0]!, args.where),
      currency: [OWN_CURRENCY],
      closure: args.closure,
      where: args.where,
    });
    if (!result.ok) return result;
    const [projection] = result.value;
    const { scenario } = projection!;
    const cells = cellsWithin(projection!);
    const lines = supplierYears(scenario, cells);
    if (lines.length === 0) return noSupplier(scenario, args.where);
    const { sellers } = tableScenario({ scenario, cells });
    const split = splitPeriods(scenario, sellers, ['supplier_year']);
    const remarks = splitNotes(scenario, sellers, ['supplier_year'], args.lang);
    const table = materialityTable(scenario, lines);
    return success({
      table: { ...table, notes: remarks },
      document: { rows: textRecordsOf(table), ...(split.length > 0 && { split }) },
      ...(args.show && {
        sheets: [{ ...materialitySheet(scenario, lines, args.lang), notes: remarks }],
      }),
      notes: [...notesOn(projection!, args.lang), ...notesOnLines(projection!, lines, args.lang)],
    });
  },
};

/** Revenue and content, where rows of them meet the conditions: a maker of parts may have content alone. */
function measuresKept(
  scenario: Scenario,
  conditions?: readonly Condition[],
): readonly ('revenue' | 'content')[] {
  const isKept = conditionsTest(scenario, conditions);
  return (['revenue', 'content'] as const).filter(
    (one) =>
      measuresOf(scenario).includes(one) &&
      placesOf(scenario, [one]).some((place) => isKept(place)),
  );
}

/** Refuses a scenario, or conditions, that leave no supplier with a name. */
function noSupplier(scenario: Scenario, conditions: readonly Condition[] = []): Result<never> {
  const isNamed = placesOf(scenario, MEASURES).some(({ supplier }) => supplier !== UNASSIGNED);
  if (isNamed && conditions.length > 0) {
    return argumentError(
      '--where',
      conditionsText(conditions),
    )({
      message: 'no row that meets these conditions has a supplier: there is no revenue to compare',
      hint: 'name another component, or leave out --where',
    });
  }
  return failure([
    {
      code: 'output-unknown',
      severity: 'error',
      span: locate(scenario.tree, 'components'),
      message: 'no component names a supplier: there is no revenue to compare',
      hint: 'name suppliers, such as components: { servers: { suppliers: { inspur: 35%, others: rest } } }',
    },
  ]);
}

/** What a supplier sells in one of its fiscal years, as revenue or as content of what others sell. */
interface SupplierYear extends Pick<Cell, 'measure' | 'unit'> {
  readonly count: bigint;
  readonly supplier: Supplier;
  readonly year: string;
  /** The months of that year that lie in the window. */
  readonly months: number;
  /** Revenue of the latest fiscal year in the file. */
  readonly reported: { readonly year: string; readonly revenue: Input } | undefined;
}

/** By supplier, then by year and measure. */
function supplierYears(
  scenario: Scenario,
  cells: readonly ProjectedCell[],
): readonly SupplierYear[] {
  const bySupplier = groupBy(cells, ({ supplier }) => supplier);
  return [...scenario.suppliers.values()].flatMap((supplier) =>
    yearsOf(scenario, supplier, bySupplier.get(supplier.key) ?? []),
  );
}

/** The cells of suppliers; revenue after the window is left out. */
function cellsWithin({ scenario, cells }: Projection): readonly ProjectedCell[] {
  const { periods } = scenario.window;
  return cells.filter(({ period, supplier }) => period < periods.length && supplier !== UNASSIGNED);
}

/** @param cells of one supplier, in its currency */
function yearsOf(
  scenario: Scenario,
  supplier: Supplier,
  cells: readonly ProjectedCell[],
): readonly SupplierYear[] {
  const years = timeGroups(scenario.window, calendarOf(scenario, 'supplier_year', supplier.key));
  const months = new Map(years.map(({ label, held }) => [label, held]));
  const reported = lastReported(supplier);
  return rollup({ scenario, cells }, ['supplier_year']).map(
    ({ labels: [year], measure, unit, count }) => {
      return { supplier, year: year!, months: months.get(year!)!, measure, unit, count, reported };
    },
  );
}

function lastReported({ revenue }: Supplier): SupplierYear['reported'] {
  const year = [...revenue.keys()].sort().at(-1);
  return year === undefined ? undefined : { year, revenue: revenue.get(year)! };
}

function shareOf({ count, reported }: SupplierYear): string {
  return reported ? percentOf(fraction(count), reported.revenue.value) : '';
}

function materialityTable({ id }: Scenario, lines: readonly SupplierYear[]): Table {
  return {
    columns: [
      ...namedColumns('text', ['scenario', 'supplier', 'supplier_year']),
      ...namedColumns('number', ['months']),
      ...namedColumns('text', ['measure', 'unit']),
      ...namedColumns('number', ['forecast']),
      ...namedColumns('text', ['reported_year']),
      ...namedColumns('number', ['reported_revenue', 'share']),
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

/** Suppliers differ in currency and size: each number is rounded by itself, and nothing is a sum. */
function materialitySheet(
  { title }: Scenario,
  lines: readonly SupplierYear[],
  language?: Language,
): Sheet {
  const say = sayIn(language);
  const suppliers = [...new Set(lines.map(({ supplier }) => supplier))];
  return {
    title: say('{title}: materiality for suppliers', { title }),
    caption: say('forecast and last reported revenue'),
    headings: [say('forecast'), say('reported'), '%'],
    rows: suppliers.flatMap((supplier): readonly SheetRow[] => {
      const own = lines.filter((line) => line.supplier === supplier);
      const name = { label: supplier.name, depth: 0, kind: 'part', cells: ['', '', ''] } as const;
      return [name, ...own.map((line) => yearRow(line, formatOf(own, language), say))];
    }),
    notes: [],
  };
}

/** One unit for all numbers of a supplier, chosen for the greatest. */
function formatOf(lines: readonly SupplierYear[], language?: Language): NumberFormat {
  const [{ measure, supplier }] = lines as [SupplierYear];
  const amounts = lines.flatMap(({ count, reported }) => [count, reported?.revenue.value.n ?? 0n]);
  const greatest = amounts.reduce((a, b) => (a > b ? a : b));
  return numberFormat(measure, supplier.currency.places, greatest, { lang: language });
}

function yearRow(line: SupplierYear, format: NumberFormat, say: Say): SheetRow {
  const { supplier, year, months, measure, count, reported } = line;
  const print = (amount: bigint) =>
    `${printCount(amount, format)} ${unitIn(format, supplier.currency.code)}`;
  const part =
    months < 12
      ? say('{label}, {held} of {all} months', { label: year, held: months, all: 12 })
      : year;
  const before = reported
    ? say('{amount} in {year}', {
        ...{ amount: print(reported.revenue.value.n), year: reported.year },
      })
    : '';
  return {
    label: measure === 'content' ? say('{year}, content', { year: part }) : part,
    depth: 1,
    kind: 'part',
    cells: [print(count), before, shareOf(line)],
  };
}

function notesOnLines(
  { scenario, cells }: Projection,
  lines: readonly SupplierYear[],
  language?: Language,
): readonly string[] {
  const say = sayIn(language);
  const { window, fx } = scenario;
  const last = window.periods.length;
  const hasTail = cells.some(({ period, count }) => period === last && count !== 0n);
  const silent = lines.flatMap(({ supplier, reported }) => (reported ? [] : [supplier.key]));
  return [
    say('share is forecast ÷ reported revenue in percent, rounded half-even to 2 decimals'),
    ...(fx.base.size + fx.path.size > 0 ? [quotation(scenario, language)] : []),
    ...(hasTail ? [say('revenue after the window is not included')] : []),
    ...(silent.length > 0
      ? [
          say('no reported revenue under `suppliers`: {suppliers}', {
            suppliers: [...new Set(silent)].join(', '),
          }),
        ]
      : []),
  ];
}
