/** The gears of `allocate`: the same rule in doubles, for amounts and weights that fit. */
import { overCommonDenominator } from './allocate.js';
import { errorOf, highOf, WIDE } from './quotient.js';
import { gcd } from './ratio.js';
import { gcdOf, LARGEST, ratioAt, type Known, type Ref, type Registers } from './registers.js';

/** Up to this sum W of weights, W² is below 2^53. */
export const SMALL = 94_906_265;

/** An amount to be split, and where: its weights, the first of its parts, and who goes first in a tie. */
export interface Allocation {
  readonly amount: Ref;
  /** The parts follow one another. */
  readonly out: Ref;
  readonly weights: readonly Ref[];
  /** Rank of each part in a tie; by default the position. */
  readonly order?: readonly number[];
}

/** An allocation that is ready to be computed. */
export interface Parts {
  readonly amount: Ref;
  readonly out: Ref;
  readonly count: number;
  readonly order: readonly number[] | undefined;
  /** Where integers in the proportions of the weights stand, side by side. */
  readonly from: number;
  /** Whether these stay as they are, and then their sum. */
  readonly isFixed: boolean;
  whole: number;
  /** What has to be brought over one denominator each time. */
  readonly fractions: readonly Ref[] | undefined;
}

/** Weights stand where they are if that is a row of whole numbers, and else in the room of `out`. */
export function partsOf(allocation: Allocation, at: Registers, known: Known): Parts {
  const { amount, out, weights, order } = allocation;
  const first = weights[0]!;
  const isFixed = weights.every(known.isFixed);
  const isRow = weights.every((ref, i) => ref === first + i && known.isWhole(ref));
  return {
    amount,
    out,
    count: weights.length,
    order,
    from: isRow && !isFixed ? first : at.room + out,
    isFixed,
    whole: isFixed ? weighOnce(allocation, at) : NaN,
    fractions: isRow || isFixed ? undefined : weights,
  };
}

/** Puts weights into the room of `out`, as small as their proportions allow; their sum. */
function weighOnce({ weights, out }: Allocation, at: Registers): number {
  const scaled = overCommonDenominator(weights.map((ref) => ratioAt(at, ref)));
  const shared = scaled.reduce(gcd, 0n) || 1n;
  scaled.forEach((weight, i) => (at.n[at.room + out + i] = Number(weight / shared)));
  return Number(scaled.reduce((a, b) => a + b, 0n) / shared);
}

/** The sum of the weights as integers, which are put where they have to be; NaN where they do not fit. */
function weigh({ count, from, fractions }: Parts, { n, d }: Registers): number {
  if (fractions) return overOneDenominator(fractions, n, d, from);
  let whole = 0;
  for (let i = 0; i < count; i++) whole += n[from + i]!;
  return whole;
}

function overOneDenominator(
  refs: readonly Ref[],
  n: Float64Array,
  d: Float64Array,
  into: number,
): number {
  let common = 1;
  for (const ref of refs) {
    if (common % d[ref]! !== 0) common *= d[ref]! / gcdOf(common, d[ref]!);
    if (common > LARGEST) return NaN;
  }
  let whole = 0;
  for (let i = 0; i < refs.length; i++) {
    const ref = refs[i]!;
    const weight = n[ref]! * (common / d[ref]!);
    n[into + i] = weight;
    whole += weight;
  }
  return whole;
}

/**
 * Splits an amount exactly as `allocate` does, in the gear that its size and the weights allow. What
 * each gear rests on is proved in DECISIONS.md.
 *
 * Every gear rounds each part to the nearest whole number, not down: then few units, and often none,
 * are left over or missing, and the parts of largest or smallest remainder get or give them.
 *
 * @returns false where all this is left to be done with BigInt
 */
export function split(parts: Parts, at: Registers): boolean {
  const { n, room } = at;
  const amount = n[parts.amount]!;
  if (!parts.isFixed) parts.whole = weigh(parts, at);
  const { whole } = parts;
  const rest = 2 * room;
  if (!(amount >= 0 && whole > 0)) return false;
  if (whole <= SMALL && amount <= LARGEST) return splitSmall(parts, n, rest);
  if (!(whole < WIDE && amount < WIDE)) return false;
  return splitNear(parts, n, rest) || splitWide(parts, n, rest);
}

/** amount = h·W + l, so amount·w/W = h·w + l·w/W, where l·w + W/2 is below 2^53. */
function splitSmall(parts: Parts, n: Float64Array, rest: number): boolean {
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
function splitNear(parts: Parts, n: Float64Array, rest: number): boolean {
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
function splitWide(parts: Parts, n: Float64Array, rest: number): boolean {
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
 * @param slack remainders that differ by no more may be the other way round, or equal, unless their
 *   weights are equal; below zero where remainders are exact
 * @returns false where that leaves the choice open, or the units are so many that sorting is better
 */
function handOut(parts: Parts, n: Float64Array, rest: number, isExact: boolean): boolean {
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
