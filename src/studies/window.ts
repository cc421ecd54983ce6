/** Values near quantiles, kept while numbers are counted, so that few need to be looked for again. */
import type { Ratio } from '../core/ratio.js';
import { squareRoot } from '../core/squareRoot.js';
import { binOf, type Bins } from './bins.js';

/** How often each value of some bins came. */
export type Values = ReadonlyMap<number, number>;

/** The first and the last of some bins; none, where the last is before the first. */
type Range = readonly [first: number, last: number];

/**
 * What has been kept. Of random numbers that come in any order a quantile moves ever less, in
 * proportion to 1/√n: so the bins that it may lie in become fewer, and what is kept grows with √n
 * alone. Where it moves out of them, its bin has to be looked into again; so no chance shows.
 */
export interface Window {
  /** For each quantile the bins of which every value has been kept. */
  readonly ranges: readonly Range[];
  readonly values: Values;
}

/** So many numbers are kept before any is let go. */
const ROOM = 4096;

/** How far a quantile is expected to move, in standard deviations. */
const REACH = 4;

/** Which of n numbers in order a quantile is, from 1: the least that has so large a part below or at it. */
export function rankOf({ n: over, d: under }: Ratio, n: number): number {
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
export function isKept({ ranges }: Pick<Window, 'ranges'>, bin: number): boolean {
  return ranges.some(([first, last]) => first <= bin && bin <= last);
}

/** Keeps numbers that have been counted into bins. */
export function keeper(
  bins: Bins,
  counts: Float64Array,
  quantiles: readonly Ratio[],
): { readonly keep: (value: number, bin: number) => void; readonly kept: () => Window } {
  let ranges: readonly Range[] = quantiles.map(() => [0, counts.length - 1]);
  let values: Values = new Map();
  const marks = new Uint8Array(counts.length).fill(1);
  const room = new Float64Array(ROOM);
  let held = 0;
  const fold = () => {
    ({ ranges, values } = narrowed({ ranges, values }, bins, counts, quantiles));
    marks.fill(0);
    for (const [first, last] of ranges) if (first <= last) marks.fill(1, first, last + 1);
    const all = new Map(values);
    for (const value of room.subarray(0, held)) {
      if (marks[binOf(bins, value)] === 1) all.set(value, (all.get(value) ?? 0) + 1);
    }
    values = all;
    held = 0;
  };
  return {
    keep: (value, bin) => {
      if (marks[bin] === 0) return;
      room[held++] = value;
      if (held === ROOM) fold();
    },
    kept: () => {
      fold();
      return { ranges, values };
    },
  };
}

/** What two windows both hold, of the numbers of both. */
export function mergeWindows(
  [one, other]: readonly [Window, Window],
  bins: Bins,
  counts: Float64Array,
  quantiles: readonly Ratio[],
): Window {
  const ranges = one.ranges.map((range, q) => shared(range, other.ranges[q]!));
  const values = mergeValues(one.values, other.values);
  return narrowed({ ranges, values }, bins, counts, quantiles);
}

export function mergeValues(one: Values, other: Values): Values {
  const all = new Map(one);
  for (const [value, count] of other) all.set(value, (all.get(value) ?? 0) + count);
  return all;
}

/** Lets go of what lies farther from each quantile than it is expected to move. */
function narrowed(
  { ranges, values }: Window,
  bins: Bins,
  counts: Float64Array,
  quantiles: readonly Ratio[],
): Window {
  const n = counts.reduce((sum, count) => sum + count, 0);
  const narrow =
    n <= ROOM ? ranges : ranges.map((range, q) => shared(range, reachOf(quantiles[q]!, counts, n)));
  return { ranges: narrow, values: within(values, bins, narrow) };
}

function shared([a, b]: Range, [c, d]: Range): Range {
  return [Math.max(a, c), Math.min(b, d)];
}

function reachOf(quantile: Ratio, counts: Float64Array, n: number): Range {
  const part = Number(quantile.n) / Number(quantile.d);
  const reach = REACH * squareRoot(n * part * (1 - part)) + 1;
  const [low, high] = [part * n - reach, part * n + reach];
  return [binAt(counts, Math.max(low, 1)).bin, binAt(counts, Math.min(high, n)).bin];
}

function within(values: Values, bins: Bins, ranges: readonly Range[]): Values {
  return new Map([...values].filter(([value]) => isKept({ ranges }, binOf(bins, value))));
}
