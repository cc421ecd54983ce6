/** Whole periods regrouped exactly: cells summed over the dimensions that are not asked for. */
import type { Diagnostic } from '../core/diagnostic.js';
import { fiscalYearOf, yearHolding, yearLabel } from '../core/period.js';
import { tailLabels } from '../model/calendar.js';
import type { Scenario } from '../scenario/scenario.js';
import { locate } from '../scenario/tree.js';
import { MEASURES, type Cell, type Measure, type Unit } from './plan.js';
import type { ProjectedCell, Projection } from './project.js';

export const DIMENSIONS = [
  'fiscal_year',
  'calendar_year',
  'supplier_year',
  'period',
  'component',
  'supplier',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];
export const TIME_DIMENSIONS: readonly Dimension[] = DIMENSIONS.slice(0, 4);

/** One row: the labels of the dimensions kept, and the sum of the cells that have them. */
export interface RolledRow {
  readonly labels: readonly string[];
  readonly measure: Measure;
  readonly unit: Unit;
  /** The number is `count` × 10^-places of the unit. */
  readonly count: bigint;
}

/** Rows in the order of the dimensions, each by its place in the forecast, then measure and unit. */
export function rollup(
  { scenario, cells }: Pick<Projection, 'scenario' | 'cells'>,
  dimensions: readonly Dimension[],
): readonly RolledRow[] {
  const labelsOf = labeller(scenario);
  const ranks = [...dimensions, 'measure', 'unit'].map(() => new Map<string, number>());
  MEASURES.forEach((measure, rank) => ranks[dimensions.length]!.set(measure, rank));
  const groups = new Map<string, Group>();
  for (const cell of cells) {
    const labels = dimensions.map((dimension) => labelsOf(cell, dimension));
    const words = [...labels, cell.measure, cell.unit.label];
    const key = words.join('\n');
    const group = groups.get(key);
    if (group) addTo(group, cell);
    else {
      const order = words.map((word, i) => rankOf(word, ranks[i]!));
      const { measure, unit, count } = cell;
      groups.set(key, { labels, measure, unit, count, order });
    }
  }
  return [...groups.values()].sort((a, b) => compareOrders(a.order, b.order));
}

/** A row under construction. */
interface Group extends RolledRow {
  unit: Unit;
  count: bigint;
  readonly order: readonly number[];
}

/** Units of one name may be counted in different quanta: the sum has the finer one's places. */
function addTo(group: Group, { unit, count }: ProjectedCell): void {
  const places = Math.max(group.unit.places, unit.places);
  const aligned = (value: bigint, from: Unit) => value * 10n ** BigInt(places - from.places);
  group.count = aligned(group.count, group.unit) + aligned(count, unit);
  if (unit.places > group.unit.places) group.unit = unit;
}

function rankOf(word: string, ranks: Map<string, number>): number {
  const rank = ranks.get(word) ?? ranks.size;
  ranks.set(word, rank);
  return rank;
}

function compareOrders(a: readonly number[], b: readonly number[]): number {
  const i = a.findIndex((rank, index) => rank !== b[index]);
  return i < 0 ? 0 : a[i]! - b[i]!;
}

type Labeller = (cell: Cell, dimension: Dimension) => string;

function labeller(scenario: Scenario): Labeller {
  const { window, suppliers } = scenario;
  const tail = tailLabels(window);
  const yearOf = (cell: Cell, endMonth: number, print: (year: number) => string) => {
    const period = window.periods[cell.period];
    if (period) return print(fiscalYearOf(period.start, endMonth));
    const last = fiscalYearOf(window.end - 1, endMonth);
    return fiscalYearOf(window.end, endMonth) > last ? `after ${print(last)}` : tail.period;
  };
  return (cell, dimension) => {
    switch (dimension) {
      case 'fiscal_year':
        return window.periods[cell.period]
          ? yearLabel(window.periods[cell.period]!.year)
          : tail.year;
      case 'calendar_year':
        return yearOf(cell, 12, String);
      case 'supplier_year':
        return yearOf(cell, suppliers.get(cell.supplier)!.yearEndMonth, yearLabel);
      case 'period':
        return window.periods[cell.period]?.label ?? tail.period;
      case 'component':
        return cell.leaf.path;
      case 'supplier':
        return cell.supplier;
    }
  };
}

/** Periods that lie in two of the years asked for, which no regrouping of whole periods can serve. */
export function straddlingPeriods(
  scenario: Scenario,
  dimensions: readonly Dimension[],
): readonly Diagnostic[] {
  const years: [name: string, endMonth: number][] = [];
  if (dimensions.includes('calendar_year')) years.push(['calendar years', 12]);
  if (dimensions.includes('supplier_year')) {
    const used = new Set(scenario.leaves.flatMap(({ suppliers }) => suppliers));
    for (const key of used) {
      years.push([`the fiscal years of ${key}`, scenario.suppliers.get(key)!.yearEndMonth]);
    }
  }
  return years.flatMap(([name, endMonth]): Diagnostic[] => {
    const period = scenario.window.periods.find((one) => yearHolding(one, endMonth) === undefined);
    if (!period) return [];
    return [
      {
        code: 'period-straddles',
        severity: 'error',
        span: locate(scenario.tree, 'calendar.period'),
        message: `${period.label} lies in two of ${name}`,
        expected: 'whole periods: an amount is never cut in two',
        hint: 'set `calendar.period` to a shorter one, or group by fiscal_year',
      },
    ];
  });
}
