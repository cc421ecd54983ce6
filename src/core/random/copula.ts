/** The Gaussian copula: draws with given rank correlations, and the check that they are possible. */
import type { Fraction } from '../number/fraction.js';
import { deviationOf, probabilityOf, squareRoot } from './normal.js';
import { RANKS } from './philox.js';

/** A lower triangular matrix by rows: it turns independent deviations into correlated ones. */
export type CorrelationFactor = readonly Float64Array[];

/** A symmetric matrix with ones on the diagonal. */
type RankCorrelations = readonly (readonly Fraction[])[];

/**
 * Whether draws can have rank correlations together: the matrix of the corresponding normal correlations
 * is positive semi-definite. That is decided exactly, and in doubles where they prove it.
 */
export function arePossible(correlations: RankCorrelations): boolean {
  const normal = correlations.map((row) => row.map(normalCorrelation));
  return isPositiveInDoubles(normal) || eliminate(normal) !== undefined;
}

/** The factor of a matrix of rank correlations; nothing where no draws can have them. */
export function correlationFactor(correlations: RankCorrelations): CorrelationFactor | undefined {
  const eliminated = eliminate(correlations.map((row) => row.map(normalCorrelation)));
  if (!eliminated) return undefined;
  const { columns, pivots } = eliminated;
  const roots = pivots.map((pivot) => squareRoot(toDouble(pivot)));
  return correlations.map((_, i) =>
    Float64Array.from(pivots.slice(0, i + 1), ({ n }, j) => {
      if (i === j) return roots[j]!;
      return n === 0n ? 0 : toDouble({ n: columns[i]![j]!, d: n }) * roots[j]!;
    }),
  );
}

/** The places after the binary point of a normal correlation. */
const PLACES = 52n;
const ONE_SCALED = 2n ** PLACES;

/**
 * The correlation of normal numbers with rank correlation ρ: 2·sin(π/6·ρ), rounded to a multiple of
 * 2^-52 and multiplied by 2^52; the sine by its series.
 */
function normalCorrelation(rank: Fraction): bigint {
  if (rank.d === 1n) return rank.n * ONE_SCALED;
  const x = toDouble(rank) * SIXTH_OF_PI;
  let [sum, term] = [x, x];
  for (let k = 2; k < 22; k += 2) {
    term *= (-x * x) / (k * (k + 1));
    sum += term;
  }
  return BigInt(Math.round(2 * sum * 2 ** 52));
}

const SIXTH_OF_PI = 0.5235987755982989;

/** Rounds to 80 binary places, then to the nearest double. */
function toDouble({ n, d }: Fraction): number {
  return Number((n * 2n ** 80n) / d) / 2 ** 80;
}

/**
 * Whether a matrix is positive definite by more than doubles can err: the matrix less 4·n·(n + 1)·2^-53
 * on its diagonal has a Cholesky factor in doubles, whose error is less than a quarter of that (Rump,
 * Verification of positive definiteness, 2006).
 */
function isPositiveInDoubles(normal: readonly (readonly bigint[])[]): boolean {
  const size = normal.length;
  const margin = size * (size + 1) * 2 ** -51;
  const lower: Float64Array[] = [];
  for (const [i, row] of normal.entries()) {
    const own = new Float64Array(i + 1);
    lower.push(own);
    for (let j = 0; j <= i; j++) {
      let left = Number(row[j]!) / 2 ** 52 - (i === j ? margin : 0);
      const other = lower[j]!;
      for (let k = 0; k < j; k++) left -= own[k]! * other[k]!;
      if (i === j && !(left > 0)) return false;
      own[j] = i === j ? squareRoot(left) : left / other[j]!;
    }
  }
  return true;
}

/** A matrix L·D·Lᵀ: L is `columns` ÷ the numerator of its pivot, D the pivots. */
interface Elimination {
  readonly columns: readonly (readonly bigint[])[];
  readonly pivots: readonly Fraction[];
}

/**
 * Eliminates without fractions (Bareiss): every number stays a minor of the matrix, so that no common
 * factor has to be looked for. No pivot may be negative, and below a pivot of 0 every entry has to be 0;
 * nothing otherwise.
 *
 * @param normal correlations × 2^52
 */
function eliminate(normal: readonly (readonly bigint[])[]): Elimination | undefined {
  const rows = normal.map((row) => [...row]);
  const pivots: Fraction[] = [];
  let before = 1n;
  for (const [k, own] of rows.entries()) {
    const pivot = own[k]!;
    const below = rows.slice(k + 1);
    if (pivot < 0n || (pivot === 0n && below.some((row) => row[k] !== 0n))) return undefined;
    pivots.push({ n: pivot, d: before * ONE_SCALED });
    if (pivot === 0n) continue;
    below.forEach((row, i) => {
      for (let j = k + 1; j <= k + 1 + i; j++)
        row[j] = (row[j]! * pivot - row[k]! * rows[j]![k]!) / before;
    });
    before = pivot;
  }
  return { columns: rows, pivots };
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
