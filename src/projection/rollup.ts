/** Rollup: cells summed exactly over the dimensions that are not kept; periods are never cut. */
import { powerOfTen } from '../core/number/decimal.js';
import { ONE } from '../core/number/fraction.js';
import { fiscalYearOf, yearHolding, yearLabel, type Months, type Period } from '../core/period.js';
import { allocate } from '../core/rounding/allocate.js';
import type { Diagnostic } from '../core/text/diagnostic.js';
import { tailLabels } from '../model/calendar.js';
import type { Scenario } from '../scenario/scenario.js';
import { locate } from '../scenario/tree.js';
import type { ProjectedCell, Projection } from './evaluate.js';
import { sellersOf } from './measureTree.js';
import { MEASURES, type Cell, type Measure, type Unit } from './plan.js';

/** The dimensions that a rollup can keep, in the order of the columns. */
export const DIMENSIONS = [
  'fiscal_year',
  'calendar_year',
  'supplier_year',
  'period',
  'component',
  'supplier',
] as const;
/** A dimension of the forecast. */
export type Dimension = (typeof DIMENSIONS)[number];
/** The dimensions of time. */
export const TIME_DIMENSIONS: readonly Dimension[] = DIMENSIONS.slice(0, 4);

/**
 * Compares two labels of one dimension of time. Their order as text is that of time: years have four
 * digits and months two, and `after …` follows every period.
 */
export function compareTimes(a: string, b: string): number {
  return Number(a > b) - Number(a < b);
}

/** The cells that have the same labels, measure and unit. */
export interface CellGroup<C extends Cell> {
  readonly labels: readonly string[];
  readonly measure: Measure;
  /** The finest of the cells' units. */
  readonly unit: Unit;
  readonly cells: readonly C[];
}

/** One row of a rollup: the labels of the dimensions kept, and the sum of the cells that have them. */
export interface RolledRow extends CellGroup<ProjectedCell> {
  /** The number is `count` × 10^-places of the unit. */
  readonly count: bigint;
}

/**
 * The cells of a forecast summed over all dimensions but those to keep. Units are never mixed: there
 * is a row for each measure and unit.
 *
 * @param projection a forecast, or some of its cells with the scenario
 * @param dimensions to keep
 * @returns rows in the order of the dimensions: labels of time as time goes, others by their place in
 *   the forecast; then by measure and unit
 */
export function rollup(
  { scenario, cells }: Pick<Projection, 'scenario' | 'cells'>,
  dimensions: readonly Dimension[],
): readonly RolledRow[] {
  return groupCells(scenario, cells, dimensions).map(
    ({ labels, measure, unit, cells: members }) => {
      const count = members.reduce((sum, cell) => sum + cell.count * scaleTo(unit, cell.unit), 0n);
      return { labels, measure, unit, cells: members, count };
    },
  );
}

/** How many quanta of the finer unit make one of the other; both have the same name. */
export function scaleTo(finer: Unit, unit: Unit): bigint {
  return powerOfTen(finer.places - unit.places);
}

/** Cells by the dimensions kept, in the order of the rows of a rollup. */
export function groupCells<C extends Cell>(
  scenario: Scenario,
  cells: readonly C[],
  dimensions: readonly Dimension[],
): readonly CellGroup<C>[] {
  const labellers = dimensions.map((dimension) => {
    const isTime = TIME_DIMENSIONS.includes(dimension);
    return { labelOf: labeller(scenario, dimension), isTime };
  });
  const all: Branch<C> = { labels: [], time: '', place: '', below: undefined, groups: [] };
  const places = new Map<string, number>();
  for (const cell of cells) {
    let branch = all;
    for (const { labelOf, isTime } of labellers) {
      branch = branchAt(branch, labelOf(cell), isTime, places);
    }
    const { measure, unit } = cell;
    const group = branch.groups.find(
      (one) => one.measure === measure && one.unit.label === unit.label,
    );
    if (!group) branch.groups.push({ labels: branch.labels, measure, unit, cells: [cell] });
    else {
      group.cells.push(cell);
      if (unit.places > group.unit.places) group.unit = unit;
    }
  }
  return groupsBelow(all, places);
}

