/** `allocateFast` and `roundedQuotient` give the digits of BigInt, around every bound of doubles. */
import { describe, expect, it } from 'vitest';
import { SMALL_WEIGHTS, allocateFast } from '../../../src/core/kernel/allocateFast.js';
import { prepareAllocation } from '../../../src/core/kernel/preparedAllocation.js';
import { WIDE_WEIGHTS, roundedQuotient } from '../../../src/core/kernel/quotient.js';
import {
  createRegisters,
  fractionAt,
  put,
  type Registers,
} from '../../../src/core/kernel/registers.js';
import { fraction, roundHalfEven } from '../../../src/core/number/fraction.js';
import { allocate } from '../../../src/core/rounding/allocate.js';
import { cases, coverage } from '../../support/cases.js';

/** A seeded source of whole numbers: 32 bits from two multiplications (mulberry32). */
function source(seed: number) {
  let state = seed;
  const bits = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
  const below = (end: number) =>
    Math.floor(((bits() >>> 5) * 2 ** 26 + (bits() >>> 6)) * (end / 2 ** 53));
  /** A number at most 4 away from one of these bounds. */
  const near = (places: readonly number[]) =>
    Math.max(0, places[below(places.length)]! + below(9) - 4);
  return { below, near };
}
type Source = ReturnType<typeof source>;

const POWERS = [2 ** 26, 2 ** 27, 2 ** 50, 2 ** 51, 2 ** 52, 2 ** 53 - 6];

/** Amounts from 0 to 2^53 − 1, most of them near a bound. */
function amountFrom({ below, near }: Source): number {
  if (below(3) === 0) return below(2 ** below(54));
  return Math.min(near([0, SMALL_WEIGHTS, ...POWERS]), 2 ** 53 - 1);
}

/** Weights with a sum near a bound: some equal, some zero, some random. */
function weightsFrom(dice: Source, into: number[]): void {
  const { below, near } = dice;
  const count = 2 + below(3);
  into.length = 0;
  const whole =
    below(4) === 0 ? below(2 ** 53) : near([1, 7, 1000, SMALL_WEIGHTS, WIDE_WEIGHTS, ...POWERS]);
  let left = whole;
  for (let i = 1; i < count; i++) {
    const style = below(4);
    const weight = style === 0 ? 0 : style === 1 ? Math.floor(whole / count) : below(left + 1);
    into.push(Math.min(weight, left));
    left -= into.at(-1)!;
  }
  into.push(left);
}

/** Puts the weights into registers from 0, the amount into 9, and splits it into registers from 10. */
function bySplit(at: Registers, amount: number, weights: readonly number[], isFixed: boolean) {
  weights.forEach((weight, i) => (at.numerators[i] = weight));
  at.numerators[9] = amount;
  const refs = weights.map((_, i) => i);
  const known = { isFixed: () => isFixed, isWhole: () => true };
  return allocateFast(prepareAllocation({ amount: 9, out: 10, weights: refs }, at, known), at);
}

/** Largest remainder, ties to the earlier part, in BigInt: it shares no code with the engine. */
function splitByBigInt(amount: number, weights: readonly number[]): bigint[] {
  let whole = 0n;
  for (const weight of weights) whole += BigInt(weight);
  const parts: bigint[] = [];
  const remainders: bigint[] = [];
  let left = BigInt(amount);
  for (const weight of weights) {
    const product = BigInt(amount) * BigInt(weight);
    const part = product / whole;
    parts.push(part);
    remainders.push(product - part * whole);
    left -= part;
  }
  for (; left > 0n; left--) {
    let largest = 0;
    for (let i = 1; i < parts.length; i++) if (remainders[i]! > remainders[largest]!) largest = i;
    parts[largest]! += 1n;
    remainders[largest] = -1n;
  }
  return parts;
}

const CASES = cases(10_000_000);

it(`splits ${CASES.toLocaleString('en')} amounts near every bound as BigInt does`, () => {
  const dice = source(1);
  const at = createRegisters(16);
  const weights: number[] = [];
  const taken = { small: 0, wide: 0, beyond: 0 };
  for (let i = 0; taken.small + taken.wide < CASES; i++) {
    const amount = amountFrom(dice);
    weightsFrom(dice, weights);
    const done = bySplit(at, amount, weights, i % 8 === 0);
    const whole = weights.reduce((a, b) => a + b, 0);
    taken[!done ? 'beyond' : whole <= SMALL_WEIGHTS ? 'small' : 'wide']++;
    if (!done) continue;
    const exact = splitByBigInt(amount, weights);
    for (let part = 0; part < weights.length; part++) {
      if (BigInt(at.numerators[10 + part]!) === exact[part]) continue;
      expect.fail(
        `${amount} over ${weights.join(' ')}: ${at.numerators.slice(10, 14).join(' ')}, not ${exact.join(' ')}`,
      );
    }
  }
  expect(taken.small).toBeGreaterThan(CASES / 5);
  expect(taken.wide).toBeGreaterThan(CASES / 5);
  expect(taken.beyond).toBeGreaterThan(CASES / 5);
}, 600_000);

