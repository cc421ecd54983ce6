/**
 * A line of a table over groups of time: its growth, its running totals and its yearly rate. A group is
 * compared with another by its place in their calendar, never by counting rows.
 */
import { powerOfTen } from '../core/number/decimal.js';
import { fraction, subtract, ONE, type Fraction } from '../core/number/fraction.js';
import {
  MONTHS_IN,
  monthsIn,
  periodNumbered,
  type Months,
  type Period,
  type TimeCalendar,
} from '../core/period.js';
import { failure, success, type Result } from '../core/result.js';

/** The sums of one line by group of time. */
export interface TimeSeries {
  /** That of its groups. */
  readonly calendar: TimeCalendar;
  /** What is known of each forecast that the line adds up; one, or those of several buyers. */
  readonly known: readonly KnownMonths[];
  /** By the number of the group in its calendar: counts of quanta. */
  readonly counts: ReadonlyMap<number, bigint>;
  /** The sums of the counts up to a group, from the beginning of the window. */
  readonly running: ReadonlyMap<number, bigint>;
}

/** The months of which a forecast is known. */
export interface KnownMonths {
  readonly window: Months;
  /** By month before the window: what was reported, if the line is the sum of everything. */
  readonly before: ReadonlyMap<number, bigint>;
}

/** @param counts by the number of the group, in the order of time */
export function timeSeries(
  calendar: TimeSeries['calendar'],
  known: TimeSeries['known'],
  counts: TimeSeries['counts'],
): TimeSeries {
  let sum = 0n;
  const running = new Map([...counts].map(([group, count]) => [group, (sum += count)] as const));
  return { calendar, known, counts, running };
}

/** Why a number is not defined. */
export const SERIES_REASONS = {
  noBase: 'the months to compare with are neither in the window nor reported',
  otherMonths: 'the group to compare with does not have the same months',
  zeroBase: 'the number to compare with is not above 0',
  twelveMonths: 'the twelve months up to the end of the group are not all known',
  yearBegins: 'the year begins before the window',
  wholeYears: 'the window has no two whole years with numbers above 0',
} as const;
export type SeriesReason = keyof typeof SERIES_REASONS;

/** The number of a group of time, from which another one is derived. */
export interface SeriesPart {
  readonly period: Period;
  readonly count: bigint;
  /** Which of its months are known, of one forecast after the other: `111` for a whole quarter of one. */
  readonly months: string;
  /** Months before a window that count in it, as they were reported. */
  readonly reported: readonly number[];
}

/** @param withBefore whether what was reported before the windows counts */
function partAt(
  { calendar, known, counts }: TimeSeries,
  group: number,
  withBefore: boolean,
): SeriesPart {
  const period = periodNumbered(group, calendar);
  const reported: number[] = [];
  let count = counts.get(group) ?? 0n;
  let months = '';
  for (const { window, before } of known) {
    for (const month of monthsIn(period)) {
      const amount = withBefore ? before.get(month) : undefined;
      const isKnown = (window.start <= month && month < window.end) || amount !== undefined;
      months += isKnown ? '1' : '0';
      if (amount === undefined) continue;
      count += amount;
      reported.push(month);
    }
  }
  return { period, count, months, reported: [...new Set(reported)] };
}

/** Groups in a year. */
function groupsInYear({ calendar }: TimeSeries): number {
  return 12 / MONTHS_IN[calendar.unit];
}

/** What is derived from a line. */
export type SeriesName = 'yoy' | 'qoq' | 'ttm' | 'ytd' | 'cumulative' | 'cagr';

/** The parts that a number of a group is derived from; what is compared stands before what it is compared with. */
export function partsOf(
  series: TimeSeries,
  group: number,
  name: SeriesName,
): Result<readonly SeriesPart[], SeriesReason> {
  const partsFrom = (first: number) =>
    [...series.counts.keys()]
      .filter((one) => first <= one && one <= group)
      .map((one) => partAt(series, one, false));
  switch (name) {
    case 'yoy':
    case 'qoq':
      return compared(series, group, name);
    case 'ttm':
      return twelveMonths(series, group);
    case 'ytd': {
      const first = firstOfYear(series, group);
      return first.ok ? success(partsFrom(first.value)) : first;
    }
    case 'cumulative':
      return success(partsFrom(-Infinity));
    case 'cagr':
      return wholeYears(series);
  }
}

/** Growth over the same group a year before, or over the group just before: v ÷ base − 1. */
export function growth(
  series: TimeSeries,
  group: number,
  name: 'yoy' | 'qoq',
): Result<Fraction, SeriesReason> {
  const pair = compared(series, group, name);
  if (!pair.ok) return pair;
  const [own, base] = pair.value;
  return success(subtract(fraction(own.count, base.count), ONE));
}

