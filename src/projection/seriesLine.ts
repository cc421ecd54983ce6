/** The lines of a table: the rows that differ in time alone, as a series over the groups of time. */
import { groupBy } from '../core/group.js';
import { greatest } from '../core/lists.js';
import { powerOfTen } from '../core/number/decimal.js';
import { MONTHS_IN, spanOf, straddles, type Months, type TimeCalendar } from '../core/period.js';
import { failure, success, type Result } from '../core/result.js';
import { allocateEqually } from '../core/rounding/allocate.js';
import { buyerKey, type Scenario } from '../scenario/scenario.js';
import type { Projection } from './evaluate.js';
import { groupRows, isTime, rollup, sumIn, type Dimension, type RolledRow } from './rollup.js';
import {
  calendarOf,
  isBySupplier,
  timeGroups,
  type TimeDimension,
  type TimeGroup,
} from './timeGroups.js';
import { SERIES_REASONS, timeSeries, type KnownMonths, type TimeSeries } from './timeSeries.js';

/** Why a derived number is not defined. */
export const REASONS = {
  ...SERIES_REASONS,
  noTime: 'no dimension of time is kept',
  apart: 'of the dimensions of time that are kept, none lies inside the others',
  tail: 'what comes after the window is no group of time',
  notReported: 'what was reported before the window is demand in the currency of the envelope',
  calendars: 'the suppliers of the row have different fiscal years',
  zeroSum: 'the sum of the rows is 0',
} as const;
export type Reason = keyof typeof REASONS;

/** A row of a table with its exact number. */
export interface ExactRow extends Pick<RolledRow, 'labels' | 'measure' | 'unit' | 'count'> {
  readonly cells: readonly { readonly supplier: string }[];
  /** The keys of the buyers whose numbers it adds up, where there are several. */
  readonly buyers?: readonly string[];
}

/** A forecast behind the rows of a table. */
export type DerivedForecast = Pick<Projection, 'scenario' | 'before'>;

/** A group of time, with the part of it that lies in the windows. */
export interface CoveredGroup extends TimeGroup {
  readonly within: Months;
}

/** The rows from which columns are derived, each with its buyer and one cell of each supplier. */
export function exactRows(
  { scenario }: Pick<Projection, 'scenario'>,
  rows: readonly RolledRow[],
): readonly ExactRow[] {
  const buyers = [buyerKey(scenario)];
  return rows.map((row) => {
    const sellers = new Set(row.cells.map(({ supplier }) => supplier));
    return { ...row, cells: Array.from(sellers, (supplier) => ({ supplier })), buyers };
  });
}

/** Such rows of several buyers, summed where their labels are equal. */
export function summedExact(
  rows: readonly ExactRow[],
  dimensions: readonly Dimension[],
): readonly ExactRow[] {
  return groupRows(rows, dimensions).map(({ labels, measure, unit, cells: own }) => ({
    ...{ labels, measure, unit, count: sumIn(unit, own) },
    cells: own.flatMap(({ cells }) => cells),
    buyers: own.flatMap(({ buyers }) => buyers ?? []),
  }));
}

/** The rows of one forecast, or of several buyers, by some dimensions. */
export function exactTable(
  members: readonly Pick<Projection, 'scenario' | 'cells'>[],
  dimensions: readonly Dimension[],
): readonly ExactRow[] {
  const rows = members.flatMap((one) => exactRows(one, rollup(one, dimensions)));
  return members.length === 1 ? rows : summedExact(rows, dimensions);
}

/** A forecast, and what was reported by month before its window. */
export interface KnownForecast {
  readonly scenario: Scenario;
  readonly reported: KnownMonths['before'];
}

/** Reported is what a buyer spends, in the currency of its envelope. */
export function isReported({ measure, unit }: ExactRow, { scenario }: KnownForecast): boolean {
  return measure === 'demand' && unit.label === scenario.currency.code;
}

const NOTHING: KnownMonths['before'] = new Map();

/** @param isTotal whether rows are sums over all components and suppliers of the whole forecast */
export function knownForecast(
  { scenario, before }: DerivedForecast,
  isTotal: boolean,
): KnownForecast {
  return { scenario, reported: isTotal ? reportedByMonth(scenario, before) : NOTHING };
}

