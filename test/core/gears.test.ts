/** The gears of `allocate` and of the rounded quotients: the same digits as BigInt, around every bound. */
import { describe, expect, it } from 'vitest';
import { allocate } from '../../src/core/allocate.js';
import { partsOf, SMALL, split, weigh, weighOnce } from '../../src/core/gears.js';
import { roundedQuotient, WIDE } from '../../src/core/quotient.js';
import { ratio, roundHalfEven } from '../../src/core/ratio.js';
import { put, ratioAt, registers, type Registers } from '../../src/core/registers.js';

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
  /** One of the places where something changes, or near it. */
  const near = (places: readonly number[]) =>
    Math.max(0, places[below(places.length)]! + below(9) - 4);
  return { below, near };
}
type Source = ReturnType<typeof source>;

const POWERS = [2 ** 26, 2 ** 27, 2 ** 50, 2 ** 51, 2 ** 52, 2 ** 53 - 6];

/** Amounts from nothing to 2^53 − 1, most of them where a gear ends. */
function amountFrom({ below, near }: Source): number {
  return below(3) === 0 ? below(2 ** 53) : Math.min(near([0, SMALL, ...POWERS]), 2 ** 53 - 1);
}

/** Weights with a sum at a bound, ties, zeros, and weights that have nothing in common. */
function weightsFrom(dice: Source, into: number[]): void {
  const { below, near } = dice;
  const count = 2 + below(3);
  into.length = 0;
  const whole = below(4) === 0 ? below(2 ** 53) : near([1, 7, 1000, SMALL, WIDE, ...POWERS]);
  let left = whole;
  for (let i = 1; i < count; i++) {
    const style = below(4);
    const weight = style === 0 ? 0 : style === 1 ? Math.floor(whole / count) : below(left + 1);
    into.push(Math.min(weight, left));
    left -= into.at(-1)!;
  }
  into.push(left);
}

/** What `split` made of it, in a line; and the gear's own word on whether it did anything. */
function bySplit(at: Registers, amount: number, weights: readonly number[], once: boolean) {
  weights.forEach((weight, i) => (at.n[i] = weight));
  const parts = partsOf(weights.map((_, i) => i));
  (once ? weighOnce : weigh)(parts, at);
  return split(amount, parts, at, 8);
}

const CASES = 10_000_000;

it(`split: ${CASES.toLocaleString('en')} amounts and weights around every bound give the digits of BigInt`, () => {
  const dice = source(1);
  const at = registers(16);
  const weights: number[] = [];
  const taken = { small: 0, wide: 0, beyond: 0 };
  for (let i = 0; taken.small + taken.wide < CASES; i++) {
    const amount = amountFrom(dice);
    weightsFrom(dice, weights);
    const done = bySplit(at, amount, weights, i % 8 === 0);
    const whole = weights.reduce((a, b) => a + b, 0);
    taken[!done ? 'beyond' : whole <= SMALL ? 'small' : 'wide']++;
    if (!done) continue;
    const exact = allocate(
      BigInt(amount),
      weights.map((weight) => ratio(BigInt(weight))),
    );
    for (let part = 0; part < weights.length; part++) {
      if (BigInt(at.n[8 + part]!) === exact[part]) continue;
      expect.fail(
        `${amount} over ${weights.join(' ')}: ${at.n.slice(8, 12).join(' ')}, not ${exact.join(' ')}`,
      );
    }
  }
  expect(taken.small).toBeGreaterThan(CASES / 5);
  expect(taken.wide).toBeGreaterThan(CASES / 5);
  expect(taken.beyond).toBeGreaterThan(CASES / 5);
}, 600_000);

it('roundedQuotient: 2,000,000 products around every bound give the digits of BigInt, or NaN', () => {
  const dice = source(2);
  let told = 0;
  for (let i = 0; i < 2_000_000; i++) {
    const [a, b] = [amountFrom(dice), amountFrom(dice)];
    // Every other divisor makes a tie, or nearly one.
    const c = Math.max(1, i % 2 === 0 ? amountFrom(dice) : 2 * dice.below(2 ** 20));
    const got = roundedQuotient(a, b, c);
    if (Number.isNaN(got)) continue;
    told++;
    const exact = roundHalfEven(ratio(BigInt(a) * BigInt(b), BigInt(c)));
    if (BigInt(got) !== exact) expect.fail(`${a} × ${b} ÷ ${c}: ${got}, not ${exact}`);
  }
  expect(told).toBeGreaterThan(500_000);
}, 300_000);

describe('registers', () => {
  it('many parts are handed out by sorting, in the same order as one by one', () => {
    const dice = source(3);
    for (let round = 0; round < 200; round++) {
      const count = 40 + dice.below(80);
      const weights = Array.from({ length: count }, () => 1 + dice.below(9));
      const order = Array.from({ length: count }, (_, i) => count - 1 - i);
      const at = registers(2 * count);
      weights.forEach((weight, i) => (at.n[i] = weight));
      const parts = partsOf(
        weights.map((_, i) => i),
        order,
      );
      weigh(parts, at);
      const amount = dice.below(10 * count);
      expect(split(amount, parts, at, count)).toBe(true);
      const exact = allocate(
        BigInt(amount),
        weights.map((weight) => ratio(BigInt(weight))),
        order,
      );
      expect(Array.from(at.n.subarray(count), BigInt)).toEqual(exact);
    }
  });

  it.each([
    ['0', 0n, 1n],
    ['a fraction', 2n, 7n],
    ['below zero', -5n, 3n],
    ['the largest that fits', 2n ** 53n - 1n, 1n],
    ['the first that does not', 2n ** 53n, 1n],
    ['a long denominator', 1n, 2n ** 80n],
  ])('%s is read as it was put', (_, n, d) => {
    const at = registers(1);
    put(at, 0, { n, d });
    expect(ratioAt(at, 0)).toEqual({ n, d });
  });
});
