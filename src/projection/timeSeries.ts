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
  type TimeCalendar,
} from '../core/period.js';
import { failure, success, type Result } from '../core/result.js';

/** The sums of one line by group of time. */
export interface TimeSeries {
  /** That of its groups. */
  readonly calendar: TimeCalendar;
  readonly window: Months;
  /** By the number of the group in its calendar: counts of quanta. */
  readonly counts: ReadonlyMap<number, bigint>;
  /** The sums of the counts up to a group, from the beginning of the window. */
  readonly running: ReadonlyMap<number, bigint>;
  /** By month before the window: what was reported, if the line is the sum of everything. */
  readonly before: ReadonlyMap<number, bigint>;
}

/** @param counts by the number of the group, in the order of time */
export function timeSeries(
  calendar: TimeSeries['calendar'],
  window: Months,
  counts: TimeSeries['counts'],
  before: TimeSeries['before'] = NOTHING,
): TimeSeries {
  let sum = 0n;
  const running = new Map([...counts].map(([group, count]) => [group, (sum += count)] as const));
  return { calendar, window, counts, running, before };
}

const NOTHING: TimeSeries['before'] = new Map();

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

/** The number of a group, and which of its months are known: `111` for a whole quarter. */
interface Known {
  readonly count: bigint;
  readonly months: string;
}

/** @param before by month before the window: what counts as known besides the window */
function knownAt(
  { calendar, window, counts }: TimeSeries,
  group: number,
  before: TimeSeries['before'],
): Known {
  const months = monthsIn(periodNumbered(group, calendar));
  const isKnown = (month: number) =>
    (window.start <= month && month < window.end) || before.has(month);
  return {
    count: months.reduce((sum, month) => sum + (before.get(month) ?? 0n), counts.get(group) ?? 0n),
    months: months.map((month) => (isKnown(month) ? '1' : '0')).join(''),
  };
}

/** Groups in a year. */
function groupsInYear({ calendar }: TimeSeries): number {
  return 12 / MONTHS_IN[calendar.unit];
}

/** Growth over the same group a year before: v ÷ base − 1. */
export function yearOnYear(series: TimeSeries, group: number): Result<Fraction, SeriesReason> {
  return growth(series, group, group - groupsInYear(series));
}

/** Growth over the group just before. */
export function overGroupBefore(series: TimeSeries, group: number): Result<Fraction, SeriesReason> {
  return growth(series, group, group - 1);
}

function growth(
  series: TimeSeries,
  group: number,
  baseGroup: number,
): Result<Fraction, SeriesReason> {
  const own = knownAt(series, group, NOTHING);
  const base = knownAt(series, baseGroup, series.before);
  if (!base.months.includes('1')) return failure('noBase');
  if (base.months !== own.months) return failure('otherMonths');
  if (base.count <= 0n) return failure('zeroBase');
  return success(subtract(fraction(own.count, base.count), ONE));
}

/** The sum of the twelve months up to the end of a group. */
export function lastTwelveMonths(series: TimeSeries, group: number): Result<bigint, SeriesReason> {
  const all = Array.from({ length: groupsInYear(series) }, (_, i) =>
    knownAt(series, group - i, series.before),
  );
  return all.some(({ months }) => months.includes('0'))
    ? failure('twelveMonths')
    : success(all.reduce((sum, { count }) => sum + count, 0n));
}

/** The sum from the beginning of the group's year up to the group. */
export function yearToDate(series: TimeSeries, group: number): Result<bigint, SeriesReason> {
  const first = Math.floor(group / groupsInYear(series)) * groupsInYear(series);
  const { start } = periodNumbered(first, series.calendar);
  if (start < series.window.start) return failure('yearBegins');
  return success(cumulative(series, group) - (series.running.get(first - 1) ?? 0n));
}

/** The sum from the beginning of the window up to a group. */
export function cumulative({ running }: TimeSeries, group: number): bigint {
  return running.get(group)!;
}

/** The yearly growth from the first to the last whole year of the window, in millionths, rounded half-even. */
export function yearlyRate(series: TimeSeries): Result<bigint, SeriesReason> {
  const { calendar, window, counts } = series;
  const each = groupsInYear(series);
  const years = new Map<number, bigint>();
  for (const [group, count] of counts) {
    const year = Math.floor(group / each);
    const { start, end } = periodNumbered(year, { ...calendar, unit: 'year' });
    if (window.start <= start && end <= window.end)
      years.set(year, (years.get(year) ?? 0n) + count);
  }
  const [first, last] = [[...years].at(0), [...years].at(-1)];
  if (!first || !last || years.size < 2) return failure('wholeYears');
  const [[from, least], [to, most]] = [first, last];
  if (least <= 0n || most <= 0n) return failure('wholeYears');
  return success(rootInMillionths(fraction(most, least), to - from) - MILLION);
}

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
