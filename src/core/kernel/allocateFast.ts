/** The rule of `allocate` in doubles, for amounts and weights that fit; docs/arithmetic.md has the proofs. */
import { sumWeights, type PreparedAllocation } from './preparedAllocation.js';
import { WIDE_WEIGHTS, errorOf, highOf } from './quotient.js';
import type { Registers } from './registers.js';

/** Up to this sum W of weights, W² is below 2^53. */
export const SMALL_WEIGHTS = 94_906_265;

/**
 * Splits an amount exactly as `allocate` does, in the first of three ways whose result is certain.
 *
 * Each way rounds each part to the nearest whole number, not down: then few units, and often none,
 * are left over or missing, and the parts with the largest or smallest remainder get or give them.
 *
 * @returns false where no way is certain, and `allocate` has to do it with BigInt
 */
export function allocateFast(allocation: PreparedAllocation, registers: Registers): boolean {
  const { numerators, remaindersOffset } = registers;
  const amount = numerators[allocation.amount]!;
  if (!allocation.hasFixedWeights) allocation.weightSum = sumWeights(allocation, registers);
  const { weightSum } = allocation;
  if (!(amount >= 0 && weightSum > 0)) return false;
  if (weightSum <= SMALL_WEIGHTS)
    return splitSmallWeights(allocation, numerators, remaindersOffset);
  if (!(weightSum < WIDE_WEIGHTS && amount < WIDE_WEIGHTS)) return false;
  return (
    splitByEstimate(allocation, numerators, remaindersOffset) ||
    splitWideWeights(allocation, numerators, remaindersOffset)
  );
}

/** amount = h·W + l, so amount·w/W = h·w + l·w/W, where l·w + W/2 is below 2^53. */
function splitSmallWeights(
  allocation: PreparedAllocation,
  n: Float64Array,
  remaindersOffset: number,
): boolean {
  const { count, firstWeight, out, weightSum } = allocation;
  const amount = n[allocation.amount]!;
  const half = Math.floor(weightSum / 2);
  const high = Math.floor(amount / weightSum);
  const low = amount - high * weightSum;
  for (let i = 0; i < count; i++) {
    const weight = n[firstWeight + i]!;
    const product = low * weight;
    const quotient = Math.floor((product + half) / weightSum);
    n[remaindersOffset + i] = product - quotient * weightSum;
    n[out + i] = high * weight + quotient;
  }
  return moveUnits(allocation, n, remaindersOffset, true);
}

/**
 * Parts as doubles estimate them.
 *
 * @returns false where the doubt leaves open which parts are rounded up, or which get or give a unit
 */
function splitByEstimate(
  allocation: PreparedAllocation,
  n: Float64Array,
  remaindersOffset: number,
): boolean {
  const { count, firstWeight, out, weightSum } = allocation;
  const amount = n[allocation.amount]!;
  const scale = amount / weightSum;
  // A part that is rounded up is then ahead of one that is rounded down by more than the doubt.
  const certain = 0.5 - doubtOf(amount) / 2;
  for (let i = 0; i < count; i++) {
    const part = n[firstWeight + i]! * scale;
    const nearest = Math.floor(part + 0.5);
    const remainder = part - nearest;
    if (!(Math.abs(remainder) < certain)) return false;
    n[remaindersOffset + i] = remainder;
    n[out + i] = nearest;
  }
  return moveUnits(allocation, n, remaindersOffset, false);
}

/**
 * The quotient as doubles estimate it, off by one at most, and corrected by the exact remainder. This
 * is `residual` of quotient.ts with the halves of amount and weight sum computed once.
 */
function splitWideWeights(
  allocation: PreparedAllocation,
  n: Float64Array,
  remaindersOffset: number,
): boolean {
  const { count, firstWeight, out, weightSum } = allocation;
  const amount = n[allocation.amount]!;
  const half = Math.floor(weightSum / 2);
  const amountHigh = highOf(amount);
  const amountLow = amount - amountHigh;
  const sumHigh = highOf(weightSum);
  const sumLow = weightSum - sumHigh;
  const inverse = 1 / weightSum;
  for (let i = 0; i < count; i++) {
    const weight = n[firstWeight + i]!;
    const product = amount * weight;
    let quotient = Math.floor(product * inverse);
    const back = quotient * weightSum;
    const weightHigh = highOf(weight);
    const quotientHigh = highOf(quotient);
    let remainder =
      product -
      back +
      (errorOf(amountHigh, amountLow, weightHigh, weight - weightHigh, product) -
        errorOf(sumHigh, sumLow, quotientHigh, quotient - quotientHigh, back));
    while (remainder >= weightSum - half) {
      quotient += 1;
      remainder -= weightSum;
    }
    if (remainder < -half) {
      quotient -= 1;
      remainder += weightSum;
    }
    n[remaindersOffset + i] = remainder;
    n[out + i] = quotient;
  }
  return moveUnits(allocation, n, remaindersOffset, true);
}

/**
 * Gives the units left over to the parts of largest remainder, one each, of equal ones to the first; or
 * takes missing ones from those of smallest remainder, of equal ones from the last.
 *
 * @param isExact whether the remainders are exact: if not, two that differ by no more than the doubt may
 *   be in the other order, or equal, unless their weights are equal
 * @returns false where the choice is open, or the units are so many that sorting is faster
 */
function moveUnits(
  allocation: PreparedAllocation,
  n: Float64Array,
  remaindersOffset: number,
  isExact: boolean,
): boolean {
  const { count, firstWeight, out, order } = allocation;
  let left = n[allocation.amount]!;
  for (let i = 0; i < count; i++) left -= n[out + i]!;
  if (left === 0) return true;
  if (Math.abs(left) > MOST_UNITS) return false;
  const unit = left < 0 ? -1 : 1;
  const doubt = doubtOf(n[allocation.amount]!);
  let last = Infinity;
  let weight = 0;
  // Whether all parts chosen since the last clear gap between remainders have equal weights.
  let areEqual = true;
  for (; left !== 0; left -= unit) {
    let best = 0;
    let most = n[remaindersOffset]! * unit;
    for (let i = 1; i < count; i++) {
      const remainder = n[remaindersOffset + i]! * unit;
      if (remainder < most) continue;
      if (remainder === most && isBefore(best, i, order) === unit > 0) continue;
      most = remainder;
      best = i;
    }
    if (last - most > doubt) areEqual = true;
    else if (n[firstWeight + best] !== weight) areEqual = false;
    last = most;
    weight = n[firstWeight + best]!;
    n[remaindersOffset + best] = -unit * Infinity;
    n[out + best]! += unit;
  }
  if (isExact) return true;
  // A part that got no unit must be clearly behind the last one that did, or have its weight.
  for (let i = 0; i < count; i++) {
    if (last - n[remaindersOffset + i]! * unit > doubt) continue;
    if (!areEqual || n[firstWeight + i] !== weight) return false;
  }
  return true;
}

const MOST_UNITS = 100;

/**
 * How far two estimates of parts together are off, at most. Each is rounded twice, and so off by less than
 * 2^-52 of its part; two parts have at most the amount.
 */
function doubtOf(amount: number): number {
  return amount * 2 ** -52;
}

function isBefore(a: number, b: number, order: readonly number[] | undefined): boolean {
  return order ? order[a]! < order[b]! : a < b;
}
