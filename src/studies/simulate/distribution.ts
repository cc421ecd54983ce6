/** The distribution of an output: counts that can be made of parts of the draws and merged. */
import { LARGEST } from '../../core/kernel/registers.js';
import { fraction, type Fraction } from '../../core/number/fraction.js';
import { binOf, type Bins } from './bins.js';
import {
  binAt,
  keeper,
  mergeWindows,
  type CountedValues,
  type QuantileWindow,
} from './quantileWindow.js';

/** The counts of many numbers; only the order within a bin is lost. */
export interface Tally {
  readonly sum: bigint;
  readonly least: number;
  readonly most: number;
  /** How many are above each threshold. */
  readonly above: readonly number[];
  readonly bins: Bins;
  /** How many are in each bin. */
  readonly counts: Float64Array;
  readonly window: QuantileWindow;
}

/** Counts whole numbers of at most 2^53 − 1. */
export function tallier(
  bins: Bins,
  thresholds: readonly number[],
  quantiles: readonly Fraction[],
): { readonly add: (value: number) => void; readonly tally: () => Tally } {
  const counts = new Float64Array(bins.count + 2);
  const { keep, kept } = keeper(bins, counts, quantiles);
  const above = thresholds.map(() => 0);
  let sum = 0n;
  // The sum, the least and the most, in an array: doubles in captured variables would be allocated anew.
  const now = new Float64Array([0, Infinity, -Infinity]);
  return {
    add: (value) => {
      // The sum in doubles is exact while it fits; then it is moved into the BigInt.
      const low = now[0]! + value;
      if (Math.abs(low) <= LARGEST) now[0] = low;
      else {
        sum += BigInt(now[0]!);
        now[0] = value;
      }
      if (value < now[1]!) now[1] = value;
      if (value > now[2]!) now[2] = value;
      for (let t = 0; t < above.length; t++) if (value > thresholds[t]!) above[t]! += 1;
      const bin = binOf(bins, value);
      counts[bin]! += 1;
      keep(value, bin);
    },
    tally: () => {
      const [low, least, most] = now as unknown as readonly [number, number, number];
      return { sum: sum + BigInt(low), least, most, above, bins, counts, window: kept() };
    },
  };
}

export function mergeTallies(one: Tally, other: Tally, quantiles: readonly Fraction[]): Tally {
  const { bins } = one;
  const counts = one.counts.map((count, b) => count + other.counts[b]!);
  return {
    sum: one.sum + other.sum,
    least: Math.min(one.least, other.least),
    most: Math.max(one.most, other.most),
    above: one.above.map((count, t) => count + other.above[t]!),
    ...{ bins, counts },
    window: mergeWindows([one.window, other.window], bins, counts, quantiles),
  };
}

/** The bin that holds a rank; none for the first and the last rank, whose numbers are known. */
export function binToKnow({ counts }: Tally, rank: number, n: number): readonly number[] {
  return rank === 1 || rank === n ? [] : [binAt(counts, rank).bin];
}

/** The number of a rank among n; all values of its bin have to be known. */
export function valueOfRank(
  { bins, counts, least, most }: Tally,
  { numbers, counts: times }: CountedValues,
  rank: number,
  n: number,
): number {
  if (rank === 1) return least;
  if (rank === n) return most;
  const { bin, before } = binAt(counts, rank);
  let i = numbers.findIndex((number) => binOf(bins, number) === bin);
  for (let passed = before + times[i]!; passed < rank; passed += times[i]!) i++;
  return numbers[i]!;
}

/** The mean, exactly. */
export function meanOf({ sum }: Tally, n: number): Fraction {
  return fraction(sum, BigInt(n));
}
