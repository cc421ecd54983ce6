/** The sheet Buyers: what each buyer of a portfolio buys by calendar year, and the totals over all buyers. */
import { groupBy } from '../../core/group.js';
import { append, greatest } from '../../core/lists.js';
import { periodAt } from '../../core/period.js';
import { columnName } from '../../core/text/source.js';
import { tailLabel } from '../../model/calendar.js';
import { compareTimes } from '../../projection/rollup.js';
import { calendarOf } from '../../projection/timeGroups.js';
import { buyerKey, type Scenario } from '../../scenario/scenario.js';
import { partialGroups } from '../../studies/shared/timeNotes.js';
import { scaledFormat } from '../formulas/numberFormats.js';
import { sumOfCells } from '../formulas/printFormula.js';
import {
  fixed,
  head,
  headOfNumbers,
  note,
  onSheet,
  text,
  title,
  type CellPlace,
  type Look,
  type WorkbookCell,
  type WorkbookRow,
} from '../workbook.js';
import type { BlockTotal, CrossTab, CrossTable } from './crossTab.js';
import { FORECAST, SELECTED, numberCell, type ForecastEntry } from './forecastSheets.js';
import { widthOf } from './sheetColumns.js';
import { ABOVE, blocksOf } from './tableLines.js';

export const BUYERS = 'Buyers';

/** The columns of labels: the name and the key of a component or a supplier, and the buyer. */
export const LEFT = 3;

/** A number of the sheet Forecast, or the part of it that lies in a year. */
interface Portion {
  readonly entry: ForecastEntry;
  /** The number of the buyer among the buyers. */
  readonly f: number;
  readonly year: string;
  /** How many months of the period lie in the year, and how many it has. */
  readonly months: number;
  readonly of: number;
}

/** The sheet with its totals, and where its numbers stand. */
export interface BuyersTable extends CrossTab {
  readonly groups: readonly BuyersGroup[];
  /** The heads of the years, then that of the total. */
  readonly years: readonly string[];
}

/**
 * For each measure and unit a block by component, and one by supplier: a line for each buyer, and their sum.
 *
 * @param table of the numbers of all buyers of one portfolio
 * @param top the row below the title
 */
export function buyersTable(table: CrossTable, top: WorkbookRow): BuyersTable {
  const { entries, layouts } = table;
  const { say, language } = layouts[0]!;
  const scenarios = layouts.map(({ plan }) => plan.scenario);
  const whole = scenarios.map((scenario) => ({ scenario, sellers: [] }));
  const { heading, notes } = partialGroups(whole, 'calendar_year', language);
  const portions = portionsOf(entries, scenarios);
  const years = [...new Set(portions.map(({ year }) => year))].sort(compareTimes);
  const { portfolio } = scenarios[0]!.buyer!;
  const rows: WorkbookRow[] = [
    [title(say('Totals over buyers: {title}', { title: portfolio.title }))],
    top,
    [note(notes.join('; '))],
  ];
  const byEntry = groupBy(portions, ({ entry }) => entry);
  const blocks = blocksOf(entries).flatMap((own) =>
    (['component', 'supplier'] as const).map((dimension) => {
      const some = own.flatMap((entry) => byEntry.get(entry) ?? []);
      const block = blockOf(table, { dimension, portions: some, years, heading }, rows.length);
      append(rows, [...block.rows, []]);
      return block;
    }),
  );
  const labels = [widthOf(rows.slice(ABOVE), 0, 24), widthOf(rows.slice(ABOVE), 1, 20), 18];
  return {
    sheet: {
      name: BUYERS,
      widths: [...labels, ...years.map((one) => Math.max(16, heading(one).length)), 16],
      rows,
      frozen: { rows: ABOVE, columns: LEFT },
    },
    totals: blocks.map(({ total }) => total),
    groups: blocks.flatMap(({ groups }) => groups),
    years: [...years.map(heading), say('total')],
  };
}

