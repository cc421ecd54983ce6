/** The gears of `allocate`: the same rule in doubles, for amounts and weights that fit. */
import { overCommonDenominator } from './allocate.js';
import { errorOf, highOf, WIDE } from './quotient.js';
import { gcd } from './ratio.js';
import { gcdOf, LARGEST, ratioAt, type Ref, type Registers } from './registers.js';

/** Up to this sum of weights, a remainder times a weight is below 2^53, whatever the amount. */
export const SMALL = 94_906_265;

/** The parts of one allocation in the order that decides ties, and room to work in. */
export interface Parts {
  /** The register of each weight, and where the part goes, counted from the first. */
  readonly refs: Int32Array;
  readonly place: Int32Array;
  /** Integers; they sum to `whole`. */
  readonly weights: Float64Array;
  readonly fractions: Float64Array;
  whole: number;
}

/** @param order rank of each part in a tie; by default the position */
export function partsOf(refs: readonly Ref[], order?: readonly number[]): Parts {
  const place = new Int32Array(refs.length);
  refs.forEach((_, i) => (place[order?.[i] ?? i] = i));
  const room = () => new Float64Array(refs.length);
  return { refs: place.map((i) => refs[i]!), place, weights: room(), fractions: room(), whole: 0 };
}

/** Reads the weights as integers in the same proportions; a `whole` of NaN says that they do not fit. */
export function weigh(parts: Parts, { n, d }: Registers): void {
  const { refs, weights } = parts;
  const under = d[refs[0]!]!;
  let whole = 0;
  let isAlike = true;
  for (let i = 0; i < weights.length; i++) {
    const ref = refs[i]!;
    const weight = n[ref]!;
    weights[i] = weight;
    whole += weight;
    isAlike &&= d[ref] === under;
  }
  parts.whole = isAlike ? whole : overOneDenominator(parts, d);
}

/** Multiplies weights so that all have one denominator; their sum, or NaN where that does not fit. */
function overOneDenominator({ refs, weights }: Parts, d: Float64Array): number {
  let common = 1;
  for (const ref of refs) {
    if (common % d[ref]! !== 0) common *= d[ref]! / gcdOf(common, d[ref]!);
    if (common > LARGEST) return NaN;
  }
  let whole = 0;
  for (let i = 0; i < weights.length; i++) {
    weights[i]! *= common / d[refs[i]!]!;
    whole += weights[i]!;
  }
  return whole;
}

/** Weights that are used again and again, as small as their proportions allow. */
export function weighOnce(parts: Parts, at: Registers): void {
  const { refs, weights } = parts;
  const scaled = overCommonDenominator(Array.from(refs, (ref) => ratioAt(at, ref)));
  const shared = scaled.reduce(gcd, 0n) || 1n;
  scaled.forEach((weight, i) => (weights[i] = Number(weight / shared)));
  parts.whole = Number(scaled.reduce((a, b) => a + b, 0n) / shared);
}

/**
 * Splits an amount into registers from `out` on, exactly as `allocate` does, in the gear that the
 * weights allow. What each gear rests on is proved in DECISIONS.md.
 *
 * @returns false, with nothing done, where amount or weights are beyond doubles
 */
export function split(amount: number, parts: Parts, { n }: Registers, out: Ref): boolean {
  const { whole } = parts;
  if (!(amount >= 0 && whole > 0)) return false;
  const isSmall = whole <= SMALL || amount * whole <= LARGEST;
  if (isSmall && amount <= LARGEST) splitSmall(amount, parts, n, out);
  else if (whole < WIDE && amount < WIDE) splitWide(amount, parts, n, out);
  else return false;
  return true;
}

/** amount = h·W + l, so amount·w/W = h·w + l·w/W, where l·w is below 2^53. */
function splitSmall(amount: number, parts: Parts, into: Float64Array, out: Ref): void {
  const { weights, place, fractions, whole } = parts;
  const high = Math.floor(amount / whole);
  const low = amount - high * whole;
  let left = low;
  for (let i = 0; i < weights.length; i++) {
    const product = low * weights[i]!;
    const quotient = Math.floor(product / whole);
    fractions[i] = product - quotient * whole;
    into[out + place[i]!] = high * weights[i]! + quotient;
    left -= quotient;
  }
  handOut(left, parts, into, out);
}

/**
 * The quotient as doubles estimate it, off by one at most, and put right by the exact remainder:
 * `residual` of quotient.ts with the halves of amount and whole taken once.
 */
function splitWide(amount: number, parts: Parts, into: Float64Array, out: Ref): void {
  const { weights, place, fractions, whole } = parts;
  const amountHigh = highOf(amount);
  const amountLow = amount - amountHigh;
  const wholeHigh = highOf(whole);
  const wholeLow = whole - wholeHigh;
  const inverse = 1 / whole;
  let left = amount;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    const product = amount * weight;
    let quotient = Math.floor(product * inverse);
    const back = quotient * whole;
    const weightHigh = highOf(weight);
    const quotientHigh = highOf(quotient);
    let fraction =
      product -
      back +
      (errorOf(amountHigh, amountLow, weightHigh, weight - weightHigh, product) -
        errorOf(wholeHigh, wholeLow, quotientHigh, quotient - quotientHigh, back));
    if (fraction < 0) {
      quotient -= 1;
      fraction += whole;
    } else if (fraction >= whole) {
      quotient += 1;
      fraction -= whole;
    }
    fractions[i] = fraction;
    into[out + place[i]!] = quotient;
    left -= quotient;
  }
  handOut(left, parts, into, out);
}

/** Gives the units left over to the largest fractions, one each; of equal ones the first. */
function handOut(left: number, parts: Parts, into: Float64Array, out: Ref): void {
  const { place, fractions } = parts;
  if (left * fractions.length > MANY) {
    for (const i of largestFirst(fractions).subarray(0, left)) into[out + place[i]!]! += 1;
    return;
  }
  for (let given = 0; given < left; given++) {
    const i = largest(fractions);
    fractions[i] = -1;
    into[out + place[i]!]! += 1;
  }
}

/** Above so many comparisons sorting is cheaper than looking for one maximum after the other. */
const MANY = 1024;

function largest(fractions: Float64Array): number {
  let best = 0;
  let most = fractions[0]!;
  for (let i = 1; i < fractions.length; i++) {
    const fraction = fractions[i]!;
    if (fraction <= most) continue;
    most = fraction;
    best = i;
  }
  return best;
}

function largestFirst(fractions: Float64Array): Uint32Array {
  const places = Uint32Array.from(fractions, (_, i) => i);
  return places.sort((a, b) => fractions[b]! - fractions[a]! || a - b);
}
