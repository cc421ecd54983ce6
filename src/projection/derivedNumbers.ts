/** Numbers derived from the rows of a table: growth, running totals and shares, and the group of time of each row. */
import { groupBy } from '../core/group.js';
import { greatest } from '../core/lists.js';
import { powerOfTen } from '../core/number/decimal.js';
import { fraction, multiply, roundHalfEven, type Fraction } from '../core/number/fraction.js';
import { MONTHS_IN, monthsIn, straddles, type TimeCalendar } from '../core/period.js';
import { failure, success, type Result } from '../core/result.js';
import { allocate, allocateEqually, orderOf } from '../core/rounding/allocate.js';
import type { Scenario } from '../scenario/scenario.js';
import type { Projection } from './evaluate.js';
import { isTime, type Dimension, type RolledRow } from './rollup.js';
import { calendarOf, timeGroups, type TimeDimension, type TimeGroup } from './timeGroups.js';
import {
  MILLION,
  SERIES_REASONS,
  cumulative,
  growth,
  lastTwelveMonths,
  partsOf,
  timeSeries,
  yearToDate,
  yearlyRate,
  type SeriesName,
  type TimeSeries,
} from './timeSeries.js';

/** What is derived from a number of a table and its neighbours: ratios, and sums in the unit of the row. */
export const DERIVED_NAMES = ['yoy', 'qoq', 'ttm', 'ytd', 'cumulative', 'share', 'cagr'] as const;
export type DerivedName = (typeof DERIVED_NAMES)[number];
type SumName = 'ttm' | 'ytd' | 'cumulative';

export function isSum(name: DerivedName): name is SumName {
  return name === 'ttm' || name === 'ytd' || name === 'cumulative';
}

/** Why a derived number is not defined. */
export const REASONS = {
  ...SERIES_REASONS,
  noTime: 'no dimension of time is kept',
  apart: 'of the dimensions of time that are kept, none lies inside the others',
  tail: 'what comes after the window is no group of time',
  notReported: 'what was reported before the window is demand in the currency of the envelope',
  calendars: 'the suppliers of the row have different fiscal years',
  zeroSum: 'the sum of the rows is 0',
} as const;
export type Reason = keyof typeof REASONS;

/** A count of 10^-places: in the unit of the row, or of 1 for a ratio. */
export interface DerivedNumber {
  readonly count: bigint;
  readonly places: number;
}

export const RATIO_PLACES = 6;

/** A number that another one is derived from, in the places of its line. */
export interface Operand extends DerivedNumber {
  /** Of its time, and the year of that. */
  readonly label: string;
  readonly year: number;
  /** Months before the window that count in it, as they were reported. */
  readonly reported: readonly number[];
}

/** A row of a table with its exact number. */
export interface ExactRow extends Pick<RolledRow, 'labels' | 'measure' | 'unit' | 'count'> {
  readonly cells: readonly { readonly supplier: string }[];
}

export interface DerivedNumbers {
  readonly numberAt: (row: ExactRow, name: DerivedName) => Result<DerivedNumber, Reason>;
  /** The numbers of its line from which the number of a row is derived. */
  readonly operandsAt: (row: ExactRow, name: SeriesName) => Result<readonly Operand[], Reason>;
  /** The group of time of a row. */
  readonly groupAt: (row: ExactRow) => Result<TimeGroup, Reason>;
}

/**
 * @param dimensions those of the labels of the rows
 * @param isWhole whether the rows are of the whole forecast: then what was reported before the window counts
 *   for rows that are sums over all components and suppliers
 */
