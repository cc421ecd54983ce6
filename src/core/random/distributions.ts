/** Distributions on a grid of whole numbers, inverted exactly: the number that has a given rank. */
import { squareRoot } from './normal.js';
import { RANKS } from './philox.js';

/** The shapes of distributions that an input may have. */
export const SHAPES = ['triangular', 'uniform', 'pert'] as const;
/** A shape of a distribution between low and high. */
export type Shape = (typeof SHAPES)[number];

/** The most numbers of a grid: doubles are exact to the half below that. */
export const MOST_VALUES = 2 ** 51;

/** Gives the number on the grid 0 … last that has a rank, an odd integer below 2^53 (`RANKS`). */
export type Distribution = (rank: number) => number;

/**
 * A distribution by its cumulative probabilities: `below(i)` is the probability of all numbers below i,
 * for 1 ≤ i ≤ last. Number i has a rank where below(i) ≤ rank/2^53 < below(i + 1).
 */
interface DistributionFunction {
  readonly last: number;
  /** A first guess of the number; only speed depends on it. */
  readonly estimate: (probability: number) => number;
  /** `below` in doubles, off by at most `error`. */
  readonly roughly: (i: number) => number;
  readonly error: number;
  /** `below` as a fraction n/d, d above zero. */
  readonly exactly: (i: bigint) => readonly [n: bigint, d: bigint];
}

/** @param mode the most likely number, 0 ≤ mode ≤ last < `MOST_VALUES` */
export function distributionOf(shape: Shape, last: number, mode: number): Distribution {
  if (last === 0) return () => 0;
  return inverse(DISTRIBUTIONS[shape](last, mode));
}

const DISTRIBUTIONS: Readonly<Record<Shape, (last: number, mode: number) => DistributionFunction>> =
  {
    uniform,
    triangular,
    pert,
  };

/**
 * Inverts a distribution. Doubles decide where the rank is farther from both bounds of the number than
 * their error; otherwise fractions decide. So the result does not depend on any estimate.
 */
function inverse({ last, estimate, roughly, error, exactly }: DistributionFunction): Distribution {
  const isBelow = (i: number, rank: number) => {
    const [n, d] = exactly(BigInt(i));
    return BigInt(rank) * d < n * BigInt(RANKS);
  };
  return (rank) => {
    const probability = rank / RANKS;
    const i = Math.min(Math.max(estimate(probability), 0), last);
    const isAbove = i === 0 || roughly(i) + error <= probability;
    if (isAbove && (i === last || probability < roughly(i + 1) - error)) return i;
    return lastFrom(i, last, (one) => !isBelow(one, rank));
  };
}

/** The last number for which a condition holds that holds from 0 on: searched from a start near it. */
function lastFrom(start: number, last: number, holds: (i: number) => boolean): number {
  let [low, high] = [start, start + 1];
  for (let step = 1; low > 0 && !holds(low); step *= 2) {
    [low, high] = [Math.max(low - step, 0), low];
  }
  for (let step = 1; high <= last && holds(high); step *= 2) {
    [low, high] = [high, Math.min(high + step, last + 1)];
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** All numbers are equally likely. */
function uniform(last: number): DistributionFunction {
  const count = last + 1;
  return {
    last,
    estimate: (probability) => Math.floor(probability * count),
    roughly: (i) => i / count,
    error: 2 ** -53,
    exactly: (i) => [i, BigInt(count)],
  };
}

/** The continuous triangle over 0, mode and last, rounded to the nearest number. */
function triangular(last: number, mode: number): DistributionFunction {
  const rising = 4 * last * mode;
  const falling = 4 * last * (last - mode);
  const [whole, top] = [BigInt(last), BigInt(mode)];
  return {
    last,
    estimate: (probability) =>
      Math.round(
        probability * last <= mode
          ? squareRoot(probability * last * mode)
          : last - squareRoot((1 - probability) * last * (last - mode)),
      ),
    // The half-number below i is at (2i − 1)/2; five roundings, each of at most 2^-53.
    roughly: (i) =>
      i <= mode ? (2 * i - 1) ** 2 / rising : 1 - (2 * (last - i) + 1) ** 2 / falling,
    error: 2 ** -50,
    exactly: (i) => {
      if (i <= top) return [(2n * i - 1n) ** 2n, 4n * whole * top];
      const d = 4n * whole * (whole - top);
      return [d - (2n * (whole - i) + 1n) ** 2n, d];
    },
  };
}

const CHOOSE = [1, 5, 10, 10, 5, 1] as const;

/**
 * Like PERT: of five uniform draws over 0 … last, the k-th smallest or, with probability w, the next
 * one, where k + w = 1 + 4·mode/last; rounded to the nearest number. Each of the two has a beta
 * distribution with integer exponents, and the mean is that of PERT: (0 + 4·mode + last)/6.
 */
function pert(last: number, mode: number): DistributionFunction {
  const [whole, four] = [BigInt(last), 4n * BigInt(mode)];
  const k = Number(four / whole) + 1;
  const next = four % whole;
  // Where exactly j of the five draws lie below a bound: how many of `last` such cases count as below.
  const weights = CHOOSE.map((choices, j) =>
    j < k ? 0n : BigInt(choices) * (j === k ? whole - next : whole),
  );
  const parts = weights.map((weight) => Number(weight) / last);
  const below = (x: number) => {
    const y = 1 - x;
    let [sum, rest] = [parts[5]!, 1];
    for (let j = 4; j >= 0; j--) {
      rest *= y;
      sum = sum * x + parts[j]! * rest;
    }
    return sum;
  };
  return {
    last,
    estimate: (probability) => Math.round(solveRising(below, probability) * last),
    roughly: (i) => below((2 * i - 1) / (2 * last)),
    error: 2 ** -48,
    exactly: (i) => {
      const [under, over] = [2n * i - 1n, 2n * (whole - i) + 1n];
      const n = weights.reduce(
        (sum, weight, j) => sum + weight * under ** BigInt(j) * over ** BigInt(5 - j),
        0n,
      );
      return [n, whole * (2n * whole) ** 5n];
    },
  };
}

/** Where a rising function of [0, 1] takes a value: by secants, within the bracket that is left. */
function solveRising(rising: (x: number) => number, value: number): number {
  let [low, high, atLow, atHigh] = [0, 1, -value, 1 - value];
  let side = 0;
  for (let step = 0; step < 60 && high - low > 2 ** -52; step++) {
    const x = low + ((high - low) * atLow) / (atLow - atHigh);
    if (!(x > low && x < high)) break;
    const gap = rising(x) - value;
    if (Math.abs(gap) < 2 ** -52) return x;
    // An end that stays twice has its gap halved, or the secant would converge slowly (Illinois).
    if (gap < 0) {
      [low, atLow] = [x, gap];
      if (side < 0) atHigh /= 2;
      side = -1;
    } else {
      [high, atHigh] = [x, gap];
      if (side > 0) atLow /= 2;
      side = 1;
    }
  }
  return (low + high) / 2;
}
