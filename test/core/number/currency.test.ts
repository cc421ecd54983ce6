/** Currencies: their codes, and the decimal places that their smallest unit has. */
import { expect, it } from 'vitest';
import { currencyOf } from '../../../src/core/number/currency.js';

it.each([
  ['CNY', 2],
  ['USD', 2],
  ['TWD', 2],
  ['JPY', 0],
  ['KRW', 0],
  ['KWD', 3],
])('counts %s in units of %i decimal places', (code, places) => {
  expect(currencyOf(code)).toEqual({ code, places });
});

it('reads RMB as CNY', () => expect(currencyOf('RMB')).toEqual({ code: 'CNY', places: 2 }));

it.each(['', 'XXX', 'cny', 'Rmb', 'CNH', 'CN', 'CNYX', ' CNY', 'constructor', 'BIF CLP'])(
  'knows no currency %j',
  (code) => expect(currencyOf(code)).toBeUndefined(),
);

/** Every text of three capitals, most of which are no currency. */
const LETTERS = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
const CODES = LETTERS.flatMap((a) => LETTERS.flatMap((b) => LETTERS.map((c) => a + b + c)));
const currencies = CODES.flatMap((code) => currencyOf(code) ?? []);

it('names each currency by its own code, but for RMB', () => {
  expect(currencies.length).toBeGreaterThan(150);
  const renamed = CODES.filter((code) => (currencyOf(code)?.code ?? code) !== code);
  expect(renamed).toEqual(['RMB']);
});
