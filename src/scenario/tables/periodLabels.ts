/** The periods of somebody's table: what each label means, and the period key that it is. */
import { MONTH_NAMES } from '../../core/months.js';
import {
  MONTHS_IN,
  monthLabel,
  periodAt,
  readPeriodKey,
  type FiscalCalendar,
  type Months,
} from '../../core/period.js';
import { fiscalKey, spelledPeriod, type SpelledPeriod } from '../../core/periodSpellings.js';
import { daysIn } from '../../core/number/literal.js';
import { failure, success, type Result } from '../../core/result.js';
import type { Problem } from '../../core/text/diagnostic.js';
import type { PeriodLabels } from '../../model/tableReference.js';

/** How the labels of a table are meant. */
export interface LabelMeaning {
  /** Nothing if the scenario does not say it: then a label has to be a period key. */
  readonly labels: PeriodLabels | undefined;
  readonly calendar: FiscalCalendar;
  /** Whether amounts are for the year to date: the first half then ends with the second quarter. */
  readonly isToDate: boolean;
}

/** The period key of a label, or why it has none. */
export function keyOfLabel(text: string, meaning: LabelMeaning): Result<string, Problem> {
  const { labels } = meaning;
  const spelled = spelledPeriod(text);
  if (!spelled) return failure(noPeriod(text));
  if (labels === undefined) {
    return readPeriodKey(text) ? success(text) : failure(twoMeanings(text, spelled, meaning));
  }
  if (labels === 'fiscal' || labels === 'calendar') {
    if (spelled.says !== undefined && spelled.says !== labels && spelled.part !== 'day') {
      return failure(otherYear(text, spelled, labels));
    }
    return spelled.part === 'day'
      ? failure(isADay(text, labels))
      : keyOfPart(text, spelled, labels, meaning);
  }
  return keyOfDay(text, spelled, labels, meaning);
}

/** The key of a year, a half, a quarter or a month. */
function keyOfPart(
  text: string,
  spelled: SpelledPeriod,
  labels: 'fiscal' | 'calendar',
  meaning: LabelMeaning,
): Result<string, Problem> {
  const { calendar, isToDate } = meaning;
  const isWhole = spelled.part === 'half' || spelled.isToDate === true;
  const isYearSoFar = spelled.part === 'year' && isToDate && calendar.unit !== 'year';
  const isFiscal = labels === 'fiscal' || calendar.endMonth === 12;
  if (isWhole || isYearSoFar) {
    const months = monthsToDate(spelled);
    const key = isFiscal && isToDate && months && lastKey(spelled.year, months, calendar);
    return key ? success(key) : failure(noWhole(text, spelled, meaning));
  }
  if (labels === 'fiscal') return success(fiscalKey(spelled)!);
  const span = calendarMonths(spelled);
  const unit = spelled.part as keyof typeof MONTHS_IN;
  const period = periodAt(span.start, { endMonth: calendar.endMonth, unit });
  return period.start === span.start
    ? success(period.label)
    : failure(offCalendar(text, span, calendar));
}

/** How many months of the year end with the part; nothing for the second half alone. */
function monthsToDate({ part, index, isToDate }: SpelledPeriod): number | undefined {
  if (part === 'half' && !isToDate && index === 2) return undefined;
  return part === 'day' ? undefined : index * MONTHS_IN[part];
}

/** The key of the period with which so many months of a fiscal year end; nothing if none ends there. */
function lastKey(year: number, months: number, { unit }: FiscalCalendar): string | undefined {
  const index = months / MONTHS_IN[unit];
  return Number.isInteger(index) ? fiscalKey({ year, part: unit, index }) : undefined;
}

/** The months of a part of the calendar year. */
function calendarMonths({ year, part, index }: SpelledPeriod): Months {
  const length = part === 'day' ? 1 : MONTHS_IN[part];
  const start = 12 * year + (index - 1) * length;
  return { start, end: start + length };
}

/** A date may be so many days away from the end of its period: years of 52 or 53 weeks end on a weekday. */
const MOST_DAYS = 7;

