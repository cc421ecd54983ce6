/** Allocation, the one rule that splits money: largest remainder (Hamilton), ties by a fixed order. */
import { equal, gcd, isLong, multiply, subtract, sum, type Fraction } from '../number/fraction.js';

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
  if (weights.every(({ n }) => n === 0n))
    throw new RangeError('an amount cannot be split over weights of zero');
  const scaled = overCommonDenominator(weights);
  const { floors, compareFractions } = scaled
    ? quotasOfIntegers(amount, scaled)
    : quotasOfLongWeights(amount, weights);
  const left = amount - floors.reduce((a, b) => a + b, 0n);
  if (left === 0n) return floors;
  const rank = (index: number) => order?.[index] ?? index;
  const byFraction = floors
    .map((_, index) => index)
    .sort((a, b) => compareFractions(b, a) || rank(a) - rank(b));
  for (const index of byFraction.slice(0, Number(left))) floors[index] = floors[index]! + 1n;
  return floors;
}

/** An amount in equal parts in the order of time: what is left over goes to the earlier ones. */
export function allocateEqually(amount: bigint, parts: number): bigint[] {
  // Division of BigInts rounds towards zero, so what is left over has the sign of the amount.
  const whole = amount / BigInt(parts);
  const left = Number(amount % BigInt(parts));
  const more = whole + BigInt(Math.sign(left));
  const counts: bigint[] = [];
  for (let i = 0; i < parts; i++) counts.push(i < Math.abs(left) ? more : whole);
  return counts;
}

/** The exact parts A·wᵢ/W of an amount. */
interface Quotas {
  /** ⌊A·wᵢ/W⌋ */
  readonly floors: bigint[];
  /** Negative, zero or positive as the fraction of one exact part is below, at or above that of another. */
  readonly compareFractions: (a: number, b: number) => number;
}

function quotasOfIntegers(amount: bigint, weights: readonly bigint[]): Quotas {
  const whole = weights.reduce((a, b) => a + b, 0n);
  const floors = weights.map((weight) => (amount * weight) / whole);
  const remainders = weights.map((weight, i) => amount * weight - floors[i]! * whole);
  return { floors, compareFractions: (a, b) => signOf(remainders[a]! - remainders[b]!) };
}

/**
 * Without a common denominator, which would make every weight as long as all of them together. The exact
 * parts are estimated from below, with an error that is known; where that leaves a digit open, exact
 * numbers decide it.
 */
function quotasOfLongWeights(amount: bigint, weights: readonly Fraction[]): Quotas {
  const whole = sum(weights);
  const perWeight = { n: amount * whole.d, d: whole.n };
  const places = BigInt(PRECISION + Math.max(0, lengthOf(whole.n) - lengthOf(whole.d)));
  const scale = (perWeight.n << places) / perWeight.d;
  const estimates = weights.map(({ n, d }) => (n * scale) / d);
  const errors = weights.map(({ n, d }) => n / d + 2n);
  const floors = weights.map(({ n, d }, i) => {
    const floor = estimates[i]! >> places;
    const isCertain = (estimates[i]! + errors[i]!) >> places === floor;
    return isCertain ? floor : (perWeight.n * n) / (perWeight.d * d);
  });
  const above = estimates.map((estimate, i) => estimate - (floors[i]! << places));
  const compareExactly = (a: number, b: number) => {
    const part = multiply(subtract(weights[a]!, weights[b]!), perWeight);
    return signOf(part.n - (floors[a]! - floors[b]!) * part.d);
  };
  return {
    floors,
    compareFractions: (a, b) => {
      if (above[a]! > above[b]! + errors[b]!) return 1;
      if (above[b]! > above[a]! + errors[a]!) return -1;
      return equal(weights[a]!, weights[b]!) ? 0 : compareExactly(a, b);
    },
  };
}

/** How many binary digits of an estimate lie behind the point, at least. */
const PRECISION = 128;

/** How many binary digits an integer above zero has, to the next four. */
function lengthOf(integer: bigint): number {
  return 4 * integer.toString(16).length;
}

function signOf(integer: bigint): number {
  return integer < 0n ? -1 : integer > 0n ? 1 : 0;
}

/** Integers in the same proportions as the weights; nothing where these would be long. */
export function overCommonDenominator(weights: readonly Fraction[]): bigint[] | undefined {
  let common = 1n;
  for (const { d } of weights) {
    if (common % d !== 0n) common *= d / gcd(common, d);
    if (isLong(common)) return undefined;
  }
  return weights.map(({ n, d }) => n * (common / d));
}

/** The ranks of named parts in a tie, by UTF-16 code unit: `order` of `allocate`. */
export function orderOf(keys: readonly string[]): number[] {
  const sorted = keys.map((_, index) => index).sort((a, b) => (keys[a]! < keys[b]! ? -1 : 1));
  const ranks: number[] = [];
  sorted.forEach((index, rank) => (ranks[index] = rank));
  return ranks;
}