/** The largest whole number whose square is below 2^53. */
const SMALL = Math.floor(Math.sqrt(2 ** 53));

it.each<readonly [string, number, readonly number[], boolean]>([
  ['any amount over the largest small weights', 2 ** 53 - 1, [SMALL - 1, 1], true],
  ['an amount of 2^51 over the next weights', 2 ** 51, [SMALL, 1], false],
  ['an amount below 2^51 over these', 2 ** 51 - 1, [SMALL, 1], true],
  ['an amount below 2^51 over weights below 2^51', 2 ** 51 - 1, [2 ** 51 - 2, 1], true],
  ['a small amount over weights of 2^51', 1, [2 ** 51 - 1, 1], false],
  ['an amount over one unit of weight', 5, [1, 0], true],
  ['nothing', 0, [1, 2], true],
  ['an amount below zero', -1, [1, 2], false],
  ['an amount over weights that are all zero', 1, [0, 0], false],
])('takes %s in doubles, or leaves it to BigInt', (_, amount, weights, isFast) => {
  const at = createRegisters(16);
  expect(bySplit(at, amount, weights, false)).toBe(isFast);
  if (!isFast) return;
  const parts = weights.map((_, i) => BigInt(at.numerators[10 + i]!));
  expect(parts).toEqual(splitByBigInt(amount, weights));
});

/**
 * Estimates at the edge of the doubt: with half of it for the order of two remainders, or an eighth around
 * one half, another part gets the odd unit. A quarter around one half would do: estimates of large parts are
 * coarse.
 */
it.each<readonly [string, number, readonly number[]]>([
  ['up', 17029778776310, [63, 2148668602544429, 8706]],
  ['up', 65101599550084, [1226, 1970820539519323, 6751]],
  ['down', 17533457469331, [399, 1998530075755564, 13222]],
  ['down', 61734445659168, [6580, 1911573140481620, 774]],
  ['to a unit too few', 22863783498731, [132, 1219911275770803, 14889]],
  ['to a unit too many', 31294969866866, [34, 1987830233101567, 9841]],
  ['to a unit too many', 28940791937122, [121, 1362338665271329, 10020]],
])('corrects estimates that are rounded %s: %i over %j', (_, amount, weights) => {
  const at = createRegisters(16);
  expect(bySplit(at, amount, weights, false)).toBe(true);
  const parts = weights.map((_, i) => BigInt(at.numerators[10 + i]!));
  expect(parts).toEqual(splitByBigInt(amount, weights));
});

it.each([
  [100, true],
  [101, false],
  [200, true],
  [199, false],
])('of 300 equal parts, %i over whole numbers are moved one by one: %s', (rest, isFast) => {
  const at = createRegisters(601);
  const refs = Array.from({ length: 300 }, (_, i) => i);
  at.numerators.fill(1, 0, 300);
  at.numerators[300] = 3000 + rest;
  const known = { isFixed: () => false, isWhole: () => true };
  const allocation = prepareAllocation({ amount: 300, out: 301, weights: refs }, at, known);
  expect(allocateFast(allocation, at)).toBe(isFast);
  if (isFast)
    expect(Array.from(at.numerators.subarray(301, 601), BigInt)).toEqual(
      splitByBigInt(
        3000 + rest,
        refs.map(() => 1),
      ),
    );
});

it('splits 1,000,000 amounts with nearly equal remainders as BigInt does', () => {
  const dice = source(4);
  const at = createRegisters(32);
  for (let round = 0; round < cases(1_000_000); round++) {
    const count = 4 + dice.below(4);
    const whole = 2 ** 40 + dice.below(2 ** 50);
    const amount = 2 ** 10 + dice.below(2 ** (12 + dice.below(28)));
    // A weight that is larger by W/A has a part that is larger by 1, and an equal remainder.
    const start = dice.below(Math.floor(whole / count / 2));
    const weights = Array.from({ length: count - 1 }, () => {
      const more = Math.round((dice.below(Math.ceil(amount / count / 2)) * whole) / amount);
      return start + (dice.below(2) === 0 ? 0 : more);
    });
    weights.push(whole - weights.reduce((a, b) => a + b, 0));
    if (!bySplit(at, amount, weights, false)) expect.fail('not in doubles');
    const exact = splitByBigInt(amount, weights);
    if (exact.some((part, i) => BigInt(at.numerators[10 + i]!) !== part))
      expect.fail(`${amount} over ${weights.join(' ')}: not ${exact.join(' ')}`);
  }
}, 600_000);