/** Every number of every buyer by calendar year; a period in two years lies in both, month by month. */
function portionsOf(
  entries: readonly ForecastEntry[],
  scenarios: readonly Scenario[],
): readonly Portion[] {
  const years = scenarios.map(yearsByPeriod);
  return entries.flatMap((entry) =>
    entry.numbers.flatMap((figure, f) =>
      (figure ? years[f]!.get(entry.period)! : []).map((part) => ({ entry, f, ...part })),
    ),
  );
}

type YearPart = Pick<Portion, 'year' | 'months' | 'of'>;

/** The years of each period, by its label; the tail is one of them. */
function yearsByPeriod(scenario: Scenario): ReadonlyMap<string, readonly YearPart[]> {
  const { window } = scenario;
  const calendar = calendarOf(scenario, 'calendar_year', '');
  const parts = window.periods.map(({ label, start, end }) => {
    const of = end - start;
    const months = Array.from({ length: of }, (_, i) => periodAt(start + i, calendar).label);
    const years = [...groupBy(months, (year) => year)];
    return [label, years.map(([year, own]) => ({ year, months: own.length, of }))] as const;
  });
  const tail = { year: tailLabel(window, calendar), months: 1, of: 1 };
  return new Map<string, readonly YearPart[]>([...parts, [tailLabel(window), [tail]]]);
}

/** What a block is made of. */
interface BlockSource {
  readonly dimension: 'component' | 'supplier';
  readonly portions: readonly Portion[];
  readonly years: readonly string[];
  readonly heading: (year: string) => string;
}

interface BuyersBlock {
  readonly rows: readonly WorkbookRow[];
  readonly groups: readonly BuyersGroup[];
  readonly total: BlockTotal;
}

/** What a component or a supplier sells to each buyer: the row of the sum, and the rows of the buyers below it. */
export interface BuyersGroup extends Pick<BlockTotal, 'measure' | 'unit'> {
  readonly dimension: 'component' | 'supplier';
  readonly key: string;
  readonly sumAt: number;
  /** The cells of the row of each buyer. */
  readonly buyers: readonly WorkbookRow[];
}

function blockOf(table: CrossTable, source: BlockSource, start: number): BuyersBlock {
  const { say, language } = table.layouts[0]!;
  const { dimension, portions, years, heading } = source;
  const { measure, unit } = portions[0]!.entry;
  const byKey = [...groupBy(portions, ({ entry }) => entry[dimension])];
  const largest = greatest(byKey.map(([, own]) => Math.abs(valueOf(own))));
  const { head: words, format } = scaledFormat(unit, largest, language);
  const rows: WorkbookRow[] = [
    [
      head(say('{measure}, {unit}', { measure: say(measure), unit: words })),
      ...[say(dimension), say('buyer')].map(head),
      ...[...years.map(heading), say('total')].map(headOfNumbers),
    ],
  ];
  const groups = byKey.map(([key, own]): BuyersGroup => {
    const sumAt = start + rows.length;
    const buyers = buyerRows(table, years, own, sumAt + 1).map((row) => inFormat(row, format));
    const sum = sumRow(table, source, key, own, sumAt, buyers.length);
    append(rows, [inFormat(sum, format), ...buyers]);
    return { measure, unit, dimension, key, sumAt, buyers };
  });
  const end = start + rows.length;
  rows.push(inFormat(totalRow(table, source, groups), format));
  return {
    ...{ rows, groups },
    total: {
      ...{ measure, unit, ofAllBuyers: true },
      cell: onSheet(BUYERS, fixed({ row: end, column: LEFT + years.length })),
      value: valueOf(portions),
    },
  };
}

function inFormat(row: WorkbookRow, format: string): WorkbookRow {
  return row.map((cell) =>
    typeof cell?.content === 'string' ? cell : cell && { ...cell, format },
  );
}

