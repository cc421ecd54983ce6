/** Values near the quantiles, kept while draws are counted, so that a second pass is rarely needed. */
import type { Fraction } from '../../core/number/fraction.js';
import { squareRoot } from '../../core/random/normal.js';
import { binOf, type Bins } from './bins.js';

/** The first and the last of a range of bins; empty if the last is before the first. */
type Range = readonly [first: number, last: number];

/**
 * The values kept near each quantile. The position of a quantile among n random draws varies with √n,
 * so the bins in which it may end become fewer, and the values kept grow with √n only. If a quantile
 * ends outside these bins, a second pass collects its bin: the result never depends on chance.
 */
export interface QuantileWindow {
  /** By quantile: the bins whose values have all been kept. */
  readonly ranges: readonly Range[];
  readonly values: CountedValues;
}

/** How many numbers are kept before any is dropped. */
const ROOM = 4096;

/** How far from its expected rank a quantile may end, in standard deviations. */
const REACH = 4;

/** The rank of a quantile among n sorted numbers, from 1: the least number with at least that share at or below it. */
export function quantileRank({ n: over, d: under }: Fraction, n: number): number {
  return Math.max(Number((over * BigInt(n) + under - 1n) / under), 1);
}

/** The bin of a rank, and how many numbers lie in the bins before it. */
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

/** Keeps numbers near the quantiles as they are counted into bins. */
export function keeper(
  bins: Bins,
  counts: Float64Array,
  quantiles: readonly Fraction[],
): { readonly keep: (value: number, bin: number) => void; readonly kept: () => QuantileWindow } {
  let ranges: readonly Range[] = quantiles.map(() => [0, counts.length - 1]);
  let marks = marksOf(ranges, counts.length);
  let numbers: Float64Array = new Float64Array(ROOM);
  let held = 0;
  const drop = () => {
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
      drop();
      if (2 * held > numbers.length) numbers = twiceAsLong(numbers);
    },
    kept: () => {
      drop();
      return { ranges, values: countValues(numbers.subarray(0, held)) };
    },
  };
}

function twiceAsLong(numbers: Float64Array): Float64Array {
  const longer = new Float64Array(2 * numbers.length);
  longer.set(numbers);
  return longer;
}

/** Merges two windows: the bins that both kept, with the values of both. */
export function mergeWindows(
  [one, other]: readonly [QuantileWindow, QuantileWindow],
  bins: Bins,
  counts: Float64Array,
  quantiles: readonly Fraction[],
): QuantileWindow {
  const both = one.ranges.map((range, q) => overlap(range, other.ranges[q]!));
  const ranges = narrowed(both, counts, quantiles);
  const marks = marksOf(ranges, counts.length);
  const isNear = (number: number) => marks[binOf(bins, number)] === 1;
  return { ranges, values: mergeValues(one.values, other.values, isNear) };
}

/** A mark for every bin that is in a range. */
function marksOf(ranges: readonly Range[], bins: number): Uint8Array {
  const marks = new Uint8Array(bins);
  for (const [first, last] of ranges) if (first <= last) marks.fill(1, first, last + 1);
  return marks;
}

/** Drops the bins in which each quantile is not expected to end. */
function narrowed(
  ranges: readonly Range[],
  counts: Float64Array,
  quantiles: readonly Fraction[],
): readonly Range[] {
  const n = counts.reduce((sum, count) => sum + count, 0);
  if (n <= ROOM) return ranges;
  return ranges.map((range, q) => overlap(range, reachOf(quantiles[q]!, counts, n)));
}

function overlap([a, b]: Range, [c, d]: Range): Range {
  return [Math.max(a, c), Math.min(b, d)];
}

function reachOf(quantile: Fraction, counts: Float64Array, n: number): Range {
  const part = Number(quantile.n) / Number(quantile.d);
  const reach = REACH * squareRoot(n * part * (1 - part)) + 1;
  const [low, high] = [part * n - reach, part * n + reach];
  return [binAt(counts, Math.max(low, 1)).bin, binAt(counts, Math.min(high, n)).bin];
}

/** Different values in ascending order, each with its count. */
export interface CountedValues {
  readonly numbers: Float64Array;
  readonly counts: Float64Array;
}

export const NO_VALUES: CountedValues = { numbers: new Float64Array(), counts: new Float64Array() };

/** @param unsorted in any order; they are sorted in place */
export function countValues(unsorted: Float64Array): CountedValues {
  unsorted.sort();
  return valuesFrom((emit) => {
    for (let i = 0, first = 0; i < unsorted.length; i++) {
      if (unsorted[i + 1] === unsorted[i]) continue;
      emit(unsorted[i]!, i + 1 - first);
      first = i + 1;
    }
  });
}

/** Merges two sets of values, and keeps those that `holds` accepts. */
export function mergeValues(
  one: CountedValues,
  other: CountedValues,
  holds: (number: number) => boolean = () => true,
): CountedValues {
  return valuesFrom((emit) => {
    let [a, b] = [0, 0];
    while (a < one.numbers.length || b < other.numbers.length) {
      const [left, right] = [one.numbers[a] ?? Infinity, other.numbers[b] ?? Infinity];
      let count = 0;
      if (left <= right) count += one.counts[a++]!;
      if (right <= left) count += other.counts[b++]!;
      const number = Math.min(left, right);
      if (holds(number)) emit(number, count);
    }
  });
}

/** Iterates twice, first to count, so that the arrays have exactly the length needed. */
function valuesFrom(each: (emit: (number: number, count: number) => void) => void): CountedValues {
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
