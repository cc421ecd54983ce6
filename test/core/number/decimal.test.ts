/** Decimals as text: read exactly, and printed in each form that the product shows. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  grouped,
  percent,
  powerOfTen,
  printDecimal,
  printFraction,
  printRounded,
  printShort,
  readDecimal,
  readDouble,
} from '../../../src/core/number/decimal.js';
import { fraction } from '../../../src/core/number/fraction.js';

describe('readDecimal', () => {
  it.each([
    ['12.50', 0, fraction(25n, 2n)],
    ['-12.50', 0, fraction(-25n, 2n)],
    ['-0.5', 0, fraction(-1n, 2n)],
    ['0.1', 0, fraction(1n, 10n)],
    ['380', 9, fraction(380_000_000_000n)],
    ['1.5', 1, fraction(15n)],
    ['1.25', 1, fraction(25n, 2n)],
    ['35', -2, fraction(7n, 20n)],
  ])('reads %s times 10^%i exactly', (digits, shift, value) => {
    expect(readDecimal(digits, shift)).toEqual(value);
  });

  it('reads what printDecimal prints', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 30n), 10n ** 30n), fc.nat(12), (count, places) => {
        const read = readDecimal(printDecimal(count, places));
        expect(read).toEqual(fraction(count, powerOfTen(places)));
      }),
    );
  });
});

describe('readDouble', () => {
  it.each([
    [0, fraction(0n)],
    [0.1 + 0.2, fraction(3n, 10n)],
    [-2.5, fraction(-5n, 2n)],
    [380e9, fraction(380_000_000_000n)],
    [1 / 3, fraction(333_333_333_333_333n, 10n ** 15n)],
    [1e-7, fraction(1n, 10n ** 7n)],
  ])('reads the double %d as its first 15 digits', (value, exact) => {
    expect(readDouble(value)).toEqual(exact);
  });
});

describe('printDecimal', () => {
  it.each([
    [0n, 0, '0'],
    [0n, 2, '0.00'],
    [5n, 2, '0.05'],
    [-5n, 2, '-0.05'],
    [1250n, 2, '12.50'],
    [-1250n, 0, '-1250'],
    [10n ** 21n, 3, '1000000000000000000.000'],
  ])('prints %i quanta of %i places as %s', (count, places, text) => {
    expect(printDecimal(count, places)).toBe(text);
  });
});

describe('printShort', () => {
  it.each([
    [1250n, 2, '12.5'],
    [1200n, 2, '12'],
    [1200n, 0, '1200'],
    [0n, 2, '0'],
    [-50n, 3, '-0.05'],
  ])('prints %i quanta of %i places as %s, without zeros at the end', (count, places, text) => {
    expect(printShort(count, places)).toBe(text);
  });
});

describe('grouped', () => {
  it.each([
    ['999', '999'],
    ['1000', '1,000'],
    ['-1234567.8901', '-1,234,567.8901'],
    ['0.123456', '0.123456'],
  ])('prints %s as %s', (decimal, text) => expect(grouped(decimal)).toBe(text));
});

describe('printRounded', () => {
  it.each([
    [1n, 8n, 2, '0.12'],
    [3n, 8n, 2, '0.38'],
    [2n, 3n, 4, '0.6667'],
    [-1n, 2n, 0, '0'],
    [-3n, 2n, 0, '-2'],
  ])('prints %i/%i with %i places as %s, ties to even', (n, d, places, text) => {
    expect(printRounded(fraction(n, d), places)).toBe(text);
  });
});

describe('percent', () => {
  it.each([
    [7n, 20n, '35%'],
    [1n, 3n, '1/3'],
    [1n, 800n, '0.125%'],
    [0n, 1n, '0%'],
    [-1n, 4n, '-25%'],
    [3n, 2n, '150%'],
  ])('prints %i/%i as %s', (n, d, text) => expect(percent(fraction(n, d))).toBe(text));
});

describe('printFraction', () => {
  it.each([
    [1n, 2n, '0.5'],
    [1n, 40n, '0.025'],
    [-7n, 1n, '-7'],
    [100n, 1n, '100'],
    [1n, 3n, '1/3'],
    [-1n, 6n, '-1/6'],
    [3n, 1000n, '0.003'],
  ])('prints %i/%i as %s', (n, d, text) => expect(printFraction(fraction(n, d))).toBe(text));

  it('prints every decimal so that it reads as the same number', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.nat(10), (count, places) => {
        const value = fraction(count, powerOfTen(places));
        expect(readDecimal(printFraction(value))).toEqual(value);
      }),
    );
  });
});