/** The cells that share their first labels: by the next label. */
interface Branch<C extends Cell> {
  readonly labels: readonly string[];
  /** Its last label, if that is one of time. */
  readonly time: string;
  /** All of its labels but those of time. */
  readonly place: string;
  below: Map<string, Branch<C>> | undefined;
  readonly groups: (CellGroup<C> & { cells: C[]; unit: Unit })[];
}

/** @param places the places in the order of the forecast: a new one is added */
function branchAt<C extends Cell>(
  above: Branch<C>,
  label: string,
  isTime: boolean,
  places: Map<string, number>,
): Branch<C> {
  const known = above.below?.get(label);
  if (known) return known;
  const place = isTime ? above.place : `${above.place}\n${label}`;
  if (!places.has(place)) places.set(place, places.size);
  const branch: Branch<C> = {
    labels: [...above.labels, label],
    time: isTime ? label : '',
    place,
    below: undefined,
    groups: [],
  };
  above.below ??= new Map();
  above.below.set(label, branch);
  return branch;
}

function groupsBelow<C extends Cell>(
  { below, groups }: Branch<C>,
  places: ReadonlyMap<string, number>,
): readonly CellGroup<C>[] {
  const rank = ({ measure }: CellGroup<C>) => MEASURES.indexOf(measure);
  const rankOf = ({ place }: Branch<C>) => places.get(place)!;
  const branches = [...(below?.values() ?? [])].sort(
    (a, b) => compareTimes(a.time, b.time) || rankOf(a) - rankOf(b),
  );
  return [
    ...groups.sort((a, b) => rank(a) - rank(b)),
    ...branches.flatMap((branch) => groupsBelow(branch, places)),
  ];
}

type Labeller = (cell: Cell) => string;

/** The label of a cell in a dimension. */
function labeller(scenario: Scenario, dimension: Dimension): Labeller {
  switch (dimension) {
    case 'fiscal_year':
      return byPeriod(scenario, ({ year }) => yearLabel(year), tailLabels(scenario.window).year);
    case 'calendar_year':
      return yearOf(scenario, 12, String);
    case 'supplier_year': {
      const years = new Map(
        [...scenario.suppliers].map(([key, { yearEndMonth }]) => [
          key,
          yearOf(scenario, yearEndMonth, yearLabel),
        ]),
      );
      return (cell) => years.get(cell.supplier)!(cell);
    }
    case 'period':
      return byPeriod(scenario, ({ label }) => label, tailLabels(scenario.window).period);
    case 'component':
      return ({ path }) => path;
    case 'supplier':
      return ({ supplier }) => supplier;
  }
}

function byPeriod(
  { window }: Scenario,
  labelOf: (period: Period) => string,
  tail: string,
): Labeller {
  const labels = [...window.periods.map(labelOf), tail];
  return ({ period }) => labels[period]!;
}

function yearOf(scenario: Scenario, endMonth: number, print: (year: number) => string): Labeller {
  const { window } = scenario;
  const last = fiscalYearOf(window.end - 1, endMonth);
  const isYear = fiscalYearOf(window.end, endMonth) > last;
  const tail = isYear ? `after ${print(last)}` : tailLabels(window).period;
  return byPeriod(scenario, ({ start }) => print(fiscalYearOf(start, endMonth)), tail);
}

/**
 * A count by the years that a period lies in. In two years, it is first split over the months of the
 * period, in equal parts and with what is left over in the earlier months.
 */
export function splitOverYears(
  { start, end }: Months,
  endMonth: number,
  count: bigint,
): ReadonlyMap<number, bigint> {
  const months = Array.from({ length: end - start }, (_, i) => fiscalYearOf(start + i, endMonth));
  const parts = allocate(
    count,
    months.map(() => ONE),
  );
  const byYear = new Map<number, bigint>();
  months.forEach((year, i) => byYear.set(year, (byYear.get(year) ?? 0n) + parts[i]!));
  return byYear;
}

/** One error for each kind of year that splits a period: whole periods cannot be summed to such years. */
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
