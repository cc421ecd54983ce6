/** Rollup: cells summed exactly over the dimensions that are not kept. */
import { powerOfTen } from '../core/number/decimal.js';
import { buyerKey, type Scenario } from '../scenario/scenario.js';
import type { ProjectedCell, Projection } from './evaluate.js';
import { MEASURES, type Cell, type Measure, type Unit } from './plan.js';
import {
  TIME_DIMENSIONS,
  splitAcrossGroups,
  timeLabeller,
  type TimeDimension,
} from './timeGroups.js';

/** The dimensions of one scenario, in the order of the columns. */
export const SCENARIO_DIMENSIONS = [...TIME_DIMENSIONS, 'component', 'supplier'] as const;
/** The dimensions that a rollup can keep, in the order of the columns: the buyer is the first one. */
export const DIMENSIONS = ['buyer', ...SCENARIO_DIMENSIONS] as const;
/** A dimension of the forecast. */
export type Dimension = (typeof DIMENSIONS)[number];

/** Whether a dimension is one of time. */
export function isTime(dimension: Dimension): dimension is TimeDimension {
  return TIME_DIMENSIONS.some((one) => one === dimension);
}

/**
 * Compares two labels of one dimension of time. Their order as text is that of time: years have four
 * digits and months two, and `after …` follows every group.
 */
export function compareTimes(a: string, b: string): number {
  return Number(a > b) - Number(a < b);
}

/** What is grouped: cells, or rows of them. */
type Counted = Pick<Cell, 'measure' | 'unit'>;

/** The cells that have the same labels, measure and unit. */
export interface CellGroup<C extends Counted> {
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
 * is a row for each measure and unit. A period that lies in more than one group of a dimension is split
 * over its months.
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
  const parts = splitAcrossGroups(scenario, cells, dimensions.filter(isTime));
  return groupCells(scenario, parts, dimensions).map(
    ({ labels, measure, unit, cells: members }) => {
      return { labels, measure, unit, cells: members, count: sumIn(unit, members) };
    },
  );
}

/** The rollup of several forecasts together: rows with the same labels, measure and unit are summed. */
export function rollupAll(
  all: readonly Pick<Projection, 'scenario' | 'cells'>[],
  dimensions: readonly Dimension[],
): readonly RolledRow[] {
  const rows = all.flatMap((one) => rollup(one, dimensions));
  if (all.length === 1) return rows;
  return groupRows(rows, dimensions).map(({ cells: own, ...group }) => ({
    ...{ ...group, cells: own.flatMap(({ cells }) => cells) },
    count: sumIn(group.unit, own),
  }));
}

/** The sum of some numbers in the finest of their units. */
export function sumIn(unit: Unit, members: readonly Pick<RolledRow, 'unit' | 'count'>[]): bigint {
  return members.reduce((sum, one) => sum + one.count * scaleTo(unit, one.unit), 0n);
}

/** How many quanta of the finer unit make one of the other; both have the same name. */
export function scaleTo(finer: Unit, unit: Unit): bigint {
  return powerOfTen(finer.places - unit.places);
}

/**
 * Cells by the dimensions kept, in the order of the rows of a rollup.
 *
 * @param cells that each lie in one group of every dimension
 */
export function groupCells<C extends Cell>(
  scenario: Scenario,
  cells: readonly C[],
  dimensions: readonly Dimension[],
): readonly CellGroup<C>[] {
  return groupByLabels(
    cells,
    dimensions.map((dimension) => {
      return { labelOf: labeller(scenario, dimension), ofTime: isTime(dimension) };
    }),
  );
}

/** The rows of several forecasts that have the same labels, measure and unit, in the order of a rollup. */
export function groupRows<R extends Omit<RolledRow, 'cells'>>(
  rows: readonly R[],
  dimensions: readonly Dimension[],
): readonly CellGroup<R>[] {
  return groupByLabels(
    rows,
    dimensions.map((dimension, d) => {
      return { labelOf: ({ labels }) => labels[d]!, ofTime: isTime(dimension) };
    }),
  );
}

interface Labeller<C> {
  readonly labelOf: (one: C) => string;
  readonly ofTime: boolean;
}

function groupByLabels<C extends Counted>(
  cells: readonly C[],
  labellers: readonly Labeller<C>[],
): readonly CellGroup<C>[] {
  const all: Branch<C> = { labels: [], time: '', place: '', below: undefined, groups: [] };
  const places = new Map<string, number>();
  for (const cell of cells) {
    let branch = all;
    for (const { labelOf, ofTime } of labellers) {
      branch = branchAt(branch, labelOf(cell), ofTime, places);
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
interface Branch<C extends Counted> {
  readonly labels: readonly string[];
  /** Its last label, if that is one of time. */
  readonly time: string;
  /** All of its labels but those of time. */
  readonly place: string;
  below: Map<string, Branch<C>> | undefined;
  readonly groups: (CellGroup<C> & { cells: C[]; unit: Unit })[];
}

/** @param places the places in the order of the forecast: a new one is added */
function branchAt<C extends Counted>(
  above: Branch<C>,
  label: string,
  ofTime: boolean,
  places: Map<string, number>,
): Branch<C> {
  const known = above.below?.get(label);
  if (known) return known;
  const place = ofTime ? above.place : `${above.place}\n${label}`;
  if (!places.has(place)) places.set(place, places.size);
  const branch: Branch<C> = {
    labels: [...above.labels, label],
    time: ofTime ? label : '',
    place,
    below: undefined,
    groups: [],
  };
  above.below ??= new Map();
  above.below.set(label, branch);
  return branch;
}

function groupsBelow<C extends Counted>(
  all: Branch<C>,
  places: ReadonlyMap<string, number>,
): readonly CellGroup<C>[] {
  const found: CellGroup<C>[] = [];
  const visit = ({ below, groups }: Branch<C>): void => {
    if (groups.length > 1) groups.sort((a, b) => rankOf(a) - rankOf(b));
    for (const group of groups) found.push(group);
    if (!below) return;
    const placeOf = ({ place }: Branch<C>) => places.get(place)!;
    const branches = [...below.values()];
    branches.sort((a, b) => compareTimes(a.time, b.time) || placeOf(a) - placeOf(b));
    for (const branch of branches) visit(branch);
  };
  visit(all);
  return found;
}

function rankOf({ measure }: Counted): number {
  return MEASURES.indexOf(measure);
}

/** The label of a cell in a dimension. */
function labeller(scenario: Scenario, dimension: Dimension): (cell: Cell) => string {
  if (dimension === 'buyer') return () => buyerKey(scenario);
  if (dimension === 'component') return ({ path }) => path;
  if (dimension === 'supplier') return ({ supplier }) => supplier;
  return timeLabeller(scenario, dimension);
}
