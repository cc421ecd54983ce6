/** The rule that splits every amount of money. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ONE,
  fraction,
  multiply,
  subtract,
  sum,
  type Fraction,
} from '../../../src/core/number/fraction.js';
import { allocate, allocateEqually, orderOf } from '../../../src/core/rounding/allocate.js';
import { cases } from '../../support/cases.js';

const RUNS = { numRuns: cases(20_000) };
const weights = fc
  .array(fc.tuple(fc.bigInt(0n, 10n ** 20n), fc.bigInt(1n, 10n ** 9n)), {
    minLength: 1,
    maxLength: 12,
  })
  .map((pairs) => pairs.map(([n, d]) => fraction(n, d)))
  .filter((all) => all.some(({ n }) => n > 0n));
/**
 * Denominators that together are longer than 512 bits. The last weight may be what the others leave of 1,
 * or their sum, or equal to one of them: then parts are whole, or their fractions are equal.
 */
const longWeights = fc
  .tuple(
    fc.array(fc.tuple(fc.bigInt(0n, 10n ** 3n), fc.bigInt(10n ** 40n, 10n ** 50n)), {
      minLength: 4,
      maxLength: 8,
    }),
    fc.constantFrom('rest', 'sum', 'twin', 'none'),
    fc.bigInt(1n, 10n ** 60n),
  )
  .map(([pairs, last, scale]) => {
    const all = pairs.map(([n, d]) => multiply(fraction(n, d), fraction(scale)));
    const total = sum(all);
    if (last === 'twin') all.push(all[0]!);
    if (last === 'sum') all.push(total);
    if (last === 'rest') all.push(subtract(fraction(total.n / total.d + 1n), total));
    return all;
  })
  .filter((all) => all.some(({ n }) => n > 0n));

/** The rule, over weights that are integers. */
function naiveAllocate(amount: bigint, weights: readonly Fraction[]): bigint[] {
  if (amount < 0n) return naiveAllocate(-amount, weights).map((part) => -part);
  const whole = weights.reduce((total, { n }) => total + n, 0n);
  const parts = weights.map(({ n }, i) => ({
    i,
    n: (amount * n) / whole,
    r: (amount * n) % whole,
  }));
  const left = amount - parts.reduce((total, { n }) => total + n, 0n);
  const first = [...parts].sort((a, b) => (a.r === b.r ? a.i - b.i : a.r > b.r ? -1 : 1));
  const chosen = new Set(first.slice(0, Number(left)).map(({ i }) => i));
  return parts.map(({ i, n }) => (chosen.has(i) ? n + 1n : n));
}

const amounts = fc.oneof(fc.bigInt(-50n, 50n), fc.bigInt(-(10n ** 30n), 10n ** 30n));

describe('allocate', () => {
  it.each([
    [
      '38e12 fen over three equal years',
      38_000_000_000_000n,
      ['1', '1', '1'],
      '12666666666667,12666666666667,12666666666666',
    ],
    ['the units left over go to the largest fractions', 10n, ['1/7', '2/7', '4/7'], '1,3,6'],
    ['a tie goes to the earlier', 1n, ['1', '1'], '1,0'],
    ['zero gives zeros, whatever the weights', 0n, ['0', '0'], '0,0'],
    ['a weight of zero gets nothing', 7n, ['0', '1', '1'], '0,4,3'],
    ['a negative amount is split as its absolute value', -10n, ['1', '2'], '-3,-7'],
  ])('%s', (_, amount, literals, expected) => {
    const given = literals.map((text) => {
      const [n, d = '1'] = text.split('/');
      return fraction(BigInt(n!), BigInt(d));
    });
    expect(allocate(amount, given).join()).toBe(expected);
  });

  it('throws when all weights are zero', () => {
    expect(() => allocate(1n, [fraction(0n)])).toThrow(RangeError);
  });

  it('the parts sum to the amount', () => {
    fc.assert(
      fc.property(amounts, weights, (amount, given) => {
        expect(allocate(amount, given).reduce((a, b) => a + b, 0n)).toBe(amount);
      }),
      RUNS,
    );
  });

  it('each part is its exact share rounded down or up', () => {
    fc.assert(
      fc.property(amounts, weights, (amount, given) => {
        const common = given.reduce((product, { d }) => product * d, 1n);
        const scaled = given.map(({ n, d }) => n * (common / d));
        const whole = scaled.reduce((a, b) => a + b, 0n);
        allocate(amount, given).forEach((part, i) => {
          const off = part * whole - amount * scaled[i]!;
          expect(off < whole && -off < whole).toBe(true);
        });
      }),
      RUNS,
    );
  });

  it('splits over weights with long denominators as over their common denominator', () => {
    fc.assert(
      fc.property(amounts, longWeights, (amount, all) => {
        const common = all.reduce((product, { d }) => product * d, 1n);
        const whole = all.map(({ n, d }) => fraction(n * (common / d)));
        expect(allocate(amount, all)).toEqual(naiveAllocate(amount, whole));
      }),
      { numRuns: cases(2000) },
    );
  });

  it('permuting the parts permutes the result, if keys decide ties', () => {
    fc.assert(
      fc.property(amounts, weights, fc.nat(), (amount, given, seed) => {
        const keys = given.map((_, i) => `k${String(i)}`);
        const moved = given.map((_, i) => (i + seed) % given.length);
        const direct = allocate(amount, given, orderOf(keys));
        const turned = allocate(
          amount,
          moved.map((i) => given[i]!),
          orderOf(moved.map((i) => keys[i]!)),
        );
        expect(turned).toEqual(moved.map((i) => direct[i]));
      }),
      RUNS,
    );
  });

  it('gives a tie to the key that is first by UTF-16 code unit', () => {
    expect(orderOf(['b', 'a-b', 'a/x', 'B', '万'])).toEqual([3, 1, 2, 0, 4]);
    expect(allocate(1n, [fraction(1n), fraction(1n)], orderOf(['b', 'a']))).toEqual([0n, 1n]);
  });
});

it('equal parts are those over equal weights', () => {
  fc.assert(
    fc.property(amounts, fc.integer({ min: 1, max: 24 }), (amount, parts) => {
      const equalWeights = Array.from({ length: parts }, () => ONE);
      expect(allocateEqually(amount, parts)).toEqual(allocate(amount, equalWeights));
    }),
    { numRuns: cases(2_000) },
  );
});
