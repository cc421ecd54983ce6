/** What many whole numbers are like, counted so that parts may be counted anywhere and put together. */
import { ratio, type Ratio } from '../core/ratio.js';
import { LARGEST } from '../core/registers.js';

/** Bins of one width, and one more on either side for everything beyond. */
export interface Bins {
  readonly origin: number;
  readonly width: number;
  readonly count: number;
  /** So many of them make a bar that people see. */
  readonly perBar: number;
}

/** Bars are as many as people like to look at, bins as many as make the values in one of them few. */
const BARS = 12;
const BINS_PER_BAR = 1000;

/** Bins with round ends around numbers of which some are known. */
export function binsAround(least: number, most: number): Bins {
  const span = most - least;
  const bar = roundUp(span / BARS);
  const width = bar % BINS_PER_BAR === 0 ? bar / BINS_PER_BAR : 1;
  const margin = Math.floor(span / 4);
  const origin = Math.floor((least - margin) / bar) * bar;
  const count = Math.ceil((most + margin + 1 - origin) / bar) * (bar / width);
  return { origin, width, count, perBar: bar / width };
}

/** 1, 2 or 5 times a power of ten, not below a number. */
function roundUp(least: number): number {
  let unit = 1;
  while (unit * 10 <= least) unit *= 10;
  return [1, 2, 5, 10].map((times) => times * unit).find((one) => one >= least)!;
}

/** Where a number is counted: from 1 to `count`, or 0 below them and `count` + 1 above. */
export function binOf({ origin, width, count }: Bins, value: number): number {
  if (value < origin) return 0;
  return Math.min(Math.floor((value - origin) / width), count) + 1;
}

/** Numbers counted: everything about them but their order within a bin. */
export interface Tally {
  readonly sum: bigint;
  readonly least: number;
  readonly most: number;
  /** How many are above each threshold. */
  readonly above: readonly number[];
  readonly bins: Float64Array;
}

/** Counts whole numbers of at most 2^53 − 1, one by one. */
export function tallier(bins: Bins, thresholds: readonly number[]) {
  const counts = new Float64Array(bins.count + 2);
  const above = thresholds.map(() => 0);
  let [sum, low, least, most] = [0n, 0, Infinity, -Infinity];
  return {
    add: (value: number): void => {
      // A sum in doubles is exact as long as it fits, and then goes to the long one.
      const next = low + value;
      if (Math.abs(next) <= LARGEST) low = next;
      else [sum, low] = [sum + BigInt(low), value];
      if (value < least) least = value;
      if (value > most) most = value;
      for (let t = 0; t < above.length; t++) if (value > thresholds[t]!) above[t]! += 1;
      counts[binOf(bins, value)]! += 1;
    },
    tally: (): Tally => ({ sum: sum + BigInt(low), least, most, above, bins: counts }),
  };
}

export function mergeTallies(one: Tally, other: Tally): Tally {
  return {
    sum: one.sum + other.sum,
    least: Math.min(one.least, other.least),
    most: Math.max(one.most, other.most),
    above: one.above.map((count, t) => count + other.above[t]!),
    bins: one.bins.map((count, b) => count + other.bins[b]!),
  };
}

/** How often each value of some bins came. */
export type Values = ReadonlyMap<number, number>;

export function mergeValues(one: Values, other: Values): Values {
  const all = new Map(one);
  for (const [value, count] of other) all.set(value, (all.get(value) ?? 0) + count);
  return all;
}

/** Which of n numbers in order a quantile is, from 1: the least that has so large a part below or at it. */
export function rankOf(part: Ratio, n: number): number {
  const { n: over, d: under } = part;
  return Math.max(Number((over * BigInt(n) + under - 1n) / under), 1);
}

/** The bin that holds the number of a rank, and how many numbers lie before it. */
export function binAt(
  { bins }: Tally,
  rank: number,
): { readonly bin: number; readonly before: number } {
  let before = 0;
  let bin = 0;
  while (before + bins[bin]! < rank) before += bins[bin++]!;
  return { bin, before };
}

/** The number of a rank, where all the values of its bin are known. */
export function valueOfRank(tally: Tally, bins: Bins, values: Values, rank: number): number {
  let { before } = binAt(tally, rank);
  const { bin } = binAt(tally, rank);
  const within = [...values].filter(([value]) => binOf(bins, value) === bin);
  for (const [value, count] of within.sort(([a], [b]) => a - b)) {
    before += count;
    if (before >= rank) return value;
  }
  throw new Error('the values of a bin are fewer than were counted in it');
}

/** The mean, exactly. */
export function meanOf({ sum }: Tally, n: number): Ratio {
  return ratio(sum, BigInt(n));
}

/** A bar of the histogram; beyond the bins it has one end. */
export interface Bar {
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly draws: number;
}

/** From the first bar that has something in it to the last. */
export function barsOf({ bins }: Tally, { origin, width, count, perBar }: Bins): readonly Bar[] {
  const bars: Bar[] = [{ from: undefined, to: origin, draws: bins[0]! }];
  for (let bin = 0; bin < count; bin += perBar) {
    const from = origin + bin * width;
    const draws = bins.subarray(bin + 1, bin + 1 + perBar).reduce((sum, one) => sum + one, 0);
    bars.push({ from, to: from + perBar * width, draws });
  }
  bars.push({ from: origin + count * width, to: undefined, draws: bins[count + 1]! });
  const isFull = ({ draws }: Bar) => draws > 0;
  return bars.slice(bars.findIndex(isFull), bars.findLastIndex(isFull) + 1);
}