/** What was reported of the months before the window; a longer period is split over its months in equal parts. */
function reportedByMonth(
  { actuals, window }: Scenario,
  before: readonly bigint[],
): KnownMonths['before'] {
  const length = MONTHS_IN[window.calendar.unit];
  return new Map(
    actuals.before.flatMap(({ period }, i) =>
      allocateEqually(before[i]!, length).map((part, month) => {
        return [window.start + period * length + month, part] as const;
      }),
    ),
  );
}

/** The rows of a table that differ in time alone. */
export interface SeriesLine {
  readonly series: TimeSeries;
  /** Of the counts of the series. */
  readonly places: number;
  /** The sum of the window and of what comes after it. */
  readonly total: bigint;
  /** Which of the labels of a row is that of its group. */
  readonly labelAt: number;
  /** By label. */
  readonly groups: ReadonlyMap<string, CoveredGroup>;
}

export function seriesLine(
  all: readonly KnownForecast[],
  dimensions: readonly Dimension[],
  rows: readonly ExactRow[],
): Result<SeriesLine, Reason> {
  const buyers = new Set(rows.flatMap((row) => row.buyers ?? []));
  const members =
    buyers.size > 0 ? all.filter(({ scenario }) => buyers.has(buyerKey(scenario))) : all;
  const sellers = [...new Set(rows.flatMap(({ cells }) => cells.map(({ supplier }) => supplier)))];
  const calendars = (dimension: TimeDimension): readonly TimeCalendar[] => {
    const all = members.flatMap(({ scenario }) =>
      sellers
        .filter((supplier) => scenario.suppliers.has(supplier) || !isBySupplier(dimension))
        .map((supplier) => calendarOf(scenario, dimension, supplier)),
    );
    return [...groupBy(all, ({ endMonth }) => endMonth).values()].map(([one]) => one);
  };
  const finest = finestOf(dimensions, (one) => calendars(one)[0]!);
  if (!finest) return failure('noTime');
  const [calendar, ...others] = calendars(finest);
  if (others.length > 0) return failure('calendars');
  const groups = coveredGroups(
    members.map(({ scenario }) => scenario.window),
    calendar!,
  );
  const coarser = dimensions
    .filter(isTime)
    .flatMap((one) => (one === finest ? [] : calendars(one)));
  if (groups.some((group) => coarser.some((calendar) => straddles(group, calendar)))) {
    return failure('apart');
  }
  const byLabel = new Map(groups.map((group) => [group.label, group]));
  const labelAt = dimensions.indexOf(finest);
  const places = greatest(rows.map(({ unit }) => unit.places));
  const counts = new Map<number, bigint>(groups.map(({ ordinal }) => [ordinal, 0n]));
  let total = 0n;
  for (const row of rows) {
    const group = byLabel.get(row.labels[labelAt]!);
    const count = row.count * powerOfTen(places - row.unit.places);
    total += count;
    if (group) counts.set(group.ordinal, counts.get(group.ordinal)! + count);
  }
  const months = members.map((one): KnownMonths => {
    const { window } = one.scenario;
    return { window, before: isReported(rows[0]!, one) ? one.reported : NOTHING };
  });
  const series = timeSeries(calendar!, months, counts);
  return success({ series, places, total, labelAt, groups: byLabel });
}

/** The groups of all windows; each has the fewest months that a window holds of it. */
function coveredGroups(
  windows: readonly Months[],
  calendar: TimeCalendar,
): readonly CoveredGroup[] {
  const whole = spanOf(windows);
  return timeGroups(whole, calendar).map((group) => {
    const { start, end } = group;
    const held = windows.map((one) => Math.min(end, one.end) - Math.max(start, one.start));
    const within = { start: Math.max(start, whole.start), end: Math.min(end, whole.end) };
    return {
      ...group,
      held: Math.max(
        held.reduce((a, b) => Math.min(a, b)),
        0,
      ),
      within,
    };
  });
}

/** The dimension of time with the shortest groups; of several the last. */
function finestOf(
  dimensions: readonly Dimension[],
  calendar: (dimension: TimeDimension) => TimeCalendar,
): TimeDimension | undefined {
  const monthsIn = (one: TimeDimension) => MONTHS_IN[calendar(one).unit];
  return dimensions
    .filter(isTime)
    .reduce<TimeDimension | undefined>(
      (best, one) => (best && monthsIn(best) < monthsIn(one) ? best : one),
      undefined,
    );
}
