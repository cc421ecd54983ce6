/** Reported periods: which keys they may have, their order, and their total against the envelope. */
import { expect, it } from 'vitest';
import { loaded } from '../support/cells.js';
import { saidOf, scenarioText, seriesOf, smallForecast } from '../support/scenarios.js';

const periodsOf = (amounts: string) => `{ periods: ${amounts} }`;

it.each([
  ['{ FY2026: 90 CNY }', ['error period-key: FY2026 is not one quarter']],
  ['{ FY2026M01: 90 CNY }', ['error period-key: FY2026M01 is not one quarter']],
  ['{ FY2026M03: 90 CNY }', ['error period-key: FY2026M03 is not one quarter']],
  ['{ FY2027Q1: 90 CNY }', ['error period-outside: FY2027Q1 lies after the window']],
  ['{ FY2026Q4: 90 CNY }', []],
  ['{ FY2026Q1: 400 CNY }', []],
  [
    '{ FY2026Q1: 400.01 CNY }',
    ['error actuals-exceed: the reported amounts exceed the envelope by 0.01 CNY'],
  ],
])('the reported periods %s: %j', (amounts, said) => {
  expect(saidOf({ actuals: periodsOf(amounts) })).toEqual(said);
});

it('reported amounts above the envelope are allowed if the open periods keep their phasing', () => {
  const actuals = '{ periods: { FY2026Q1: 401 CNY }, reforecast: keep-phasing }';
  expect(saidOf({ actuals })).toEqual([]);
  expect(seriesOf(smallForecast({ actuals }), 'servers')).toEqual([
    ...['240.60', '60.00', '60.00', '60.00'],
  ]);
});

it('periods before the window are in the order of time, in whatever order they are written', () => {
  const text = scenarioText({
    actuals: periodsOf('{ FY2025Q4: 3 CNY, FY2025Q1: 1 CNY, FY2025Q3: 2 CNY }'),
  });
  expect(loaded(text).actuals.before.map(({ period }) => period)).toEqual([-4, -2, -1]);
});

it('a period before the window counts by its own attributable share', () => {
  const actuals = '{ periods: { FY2025Q4: 100 CNY }, attributable: { FY2025: 50%, FY2026: 80% } }';
  const components = '{ servers: { lag: { quarters: [0%, 100%] } } }';
  const revenue = seriesOf(smallForecast({ actuals, components }), 'servers', 'revenue');
  expect(revenue).toEqual(['30.00', '60.00', '60.00', '60.00', '60.00']);
});
