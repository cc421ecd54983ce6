/** Distributions of draws: every number has exactly the ranks that its probability gives it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  fraction,
  multiply,
  subtract,
  type Fraction,
} from '../../../src/core/number/fraction.js';
import {
  MOST_VALUES,
  SHAPES,
  distributionOf,
  type Shape,
} from '../../../src/core/random/distributions.js';

import { cases } from '../../support/cases.js';

type Rule = (i: bigint, last: bigint, mode: bigint) => Fraction;

/** The probability of a number below i, by the definition of each distribution. */
const BELOW: Readonly<Record<Shape, Rule>> = {
  uniform: (i, last) => fraction(i, last + 1n),
  triangular: (i, last, mode) => {
    const x = fraction(2n * i - 1n, 2n);
    if (x.n <= x.d * mode) return multiply(multiply(x, x), fraction(1n, last * mode));
    const beyond = subtract(fraction(last), x);
    const falling = multiply(multiply(beyond, beyond), fraction(1n, last * (last - mode)));
    return subtract(fraction(1n), falling);
  },
  pert: (i, last, mode) => {
    const x = fraction(2n * i - 1n, 2n * last);
    const place = fraction(4n * mode, last);
    const k = Number(place.n / place.d) + 1;
    const later = subtract(place, fraction(BigInt(k - 1)));
    return add(
      multiply(subtract(fraction(1n), later), orderStatistic(k, x)),
      multiply(later, orderStatistic(k + 1, x)),
    );
  },
};

/** The probability that at least k of five uniform draws from 0 to 1 lie below x. */
function orderStatistic(k: number, x: Fraction): Fraction {
  const beyond = subtract(fraction(1n), x);
  let sum = fraction(0n);
  for (let below = k; below <= 5; below++) {
    let ways = fraction([1n, 5n, 10n, 10n, 5n, 1n][below]!);
    for (let j = 0; j < 5; j++) ways = multiply(ways, j < below ? x : beyond);
    sum = add(sum, ways);
  }
  return sum;
}

/** The first odd rank with at least this probability up to it. */
function firstRank({ n, d }: Fraction): number {
  const least = (n * 2n ** 53n + d - 1n) / d;
  return Number(least % 2n === 0n ? least + 1n : least);
}

function expectExact(shape: Shape, last: number, mode: number, i: number): void {
  const law = distributionOf(shape, last, mode);
  const rank = firstRank(BELOW[shape](BigInt(i), BigInt(last), BigInt(mode)));
  if (rank < 2 ** 53) expect(law(rank)).toBeGreaterThanOrEqual(i);
  if (rank > 1) expect(law(rank - 2)).toBeLessThan(i);
}

describe.each(SHAPES)('%s draws', (shape) => {
  it.each([
    [1, 0],
    [1, 1],
    [2, 1],
    [10, 0],
    [10, 10],
    [10, 3],
    [97, 41],
  ])('give each number from 0 to %i, with the mode %i, exactly its ranks', (last, mode) => {
    for (let i = 1; i <= last; i++) expectExact(shape, last, mode, i);
    const law = distributionOf(shape, last, mode);
    expect([law(1), law(2 ** 53 - 1)]).toEqual([0, last]);
  });

  it('give any number of a grid of any size exactly its ranks', () => {
    const grid = fc
      .tuple(fc.integer({ min: 1, max: 51 }), fc.double({ min: 0, max: 1, noNaN: true }))
      .chain(([bits, part]) => {
        const last = Math.max(1, Math.floor((2 ** bits - 1) * (1 - part / 2)));
        return fc.record({
          last: fc.constant(last),
          mode: fc.maxSafeInteger().map((n) => Math.abs(n) % (last + 1)),
          i: fc.maxSafeInteger().map((n) => (Math.abs(n) % last) + 1),
        });
      });
    fc.assert(
      fc.property(grid, ({ last, mode, i }) => expectExact(shape, last, mode, i)),
      { numRuns: cases(2000) },
    );
  });

  it('rise with the rank', () => {
    const law = distributionOf(shape, MOST_VALUES - 1, 12345);
    const numbers = Array.from({ length: 200 }, (_, i) => law((i * 2 + 1) * 2 ** 45 - 1));
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  });

  it('are always the only number of a grid of one', () => {
    expect(distributionOf(shape, 0, 0)(12345)).toBe(0);
  });
});
