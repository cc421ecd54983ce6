/** The window: what a period after it is called, in full and by its fiscal year. */
import { expect, it } from 'vitest';
import { tailLabel } from '../../src/model/calendar.js';
import { loaded } from '../support/cells.js';
import { saidOf, scenarioText } from '../support/scenarios.js';

const calendar = (range: string) => `{ fiscal_year_ends: 3, ${range} }`;

it.each([
  ['from: FY2026Q1, to: FY2026Q4', 'after FY2026Q4', 'after FY2026'],
  // The rest of the last fiscal year lies in the tail, so the tail is not after that year.
  ['from: FY2026Q1, to: FY2027Q2', 'after FY2027Q2', 'after FY2027Q2'],
  ['from: FY2026, to: FY2027, period: year', 'after FY2027', 'after FY2027'],
  ['from: FY2026M01, to: FY2026M12, period: month', 'after FY2026M12', 'after FY2026'],
  ['from: FY2026M01, to: FY2026M11, period: month', 'after FY2026M11', 'after FY2026M11'],
])('the tail of a window %s is %s, by year %s', (range, period, year) => {
  const { window } = loaded(scenarioText({ calendar: calendar(range) }));
  expect(tailLabel(window)).toBe(period);
  expect(tailLabel(window, { ...window.calendar, unit: 'year' })).toBe(year);
});

it.each([
  [
    'from: FY2026Q2, to: FY2026Q1',
    'error window: the window FY2026Q2 to FY2026Q1 ends before it begins',
  ],
])('rejects a window %s', (range, message) => {
  expect(saidOf({ calendar: calendar(range) })).toEqual([message]);
});
