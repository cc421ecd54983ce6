/** Period keys: what is told to write for a spelling that means one. */
import { expect, it } from 'vitest';
import { meantYear, periodRemedy } from '../../src/core/periodSpellings.js';

it.each([
  ['fy26-q1', 'FY2026Q1'],
  ['FY26', 'FY2026'],
  ['FY2026M3', 'FY2026M03'],
  ['FY ２０２６ Q1', 'FY2026Q1'],
  ['FY2026Q1\u200B', 'FY2026Q1'],
  ['1QFY26', 'FY2026Q1'],
  ['2026财年', 'FY2026'],
  ['2026财年第一季度', 'FY2026Q1'],
])('%j is %s', (text, key) => expect(periodRemedy(text)).toBe(key));

it.each([
  ['2026', 'FY2026'],
  ['2026Q1', 'FY2026Q1'],
  ['2026-Q1', 'FY2026Q1'],
  ['1Q26', 'FY2026Q1'],
  ['2026年三季度', 'FY2026Q3'],
  ['2026年第3季度', 'FY2026Q3'],
  ['2026年9月', 'FY2026M09'],
  ['2026-09', 'FY2026M09'],
])('%j is %s only if its year is a fiscal one', (text, key) => {
  const year = key.slice(2, 6);
  expect(periodRemedy(text)).toBe(
    `${key} if fiscal year ${year} is meant, as keys count fiscal years`,
  );
});

it.each(['26', 'Q1', 'FY2026Q5', 'FY2026M13', '2026H1', 'total', ''])('%j is none', (text) => {
  expect(periodRemedy(text)).toBe('a fiscal year, quarter or month: FY2026, FY2026Q1 or FY2026M01');
});

it('the fiscal year of a quarter is that of its key', () => {
  expect(['FY26', '2026财年', 'FY2026Q3', 'soon'].map(meantYear)).toEqual([
    ...['FY2026', 'FY2026', 'FY2026', undefined],
  ]);
});