/** The key of a day, or of a month that ends a period. */
function keyOfDay(
  text: string,
  { year, part, index, day }: SpelledPeriod,
  labels: 'month_end' | 'date',
  { calendar }: LabelMeaning,
): Result<string, Problem> {
  if (part !== 'day' && part !== 'month') return failure(noDay(text, labels));
  const month = 12 * year + index - 1;
  const period = periodAt(month, calendar);
  if (labels === 'date') return success(period.label);
  const isLast = month === period.end - 1;
  if (day === undefined ? isLast : isLast && daysIn(year, index) - day <= MOST_DAYS)
    return success(period.label);
  const isJustAfter = month === period.start && day !== undefined && day <= MOST_DAYS;
  if (isJustAfter) return success(periodAt(month - 1, calendar).label);
  return failure({
    message: `\`${text}\` is not within ${MOST_DAYS} days of the end of a ${calendar.unit}`,
    expected: `the end of a ${calendar.unit}: ${period.label} ends in ${monthLabel(period.end - 1)}`,
    hint: 'write `labels: date` if a date stands for the period that it lies in',
  });
}

function noPeriod(text: string): Problem {
  return {
    message: `\`${text}\` is not a period`,
    expected: 'a period such as FY2026Q1, 2024Q3, 2024-09 or 2024-09-30',
    hint: 'write one of these, or leave the row out by `where`',
  };
}

/** Without `labels` a spelling can mean a fiscal or a calendar period. */
function twoMeanings(text: string, spelled: SpelledPeriod, meaning: LabelMeaning): Problem {
  const readings = (['fiscal', 'calendar', 'month_end', 'date'] as const).flatMap((labels) => {
    const key = keyOfLabel(text, { ...meaning, labels });
    return key.ok ? [{ labels, key: key.value }] : [];
  });
  const isOpen = new Set(readings.map(({ key }) => key)).size > 1;
  const key = fiscalKey(spelled) ?? 'a period such as FY2026Q1';
  const ways = readings.map(({ labels }) => `\`labels: ${labels}\` beside \`file\``);
  return {
    message: isOpen ? `\`${text}\` can mean several periods` : `\`${text}\` is not a period key`,
    expected: 'a period key such as FY2026Q1, or `labels` beside `file`, which says what is meant',
    ...(isOpen && {
      found: readings.map((one) => `${one.key} by \`labels: ${one.labels}\``).join(', '),
    }),
    hint: `write ${[...(isOpen ? [] : [key]), ...ways].join(' or ')}`,
  };
}

function otherYear(text: string, { says }: SpelledPeriod, labels: PeriodLabels): Problem {
  return {
    message: `\`${text}\` is of a ${says!} year, and \`labels: ${labels}\` says that the labels are not`,
    hint: `write \`labels: ${says!}\`, or leave the row out by \`where\``,
  };
}

function isADay(text: string, labels: PeriodLabels): Problem {
  return {
    message: `\`${text}\` is a day, and \`labels: ${labels}\` is for years, quarters and months`,
    hint: 'write `labels: month_end` for days that end a period, or `labels: date` for days in one',
  };
}

function noDay(text: string, labels: PeriodLabels): Problem {
  return {
    message: `\`${text}\` is no day, and \`labels: ${labels}\` is for days and months`,
    hint: 'write `labels: fiscal` or `labels: calendar`',
  };
}

function noWhole(
  text: string,
  spelled: SpelledPeriod,
  { calendar, isToDate }: LabelMeaning,
): Problem {
  const isFirst = monthsToDate(spelled) !== undefined;
  return {
    message: `\`${text}\` is not one ${calendar.unit} of the calendar`,
    expected: `a ${calendar.unit}, or with \`cumulative: true\` the fiscal year up to the end of one`,
    hint:
      isFirst && !isToDate
        ? 'write `cumulative: true` if the amounts are for the fiscal year to date'
        : 'leave the row out by `where`, or give the amounts of its periods',
  };
}

function offCalendar(text: string, { start, end }: Months, { endMonth }: FiscalCalendar): Problem {
  const last = MONTH_NAMES[endMonth - 1]!;
  return {
    message: `\`${text}\` is no period of fiscal years that end in ${last}`,
    found: `${monthLabel(start)} to ${monthLabel(end - 1)}`,
    hint: 'write `labels: fiscal` if fiscal periods are meant, or give the amounts by month',
  };
}
