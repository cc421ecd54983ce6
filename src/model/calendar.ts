/** The window of a forecast inside the buyer's fiscal calendar, and values that step by period. */
import * as z from 'zod';
import {
  MONTHS_IN,
  fiscalYearOf,
  isPeriodStart,
  monthsOf,
  periodAt,
  readPeriodKey,
  yearLabel,
  type FiscalCalendar,
  type Months,
  type Period,
  type TimeCalendar,
} from '../core/period.js';
import type { Reporter } from '../core/text/diagnostic.js';
import { firstOf } from '../core/text/prose.js';
import {
  choiceField,
  monthField,
  periodField,
  periodKey,
  recordField,
  type MapAlternative,
} from './field.js';
import { quickMap, quickReaderOf, withQuickReader } from './quickField.js';

/** The section `calendar`. */
export const calendarField = recordField({
  fiscal_year_ends: monthField('The month in which the fiscal year ends: 3 is March.'),
  from: periodField('The first period of the window; a year or quarter counts from its beginning.'),
  to: periodField('The last period of the window; a year or quarter counts to its end.'),
  period: choiceField(
    ['quarter', 'month', 'year'],
    'The length of a period; quarter unless given.',
  ).optional(),
}).meta({ description: "The buyer's fiscal calendar, and the window of the forecast in it." });

/** The section `calendar` as it is written. */
export type CalendarText = z.output<typeof calendarField>;

/** The periods of a forecast, and the fiscal years that they belong to. */
export interface Window extends Months {
  readonly calendar: FiscalCalendar;
  readonly periods: readonly Period[];
  readonly years: readonly WindowYear[];
}

/** A fiscal year with its periods inside the window, as indices. */
export interface WindowYear {
  readonly year: number;
  readonly label: string;
  readonly periods: readonly number[];
}

/** Periods of the longest window: far beyond any announced plan, so that a typing error cannot ask for a million columns. */
const LONGEST_WINDOW = 400;

/** The window of a calendar; nothing, and an error, where it is empty, too long or cuts a period. */
export function windowOf(text: CalendarText, report: Reporter): Window | undefined {
  const calendar = { endMonth: text.fiscal_year_ends.value, unit: text.period?.value ?? 'quarter' };
  const from = monthsOf(readPeriodKey(text.from.value)!, calendar);
  const to = monthsOf(readPeriodKey(text.to.value)!, calendar);
  const { start, end } = { start: from.start, end: to.end };
  if (start !== periodAt(start, calendar).start) {
    report.error(
      'window',
      'calendar.from',
      insidePeriod(text.from.value, 'begins', start, calendar),
    );
    return undefined;
  }
  if (end !== periodAt(end - 1, calendar).end) {
    report.error('window', 'calendar.to', insidePeriod(text.to.value, 'ends', end - 1, calendar));
    return undefined;
  }
  const count = (end - start) / MONTHS_IN[calendar.unit];
  if (count < 1 || count > LONGEST_WINDOW) {
    const span = `the window ${text.from.value} to ${text.to.value}`;
    report.error('window', 'calendar.to', {
      message: count < 1 ? `${span} ends before it begins` : `${span} has ${count} periods`,
      expected: `from 1 to ${LONGEST_WINDOW} periods`,
      hint: count < 1 ? 'swap `from` and `to`' : 'use longer periods or a shorter window',
    });
    return undefined;
  }
  const length = MONTHS_IN[calendar.unit];
  const periods = Array.from({ length: count }, (_, t) => periodAt(start + t * length, calendar));
  return { calendar, start, end, periods, years: yearsOf(periods) };
}

function insidePeriod(key: string, verb: string, month: number, calendar: FiscalCalendar) {
  return {
    message: `${key} ${verb} inside ${periodAt(month, calendar).label}`,
    expected: `a window of whole ${calendar.unit}s`,
    hint: `name a ${calendar.unit}, or set \`period: month\``,
  };
}

function yearsOf(periods: readonly Period[]): WindowYear[] {
  const years = [...new Set(periods.map(({ year }) => year))];
  return years.map((year) => ({
    year,
    label: yearLabel(year),
    periods: periods.flatMap((period, t) => (period.year === year ? [t] : [])),
  }));
}

/** A value that may change from a period on: one for all periods, or one from each period key on. */
export type ByPeriod<T> =
  | { readonly kind: 'constant'; readonly value: T }
  | { readonly kind: 'steps'; readonly from: ReadonlyMap<string, T> };

/** One value for all periods. */
export function constant<T>(value: T): ByPeriod<T> {
  return { kind: 'constant', value };
}

