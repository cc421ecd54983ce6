/** Numbers derived from the rows of a table: growth, running totals and shares, and the group of time of each row. */
import { groupBy } from '../core/group.js';
import { greatest } from '../core/lists.js';
import { powerOfTen } from '../core/number/decimal.js';
import { fraction, multiply, roundHalfEven, type Fraction } from '../core/number/fraction.js';
import { failure, success, type Result } from '../core/result.js';
import { allocate, orderOf } from '../core/rounding/allocate.js';
import { isTime, type Dimension } from './rollup.js';
import {
  isReported,
  knownForecast,
  seriesLine,
  type CoveredGroup,
  type DerivedForecast,
  type ExactRow,
  type Reason,
  type SeriesLine,
} from './seriesLine.js';
import {
  MILLION,
  cumulative,
  growth,
  lastTwelveMonths,
  partsOf,
  yearToDate,
  yearlyRate,
  type SeriesName,
} from './timeSeries.js';

/** What is derived from a number of a table and its neighbours: ratios, and sums in the unit of the row. */
export const DERIVED_NAMES = ['yoy', 'qoq', 'ttm', 'ytd', 'cumulative', 'share', 'cagr'] as const;
export type DerivedName = (typeof DERIVED_NAMES)[number];
type SumName = 'ttm' | 'ytd' | 'cumulative';

export function isSum(name: DerivedName): name is SumName {
  return name === 'ttm' || name === 'ytd' || name === 'cumulative';
}

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

export interface DerivedNumbers {
  readonly numberAt: (row: ExactRow, name: DerivedName) => Result<DerivedNumber, Reason>;
  /** The numbers of its line from which the number of a row is derived. */
  readonly operandsAt: (row: ExactRow, name: SeriesName) => Result<readonly Operand[], Reason>;
  /** The group of time of a row. */
  readonly groupAt: (row: ExactRow) => Result<CoveredGroup, Reason>;
}

/** The derived numbers of a table of one forecast, as `derivedNumbersOver` has them. */
export function derivedNumbers(
  projection: DerivedForecast,
  dimensions: readonly Dimension[],
  rows: readonly ExactRow[],
  isWhole: boolean,
): DerivedNumbers {
  return derivedNumbersOver([projection], dimensions, rows, isWhole);
}

/**
 * Derived numbers of rows that add up one forecast, or those of several buyers. Two groups of time are compared where
 * the same months of each of them are known.
 *
 * @param dimensions those of the labels of the rows
 * @param isWhole whether the rows are of the whole forecast: then what was reported before the window counts
 *   for rows that are sums over all components and suppliers
 */
export function derivedNumbersOver(
  members: readonly DerivedForecast[],
  dimensions: readonly Dimension[],
  rows: readonly ExactRow[],
  isWhole: boolean,
): DerivedNumbers {
  const others = dimensions.flatMap((one, i) => (isTime(one) ? [] : [i]));
  const isTotal = isWhole && others.every((i) => dimensions[i] === 'buyer');
  const known = members.map((one) => knownForecast(one, isTotal));
  const lineOf = byKey(rows, keyOver(others), (own) => seriesLine(known, dimensions, own));
  const last = others.at(-1);
  const kept = dimensions.flatMap((_, i) => (i === last ? [] : [i]));
  const shareOf = byKey(rows, keyOver(kept), (own) => sharesOf(own, last));
  return {
    numberAt: (row, name) => {
      if (name === 'share') return ratio(shareOf(row)(row));
      const line = lineOf(row);
      const number = line.ok ? numberIn(line.value, row, name) : line;
      const isElsewhere = known.some(
        (one) => one.reported.size > 0 && !isReported(row, one) && !number.ok,
      );
      return isElsewhere && !number.ok && number.diagnostics === 'noBase'
        ? failure('notReported')
        : number;
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

function groupIn(
  { groups, labelAt }: SeriesLine,
  { labels }: ExactRow,
): Result<CoveredGroup, Reason> {
  const group = groups.get(labels[labelAt]!);
  return group ? success(group) : failure('tail');
}

function numberIn(
  { series, places, total, groups, labelAt }: SeriesLine,
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
  { series, places, total, groups, labelAt }: SeriesLine,
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
  const operands = parts.value.map(({ period, count, reported }) => {
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
