/** Exchange rates: which currencies may have one, above zero, and the base rate before the path. */
import { expect, it } from 'vitest';
import { refusalOf, saidOf, seriesOf, smallForecast } from '../support/scenarios.js';

it.each([
  ['{ base: { USD: 0 } }', 'bounds: an exchange rate of `0` is not above zero'],
  ['{ base: { USD: -7 } }', 'bounds: an exchange rate of `-7` is not above zero'],
  ['{ base: { USD: 0/7 } }', 'bounds: an exchange rate of `0/7` is not above zero'],
  ['{ base: { USD: 7 }, path: { USD: 0 } }', 'bounds: an exchange rate of `0` is not above zero'],
  [
    '{ base: { USD: 7 }, path: { USD: { FY2026Q2: 0 } } }',
    'bounds: an exchange rate of `0` is not above zero',
  ],
  ['{ base: { CNY: 1 } }', 'currency-mismatch: CNY is the currency of the envelope itself'],
  ['{ path: { CNY: 1 } }', 'currency-mismatch: CNY is the currency of the envelope itself'],
  ['{ base: { ZZZ: 1 } }', 'currency-unknown: `ZZZ` is not an ISO 4217 currency'],
])('rejects the rates %s: %s', (fx, message) => {
  expect(saidOf({ fx })).toEqual([`error ${message}`]);
});

it('the base rate holds until the path begins, and each rate of the path until the next', () => {
  const fx = '{ base: { USD: 5 }, path: { USD: { FY2026Q2: 4, FY2026Q4: 3 } } }';
  const cells = smallForecast({ fx }, ['USD']);
  expect(seriesOf(cells, 'servers', 'demand', 'USD')).toEqual(['12.00', '15.00', '15.00', '20.00']);
});

it('content in a foreign currency needs the base rate at which prices were set', () => {
  const components = '{ servers: { pricing: { USD: { content: 40% } } } }';
  const refusal = refusalOf({ components, fx: '{ path: { USD: 7 } }' });
  expect(refusal).toContain('no base rate of CNY per USD, at which prices were set');
  expect(saidOf({ components, fx: '{ base: { USD: 7 } }' })).toEqual([]);
});
