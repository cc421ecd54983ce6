/** Fiscal calendars: periods as whole months, and the keys that name them. */
import type { CalendarDate } from './number/literal.js';

/** Negative, zero or positive as a is before, on or after b. */
export function compareDates(a: CalendarDate, b: CalendarDate): number {
  return a.year - b.year || a.month - b.month || a.day - b.day;
}

/** `2025-02-24` */
export function printDate({ year, month, day }: CalendarDate): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** A span of whole months, counted from the year 0 (January of year y is month 12·y). */
export interface Months {
  readonly start: number;
  /** One past the last month. */
  readonly end: number;
}

/** One period of a calendar with its label, such as `FY2026Q1`, and its fiscal year. */
export interface Period extends Months {
  readonly label: string;
  readonly year: number;
}

/** The length of the periods of a calendar. */
export type PeriodUnit = 'month' | 'quarter' | 'year';
/** Months in a period. */
export const MONTHS_IN: Readonly<Record<PeriodUnit, number>> = { month: 1, quarter: 3, year: 12 };

/** A fiscal year is named after the calendar year in which it ends; `endMonth` 3 is March. */
export interface FiscalCalendar {
  readonly endMonth: number;
  readonly unit: PeriodUnit;
}

/** A period key: `FY2026`, `FY2026Q3` or `FY2026M07`. */
export interface PeriodKey {
  readonly year: number;
  readonly part: 'year' | 'quarter' | 'month';
  /** Of the part within the year, from 1; 1 for a year. */
  readonly index: number;
}

const KEY = /^FY(\d{4})(?:Q([1-4])|M(0[1-9]|1[0-2]))?$/;

/** Reads a period key; nothing where the text is not one. */
export function readPeriodKey(text: string): PeriodKey | undefined {
  const match = KEY.exec(text);
  if (!match || match[1] === '0000') return undefined;
  const year = Number(match[1]);
  if (match[2] !== undefined) return { year, part: 'quarter', index: Number(match[2]) };
  if (match[3] !== undefined) return { year, part: 'month', index: Number(match[3]) };
  return { year, part: 'year', index: 1 };
}

/** The months that a key covers in a calendar. */
export function monthsOf(key: PeriodKey, calendar: FiscalCalendar): Months {
  const length = MONTHS_IN[key.part];
  const start = firstMonth(key.year, calendar) + (key.index - 1) * length;
  return { start, end: start + length };
}

/** The period of the calendar that contains a month. */
export function periodAt(month: number, calendar: FiscalCalendar): Period {
  const year = fiscalYearOf(month, calendar.endMonth);
  const length = MONTHS_IN[calendar.unit];
  const index = Math.floor((month - firstMonth(year, calendar)) / length);
  const start = firstMonth(year, calendar) + index * length;
  return { start, end: start + length, year, label: labelOf(year, index + 1, calendar.unit) };
}

/** The fiscal year of a month, for fiscal years that end in `endMonth`. */
export function fiscalYearOf(month: number, endMonth: number): number {
  return Math.floor((month + 12 - endMonth) / 12);
}

/** The fiscal year that contains a whole span; nothing where the span lies in two. */
export function yearHolding({ start, end }: Months, endMonth: number): number | undefined {
  const year = fiscalYearOf(start, endMonth);
  return year === fiscalYearOf(end - 1, endMonth) ? year : undefined;
}

/** `FY2026` */
export function yearLabel(year: number): string {
  return `FY${String(year).padStart(4, '0')}`;
}

function firstMonth(year: number, { endMonth }: FiscalCalendar): number {
  return 12 * year + endMonth - 12;
}

function labelOf(year: number, index: number, unit: PeriodUnit): string {
  if (unit === 'year') return yearLabel(year);
  return (
    yearLabel(year) + (unit === 'quarter' ? `Q${index}` : `M${String(index).padStart(2, '0')}`)
  );
}