/** A part, and the one that it is compared with. */
type Pair = readonly [SeriesPart, SeriesPart];

function compared(
  series: TimeSeries,
  group: number,
  name: 'yoy' | 'qoq',
): Result<Pair, SeriesReason> {
  const own = partAt(series, group, false);
  const back = name === 'qoq' ? 1 : groupsInYear(series);
  const base = partAt(series, group - back, true);
  if (!base.months.includes('1')) return failure('noBase');
  if (base.months !== own.months) return failure('otherMonths');
  if (base.count <= 0n) return failure('zeroBase');
  return success([own, base]);
}

/** The sum of the twelve months up to the end of a group. */
export function lastTwelveMonths(series: TimeSeries, group: number): Result<bigint, SeriesReason> {
  const all = twelveMonths(series, group);
  return all.ok ? success(all.value.reduce((sum, { count }) => sum + count, 0n)) : all;
}

function twelveMonths(
  series: TimeSeries,
  group: number,
): Result<readonly SeriesPart[], SeriesReason> {
  const length = groupsInYear(series);
  const all = Array.from({ length }, (_, i) => partAt(series, group - length + 1 + i, true));
  return all.some(({ months }) => months.includes('0')) ? failure('twelveMonths') : success(all);
}

/** The sum from the beginning of the group's year up to the group. */
export function yearToDate(series: TimeSeries, group: number): Result<bigint, SeriesReason> {
  const first = firstOfYear(series, group);
  if (!first.ok) return first;
  return success(cumulative(series, group) - (series.running.get(first.value - 1) ?? 0n));
}

function firstOfYear(series: TimeSeries, group: number): Result<number, SeriesReason> {
  const first = Math.floor(group / groupsInYear(series)) * groupsInYear(series);
  const { start } = periodNumbered(first, series.calendar);
  const isWhole = series.known.every(({ window }) => window.start <= start);
  return isWhole ? success(first) : failure('yearBegins');
}

/** The sum from the beginning of the window up to a group. */
export function cumulative({ running }: TimeSeries, group: number): bigint {
  return running.get(group)!;
}

/** The yearly growth from the first to the last whole year of the window, in millionths, rounded half-even. */
export function yearlyRate(series: TimeSeries): Result<bigint, SeriesReason> {
  const ends = wholeYears(series);
  if (!ends.ok) return ends;
  const [last, first] = ends.value;
  const years = last.period.ordinal - first.period.ordinal;
  return success(rootInMillionths(fraction(last.count, first.count), years) - MILLION);
}

/** The last and the first year that lies in every window as a whole. */
function wholeYears(series: TimeSeries): Result<Pair, SeriesReason> {
  const { known, counts } = series;
  const each = groupsInYear(series);
  const calendar = { ...series.calendar, unit: 'year' } as const;
  const sums = new Map<number, bigint>();
  for (const [group, count] of counts) {
    const year = Math.floor(group / each);
    const { start, end } = periodNumbered(year, calendar);
    const isWhole = known.every(({ window }) => window.start <= start && end <= window.end);
    if (isWhole) sums.set(year, (sums.get(year) ?? 0n) + count);
  }
  const years = Array.from(sums, ([year, count]): SeriesPart => {
    return { period: periodNumbered(year, calendar), count, months: WHOLE_YEAR, reported: [] };
  });
  const [first, last] = [years[0], years.at(-1)];
  if (!first || !last || first === last) return failure('wholeYears');
  return first.count > 0n && last.count > 0n ? success([last, first]) : failure('wholeYears');
}

const WHOLE_YEAR = '1'.repeat(12);

export const MILLION = powerOfTen(6);

/**
 * The n-th root of a number above 0 in millionths, rounded half-even. It is found as a count of half
 * millionths: r is the greatest integer with rⁿ ≤ x · (2·10⁶)ⁿ. An even r rounds down to r ÷ 2. An odd r rounds
 * up, unless rⁿ is exactly that product: then the root lies in the middle.
 */
export function rootInMillionths({ n, d }: Fraction, degree: number): bigint {
  const exponent = BigInt(degree);
  const scaled = n * (2n * MILLION) ** exponent;
  const root = floorOfRoot(scaled / d, exponent);
  if (root % 2n === 0n) return root / 2n;
  const isMiddle = root ** exponent * d === scaled;
  const below = root / 2n;
  return isMiddle && below % 2n === 0n ? below : below + 1n;
}

/** The greatest integer whose power is at most a number, by Newton's method from above. */
function floorOfRoot(whole: bigint, exponent: bigint): bigint {
  if (whole < 2n) return whole;
  let root = 1n << (BigInt(whole.toString(2).length) / exponent + 1n);
  for (;;) {
    const next = ((exponent - 1n) * root + whole / root ** (exponent - 1n)) / exponent;
    if (next >= root) return root;
    root = next;
  }
}