it('splits 500,000 amounts, nearly all of each to one part, as BigInt does', () => {
  const dice = source(5);
  const at = createRegisters(32);
  for (let round = 0; round < cases(500_000); round++) {
    const whole = 2 ** 50 + dice.below(2 ** 50);
    const amount = 2 ** (40 + dice.below(9)) + dice.below(2 ** 40);
    // The remainders of the large part and of one small part are nearly equal, often nearly a half.
    const same = dice.below(2) === 0 ? 0.5 : dice.below(1000) / 1000;
    const small = [same, 3 - 2 * same].map((part) =>
      Math.round(((dice.below(4) + part) * whole) / amount),
    );
    const weights = [...small, whole - small[0]! - small[1]!];
    if (round % 2 === 0) weights.reverse();
    if (!bySplit(at, amount, weights, false)) expect.fail('not in doubles');
    const exact = splitByBigInt(amount, weights);
    if (exact.some((part, i) => BigInt(at.numerators[10 + i]!) !== part))
      expect.fail(`${amount} over ${weights.join(' ')}: not ${exact.join(' ')}`);
  }
}, 600_000);

it('roundedQuotient of 2,000,000 products near every bound is that of BigInt, or NaN', () => {
  const dice = source(2);
  let told = 0;
  for (let i = 0; i < cases(2_000_000); i++) {
    const [a, b] = [amountFrom(dice), amountFrom(dice)];
    // Half of the divisors are even and small: their quotients are ties, or nearly ties.
    const c = Math.max(1, i % 2 === 0 ? amountFrom(dice) : 2 * dice.below(2 ** 20));
    const got = roundedQuotient(a, b, c);
    if (Number.isNaN(got)) continue;
    told++;
    const exact = roundHalfEven(fraction(BigInt(a) * BigInt(b), BigInt(c)));
    if (BigInt(got) !== exact) expect.fail(`${a} × ${b} ÷ ${c}: ${got}, not ${exact}`);
  }
  expect(told).toBeGreaterThan(coverage(500_000));
}, 300_000);

describe('registers', () => {
  it('splits by fractions in registers of any order as BigInt does', () => {
    const dice = source(3);
    for (let round = 0; round < cases(20_000); round++) {
      const count = 2 + dice.below(round % 100 === 0 ? 300 : 7);
      const weights = Array.from({ length: count }, () =>
        fraction(BigInt(1 + dice.below(9)), BigInt(1 + dice.below(round % 2 === 0 ? 1 : 40))),
      );
      const order = Array.from({ length: count }, (_, i) => count - 1 - i);
      const at = createRegisters(2 * count + 1);
      const refs = round % 3 === 0 ? order : order.toReversed();
      refs.forEach((ref, i) => put(at, ref, weights[i]!));
      const amount = BigInt(dice.below(2 ** (5 + dice.below(40))));
      put(at, 2 * count, { n: amount, d: 1n });
      const allocation = { amount: 2 * count, out: count, weights: refs, order };
      const isWhole = weights.every(({ d }) => d === 1n);
      const known = { isFixed: () => round % 5 === 0, isWhole: () => isWhole };
      if (!allocateFast(prepareAllocation(allocation, at, known), at)) {
        expect(count).toBeGreaterThan(coverage(200));
        continue;
      }
      const exact = allocate(amount, weights, order);
      expect(Array.from(at.numerators.subarray(count, 2 * count), BigInt)).toEqual(exact);
    }
  });

  it.each([
    ['0', 0n, 1n],
    ['a fraction', 2n, 7n],
    ['below zero', -5n, 3n],
    ['the largest that fits', 2n ** 53n - 1n, 1n],
    ['the first that does not', 2n ** 53n, 1n],
    ['a long denominator', 1n, 2n ** 80n],
  ])('reads %s from a register as it was written', (_, n, d) => {
    const at = createRegisters(1);
    put(at, 0, { n, d });
    expect(fractionAt(at, 0)).toEqual({ n, d });
  });
});
