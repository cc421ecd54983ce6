/**
 * Groups of time: the years, halves and quarters by which cells are reported. A period that lies in more than
 * one of them is split over its months, in equal parts and with what is left over in the earlier months.
 */
import {
  MONTHS_IN,
  periodAt,
  straddles,
  type Months,
  type Period,
  type TimeCalendar,
  type TimeUnit,
} from '../core/period.js';
import { allocateEqually } from '../core/rounding/allocate.js';
import { sayIn, type Language } from '../core/text/language.js';
import { tailLabel, type Window } from '../model/calendar.js';
import type { Scenario } from '../scenario/scenario.js';
import type { ProjectedCell } from './evaluate.js';
import type { Cell } from './plan.js';

/** The dimensions of time, in the order of the columns. */
export const TIME_DIMENSIONS = [
  ...(['fiscal_year', 'fiscal_half', 'fiscal_quarter'] as const),
  ...(['calendar_year', 'calendar_half', 'calendar_quarter'] as const),
  ...(['supplier_year', 'supplier_half', 'supplier_quarter'] as const),
  'period',
] as const;
/** A dimension of time: its groups are the periods of a calendar. */
export type TimeDimension = (typeof TIME_DIMENSIONS)[number];

/** The years that end in December, by their number alone: `2026`. */
const CALENDAR_YEARS = { endMonth: 12, prefix: '' } as const;

/** The calendar whose periods are the groups of a dimension: of the buyer, or of one of the suppliers. */
export function calendarOf(
  { window, suppliers }: Scenario,
  dimension: TimeDimension,
  supplier: string,
): TimeCalendar {
  if (dimension === 'period') return window.calendar;
  const [whose, unit] = dimension.split('_') as ['fiscal' | 'calendar' | 'supplier', TimeUnit];
  if (whose === 'calendar') return { ...CALENDAR_YEARS, unit };
  const { endMonth } = window.calendar;
  return { endMonth: whose === 'fiscal' ? endMonth : suppliers.get(supplier)!.yearEndMonth, unit };
}

/** Whether each supplier has a calendar of its own in a dimension. */
export function isBySupplier(dimension: TimeDimension): boolean {
  return dimension.startsWith('supplier');
}

/** What is made of the calendar that a dimension has for a supplier; it is made once for each calendar. */
function byCalendar<T>(
  scenario: Scenario,
  dimension: TimeDimension,
  make: (calendar: TimeCalendar) => T,
): (supplier: string) => T {
  if (!isBySupplier(dimension)) {
    const made = make(calendarOf(scenario, dimension, ''));
    return () => made;
  }
  const known = new Map<number, T>();
  return (supplier) => {
    const endMonth = scenario.suppliers.get(supplier)!.yearEndMonth;
    const made = known.get(endMonth) ?? make(calendarOf(scenario, dimension, supplier));
    known.set(endMonth, made);
    return made;
  };
}

/** A period of a calendar, of which the window holds some months. */
export interface TimeGroup extends Period {
  /** How many months of it lie in the window. */
  readonly held: number;
}

/**
 * The groups of a calendar that the window holds in whole or in part, in the order of time.
 *
 * @param months in which the groups lie: those of the window unless given
 */
export function timeGroups(
  { start, end }: Months,
  calendar: TimeCalendar,
  months: Months = { start, end },
): readonly TimeGroup[] {
  const groups: TimeGroup[] = [];
  for (let month = months.start; month < months.end; month = groups.at(-1)!.end) {
    const group = periodAt(month, calendar);
    const held = Math.min(group.end, end) - Math.max(group.start, start);
    groups.push({ ...group, held: Math.max(held, 0) });
  }
  return groups;
}

/** `2025, 9 of 12 months`; the label alone of a group that the window holds in whole. */
export function partLabel({ label, held, unit }: TimeGroup, language?: Language): string {
  const all = MONTHS_IN[unit];
  const say = sayIn(language);
  return held < all ? say('{label}, {held} of {all} months', { label, held, all }) : label;
}

/** A label in words; that of the tail is `after FY2028`. */
export function tailWords(label: string, language?: Language): string {
  const [, last] = /^after (.+)$/.exec(label) ?? [];
  return last === undefined ? label : sayIn(language)('after {last}', { last });
}

