/** Days in a table of rates that a portfolio gives: the portfolio has no periods, so the days say what they stand for. */
import { expect, it } from 'vitest';
import { daysIn } from '../../../src/core/number/literal.js';
import { success } from '../../../src/core/result.js';
import type { ReadFile } from '../../../src/core/text/fileRequest.js';
import { loadScenarios } from '../../../src/scenario/portfolio/loadScenarios.js';
import { scenarioText } from '../../support/scenarios.js';

const BUYER = scenarioText({
  calendar: '{ fiscal_year_ends: 12, from: FY2026M01, to: FY2026M06, period: month }',
});

/** The last day of a month of 2026. */
const lastDay = (month: number) =>
  `2026-${String(month).padStart(2, '0')}-${String(daysIn(2026, month))}`;

/** The rates of the buyer by month under a table with a rate for each of these days; the errors if it has some. */
function ratesBy(days: readonly string[], labels = 'month_end'): readonly string[] {
  const rows = days.map((day, i) => `${day},USD,${7 + i / 10}`);
  const csv = ['date,Currency,Rate', ...rows, ''].join('\n');
  const read: ReadFile = ({ path: name }) =>
    success({ name, text: name === 'r.csv' ? csv : BUYER });
  const columns = '{ period: date, currency: Currency, value: Rate }';
  const table = `{ file: r.csv, columns: ${columns}, labels: ${labels}, direction: CNY per foreign }`;
  const text = `portfolio: p\ncurrency: CNY\nfx: { base: { USD: 6 }, path: ${table} }\nbuyers: { a: a.yaml }\n`;
  const { scenarios, diagnostics } = loadScenarios(text, { name: 'p.yaml', read });
  const [scenario] = scenarios;
  if (!scenario) return diagnostics.map(({ message, hint }) => `${message}; ${hint}`);
  const path = scenario.fx.path.get('USD')!;
  return scenario.window.periods.map(({ start }) => path(start)!.text);
}

it.each(['month_end', 'date'])('days of every month stand for months by `%s`', (labels) => {
  const days = [1, 2, 3, 4, 5, 6].map(lastDay);
  expect(ratesBy(days, labels)).toEqual(['7', '7.1', '7.2', '7.3', '7.4', '7.5']);
});

it('days that end quarters stand for quarters, and so does one day alone', () => {
  expect(ratesBy([3, 6].map(lastDay))).toEqual(['7', '7', '7', '7.1', '7.1', '7.1']);
  expect(ratesBy([lastDay(3)])).toEqual(['7', '7', '7', '7', '7', '7']);
});

it('one day inside a quarter stands for its month', () => {
  expect(ratesBy([lastDay(2)])).toEqual(['6', '7', '7', '7', '7', '7']);
});

it('days that are neither are an error, whose hint works', () => {
  expect(ratesBy([1, 2, 4].map(lastDay))).toEqual([
    'the days of this table stand neither for quarters nor for months without a gap; add it, or write periods such as 2026-01 and `labels: calendar`',
  ]);
  expect(ratesBy(['2026-01', '2026-02', '2026-04'], 'calendar')).toEqual([
    ...['7', '7.1', '7.1', '7.2', '7.2', '7.2'],
  ]);
});
