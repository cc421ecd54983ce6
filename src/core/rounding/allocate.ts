/** Allocation, the one rule that splits money: largest remainder (Hamilton), ties by a fixed order. */
import { gcd, type Fraction } from '../number/fraction.js';

/**
 * Splits an integer amount over non-negative weights. Each part is ⌊A·wᵢ/W⌋; the units left over go
 * one each to the largest fractions of A·wᵢ/W; ties go to the part that `order` puts first.
 *
 * The parts sum to A: the floors fall short of A by the sum of the fractions, an integer smaller
 * than the number of parts with a fraction, and that many units are handed out.
 *
 * `allocateFast` applies this rule in doubles, for amounts and weights that fit.
 *
 * @param amount integer count of quanta; negative amounts are split as their absolute value
 * @param weights as many as parts, each ≥ 0
 * @param order rank of each part in a tie (smaller first); by default the position, earlier in time
 * @throws RangeError for a non-zero amount over weights that are all zero
 */
export function allocate(
  amount: bigint,
  weights: readonly Fraction[],
  order?: readonly number[],
): bigint[] {
  if (amount === 0n) return weights.map(() => 0n);
  if (amount < 0n) return allocate(-amount, weights, order).map((part) => -part);
  const scaled = overCommonDenominator(weights);
  const whole = scaled.reduce((a, b) => a + b, 0n);
  if (whole === 0n) throw new RangeError('an amount cannot be split over weights of zero');

  const parts = scaled.map((w) => (amount * w) / whole);
  const left = amount - parts.reduce((a, b) => a + b, 0n);
  if (left === 0n) return parts;
  const remainders = scaled.map((w) => (amount * w) % whole);
  for (const index of byRemainder(remainders, order).slice(0, Number(left))) {
    parts[index] = parts[index]! + 1n;
  }
  return parts;
}

/** Indices of the parts, largest remainder first, ties in the given order. */
function byRemainder(remainders: readonly bigint[], order?: readonly number[]): number[] {
  const rank = (index: number) => order?.[index] ?? index;
  return remainders
    .map((_, index) => index)
    .sort((a, b) => {
      const [x, y] = [remainders[a]!, remainders[b]!];
      return x === y ? rank(a) - rank(b) : x > y ? -1 : 1;
    });
}

/** Integers in the same proportions as the weights. */
export function overCommonDenominator(weights: readonly Fraction[]): bigint[] {
  const common = weights.reduce((lcm, { d }) => (lcm / gcd(lcm, d)) * d, 1n);
  return weights.map(({ n, d }) => n * (common / d));
}

/** The ranks of named parts in a tie, by UTF-16 code unit: `order` of `allocate`. */
export function orderOf(keys: readonly string[]): number[] {
  const sorted = keys.map((_, index) => index).sort((a, b) => (keys[a]! < keys[b]! ? -1 : 1));
  const ranks: number[] = [];
  sorted.forEach((index, rank) => (ranks[index] = rank));
  return ranks;
}