export function derivedNumbers(
  { scenario, before }: Pick<Projection, 'scenario' | 'before'>,
  dimensions: readonly Dimension[],
  rows: readonly ExactRow[],
  isWhole: boolean,
): DerivedNumbers {
  const others = dimensions.flatMap((one, i) => (isTime(one) ? [] : [i]));
  const reported = isWhole && others.length === 0 ? reportedByMonth(scenario, before) : undefined;
  const isReported = ({ measure, unit }: ExactRow) =>
    measure === 'demand' && unit.label === scenario.currency.code;
  const lineOf = byKey(rows, keyOver(others), (own) => {
    return tableLine(scenario, dimensions, own, isReported(own[0]!) ? reported : undefined);
  });
  const last = others.at(-1);
  const kept = dimensions.flatMap((_, i) => (i === last ? [] : [i]));
  const shareOf = byKey(rows, keyOver(kept), (own) => sharesOf(own, last));
  return {
    numberAt: (row, name) => {
      if (name === 'share') return ratio(shareOf(row)(row));
      const line = lineOf(row);
      const number = line.ok ? numberIn(line.value, row, name) : line;
      const isElsewhere = (reported?.size ?? 0) > 0 && !isReported(row) && !number.ok;
      return isElsewhere && number.diagnostics === 'noBase' ? failure('notReported') : number;
    },
    operandsAt: (row, name) => {
      const line = lineOf(row);
      return line.ok ? operandsIn(line.value, row, name) : line;
    },
    groupAt: (row) => {
      const line = lineOf(row);
      return line.ok ? groupIn(line.value, row) : line;
    },
  };
}

/** What is made of the rows that share a key, once for each key. */
function byKey<T>(
  rows: readonly ExactRow[],
  keyOf: (row: ExactRow) => string,
  make: (rows: readonly ExactRow[]) => T,
): (row: ExactRow) => T {
  const groups = groupBy(rows, keyOf);
  const made = new Map<string, T>();
  return (row) => {
    const key = keyOf(row);
    if (!made.has(key)) made.set(key, make(groups.get(key)!));
    return made.get(key)!;
  };
}

function keyOver(places: readonly number[]): (row: ExactRow) => string {
  return ({ labels, measure, unit }) =>
    JSON.stringify([measure, unit.label, ...places.map((i) => labels[i])]);
}

/** What was reported of the months before the window; a longer period is split over its months in equal parts. */
function reportedByMonth(
  { actuals, window }: Scenario,
  before: readonly bigint[],
): TimeSeries['before'] {
  const length = MONTHS_IN[window.calendar.unit];
  return new Map(
    actuals.before.flatMap(({ period }, i) =>
      allocateEqually(before[i]!, length).map((part, month) => {
        return [window.start + period * length + month, part] as const;
      }),
    ),
  );
}

/** The rows of a table that differ in time alone. */
interface TableLine {
  readonly series: TimeSeries;
  /** Of the counts of the series. */
  readonly places: number;
  /** The sum of the window and of what comes after it. */
  readonly total: bigint;
  /** Which of the labels of a row is that of its group. */
  readonly labelAt: number;
  /** By label. */
  readonly groups: ReadonlyMap<string, TimeGroup>;
}

function tableLine(
  scenario: Scenario,
  dimensions: readonly Dimension[],
  rows: readonly ExactRow[],
  before: TimeSeries['before'] | undefined,
): Result<TableLine, Reason> {
  const sellers = [...new Set(rows.flatMap(({ cells }) => cells.map(({ supplier }) => supplier)))];
  const calendars = (dimension: TimeDimension): readonly TimeCalendar[] => {
    const all = sellers.map((supplier) => calendarOf(scenario, dimension, supplier));
    return [...groupBy(all, ({ endMonth }) => endMonth).values()].map(([one]) => one);
  };
  const finest = finestOf(dimensions, (one) => calendars(one)[0]!);
  if (!finest) return failure('noTime');
  const [calendar, ...others] = calendars(finest);
  if (others.length > 0) return failure('calendars');
  const { window } = scenario;
  const groups = timeGroups(window, calendar!);
  const coarser = dimensions
    .filter(isTime)
    .flatMap((one) => (one === finest ? [] : calendars(one)));
  if (groups.some((group) => coarser.some((calendar) => straddles(group, calendar)))) {
    return failure('apart');
  }
  const byLabel = new Map(groups.map((group) => [group.label, group]));
  const labelAt = dimensions.indexOf(finest);
  const places = greatest(rows.map(({ unit }) => unit.places));
  const counts = new Map<number, bigint>(groups.map(({ ordinal }) => [ordinal, 0n]));
  let total = 0n;
  for (const row of rows) {
    const group = byLabel.get(row.labels[labelAt]!);
    const count = row.count * powerOfTen(places - row.unit.places);
    total += count;
    if (group) counts.set(group.ordinal, counts.get(group.ordinal)! + count);
  }
  const series = timeSeries(calendar!, window, counts, before);
  return success({ series, places, total, labelAt, groups: byLabel });
}