/** A row for each buyer, by year, with their sum. */
function buyerRows(
  table: CrossTable,
  years: readonly string[],
  own: readonly Portion[],
  first: number,
): readonly WorkbookRow[] {
  const { layouts, long } = table;
  return [...groupBy(own, ({ f }) => f)].map(([f, some], i): WorkbookRow => {
    const numbers = years.map((year): WorkbookCell => {
      const terms = inYear(some, year);
      if (terms.length === 0) return { content: 0, look: 'number' };
      const formula = long.sum(print(table, terms), {
        ...{ terms, valueOf },
        print: (part) => print(table, part),
      });
      return { content: { formula, value: valueOf(terms) }, look: 'number' };
    });
    const buyer = note(buyerKey(layouts[f]!.plan.scenario));
    return [text(''), text(''), buyer, ...numbers, across(first + i, years, some, 'number')];
  });
}

/** The sum of a row of numbers. */
function across(
  row: number,
  years: readonly string[],
  own: readonly Portion[],
  look: Look,
): WorkbookCell {
  const [from, to] = [LEFT, LEFT + years.length - 1].map(columnName);
  return {
    content: { formula: `SUM(${from}${row + 1}:${to}${row + 1})`, value: valueOf(own) },
    look,
  };
}

/** The sum of the rows of buyers below. */
function sumRow(
  { nameOf, layouts }: CrossTable,
  { dimension, years }: BlockSource,
  key: string,
  own: readonly Portion[],
  at: number,
  buyers: number,
): WorkbookRow {
  const { say } = layouts[0]!;
  const sums = years.map((year, c): WorkbookCell => {
    const column = columnName(LEFT + c);
    const formula = `SUM(${column}${at + 2}:${column}${at + 1 + buyers})`;
    return { content: { formula, value: valueOf(inYear(own, year)) }, look: 'sum' };
  });
  const labels = [text(nameOf(dimension, key)), note(key), text(say('all buyers'))];
  return [...labels, ...sums, across(at, years, own, 'sum')];
}

/** The sum of the sums of a block. */
function totalRow(
  { layouts, long }: CrossTable,
  { years, portions }: BlockSource,
  groups: readonly BuyersGroup[],
): WorkbookRow {
  const totals = [...years, undefined].map((year, c): WorkbookCell => {
    const places = groups.map(({ sumAt }) => ({ row: sumAt, column: LEFT + c }));
    const value = valueOf(year === undefined ? portions : inYear(portions, year));
    const print = (some: readonly CellPlace[]) =>
      sumOfCells(some, (range) => onSheet(BUYERS, range));
    const formula = long.sum(
      sumOfCells(places, (range) => range),
      { terms: places, print, valueOf: () => value },
    );
    return { content: { formula, value }, look: 'total' };
  });
  const blank = { content: '', look: 'total' } as const;
  return [{ content: layouts[0]!.say('total'), look: 'total' }, blank, blank, ...totals];
}

function inYear(portions: readonly Portion[], year: string): readonly Portion[] {
  return portions.filter((one) => one.year === year);
}

function valueOf(portions: readonly Portion[]): number {
  return portions.reduce((sum, { entry, f, months, of }) => {
    return sum + (entry.numbers[f]!.live.value * months) / of;
  }, 0);
}

/** Whole periods as a sum over the sheet Forecast, others by their months. */
function print({ places }: CrossTable, terms: readonly Portion[]): string {
  const columnOf = ({ f }: Portion) => SELECTED + 1 + f;
  const indexOf = ({ entry }: Portion) => places.get(entry)!.index;
  const whole = terms.filter(({ months, of }) => months === of);
  const parts = terms.filter((one) => !whole.includes(one));
  const addends = parts.map(
    (one) => `${numberCell(FORECAST, indexOf(one), columnOf(one))}*${one.months}/${one.of}`,
  );
  if (whole.length > 0) {
    const cells = whole.map((one) => ({ row: indexOf(one) + 1, column: columnOf(one) }));
    addends.unshift(sumOfCells(cells, (range) => onSheet(FORECAST, range)));
  }
  return addends.join('+');
}
