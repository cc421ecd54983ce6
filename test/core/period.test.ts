/** Fiscal calendars: keys, labels and the months that they cover. */
import { describe, expect, it } from 'vitest';
import {
  fiscalYearOf,
  monthsOf,
  periodAt,
  readPeriodKey,
  straddles,
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

it('says whether a span lies in more than one year', () => {
  const years = { endMonth: 12, unit: 'year' } as const;
  expect(straddles({ start: month(2025, 10), end: month(2026, 1) }, years)).toBe(false);
  expect(straddles({ start: month(2025, 11), end: month(2026, 2) }, years)).toBe(true);
});

describe('years, halves and quarters follow each other without a gap', () => {
  const units = ['year', 'half', 'quarter', 'month'] as const;
  it.each(units)('%s', (unit) => {
    for (let endMonth = 1; endMonth <= 12; endMonth++) {
      const first = periodAt(month(2024, 1), { endMonth, unit });
      let last = first;
      for (let n = 1; n < 40; n++) {
        const next = periodAt(last.end, { endMonth, unit });
        expect(next).toMatchObject({ start: last.end, ordinal: first.ordinal + n });
        expect(next.label > last.label).toBe(true);
        last = next;
      }
      const aYear = 12 / (first.end - first.start);
      const later = periodAt(first.start + 12, { endMonth, unit });
      expect(later.ordinal).toBe(first.ordinal + aYear);
      expect(later.label).toBe(first.label.replace(String(first.year), String(first.year + 1)));
    }
  });
});

it.each([
  [{ endMonth: 3, unit: 'year' }, 'FY2026'],
  [{ endMonth: 3, unit: 'half' }, 'FY2026H1'],
  [{ endMonth: 3, unit: 'quarter' }, 'FY2026Q2'],
  [{ endMonth: 12, unit: 'year', prefix: '' }, '2025'],
  [{ endMonth: 12, unit: 'half', prefix: '' }, '2025H2'],
  [{ endMonth: 12, unit: 'quarter', prefix: '' }, '2025Q3'],
] as const)('August 2025 in %o is in %s', (calendar, label) => {
  expect(periodAt(month(2025, 8), calendar).label).toBe(label);
});