/** A field that is one value, or a map by period (a step), or a table in place of the map. */
export function byPeriod<T>(
  value: z.ZodType<T>,
  description: string,
  table?: MapAlternative,
): z.ZodType<ByPeriod<T>> {
  const forms: readonly [z.ZodType<ByPeriod<T>>, ...z.ZodType<ByPeriod<T>>[]] = [
    value.transform((one) => constant(one)),
    z
      .record(periodKey.schema, value, 'a map by period')
      .transform((record): ByPeriod<T> => ({
        kind: 'steps',
        from: new Map(Object.entries(record)),
      }))
      .meta({ description: 'A step by period: a value holds from its key until the next one.' }),
    ...(table ? [table] : []),
  ];
  const one = quickReaderOf(value);
  const steps = quickMap(periodKey.pattern, one);
  return withQuickReader(z.union(forms).meta({ description }), (input): ByPeriod<T> | undefined => {
    const from = typeof input === 'function' ? undefined : steps(input);
    if (from) return { kind: 'steps', from };
    const found = one(input);
    return found && constant(found);
  });
}

/** All values that hold in some period. */
export function valuesOf<T>(steps: ByPeriod<T>): T[] {
  return steps.kind === 'constant' ? [steps.value] : [...steps.from.values()];
}

/** A value of a map by period, with the months of its key. */
interface Step<T> extends Months {
  readonly value: T;
}

/** The value in a month, counted from the year 0; nothing before the first key. */
export type PeriodSteps<T> = (month: number) => T | undefined;

/**
 * Reads a map by period as a step function: a value holds from the first period of its key until the
 * next key. Of two keys that begin together the narrower applies. A key may begin before the window; one
 * that begins inside a period is an error.
 */
export function stepsOf<T>(
  values: ByPeriod<T>,
  path: string,
  window: Window,
  report: Reporter,
): PeriodSteps<T> {
  if (values.kind === 'constant') return () => values.value;
  const steps: Step<T>[] = [];
  const inside: string[] = [];
  for (const [key, value] of values.from) {
    const months = monthsOf(readPeriodKey(key)!, window.calendar);
    if (!isPeriodStart(months.start, window.calendar)) {
      inside.push(key);
      continue;
    }
    if (months.start >= window.end) warnOfLateKey(`${path}.${key}`, key, report);
    steps.push({ start: months.start, end: months.end, value });
  }
  if (inside.length > 0) reportInside(inside, path, window, report);
  steps.sort((a, b) => a.start - b.start || b.end - a.end);
  return (month) => steps.findLast(({ start }) => start <= month)?.value;
}

/** Keys that begin inside periods: several of them are values of shorter periods, by months, say. */
function reportInside(
  keys: readonly string[],
  path: string,
  { calendar }: Window,
  report: Reporter,
): void {
  const { unit } = calendar;
  const [first] = keys as [string];
  const { label } = periodAt(monthsOf(readPeriodKey(first)!, calendar).start, calendar);
  const isOne = keys.length === 1;
  const problem = {
    message: isOne ? `${first} begins inside ${label}` : `${firstOf(keys)} begin inside ${unit}s`,
    expected: `a key that begins with a ${unit}`,
    hint: isOne
      ? `write ${label}, or the ${unit} after it`
      : `leave the others out (of a table by \`where\`), or write \`period: month\` in \`calendar\``,
  };
  report.error('period-key', `${path}.${first}`, problem, 'key');
}

function warnOfLateKey(path: string, key: string, report: Reporter): void {
  const message = `${key} begins after the window, so its value is never used`;
  const hint = 'delete the key, or let the window end later';
  report.warn('unused', path, { message, hint }, 'key');
}

/** The value of every period of the window; nothing, and an error, where a period has none. */
export function acrossWindow<T>(
  values: ByPeriod<T>,
  path: string,
  window: Window,
  report: Reporter,
): readonly T[] | undefined {
  const steps = stepsOf(values, path, window, report);
  const across = window.periods.map(({ start }) => steps(start));
  const gap = across.indexOf(undefined);
  if (gap < 0) return across as T[];
  reportUncovered(window.periods[gap]!.label, path, report);
  return undefined;
}

/** One error for a period without a value. */
export function reportUncovered(label: string, path: string, report: Reporter): void {
  report.error('period-uncovered', path, {
    message: `there is no \`${path.split('.').at(-1)!}\` for ${label}`,
    expected: 'a value from the first period on',
    hint: `add the key ${label}, or an earlier one`,
  });
}

/** The fiscal year, from the calendar's own year ends, in which a period key begins. */
export function fiscalYearOfKey(key: string, window: Window): number {
  const { start } = monthsOf(readPeriodKey(key)!, window.calendar);
  return fiscalYearOf(start, window.calendar.endMonth);
}

/**
 * The label of the tail of revenue among the periods of a calendar. A period of it that the window does not
 * hold to its end lies in the tail as well, so the tail is then after the last period of the window.
 */
export function tailLabel(window: Window, calendar: TimeCalendar = window.calendar): string {
  const last = periodAt(window.end - 1, calendar);
  return `after ${last.end === window.end ? last.label : window.periods.at(-1)!.label}`;
}