/** The dimension of time with the shortest groups; of several the last. */
function finestOf(
  dimensions: readonly Dimension[],
  calendar: (dimension: TimeDimension) => TimeCalendar,
): TimeDimension | undefined {
  const monthsIn = (one: TimeDimension) => MONTHS_IN[calendar(one).unit];
  return dimensions
    .filter(isTime)
    .reduce<TimeDimension | undefined>(
      (best, one) => (best && monthsIn(best) < monthsIn(one) ? best : one),
      undefined,
    );
}

function groupIn({ groups, labelAt }: TableLine, { labels }: ExactRow): Result<TimeGroup, Reason> {
  const group = groups.get(labels[labelAt]!);
  return group ? success(group) : failure('tail');
}

function numberIn(
  { series, places, total, groups, labelAt }: TableLine,
  { labels }: ExactRow,
  name: SeriesName,
): Result<DerivedNumber, Reason> {
  if (name === 'cagr') return ratio(yearlyRate(series));
  const group = groups.get(labels[labelAt]!)?.ordinal;
  const amount = (count: Result<bigint, Reason>): Result<DerivedNumber, Reason> =>
    count.ok ? success({ count: count.value, places }) : count;
  if (name === 'cumulative') {
    return amount(success(group === undefined ? total : cumulative(series, group)));
  }
  if (group === undefined) return failure('tail');
  if (name === 'yoy' || name === 'qoq') return ratio(inMillionths(growth(series, group, name)));
  return amount(name === 'ttm' ? lastTwelveMonths(series, group) : yearToDate(series, group));
}

function operandsIn(
  { series, places, total, groups, labelAt }: TableLine,
  { labels }: ExactRow,
  name: SeriesName,
): Result<readonly Operand[], Reason> {
  const label = labels[labelAt]!;
  const group = groups.get(label)?.ordinal;
  const last = greatest(series.counts.keys());
  const isAlsoAfter = name === 'cagr' || name === 'cumulative';
  if (group === undefined && !isAlsoAfter) return failure('tail');
  const parts = partsOf(series, group ?? last, name);
  if (!parts.ok) return parts;
  const operands = parts.value.map(({ period, count, before }) => {
    const reported = monthsIn(period).filter((month) => before.has(month));
    return { label: period.label, year: period.year, count, places, reported };
  });
  if (group !== undefined || name === 'cagr') return success(operands);
  const after = total - cumulative(series, last);
  const { year } = parts.value.at(-1)!.period;
  return success([...operands, { label, year, count: after, places, reported: [] }]);
}

function ratio(millionths: Result<bigint, Reason>): Result<DerivedNumber, Reason> {
  return millionths.ok ? success({ count: millionths.value, places: RATIO_PLACES }) : millionths;
}

/** *ratio*: rounded half-even to 6 decimals. */
function inMillionths(value: Result<Fraction, Reason>): Result<bigint, Reason> {
  return value.ok ? success(roundHalfEven(multiply(value.value, fraction(MILLION)))) : value;
}

/** Each row as a part of the sum of all, in millionths that add up to one million. */
function sharesOf(
  rows: readonly ExactRow[],
  labelAt: number | undefined,
): (row: ExactRow) => Result<bigint, Reason> {
  const places = greatest(rows.map(({ unit }) => unit.places));
  const weights = rows.map(({ count, unit }) => fraction(count * powerOfTen(places - unit.places)));
  if (weights.every(({ n }) => n === 0n)) return () => failure('zeroSum');
  const keys = rows.map(({ labels }) => (labelAt === undefined ? '' : labels[labelAt]!));
  const shares = allocate(MILLION, weights, orderOf(keys));
  const byRow = new Map(rows.map((row, i) => [row, shares[i]!]));
  return (row) => success(byRow.get(row)!);
}