/** What a label names: a group of the buyer's calendar or of the calendar itself, or the tail. */
interface NamedTime {
  readonly dimension: TimeDimension;
  /** Nothing for the tail. */
  readonly group: TimeGroup | undefined;
}

/** By label. */
type NamedTimes = ReadonlyMap<string, NamedTime>;

const timesByWindow = new WeakMap<Window, NamedTimes>();

/** All labels by which a cell may be named. Those of a supplier's calendar would name the buyer's groups. */
export function namedTimes(scenario: Scenario): NamedTimes {
  const { window } = scenario;
  const known = timesByWindow.get(window);
  if (known) return known;
  const times = new Map<string, NamedTime>();
  for (const dimension of TIME_DIMENSIONS.filter((one) => !isBySupplier(one))) {
    const calendar = calendarOf(scenario, dimension, '');
    for (const group of timeGroups(window, calendar)) times.set(group.label, { dimension, group });
    times.set(tailLabel(window, calendar), { dimension, group: undefined });
  }
  timesByWindow.set(window, times);
  return times;
}

/** The label of a cell in a dimension of time; cells must be split first. */
export function timeLabeller(scenario: Scenario, dimension: TimeDimension): (cell: Cell) => string {
  const labelOf = byCalendar(scenario, dimension, (one) => labellerIn(scenario.window, one));
  return (cell) => labelOf(cell.supplier)(cell);
}

function labellerIn(window: Window, calendar: TimeCalendar): (cell: Cell) => string {
  const labels = window.periods.map(({ start }) => periodAt(start, calendar).label);
  labels.push(tailLabel(window, calendar));
  const byMonth: string[] = [];
  return ({ period, month }) => {
    if (month === undefined) return labels[period]!;
    return (byMonth[month - window.start] ??= periodAt(month, calendar).label);
  };
}

/** The periods of the window, by their index, that lie in more than one group of a calendar. */
export function straddlingPeriods(
  { periods }: Window,
  calendar: TimeCalendar,
): ReadonlySet<number> {
  return new Set(periods.flatMap((period, t) => (straddles(period, calendar) ? [t] : [])));
}

/** Whether a cell lies in more than one group of a dimension; nothing where none does. */
export function acrossGroups(
  scenario: Scenario,
  dimensions: readonly TimeDimension[],
): CellTest | undefined {
  const across = dimensions.flatMap((dimension) => {
    const periodsOf = byCalendar(scenario, dimension, (one) =>
      straddlingPeriods(scenario.window, one),
    );
    const suppliers = isBySupplier(dimension) ? [...scenario.suppliers.keys()] : [''];
    return suppliers.some((key) => periodsOf(key).size > 0) ? [periodsOf] : [];
  });
  if (across.length === 0) return undefined;
  return ({ period, supplier }) => across.some((periodsOf) => periodsOf(supplier).has(period));
}

/** A test of cells. */
export type CellTest = (cell: Cell) => boolean;

/** Cells that each lie in one group of every dimension; those that lie in more are split over their months. */
export function splitAcrossGroups(
  scenario: Scenario,
  cells: readonly ProjectedCell[],
  dimensions: readonly TimeDimension[],
): readonly ProjectedCell[] {
  return splitOverMonths(scenario.window, cells, acrossGroups(scenario, dimensions));
}

/** Splits some cells over the months of their periods; a part of a cell is not split again. */
export function splitOverMonths(
  { periods }: Window,
  cells: readonly ProjectedCell[],
  isSplit: CellTest | undefined,
): readonly ProjectedCell[] {
  if (!isSplit) return cells;
  const parts: ProjectedCell[] = [];
  for (const cell of cells) {
    if (cell.month !== undefined || !isSplit(cell)) {
      parts.push(cell);
      continue;
    }
    const { period, path, supplier, measure, unit, ref } = cell;
    const { start, end } = periods[period]!;
    const counts = allocateEqually(cell.count / unit.multiple, end - start);
    for (const [i, part] of counts.entries()) {
      // Written out, not spread: spreading takes most of the time.
      const count = part * unit.multiple;
      parts.push({ period, month: start + i, path, supplier, measure, unit, ref, count });
    }
  }
  return parts;
}
