/** What a misspelt literal is taken to mean: spellings, currencies and scales. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  currencyNamed,
  meantCurrency,
  scaleNamed,
  suggestSpellings,
} from '../../../src/core/number/suggestions.js';
import { cases } from '../../support/cases.js';

describe('suggestSpellings', () => {
  it.each([
    ['full-width digits', '３８０', ['380']],
    ['a minus sign of typography', '−12', ['-12']],
    ['a plus sign', '+12', ['12']],
    ['an underscore between digits', '1_000', ['1000']],
    ['an apostrophe between digits', "1'000", ['1000']],
    ['zeros at the beginning', '007.5', ['7.5']],
    ['a point without a digit before it', '.5', ['0.5']],
    ['a point without a digit after it', '5.', ['5']],
    ['a space before a percent sign', '35 %', ['35%']],
    ['spaces around a slash', '1 / 3', ['1/3']],
    ['commas between thousands', '1,234,567', ['1234567']],
    ['a comma before a decimal', '0,25', ['0.25']],
    ['one comma that may mean either', '1,234', ['1234', '1.234']],
    ['an exponent', '1.5e9', ['1500000000']],
    ['a negative exponent', '25e-2', ['0.25']],
    ['a hexadecimal number', '0xff', ['255']],
  ])('corrects %s: %s', (_, text, spellings) => expect(suggestSpellings(text)).toEqual(spellings));

  it.each([
    ['¥ 380 billion', '380bn CNY'],
    ['RMB380bn', '380bn CNY'],
    ['3800亿元', '3800亿 CNY'],
    ['$1.5 million', '1.5m USD'],
    ['-20k euros', '-20k EUR'],
    ['人民币3800亿元', '3800亿 CNY'],
    ['3800億元', '3800亿 CNY'],
    ['US$ 1.5 mln', '1.5m USD'],
    ['380bn', undefined],
    ['380 something', undefined],
    ['$ 380 元', undefined],
  ])('reads %s as the amount %s', (text, amount) => {
    const amounts = suggestSpellings(text).filter((spelling) => / [A-Z]{3}$/.test(spelling));
    expect(amounts).toEqual(amount === undefined ? [] : [amount]);
  });

  it.each([
    ['2025/2/24', '2025-02-24'],
    ['2025年2月24日', '2025-02-24'],
    ['24.2.2025', '2025-02-24'],
    ['20250224', '2025-02-24'],
    ['2025年2月24号', '2025-02-24'],
    ['24 Feb 2025', '2025-02-24'],
    ['February 24, 2025', '2025-02-24'],
    ['24-Feb-2025', '2025-02-24'],
    ['24/2/2025', '2025-02-24'],
    ['2/24/2025', '2025-02-24'],
  ])('reads %s as the date %s', (text, date) => expect(suggestSpellings(text)).toContain(date));

  it('reads a date that countries write in two orders as both', () => {
    expect(suggestSpellings('3/4/2025').slice(-2)).toEqual(['2025-04-03', '2025-03-04']);
  });

  it('suggests each spelling once', () => expect(suggestSpellings('42')).toEqual(['42']));

  it('leaves an exponent of three digits as it is', () => {
    expect(suggestSpellings('1e999')).toEqual(['1e999']);
  });
});

/** How countries write decimals and thousands. */
const STYLES: readonly (readonly [point: string, separator: string, group: RegExp])[] = [
  ...['', ',', ' ', "'", '’', '\u202F', '\u00A0'].map(
    (separator) => ['.', separator, /\B(?=(\d{3})+$)/g] as const,
  ),
  ...['', '.', ' ', "'", '\u202F'].map(
    (separator) => [',', separator, /\B(?=(\d{3})+$)/g] as const,
  ),
  ['.', ',', /\B(?=(\d{2})*\d{3}$)/g], // 12,34,567, as in India
];

it('a suggestion is the number that was meant, or the other reading of its one separator', () => {
  const digits = fc.string({ unit: fc.constantFrom('0', '1', '4', '5', '9'), maxLength: 5 });
  const whole = fc.oneof(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 0, max: 10 ** 12 }));
  const unit = fc.constantFrom('', '%', 'bn CNY', ' CNY', '亿元');
  fc.assert(
    fc.property(whole, digits, fc.constantFrom(...STYLES), unit, (count, rest, style, end) => {
      const [point, separator, group] = style;
      const grouped = String(count).replace(group, separator);
      const written = grouped + (rest === '' ? '' : point + rest);
      const suggested = suggestSpellings(written + end)
        .filter((one) => !/[\s',]\d/.test(one))
        .map((one) =>
          /^[\d.]+/
            .exec(one)![0]
            .replace(/^(\d+)$/, '$1.')
            .replace(/0*$/, ''),
        );
      const own = `${count}.${rest.replace(/0*$/, '')}`;
      const isOpen = /^[1-9]\d{0,2}[,.]\d{3}$/.test(written);
      const other = isOpen && rest !== '' ? `${count}${rest}.` : `${count / 1000}`;
      const allowed = isOpen ? [own, other, `${other}.`] : [own];
      expect(suggested.length, written).toBeGreaterThan(0);
      expect(
        suggested.filter((one) => !allowed.includes(one)),
        written,
      ).toEqual([]);
    }),
    { numRuns: cases(2000) },
  );
});

describe('meantCurrency', () => {
  it.each([
    ['¥', 'CNY'],
    ['Yuan', 'CNY'],
    ['US$', 'USD'],
    ['＄', 'USD'],
    ['usd', 'USD'],
    ['CNX', 'CNY'],
    ['USX', 'USD'],
    ['servers', undefined],
    ['', undefined],
  ])('takes %j for %s', (word, code) => expect(meantCurrency(word)).toBe(code));
});

describe('currencyNamed', () => {
  it.each([
    ['CNY', 'CNY'],
    ['元', 'CNY'],
    ['Dollars', 'USD'],
    ['CNX', undefined],
    ['usd', undefined],
  ])('knows %j as %s, without a guess', (word, code) => expect(currencyNamed(word)).toBe(code));
});

describe('scaleNamed', () => {
  it.each([
    ['Billion', 'bn'],
    ['MN', 'm'],
    ['thousand', 'k'],
    ['百万', 'm'],
    ['万亿', '万亿'],
    ['dozen', undefined],
    ['constructor', undefined],
  ])('knows %j as %s', (word, suffix) => expect(scaleNamed(word)).toBe(suffix));
});
