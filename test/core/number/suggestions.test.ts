/** What a misspelt literal is taken to mean: spellings, currencies and scales. */
import { describe, expect, it } from 'vitest';
import {
  currencyNamed,
  meantCurrency,
  scaleNamed,
  suggestSpellings,
} from '../../../src/core/number/suggestions.js';

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
  ])('reads %s as the date %s', (text, date) => expect(suggestSpellings(text)).toContain(date));

  it('suggests each spelling once', () => expect(suggestSpellings('42')).toEqual(['42']));

  it('leaves an exponent of three digits as it is', () => {
    expect(suggestSpellings('1e999')).toEqual(['1e999']);
  });
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
