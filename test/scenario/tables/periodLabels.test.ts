/** PeriodLabels of periods: by what the scenario says of them, each is one period key or an error. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  monthsOf,
  periodAt,
  readPeriodKey,
  type FiscalCalendar,
} from '../../../src/core/period.js';
import type { PeriodLabels } from '../../../src/model/tableReference.js';
import { keyOfLabel } from '../../../src/scenario/tables/periodLabels.js';

const MARCH: FiscalCalendar = { endMonth: 3, unit: 'quarter' };
const JANUARY: FiscalCalendar = { endMonth: 1, unit: 'quarter' };
const DECEMBER: FiscalCalendar = { endMonth: 12, unit: 'quarter' };

function told(text: string, labels: PeriodLabels | undefined, calendar = MARCH, isToDate = false) {
  const key = keyOfLabel(text, { labels, calendar, isToDate });
  return key.ok ? key.value : key.diagnostics.message;
}

describe('the key of a label', () => {
  it.each<[string, PeriodLabels, FiscalCalendar, string]>([
    ['2025Q1', 'fiscal', MARCH, 'FY2025Q1'],
    ['2025财年第一季度', 'fiscal', MARCH, 'FY2025Q1'],
    ['FY2025M02', 'fiscal', MARCH, 'FY2025M02'],
    ['2024Q3', 'calendar', MARCH, 'FY2025Q2'],
    ['CY2024Q1', 'calendar', MARCH, 'FY2024Q4'],
    ['2024-09', 'calendar', MARCH, 'FY2025M06'],
    ['2024年三季度', 'calendar', DECEMBER, 'FY2024Q3'],
    ['2024', 'calendar', DECEMBER, 'FY2024'],
    ['2024-09-28', 'month_end', DECEMBER, 'FY2024Q3'],
    ['2024-10-05', 'month_end', DECEMBER, 'FY2024Q3'],
    ['2025-01-26', 'month_end', JANUARY, 'FY2025Q4'],
    ['2024-09', 'month_end', DECEMBER, 'FY2024Q3'],
    ['2024-08-14', 'date', DECEMBER, 'FY2024Q3'],
    ['2024-10-01', 'date', DECEMBER, 'FY2024Q4'],
  ])('%s by %s', (text, labels, calendar, key) => {
    expect(told(text, labels, calendar)).toBe(key);
  });

  it.each([
    ['2024H1', 'FY2024Q2'],
    ['2024年上半年', 'FY2024Q2'],
    ['9M24', 'FY2024Q3'],
    ['2024年前三季度', 'FY2024Q3'],
    ['2024', 'FY2024Q4'],
    ['2024Q1', 'FY2024Q1'],
  ])('%s of the year to date ends with %s', (text, key) => {
    expect(told(text, 'fiscal', MARCH, true)).toBe(key);
    expect(told(text, 'calendar', DECEMBER, true)).toBe(key);
  });

  it.each<[string, PeriodLabels, string]>([
    [
      'CY2024Q3',
      'fiscal',
      '`CY2024Q3` is of a calendar year, and `labels: fiscal` says that the labels are not',
    ],
    [
      'FY25Q1',
      'calendar',
      '`FY25Q1` is of a fiscal year, and `labels: calendar` says that the labels are not',
    ],
    [
      '2024-09-30',
      'calendar',
      '`2024-09-30` is a day, and `labels: calendar` is for years, quarters and months',
    ],
    ['2024Q3', 'month_end', '`2024Q3` is no day, and `labels: month_end` is for days and months'],
    ['2024-08-31', 'month_end', '`2024-08-31` is not within 7 days of the end of a quarter'],
    ['2024-09-22', 'month_end', '`2024-09-22` is not within 7 days of the end of a quarter'],
    ['2024-10-08', 'month_end', '`2024-10-08` is not within 7 days of the end of a quarter'],
    ['2024H1', 'calendar', '`2024H1` is not one quarter of the calendar'],
    ['2024', 'calendar', '`2024` is no period of fiscal years that end in March'],
    ['03/04/2024', 'date', '`03/04/2024` is not a period'],
  ])('%s by %s has none', (text, labels, message) => {
    expect(told(text, labels)).toBe(message);
  });

  it('a quarter of the calendar is none of years that end in January', () => {
    expect(told('2024Q3', 'calendar', JANUARY)).toBe(
      '`2024Q3` is no period of fiscal years that end in January',
    );
  });

  it('the second half, and a year to date that is not of the fiscal year, have none', () => {
    expect(told('2024H2', 'fiscal', MARCH, true)).toBe(
      '`2024H2` is not one quarter of the calendar',
    );
    expect(told('2024H1', 'calendar', MARCH, true)).toBe(
      '`2024H1` is not one quarter of the calendar',
    );
  });
});

describe('without `labels`', () => {
  it('a period key is read, and nothing else', () => {
    expect(told('FY2026Q1', undefined)).toBe('FY2026Q1');
    expect(told('FY26Q1', undefined)).toBe('`FY26Q1` is not a period key');
  });

  it('both meanings of a label are told, with the lines to add', () => {
    const key = keyOfLabel('2024Q3', { labels: undefined, calendar: MARCH, isToDate: false });
    expect(key.ok ? undefined : key.diagnostics).toMatchObject({
      message: '`2024Q3` can mean several periods',
      found: 'FY2024Q3 by `labels: fiscal`, FY2025Q2 by `labels: calendar`',
      hint: 'write `labels: fiscal` beside `file` or `labels: calendar` beside `file`',
    });
  });
});

const calendars = fc.record({
  endMonth: fc.integer({ min: 1, max: 12 }),
  unit: fc.constantFrom('month', 'quarter', 'year'),
}) as fc.Arbitrary<FiscalCalendar>;
const months = fc.integer({ min: 12 * 1990, max: 12 * 2090 });

describe('for every calendar', () => {
  it('a fiscal spelling of a key is the key', () => {
    fc.assert(
      fc.property(calendars, months, (calendar, month) => {
        const { label } = periodAt(month, calendar);
        const short = label.replace(/^FY(?:19|20)/, '');
        for (const text of [label, `FY${short}`, label.replace(/([QM])/, ' $1')])
          if (label.startsWith('FY20')) expect(told(text, 'fiscal', calendar), text).toBe(label);
      }),
    );
  });

  it('a label by the calendar covers the months of its key, or has none', () => {
    fc.assert(
      fc.property(calendars, months, (calendar, month) => {
        for (const unit of ['year', 'quarter', 'month'] as const) {
          const { start, end, label } = periodAt(month, { endMonth: 12, unit, prefix: '' });
          const key = readPeriodKey(told(label, 'calendar', calendar));
          const isOwn = periodAt(start, { ...calendar, unit }).start === start;
          expect(key !== undefined, label).toBe(isOwn);
          if (key) expect(monthsOf(key, calendar)).toEqual({ start, end });
        }
      }),
    );
  });

  it('a day by month_end is in the last or the first week around the end of its period', () => {
    fc.assert(
      fc.property(calendars, months, fc.integer({ min: 1, max: 28 }), (calendar, month, day) => {
        const text = [Math.floor(month / 12), (month % 12) + 1, day]
          .map((one) => String(one).padStart(2, '0'))
          .join('-');
        const { start, end, label } = periodAt(month, calendar);
        const ends = told(text, 'month_end', calendar);
        if (day <= 7 && month === start) expect(ends).toBe(periodAt(month - 1, calendar).label);
        else if (day >= 24 && month === end - 1) expect(ends).toBe(label);
        else if (month !== end - 1) expect(readPeriodKey(ends)).toBeUndefined();
        expect(told(text, 'date', calendar)).toBe(label);
      }),
    );
  });
});
