/** Numbers as spreadsheets of all countries show them, and texts that are no numbers. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grouped, printFraction } from '../../../src/core/number/decimal.js';
import { fraction } from '../../../src/core/number/fraction.js';
import {
  shownNumber,
  shownNumbers,
  type DecimalSign,
} from '../../../src/workbook/import/shownNumber.js';
import { cases } from '../../support/cases.js';

const read = (text: string, sign: DecimalSign) => {
  const number = shownNumber(text, sign);
  return number && printFraction(number);
};

describe('reads', () => {
  it.each<[text: string, sign: DecimalSign, number: string]>([
    ['380,000,000,000.00', '.', '380000000000'],
    ['3,80,00,00,00,000.50', '.', '380000000000.5'],
    ['380\u2019000\u2019000.25', '.', '380000000.25'],
    ["380'000.25", '.', '380000.25'],
    ['380.000.000,5', ',', '380000000.5'],
    ['380\u202f000,5', ',', '380000.5'],
    ['380\u00a0000,5', ',', '380000.5'],
    ['380 000', '.', '380000'],
    ['%35,50', ',', '0.355'],
    ['% 35', '.', '0.35'],
    ['35.00%', '.', '0.35'],
    ['35,00\u00a0%', ',', '0.35'],
    ['-12.5%', '.', '-0.125'],
    ['\u221212,5', ',', '-12.5'],
    ['７.１７', '.', '7.17'],
    ['\u0663\u0665\u066b\u0665\u066a', '.', '0.355'],
    ['\u200e7.1717', '.', '7.1717'],
    ['7.', '.', '7'],
  ])('%s with the sign `%s` as %s', (text, sign, number) => {
    expect(read(text, sign)).toBe(number);
  });
});

describe('refuses', () => {
  it.each<[text: string, sign: DecimalSign]>([
    ['', '.'],
    ['a third', '.'],
    ['3.8E+11', '.'],
    ['35,00', '.'],
    ['3,80,0', '.'],
    ["1,000'000", '.'],
    ['1.000.00', ','],
    ['7.1.7', '.'],
    ['%35%', '.'],
    ['12-', '.'],
    [',5', ','],
    ['####', '.'],
    ['380 CNY', '.'],
  ])('%j with the sign `%s`', (text, sign) => {
    expect(read(text, sign)).toBeUndefined();
  });
});

it('gives both numbers of a text that can be two', () => {
  expect(shownNumbers('1,500', ['.', ',']).map(printFraction)).toEqual(['1500', '1.5']);
  expect(shownNumbers('15', ['.', ',']).map(printFraction)).toEqual(['15']);
});

it('reads every number back as it was shown', () => {
  const signs = fc.constantFrom<[string, DecimalSign]>(
    [',', '.'],
    ['.', ','],
    ["'", '.'],
    ['\u00a0', ','],
  );
  const number = fc.tuple(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), fc.nat(6));
  fc.assert(
    fc.property(number, signs, ([count, places], [group, decimal]) => {
      const value = fraction(count, 10n ** BigInt(places));
      const text = grouped(printFraction(value)).replace(/[.,]/g, (one) =>
        one === ',' ? group : decimal,
      );
      expect(read(text, decimal)).toBe(printFraction(value));
    }),
    { numRuns: cases(500) },
  );
});
