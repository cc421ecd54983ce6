/** Whole periods regrouped exactly: cells summed over the dimensions that are not asked for. */
import type { Diagnostic } from '../core/diagnostic.js';
import { fiscalYearOf, yearHolding, yearLabel } from '../core/period.js';
import { tailLabels } from '../model/calendar.js';
import type { Scenario } from '../scenario/scenario.js';
import { locate } from '../scenario/tree.js';
import { sellersOf } from './content.js';
import { MEASURES, type Cell, type Measure, type Unit } from './plan.js';
import type { ProjectedCell, Projection } from './project.js';

/** What a forecast can be kept by, in the order of the columns. */
export const DIMENSIONS = [
  'fiscal_year',
  'calendar_year',
  'supplier_year',
  'period',
  'component',
  'supplier',
] as const;
/** One of them. */
export type Dimension = (typeof DIMENSIONS)[number];
export const TIME_DIMENSIONS: readonly Dimension[] = DIMENSIONS.slice(0, 4);

/** The cells that have the same labels, measure and unit. */
export interface Group<C extends Cell> {
  readonly labels: readonly string[];
  readonly measure: Measure;
  /** The finest of the cells' units. */
  readonly unit: Unit;
  readonly cells: readonly C[];
}

/** One row: the labels of the dimensions kept, and the sum of the cells that have them. */
export interface RolledRow extends Group<ProjectedCell> {
  /** The number is `count` × 10^-places of the unit. */
  readonly count: bigint;
}

/**
 * The cells of a forecast summed over all dimensions but those to keep. Units are never mixed: there is a row
 * for each measure and unit.
 *
 * @param projection or some of its cells with the scenario: `{ scenario, cells }`
 * @param dimensions to keep
 * @returns rows in the order of the dimensions, each by its place in the forecast, then measure and unit
 */
export function rollup(
  { scenario, cells }: Pick<Projection, 'scenario' | 'cells'>,
  dimensions: readonly Dimension[],
): readonly RolledRow[] {
  return groupCells(scenario, cells, dimensions).map((group) => {
    const { unit, cells: members } = group;
    const count = members.reduce((sum, cell) => sum + cell.count * scaleTo(unit, cell.unit), 0n);
    return { ...group, count };
  });
}

/** Units of one name may be counted in different quanta: how many of the finer make one of these. */
export function scaleTo(finer: Unit, unit: Unit): bigint {
  return 10n ** BigInt(finer.places - unit.places);
}

/** Cells by the dimensions kept, in the order of the rows. */
export function groupCells<C extends Cell>(
  scenario: Scenario,
  cells: readonly C[],
  dimensions: readonly Dimension[],
): readonly Group<C>[] {
  const labelsOf = labeller(scenario);
  const ranks = [...dimensions, 'measure', 'unit'].map(() => new Map<string, number>());
  MEASURES.forEach((measure, rank) => ranks[dimensions.length]!.set(measure, rank));
  const groups = new Map<string, Group<C> & { cells: C[]; unit: Unit; order: readonly number[] }>();
  for (const cell of cells) {
    const labels = dimensions.map((dimension) => labelsOf(cell, dimension));
    const words = [...labels, cell.measure, cell.unit.label];
    const key = words.join('\n');
    const group = groups.get(key);
    if (!group) {
      const order = words.map((word, i) => rankOf(word, ranks[i]!));
      const { measure, unit } = cell;
      groups.set(key, { labels, measure, unit, cells: [cell], order });
      continue;
    }
    group.cells.push(cell);
    if (cell.unit.places > group.unit.places) group.unit = cell.unit;
  }
  return [...groups.values()].sort((a, b) => compareOrders(a.order, b.order));
}

function rankOf(word: string, ranks: Map<string, number>): number {
  const rank = ranks.get(word) ?? ranks.size;
  ranks.set(word, rank);
  return rank;
}

function compareOrders(a: readonly number[], b: readonly number[]): number {
  let i = 0;
  while (i < a.length - 1 && a[i] === b[i]) i++;
  return a[i]! - b[i]!;
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
        return cell.path;
      case 'supplier':
        return cell.supplier;
    }
  };
}

/** Periods that lie in two of the years asked for, which no regrouping of whole periods can serve. */
export function straddlingPeriods(
  scenario: Scenario,
  dimensions: readonly Dimension[],
  measures: readonly Measure[] = MEASURES,
): readonly Diagnostic[] {
  const years: [name: string, endMonth: number][] = [];
  if (dimensions.includes('calendar_year')) years.push(['calendar years', 12]);
  if (dimensions.includes('supplier_year')) {
    for (const key of sellersOf(scenario, measures)) {
      years.push([`fiscal years of ${key}`, scenario.suppliers.get(key)!.yearEndMonth]);
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
        message: `${period.label} lies in two ${name}`,
        expected: 'whole periods: an amount is never cut in two',
        hint: 'set `calendar.period` to a shorter one, or group by fiscal_year',
      },
    ];
  });
}
