/** Checks that no rate, and no reported amount, is later than the day of the forecast. */
import { daysIn, type CalendarDate } from '../../core/number/literal.js';
import { MONTHS_IN, compareDates, monthsOf, printDate, readPeriodKey } from '../../core/period.js';
import type { Problem, Reporter } from '../../core/text/diagnostic.js';
import type { Actuals } from '../../model/actuals.js';
import type { Window } from '../../model/calendar.js';
import { isRest, type Input, type Share } from '../../model/input.js';
import type { Supplier } from '../../model/supplier.js';

/** What has a day, or a period that has to have ended. */
interface DatedParts {
  readonly remarked: readonly Share[];
  readonly window?: Window | undefined;
  readonly actuals?: Actuals;
  readonly suppliers?: ReadonlyMap<string, Supplier> | undefined;
}

/** A forecast of one day uses nothing that was not known on that day. */
export function checkLookAhead(
  parts: DatedParts,
  asOf: CalendarDate | undefined,
  report: Reporter,
): void {
  if (!asOf) return;
  for (const input of parts.remarked) checkDate(input, asOf, report);
  for (const { input, key, end } of reportedAmounts(parts)) {
    const last = lastDayBefore(end);
    if (compareDates(last, asOf) > 0) {
      report.error('look-ahead', input.path, notEnded(key, last, asOf), 'key');
    }
  }
}

function checkDate(input: Share, asOf: CalendarDate, report: Reporter): void {
  const { date } = input.attributes;
  if (isRest(input) || !date || compareDates(date.value, asOf) <= 0) return;
  report.error('look-ahead', date.path, {
    message: `the rate \`${input.path}\` was not known on ${printDate(asOf)}, the day of the forecast`,
    expected: 'a rate of that day or earlier: a forecast uses no later information',
    found: `its date is ${printDate(date.value)}`,
    hint: 'write a rate of an earlier day, or a later `as_of`; an assumed rate has no date',
  });
}

/** An amount that was reported for a period. */
interface ReportedAmount {
  readonly input: Input;
  /** Of the period. */
  readonly key: string;
  /** The month after the period, counted from the year 0. */
  readonly end: number;
}

/** What the buyer has reported, and the reported revenue of suppliers. */
function reportedAmounts({ window, actuals, suppliers }: DatedParts): readonly ReportedAmount[] {
  const all = actuals ? [...actuals.within.values(), ...actuals.before] : [];
  const length = window ? MONTHS_IN[window.calendar.unit] : 0;
  const capex = all.map(({ reported, period }) => ({
    input: reported,
    key: lastKey(reported.path),
    end: window!.start + (period + 1) * length,
  }));
  const revenue = [...(suppliers?.values() ?? [])].flatMap(({ yearEndMonth, revenue: own }) =>
    [...own].map(([key, input]) => {
      const year = monthsOf(readPeriodKey(key)!, { endMonth: yearEndMonth, unit: 'year' });
      return { input, key, end: year.end };
    }),
  );
  return [...capex, ...revenue];
}

function lastKey(path: string): string {
  return path.split('.').at(-1)!;
}

/** The last day before a month, which is counted from the year 0. */
function lastDayBefore(month: number): CalendarDate {
  const [year, index] = [Math.floor((month - 1) / 12), ((month - 1) % 12) + 1];
  return { year, month: index, day: daysIn(year, index) };
}

function notEnded(key: string, last: CalendarDate, asOf: CalendarDate): Problem {
  return {
    message: `${key} had not ended on ${printDate(asOf)}, the day of the forecast`,
    expected: 'amounts of periods that had ended: a forecast uses no later information',
    found: `${key} ends on ${printDate(last)}`,
    hint: 'delete the amount, or write a later `as_of`',
  };
}
