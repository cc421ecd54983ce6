/** Exact fractions, and half-even rounding. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { printDecimal, printFraction } from '../../../src/core/number/decimal.js';
import {
  add,
  divide,
  divideHalfEven,
  equal,
  fraction,
  gcd,
  multiply,
  power,
  roundHalfEven,
  subtract,
  sum,
} from '../../../src/core/number/fraction.js';
import { cases } from '../../support/cases.js';

const ratios = fc
  .tuple(fc.bigInt(-(10n ** 25n), 10n ** 25n), fc.bigInt(1n, 10n ** 25n))
  .map(([n, d]) => fraction(n, d));

const integers = fc
  .oneof(fc.bigInt(-(2n ** 90n), 2n ** 90n), fc.bigInt(-(2n ** 54n), 2n ** 54n))
  .filter((n) => n !== 0n);

it('a difference undoes a sum, and a quotient undoes a product', () => {
  fc.assert(
    fc.property(ratios, ratios, (a, b) => {
      expect(equal(subtract(add(a, b), b), a)).toBe(true);
      if (b.n !== 0n) expect(equal(multiply(divide(a, b), b), a)).toBe(true);
    }),
    { numRuns: cases(10_000) },
  );
});

it('adds many terms with long denominators as one fraction over their product', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(ratios, fc.nat(30))), (pairs) => {
      const terms = pairs.map(([base, exponent]) => power(base, exponent));
      const common = terms.reduce((product, { d }) => product * d, 1n);
      const over = terms.reduce((total, { n, d }) => total + n * (common / d), 0n);
      expect(equal(sum(terms), fraction(over, common))).toBe(true);
    }),
    { numRuns: cases(1000) },
  );
});

it('finds the greatest common divisor of integers of any length', () => {
  fc.assert(
    fc.property(integers, integers, integers, (a, b, shared) => {
      const found = gcd(a * shared, b * shared);
      expect(found % (shared < 0n ? -shared : shared)).toBe(0n);
      expect(a * shared).toBe(((a * shared) / found) * found);
      expect(b * shared).toBe(((b * shared) / found) * found);
      expect(gcd((a * shared) / found, (b * shared) / found)).toBe(1n);
    }),
    { numRuns: cases(10_000) },
  );
});

it.each([
  [1n, 2n, 0n],
  [3n, 2n, 2n],
  [5n, 2n, 2n],
  [-1n, 2n, 0n],
  [-3n, 2n, -2n],
  [-5n, 2n, -2n],
  [7n, 3n, 2n],
  [-7n, 3n, -2n],
  [8n, 3n, 3n],
  [-8n, 3n, -3n],
])('%i/%i rounds half-even to %i', (n, d, expected) => {
  expect(roundHalfEven(fraction(n, d))).toBe(expected);
});

it('raises to any integer exponent, and 0^0 is 1', () => {
  expect(printFraction(power(fraction(3n, 2n), 3))).toBe('3.375');
  expect(printFraction(power(fraction(3n, 2n), -2))).toBe('4/9');
  expect(printFraction(power(fraction(0n), 0))).toBe('1');
});

it('throws when a denominator is zero', () => {
  expect(() => fraction(1n, 0n)).toThrow(RangeError);
});

it.each([
  [5n, 2, '0.05'],
  [-5n, 2, '-0.05'],
  [38_000_000_000_000n, 2, '380000000000.00'],
  [12n, 0, '12'],
  [10n ** 60n, 3, `1${'0'.repeat(57)}.000`],
])('%i with %i places is printed as %s', (count, places, text) => {
  expect(printDecimal(count, places)).toBe(text);
});

it('divides to the nearest integer, whatever divisor both numbers share', () => {
  const divisors = fc.oneof(fc.bigInt(1n, 6n), fc.bigInt(1n, 2n ** 90n));
  fc.assert(
    fc.property(integers, divisors, divisors, (n, d, shared) => {
      expect(divideHalfEven(n * shared, d * shared)).toBe(roundHalfEven(fraction(n, d)));
    }),
    { numRuns: cases(5000) },
  );
});
