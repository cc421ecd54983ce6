/** Values near quantiles, kept while numbers are counted, so that few need to be looked for again. */
import type { Fraction } from '../../core/number/fraction.js';
import { squareRoot } from '../../core/random/normal.js';
import { binOf, type Bins } from './bins.js';

export interface CountedValues {
  readonly numbers: Float64Array;
  readonly counts: Float64Array;
}

export const NO_VALUES: CountedValues = { numbers: new Float64Array(), counts: new Float64Array() };

/** @param given in any order; they are sorted in place */
export function valuesOf(given: Float64Array): CountedValues {
  given.sort();
  return valuesFrom((tell) => {
    for (let i = 0, first = 0; i < given.length; i++) {
      if (given[i + 1] === given[i]) continue;
      tell(given[i]!, i + 1 - first);
      first = i + 1;
    }
  });
}

/** The values of both, of which something holds. */
export function mergeValues(
  one: CountedValues,
  other: CountedValues,
  holds: (number: number) => boolean = () => true,
): CountedValues {
  return valuesFrom((tell) => {
    let [a, b] = [0, 0];
    while (a < one.numbers.length || b < other.numbers.length) {
      const [left, right] = [one.numbers[a] ?? Infinity, other.numbers[b] ?? Infinity];
      let count = 0;
      if (left <= right) count += one.counts[a++]!;
      if (right <= left) count += other.counts[b++]!;
      const number = Math.min(left, right);
      if (holds(number)) tell(number, count);
    }
  });
}

/** Told twice, first to be counted: arrays that are too long, and cut, would be twice the memory. */
function valuesFrom(each: (tell: (number: number, count: number) => void) => void): CountedValues {
  let size = 0;
  each(() => size++);
  const [numbers, counts] = [new Float64Array(size), new Float64Array(size)];
  size = 0;
  each((number, count) => {
    numbers[size] = number;
    counts[size++] = count;
  });
  return { numbers, counts };
}

/** The first and the last of some bins; none, where the last is before the first. */
type Range = readonly [first: number, last: number];

/**
 * What has been kept. Of random numbers that come in any order a quantile moves ever less, in
 * proportion to 1/√n: so the bins that it may lie in become fewer, and what is kept grows with √n
 * alone. Where it moves out of them, its bin has to be looked into again; so no chance shows.
 */
export interface QuantileWindow {
  /** For each quantile the bins of which every value has been kept. */
  readonly ranges: readonly Range[];
  readonly values: CountedValues;
}

/** So many numbers are kept before any is let go. */
const ROOM = 4096;

/** How far a quantile is expected to move, in standard deviations. */
const REACH = 4;

/** Which of n numbers in order a quantile is, from 1: the least that has so large a part below or at it. */
export function rankOf({ n: over, d: under }: Fraction, n: number): number {
  return Math.max(Number((over * BigInt(n) + under - 1n) / under), 1);
}

/** The bin that holds the number of a rank, and how many numbers lie before it. */
export function binAt(
  counts: Float64Array,
  rank: number,
): { readonly bin: number; readonly before: number } {
  let before = 0;
  let bin = 0;
  while (before + counts[bin]! < rank) before += counts[bin++]!;
  return { bin, before };
}

/** Whether every value of a bin has been kept. */
export function isKept({ ranges }: QuantileWindow, bin: number): boolean {
  return ranges.some(([first, last]) => first <= bin && bin <= last);
}

/** Keeps numbers that have been counted into bins. */
export function keeper(
  bins: Bins,
  counts: Float64Array,
  quantiles: readonly Fraction[],
): { readonly keep: (value: number, bin: number) => void; readonly kept: () => QuantileWindow } {
  let ranges: readonly Range[] = quantiles.map(() => [0, counts.length - 1]);
  let marks = marksOf(ranges, counts.length);
  let numbers: Float64Array = new Float64Array(ROOM);
  let held = 0;
  const letGo = () => {
    ranges = narrowed(ranges, counts, quantiles);
    marks = marksOf(ranges, counts.length);
    const all = held;
    held = 0;
    for (let i = 0; i < all; i++) {
      const value = numbers[i]!;
      if (marks[binOf(bins, value)] === 1) numbers[held++] = value;
    }
  };
  return {
    keep: (value, bin) => {
      if (marks[bin] === 0) return;
      numbers[held++] = value;
      if (held < numbers.length) return;
      letGo();
      if (2 * held > numbers.length) numbers = twiceAsLong(numbers);
    },
    kept: () => {
      letGo();
      return { ranges, values: valuesOf(numbers.subarray(0, held)) };
    },
  };
}

function twiceAsLong(numbers: Float64Array): Float64Array {
  const longer = new Float64Array(2 * numbers.length);
  longer.set(numbers);
  return longer;
}

/** What two windows both hold, of the numbers of both. */
export function mergeWindows(
  [one, other]: readonly [QuantileWindow, QuantileWindow],
  bins: Bins,
  counts: Float64Array,
  quantiles: readonly Fraction[],
): QuantileWindow {
  const both = one.ranges.map((range, q) => shared(range, other.ranges[q]!));
  const ranges = narrowed(both, counts, quantiles);
  const marks = marksOf(ranges, counts.length);
  const isNear = (number: number) => marks[binOf(bins, number)] === 1;
  return { ranges, values: mergeValues(one.values, other.values, isNear) };
}

/** For every bin whether it is in a range. */
function marksOf(ranges: readonly Range[], bins: number): Uint8Array {
  const marks = new Uint8Array(bins);
  for (const [first, last] of ranges) if (first <= last) marks.fill(1, first, last + 1);
  return marks;
}

/** Without the bins that lie farther from each quantile than it is expected to move. */
function narrowed(
  ranges: readonly Range[],
  counts: Float64Array,
  quantiles: readonly Fraction[],
): readonly Range[] {
  const n = counts.reduce((sum, count) => sum + count, 0);
  if (n <= ROOM) return ranges;
  return ranges.map((range, q) => shared(range, reachOf(quantiles[q]!, counts, n)));
}

function shared([a, b]: Range, [c, d]: Range): Range {
  return [Math.max(a, c), Math.min(b, d)];
}

function reachOf(quantile: Fraction, counts: Float64Array, n: number): Range {
  const part = Number(quantile.n) / Number(quantile.d);
  const reach = REACH * squareRoot(n * part * (1 - part)) + 1;
  const [low, high] = [part * n - reach, part * n + reach];
  return [binAt(counts, Math.max(low, 1)).bin, binAt(counts, Math.min(high, n)).bin];
}
