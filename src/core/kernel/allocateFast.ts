/** The gears of `allocate`: the same rule in doubles, for amounts and weights that fit. */
import { weigh, type PreparedAllocation } from './preparedAllocation.js';
import { errorOf, highOf, WIDE } from './quotient.js';
import { LARGEST, type Registers } from './registers.js';

/** Up to this sum W of weights, W² is below 2^53. */
export const SMALL = 94_906_265;

/**
 * Splits an amount exactly as `allocate` does, in the gear that its size and the weights allow. What
 * each gear rests on is proved in DECISIONS.md.
 *
 * Every gear rounds each part to the nearest whole number, not down: then few units, and often none,
 * are left over or missing, and the parts of largest or smallest remainder get or give them.
 *
 * @returns false where all this is left to be done with BigInt
 */
export function allocateFast(parts: PreparedAllocation, at: Registers): boolean {
  const { numerators, scratchOffset } = at;
  const amount = numerators[parts.amount]!;
  if (!parts.isFixed) parts.whole = weigh(parts, at);
  const { whole } = parts;
  const rest = 2 * scratchOffset;
  if (!(amount >= 0 && whole > 0)) return false;
  if (whole <= SMALL && amount <= LARGEST) return splitSmall(parts, numerators, rest);
  if (!(whole < WIDE && amount < WIDE)) return false;
  return splitNear(parts, numerators, rest) || splitWide(parts, numerators, rest);
}

/** amount = h·W + l, so amount·w/W = h·w + l·w/W, where l·w + W/2 is below 2^53. */
function splitSmall(parts: PreparedAllocation, n: Float64Array, rest: number): boolean {
  const { count, from, out, whole } = parts;
  const amount = n[parts.amount]!;
  const half = Math.floor(whole / 2);
  const high = Math.floor(amount / whole);
  const low = amount - high * whole;
  for (let i = 0; i < count; i++) {
    const weight = n[from + i]!;
    const product = low * weight;
    const quotient = Math.floor((product + half) / whole);
    n[rest + i] = product - quotient * whole;
    n[out + i] = high * weight + quotient;
  }
  return handOut(parts, n, rest, true);
}

/**
 * The parts as doubles estimate them, each off by less than `doubt`.
 *
 * @returns false where that leaves open how one is rounded, or which get or give a unit
 */
function splitNear(parts: PreparedAllocation, n: Float64Array, rest: number): boolean {
  const { count, from, out, whole } = parts;
  const amount = n[parts.amount]!;
  const scale = amount / whole;
  const doubt = amount * DOUBT;
  const clear = 0.5 - doubt;
  for (let i = 0; i < count; i++) {
    const part = n[from + i]! * scale;
    const nearest = Math.floor(part + 0.5);
    const remainder = part - nearest;
    if (!(Math.abs(remainder) < clear)) return false;
    n[rest + i] = remainder;
    n[out + i] = nearest;
  }
  return handOut(parts, n, rest, false);
}

/**
 * The quotient as doubles estimate it, off by one at most, and put right by the exact remainder:
 * `residual` of quotient.ts with the halves of amount and whole taken once.
 */
function splitWide(parts: PreparedAllocation, n: Float64Array, rest: number): boolean {
  const { count, from, out, whole } = parts;
  const amount = n[parts.amount]!;
  const half = Math.floor(whole / 2);
  const amountHigh = highOf(amount);
  const amountLow = amount - amountHigh;
  const wholeHigh = highOf(whole);
  const wholeLow = whole - wholeHigh;
  const inverse = 1 / whole;
  for (let i = 0; i < count; i++) {
    const weight = n[from + i]!;
    const product = amount * weight;
    let quotient = Math.floor(product * inverse);
    const back = quotient * whole;
    const weightHigh = highOf(weight);
    const quotientHigh = highOf(quotient);
    let remainder =
      product -
      back +
      (errorOf(amountHigh, amountLow, weightHigh, weight - weightHigh, product) -
        errorOf(wholeHigh, wholeLow, quotientHigh, quotient - quotientHigh, back));
    while (remainder >= whole - half) {
      quotient += 1;
      remainder -= whole;
    }
    if (remainder < -half) {
      quotient -= 1;
      remainder += whole;
    }
    n[rest + i] = remainder;
    n[out + i] = quotient;
  }
  return handOut(parts, n, rest, true);
}

/**
 * Gives the units left over to the parts of largest remainder, one each, of equal ones the first; or
 * takes missing ones from those of smallest remainder, of equal ones the last.
 *
 * @param isExact whether the remainders are: else two that differ by no more than the slack may be the
 *   other way round, or equal, unless their weights are equal
 * @returns false where that leaves the choice open, or the units are so many that sorting is better
 */
function handOut(
  parts: PreparedAllocation,
  n: Float64Array,
  rest: number,
  isExact: boolean,
): boolean {
  const { count, from, out, order } = parts;
  let left = n[parts.amount]!;
  for (let i = 0; i < count; i++) left -= n[out + i]!;
  if (left === 0) return true;
  if (Math.abs(left) > MANY) return false;
  const unit = left < 0 ? -1 : 1;
  const slack = n[parts.amount]! * 2 * DOUBT;
  let last = Infinity;
  let weight = 0;
  let isAlike = true;
  for (; left !== 0; left -= unit) {
    let best = 0;
    let most = n[rest]! * unit;
    for (let i = 1; i < count; i++) {
      const remainder = n[rest + i]! * unit;
      if (remainder < most) continue;
      if (remainder === most && isBefore(best, i, order) === unit > 0) continue;
      most = remainder;
      best = i;
    }
    if (last - most > slack) isAlike = true;
    else if (n[from + best] !== weight) isAlike = false;
    last = most;
    weight = n[from + best]!;
    n[rest + best] = -unit * Infinity;
    n[out + best]! += unit;
  }
  if (isExact) return true;
  for (let i = 0; i < count; i++) {
    if (last - n[rest + i]! * unit > slack) continue;
    if (!isAlike || n[from + i] !== weight) return false;
  }
  return true;
}

const MANY = 100;

/** By so much of an amount a part of it may be off that doubles estimate. */
const DOUBT = 2 ** -51;

function isBefore(a: number, b: number, order: readonly number[] | undefined): boolean {
  return order ? order[a]! < order[b]! : a < b;
}
