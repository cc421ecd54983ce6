/** Lists in options: the mistakes that people make when they type them. */
import { expect, it } from 'vitest';
import { show } from '../../../src/studies/forecast/show.js';
import { sensitivity } from '../../../src/studies/sensitivity/sensitivity.js';
import { readOptions } from '../../../src/studies/study.js';

function refusalOf(typed: object): string | undefined {
  return readOptions(show, typed).error?.issues[0]!.message;
}

it.each([
  [{ with: 'yoy，qoq' }, '`yoy，qoq` has U+FF0C (full-width `,`); write yoy,qoq'],
  [{ by: 'fiscal_year、component' }, /write fiscal_year,component$/],
  [{ currency: 'USD，CNY' }, /write USD,CNY$/],
  [{ currency: '美元' }, '`美元` is not an ISO 4217 currency; write USD'],
  [{ currency: 'usd' }, '`usd` is not an ISO 4217 currency; write USD'],
  [{ currency: 'abc' }, /write CNY, USD, … or `supplier` alone$/],
  [{ measure: 'demnd' }, '`demnd` is not a measure; write `demand`'],
])('names what to write for %j', (typed, message) => {
  expect(refusalOf(typed)).toMatch(message);
});

it.each([
  ['美元=10%', '`美元` is not an ISO 4217 currency; write USD'],
  ['usd=10%', '`usd` is not an ISO 4217 currency; write USD'],
  ['abc=10%', '`abc` is not an ISO 4217 currency; write USD=-10%..+10%/5%'],
])('names the currency that --fx %s means', (fx, message) => {
  expect(readOptions(sensitivity, { fx }).error?.issues[0]!.message).toBe(message);
});

it.each([
  { with: 'yoy, qoq' },
  { by: 'fiscal_year,component', currency: 'USD,CNY' },
  { currency: 'supplier' },
])('takes %j', (typed) => {
  expect(refusalOf(typed)).toBeUndefined();
});
