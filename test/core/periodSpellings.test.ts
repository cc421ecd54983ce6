/** Spellings of periods: what each of them says, and what is told to write for a misspelt key. */
import { describe, expect, it } from 'vitest';
import { meantYear, periodRemedy, spelledPeriod } from '../../src/core/periodSpellings.js';

describe('a spelling', () => {
  it.each([
    ['2024Q3', 'quarter 3 of 2024'],
    ['2024-Q3', 'quarter 3 of 2024'],
    ['CY2024Q3', 'quarter 3 of 2024, calendar'],
    ['FY25Q1', 'quarter 1 of 2025, fiscal'],
    ['FY25 Q1', 'quarter 1 of 2025, fiscal'],
    ['1QFY25', 'quarter 1 of 2025, fiscal'],
    ['Q1 FY2025', 'quarter 1 of 2025, fiscal'],
    ['3Q24', 'quarter 3 of 2024'],
    ["Q3'24", 'quarter 3 of 2024'],
    ['24Q3', 'quarter 3 of 2024'],
    ['3T24', 'quarter 3 of 2024'],
    ['2024T3', 'quarter 3 of 2024'],
    ['CQ3-24', 'quarter 3 of 2024, calendar'],
    ['FQ32024', 'quarter 3 of 2024, fiscal'],
    ['S1 2024', 'half 1 of 2024'],
    ['2024 3Q', 'quarter 3 of 2024'],
    ['FY24 1H', 'half 1 of 2024, fiscal'],
    ['2024年报', 'year 1 of 2024'],
    ['2024年中报', 'half 1 of 2024'],
    ['2024中报', 'half 1 of 2024'],
    ['2024半年报', 'half 1 of 2024'],
    ['2024年年度', 'year 1 of 2024'],
    ['2024年年报', 'year 1 of 2024'],
    ['2024一季报', 'quarter 1 of 2024'],
    ['2024年第一季报', 'quarter 1 of 2024'],
    ['2024三季报', 'quarter 3 of 2024, to date'],
    ['2024年三季报', 'quarter 3 of 2024, to date'],
    ['1Q25E', 'quarter 1 of 2025'],
    ['2024年三季度', 'quarter 3 of 2024'],
    ['2024年第3季度', 'quarter 3 of 2024'],
    ['2025财年第一季度', 'quarter 1 of 2025, fiscal'],
    ['2024', 'year 1 of 2024'],
    ['2025E', 'year 1 of 2025'],
    ['2026年(预测)', 'year 1 of 2026'],
    ['Fiscal 2025', 'year 1 of 2025, fiscal'],
    ['2025财年', 'year 1 of 2025, fiscal'],
    ['2024年度', 'year 1 of 2024'],
    ['2024H1', 'half 1 of 2024'],
    ['1H24', 'half 1 of 2024'],
    ['2024年下半年', 'half 2 of 2024'],
    ['2024年半年度', 'half 1 of 2024'],
    ['9M24', 'month 9 of 2024, to date'],
    ['2024年1-9月', 'month 9 of 2024, calendar, to date'],
    ['2024年前三季度', 'quarter 3 of 2024, to date'],
    ['2024Q1-Q3', 'quarter 3 of 2024, to date'],
    ['2024M09', 'month 9 of 2024'],
    ['2024-09', 'month 9 of 2024, calendar'],
    ['2024年9月', 'month 9 of 2024, calendar'],
    ['202409', 'month 9 of 2024, calendar'],
    ['Sept 2024', 'month 9 of 2024, calendar'],
    ["Sep'24", 'month 9 of 2024, calendar'],
    ['2024-09-30', 'day 9 of 2024, on 30, calendar'],
    ['2024/9/30', 'day 9 of 2024, on 30, calendar'],
    ['20240930', 'day 9 of 2024, on 30, calendar'],
    ['2024年9月30日', 'day 9 of 2024, on 30, calendar'],
    ['2024-09-30 00:00:00', 'day 9 of 2024, on 30, calendar'],
    ['30/09/2024', 'day 9 of 2024, on 30, calendar'],
    ['09/30/2024', 'day 9 of 2024, on 30, calendar'],
    ['30 Sep 2024', 'day 9 of 2024, on 30, calendar'],
    ['September 30, 2024', 'day 9 of 2024, on 30, calendar'],
    ['30-Sep-24', 'day 9 of 2024, on 30, calendar'],
    ['9/30/24', 'day 9 of 2024, on 30, calendar'],
  ])('%s is %s', (text, words) => {
    const { year, part, index, day, says, isToDate } = spelledPeriod(text)!;
    const told = [
      `${part} ${index} of ${year}`,
      ...(day === undefined ? [] : [`on ${day}`]),
      ...(says ? [says] : []),
      ...(isToDate ? ['to date'] : []),
    ];
    expect(told.join(', ')).toBe(words);
  });

  it.each([
    ['03/04/2024', 'two days'],
    ['Sep-24', 'a month, or a day'],
    ['30/9/24', 'a day of 2024, or of 2030'],
    ['3/4/24', 'two days'],
    ['H100', 'a processor'],
    ['164501', 'an amount'],
    ['2024-25', 'a year over two calendar years, or no month'],
    ['2024/25', 'a year over two calendar years'],
    ['24', 'any number'],
    ['2024年二季报', 'a quarter, or the year to date'],
    ['2024Q5', 'no quarter'],
    ['2024-02-30', 'no day'],
    ['2024M13', 'no month'],
    ['Total', 'a word'],
    ['一季度', 'a quarter of no year'],
  ])('%s is none: %s', (text) => {
    expect(spelledPeriod(text)).toBeUndefined();
  });
});

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
