/** The Gaussian copula: ranks that hang together, and the proof that they can. */
import { deviationOf, probabilityOf, squareRoot } from './normal.js';
import { RANKS } from './philox.js';
import { divide, multiply, ONE, fraction, subtract, type Fraction } from '../number/fraction.js';

/** A lower triangle by rows: independent deviations times it are correlated ones. */
export type CorrelationFactor = readonly Float64Array[];

/**
 * The factor of a matrix of rank correlations, or nothing where no draws can have them: the matrix of
 * the normal correlations that they ask for is not positive semi-definite. That is decided exactly.
 *
 * @param correlations symmetric, with ones on the diagonal
 */
export function correlationFactor(
  correlations: readonly (readonly Fraction[])[],
): CorrelationFactor | undefined {
  const normal = correlations.map((row) => row.map(normalCorrelation));
  const lower: Fraction[][] = [];
  const pivots: Fraction[] = [];
  // L·D·Lᵀ: no pivot may be below zero, and below a pivot of zero everything has to be zero.
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
 * The correlation of normal numbers whose ranks have the given one, 2·sin(π/6·ρ), as a multiple of
 * 2^-52: the sine by its series.
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

/** To 80 binary places, and then to the nearest double. */
function toDouble({ n, d }: Fraction): number {
  return Number((n * 2n ** 80n) / d) / 2 ** 80;
}

/**
 * Makes ranks hang together: independent ones in, correlated ones out, each as likely as any other.
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

/** The rank nearest below a probability, which rounding may have made 0 or 1. */
function rankOf(probability: number): number {
  const half = Math.floor(probability * (RANKS / 2));
  return Math.min(Math.max(half, 0), RANKS / 2 - 1) * 2 + 1;
}
