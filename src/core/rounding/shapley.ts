/** Shapley values: what each of several players contributes to a difference, averaged over all orders. */
import { compare, fraction, subtract, type Fraction } from '../number/fraction.js';

/**
 * The marginal contribution of every player, averaged over all orders in which players may come.
 * Of the n! orders, |S|!·(n−|S|−1)! put exactly the subset S before a given player. The values sum
 * to the difference between all players and none.
 *
 * @param values by subset of the n players, as bits: 2^n of them
 */
export function shapley(values: readonly bigint[]): readonly Fraction[] {
  const n = bitsOf(values.length - 1);
  const factorials = [1n];
  for (let i = 1; i <= n; i++) factorials.push(BigInt(i) * factorials[i - 1]!);
  const orders = (before: number) => factorials[before]! * factorials[n - before - 1]!;
  return Array.from({ length: n }, (_, player) => {
    let total = 0n;
    values.forEach((value, subset) => {
      const size = bitsOf(subset);
      total += has(subset, player) ? value * orders(size - 1) : -value * orders(size);
    });
    return fraction(total, factorials[n]);
  });
}

/** Whether a subset, as bits, has a player. */
export function has(subset: number, player: number): boolean {
  return ((subset >> player) & 1) === 1;
}

function bitsOf(subset: number): number {
  return subset === 0 ? 0 : (subset & 1) + bitsOf(subset >> 1);
}

/**
 * Rounds pieces to the quantum so that they still sum to the difference. Each is rounded towards zero;
 * the quanta left over, all of one sign, go one each to the largest fractions of that sign, ties to the
 * earlier piece. Opposite pieces give opposite results.
 *
 * There are enough fractions of that sign: they sum to what is left over, and each is below 1.
 *
 * @param difference the sum of the pieces, a multiple of the quantum
 */
export function cutPieces(
  exact: readonly Fraction[],
  difference: bigint,
  quantum: bigint,
): readonly bigint[] {
  const inQuanta = exact.map(({ n, d }) => fraction(n, d * quantum));
  const pieces = inQuanta.map(({ n, d }) => n / d);
  const left = difference / quantum - pieces.reduce((a, b) => a + b, 0n);
  const sign = left < 0n ? -1n : 1n;
  const fractions = inQuanta.map((piece, i) => subtract(piece, fraction(pieces[i]!)));
  const towards = fractions.map(({ n, d }) => ({ n: n * sign, d }));
  const largest = pieces.map((_, i) => i).sort((i, j) => compare(towards[j]!, towards[i]!));
  for (const i of largest.slice(0, Number(left * sign))) pieces[i] = pieces[i]! + sign;
  return pieces.map((piece) => piece * quantum);
}
