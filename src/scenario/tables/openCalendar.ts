/** Tables of days in a portfolio, which has no length of periods: of its rates, the days themselves say it. */
import { monthLabel, monthsOf, readPeriodKey, type FiscalCalendar } from '../../core/period.js';
import { hasErrors } from '../../core/text/diagnostic.js';
import type { Span } from '../../core/text/source.js';
import type { ProblemList } from '../reporter.js';
import type { MapEntry, MapNode } from '../tree.js';

/** What a table gives when it is read by a calendar, and the problems that it has then. */
interface TableReading {
  readonly map: MapNode | undefined;
  readonly found: ProblemList;
}

const MONTHS: FiscalCalendar = { endMonth: 12, unit: 'month' };
const QUARTERS: FiscalCalendar = { endMonth: 12, unit: 'quarter' };

/**
 * Reads a table whose days stand for months, or for quarters. Days of every month from the first to the last stand for
 * months; else all of them have to stand for quarters, but a single day may stand for its month.
 */
export function byMonthOrQuarter<R extends TableReading>(
  readBy: (calendar: FiscalCalendar) => R,
): R {
  const months = readBy(MONTHS);
  const isReadable = months.map !== undefined && !hasErrors(months.found.diagnostics);
  const sparse = isReadable ? periodMaps(months.map).find((one) => !isWithoutGap(one)) : undefined;
  if (isReadable && !sparse) return months;
  const quarters = readBy(QUARTERS);
  const [mistakes, others] = [months, quarters].map(({ found }) => found.diagnostics.length);
  if (!hasErrors(quarters.found.diagnostics) || others! < mistakes!) return quarters;
  const gap = sparse && gapIn(sparse);
  if (gap)
    months.found.error('csv-series', gap.span, {
      message: 'the days of this table stand neither for quarters nor for months without a gap',
      found: `no row for ${gap.missing} before this one`,
      hint: 'add it, or write periods such as 2026-01 and `labels: calendar`',
    });
  return months;
}

type PeriodMap = readonly (readonly [key: string, entry: MapEntry])[];

/** The maps by period: one for each currency, or the map itself. */
function periodMaps(map: MapNode): readonly PeriodMap[] {
  const own = [...map.entries].filter(([key]) => readPeriodKey(key) !== undefined);
  if (own.length > 0) return [own];
  return [...map.entries.values()].flatMap(({ node }) =>
    node.kind === 'map' ? periodMaps(node) : [],
  );
}

/** Whether it has more than one month, and every one between the first and the last. */
function isWithoutGap(map: PeriodMap): boolean {
  return map.length > 1 && gapIn(map) === undefined;
}

/** The first month that is missing, and the place of the one after it. */
function gapIn(map: PeriodMap): { readonly missing: string; readonly span: Span } | undefined {
  const months = map
    .map(([key, { key: span }]) => ({ start: monthsOf(readPeriodKey(key)!, MONTHS).start, span }))
    .sort((a, b) => a.start - b.start);
  const after = months.find(({ start }, i) => i > 0 && start > months[i - 1]!.start + 1);
  return after && { missing: monthLabel(after.start - 1), span: after.span };
}
