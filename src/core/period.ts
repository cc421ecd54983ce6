/** Fiscal calendars: periods as whole months, and the keys that name them. */
import type { CalendarDate } from './number/literal.js';

/** Negative, zero or positive as a is before, on or after b. */
export function compareDates(a: CalendarDate, b: CalendarDate): number {
  return a.year - b.year || a.month - b.month || a.day - b.day;
}

/** `2025-02-24` */
export function printDate({ year, month, day }: CalendarDate): string {
  return `${yearLabel(year, '')}-${twoDigits(month)}-${twoDigits(day)}`;
}

/** A span of whole months, counted from the year 0 (January of year y is month 12·y). */
export interface Months {
  readonly start: number;
  /** One past the last month. */
  readonly end: number;
}

/** The months from the first of several spans to the last; there is at least one. */
export function spanOf(all: readonly Months[]): Months {
  return all.reduce((a, b) => ({
    start: Math.min(a.start, b.start),
    end: Math.max(a.end, b.end),
  }));
}

/** One period of a calendar with its label, such as `FY2026Q1`, and its year. */
export interface Period extends Months {
  readonly label: string;
  readonly year: number;
  readonly unit: TimeUnit;
  /** Periods of one calendar are numbered in the order of time: a year later is one more for each period of a year. */
  readonly ordinal: number;
}

/** The length of a period. */
export type TimeUnit = 'month' | 'quarter' | 'half' | 'year';
/** The length of the periods that a scenario may have. */
export type PeriodUnit = Exclude<TimeUnit, 'half'>;
/** Months in a period. */
export const MONTHS_IN: Readonly<Record<TimeUnit, number>> = {
  month: 1,
  quarter: 3,
  half: 6,
  year: 12,
};

/** A year is named after the calendar year in which it ends; `endMonth` 3 is March. */
export interface TimeCalendar {
  readonly endMonth: number;
  readonly unit: TimeUnit;
  /** Before the number of a year: `FY` unless given; nothing in the calendar itself. */
  readonly prefix?: '';
}

/** The calendar of a scenario. */
export interface FiscalCalendar extends TimeCalendar {
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
export function periodAt(month: number, calendar: TimeCalendar): Period {
  const { unit } = calendar;
  const year = fiscalYearOf(month, calendar.endMonth);
  const length = MONTHS_IN[unit];
  const index = Math.floor((month - firstMonth(year, calendar)) / length);
  const start = firstMonth(year, calendar) + index * length;
  const label = labelOf(year, index + 1, calendar);
  return { start, end: start + length, label, year, unit, ordinal: (year * 12) / length + index };
}

/** Whether a period of the calendar begins with a month. */
export function isPeriodStart(month: number, calendar: TimeCalendar): boolean {
  return (month - calendar.endMonth) % MONTHS_IN[calendar.unit] === 0;
}

/** The period of the calendar with a number. */
export function periodNumbered(ordinal: number, calendar: TimeCalendar): Period {
  const length = MONTHS_IN[calendar.unit];
  return periodAt(ordinal * length + firstMonth(0, calendar), calendar);
}

/** The months of a span, in the order of time. */
export function monthsIn({ start, end }: Months): readonly number[] {
  return Array.from({ length: end - start }, (_, i) => start + i);
}

/** Whether a span lies in more than one period of the calendar. */
export function straddles({ start, end }: Months, calendar: TimeCalendar): boolean {
  return end > periodAt(start, calendar).end;
}

/** The fiscal year of a month, for fiscal years that end in `endMonth`. */
export function fiscalYearOf(month: number, endMonth: number): number {
  return Math.floor((month + 12 - endMonth) / 12);
}

/** `FY2026` */
export function yearLabel(year: number, prefix = 'FY'): string {
  return `${prefix}${String(year).padStart(4, '0')}`;
}

/** A month, counted from the year 0: `2026-03` */
export function monthLabel(month: number): string {
  return `${yearLabel(Math.floor(month / 12), '')}-${twoDigits((month % 12) + 1)}`;
}

function firstMonth(year: number, { endMonth }: TimeCalendar): number {
  return 12 * year + endMonth - 12;
}

const LETTERS = { half: 'H', quarter: 'Q', month: 'M' } as const;

function labelOf(year: number, index: number, { unit, prefix }: TimeCalendar): string {
  if (unit === 'year') return yearLabel(year, prefix);
  const part = unit === 'month' ? twoDigits(index) : String(index);
  return `${yearLabel(year, prefix)}${LETTERS[unit]}${part}`;
}

function twoDigits(n: number): string {
  return String(n).padStart(2, '0');
}
