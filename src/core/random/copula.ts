/** The Gaussian copula: draws with given rank correlations, and the check that they are possible. */
import { ONE, divide, fraction, multiply, subtract, type Fraction } from '../number/fraction.js';
import { deviationOf, probabilityOf, squareRoot } from './normal.js';
import { RANKS } from './philox.js';

/** A lower triangular matrix by rows: it turns independent deviations into correlated ones. */
export type CorrelationFactor = readonly Float64Array[];

/**
 * The factor of a matrix of rank correlations; nothing where no draws can have them, because the matrix
 * of the corresponding normal correlations is not positive semi-definite. That is decided exactly.
 *
 * @param correlations symmetric, with ones on the diagonal
 */
export function correlationFactor(
  correlations: readonly (readonly Fraction[])[],
): CorrelationFactor | undefined {
  const normal = correlations.map((row) => row.map(normalCorrelation));
  const lower: Fraction[][] = [];
  const pivots: Fraction[] = [];
  // L·D·Lᵀ: no pivot may be negative, and below a pivot of 0 every entry has to be 0.
  for (const [i, row] of normal.entries()) {
    lower.push([]);
    for (let j = 0; j <= i; j++) {
      const known = lower[j]!.slice(0, j).map((one, k) =>
        multiply(multiply(lower[i]![k]!, one), pivots[k]!),
      );
      const left = known.reduce(subtract, row[j]!);
      if (i === j) {
        if (left.n < 0n) return undefined;
        pivots.push(left);
        lower[i]!.push(ONE);
      } else if (pivots[j]!.n === 0n && left.n !== 0n) return undefined;
      else lower[i]!.push(pivots[j]!.n === 0n ? left : divide(left, pivots[j]!));
    }
  }
  const roots = pivots.map((pivot) => squareRoot(toDouble(pivot)));
  return lower.map((row) => Float64Array.from(row, (one, j) => toDouble(one) * roots[j]!));
}

/**
 * The correlation of normal numbers with rank correlation ρ: 2·sin(π/6·ρ), rounded to a multiple of
 * 2^-52; the sine by its series.
 */
function normalCorrelation(rank: Fraction): Fraction {
  if (rank.d === 1n) return rank;
  const x = toDouble(rank) * SIXTH_OF_PI;
  let [sum, term] = [x, x];
  for (let k = 2; k < 22; k += 2) {
    term *= (-x * x) / (k * (k + 1));
    sum += term;
  }
  return fraction(BigInt(Math.round(2 * sum * 2 ** 52)), 2n ** 52n);
}

const SIXTH_OF_PI = 0.5235987755982989;

/** Rounds to 80 binary places, then to the nearest double. */
function toDouble({ n, d }: Fraction): number {
  return Number((n * 2n ** 80n) / d) / 2 ** 80;
}

/**
 * Turns independent ranks into correlated ones, in place; each stays uniformly distributed.
 *
 * @param ranks one array for each row of the factor, all of one length
 */
export function correlate(factor: CorrelationFactor, ranks: readonly Float64Array[]): void {
  const deviations = new Float64Array(factor.length);
  for (let draw = 0; draw < ranks[0]!.length; draw++) {
    for (let i = 0; i < factor.length; i++) deviations[i] = deviationOf(ranks[i]![draw]! / RANKS);
    for (let i = 0; i < factor.length; i++) {
      let sum = 0;
      for (let j = 0; j <= i; j++) sum += factor[i]![j]! * deviations[j]!;
      ranks[i]![draw] = rankOf(probabilityOf(sum));
    }
  }
}

/** The rank of a probability, which rounding may have made 0 or 1. */
function rankOf(probability: number): number {
  const half = Math.floor(probability * (RANKS / 2));
  return Math.min(Math.max(half, 0), RANKS / 2 - 1) * 2 + 1;
}
