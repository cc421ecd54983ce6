/** Fiscal calendars: keys, labels and the months that they cover. */
import { describe, expect, it } from 'vitest';
import {
  fiscalYearOf,
  monthsOf,
  periodAt,
  readPeriodKey,
  yearHolding,
} from '../../src/core/period.js';

const month = (year: number, number: number) => 12 * year + number - 1;

describe('a fiscal year is named after the calendar year in which it ends', () => {
  it.each([
    ['FY2026', 3, 'quarter', month(2025, 4), month(2026, 4)],
    ['FY2026Q1', 3, 'quarter', month(2025, 4), month(2025, 7)],
    ['FY2026M12', 3, 'month', month(2026, 3), month(2026, 4)],
    ['FY2025', 12, 'year', month(2025, 1), month(2026, 1)],
    ['FY2025Q4', 12, 'quarter', month(2025, 10), month(2026, 1)],
    ['FY2025M01', 1, 'month', month(2024, 2), month(2024, 3)],
  ] as const)(
    'labels %s, with the year end in month %i, by %s',
    (key, endMonth, unit, start, end) => {
      expect(monthsOf(readPeriodKey(key)!, { endMonth, unit })).toEqual({ start, end });
    },
  );
});

it('the period of a month has the label of its key', () => {
  for (const unit of ['month', 'quarter', 'year'] as const) {
    for (let endMonth = 1; endMonth <= 12; endMonth++) {
      for (let at = month(2024, 1); at < month(2027, 1); at++) {
        const { label, start, end, year } = periodAt(at, { endMonth, unit });
        expect(monthsOf(readPeriodKey(label)!, { endMonth, unit })).toEqual({ start, end });
        expect(start <= at && at < end).toBe(true);
        expect(fiscalYearOf(at, endMonth)).toBe(year);
      }
    }
  }
});

it.each(['FY26', 'FY2026Q5', 'FY2026M13', 'FY2026M1', 'fy2026', '2026', 'FY2026Q1 ', 'FY0000'])(
  'rejects %s as a period',
  (text) => {
    expect(readPeriodKey(text)).toBeUndefined();
  },
);

it('says whether a span lies in one year', () => {
  expect(yearHolding({ start: month(2025, 10), end: month(2026, 1) }, 12)).toBe(2025);
  expect(yearHolding({ start: month(2025, 11), end: month(2026, 2) }, 12)).toBeUndefined();
});
