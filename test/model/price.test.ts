/** Prices: erosion counts from the year of the price, and a price by period takes none. */
import { expect, it } from 'vitest';
import { saidOf, seriesOf, smallForecast } from '../support/scenarios.js';

const YEARS = '{ fiscal_year_ends: 3, from: FY2026, to: FY2027, period: year }';
const price = (attributes: string) => ({
  calendar: YEARS,
  components: `{ servers: { price: { unit: server, ${attributes} } } }`,
});

it.each([
  // 120 CNY a year for servers.
  ['value: 1 CNY', ['120', '120']],
  ['value: 1 CNY, erosion: 50%', ['120', '240']],
  ['value: 1 CNY, erosion: 50%, at: FY2025', ['240', '480']],
  ['value: 1 CNY, erosion: 50%, at: FY2027', ['60', '120']],
  ['value: 1 CNY, erosion: -100%', ['120', '60']],
  ['value: { FY2026: 1 CNY, FY2027: 2 CNY }', ['120', '60']],
])('units at a price with %s: %j', (attributes, units) => {
  expect(seriesOf(smallForecast(price(attributes)), 'servers', 'units', 'server')).toEqual(units);
});

it.each([
  [
    'value: 1 CNY, erosion: 100%',
    'error bounds: a yearly erosion of `100%` is 100% or more, which leaves no price',
  ],
  [
    'value: 1 CNY, erosion: 101%',
    'error bounds: a yearly erosion of `101%` is 100% or more, which leaves no price',
  ],
  [
    'value: { FY2026: 1 CNY }, erosion: 5%',
    'error keys-conflict: a price by period takes no `erosion`',
  ],
  ['value: { FY2026: 1 CNY }, at: FY2026', 'error keys-conflict: a price by period takes no `at`'],
  [
    'value: 1 CNY, at: FY2026',
    'warning unused: without `erosion` the price is the same in every year',
  ],
  ['value: 0 CNY', 'error bounds: a price of `0 CNY` is not above zero'],
])('says of a price with %s: %s', (attributes, message) => {
  expect(saidOf(price(attributes))).toEqual([message]);
});

it.each([
  ['an erosion just below 100%', 'value: 1 CNY, erosion: 99.9%'],
  ['the year of a price with erosion', 'value: 1 CNY, erosion: 5%, at: FY2025'],
])('accepts %s', (_, attributes) => {
  expect(saidOf(price(attributes))).toEqual([]);
});
