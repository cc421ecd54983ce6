/** The rows of one forecast, and of several buyers: of the forecast itself no more is kept than they need. */
import { weakest, type Grade } from '../../model/claims.js';
import { run, type ProjectedCell, type Projection } from '../../projection/evaluate.js';
import { graderOf } from '../../projection/explain/grades.js';
import { compilerFor } from '../../projection/plansAlike.js';
import {
  groupRows,
  rollup,
  sumIn,
  type Dimension,
  type RolledRow,
} from '../../projection/rollup.js';
import { exactRows, type ExactRow } from '../../projection/seriesLine.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { DerivedOptions } from '../shared/derivedColumns.js';
import type { ReportOptions } from '../shared/options.js';
import { tableId } from '../shared/portfolios.js';
import { planOf } from '../shared/reports.js';
import type { ForecastTotals } from '../shared/scenarioDocument.js';
import type { SuppliersOf } from '../shared/timeNotes.js';
import { isRowShown } from '../shared/where.js';

type RowsOptions = ReportOptions & DerivedOptions;

/** What is kept of a forecast once its rows are made: not its plan, and of its cells one for each supplier. */
export type ForecastSummary = SuppliersOf & ForecastTotals & Pick<Projection, 'before'>;

/** A forecast with its rows. */
export interface ForecastRows {
  readonly scenario: Scenario;
  readonly summary: ForecastSummary;
  readonly tidy: readonly TidyRow[];
  /** For the derived columns, if there are some. */
  readonly exact: readonly ExactRow[];
}

/** Compiles and evaluates scenarios one after the other; of a forecast no more is kept than its rows. */
export function rowsOfForecasts(
  scenarios: readonly Scenario[],
  dimensions: readonly Dimension[],
  options: RowsOptions,
): readonly ForecastRows[] {
  const compiler = compilerFor(scenarios);
  return scenarios.map((scenario) => {
    const plan = planOf(scenario, options, { compiler });
    return rowsOfForecast(run(plan), dimensions, options);
  });
}

function rowsOfForecast(
  projection: Projection,
  dimensions: readonly Dimension[],
  options: RowsOptions,
): ForecastRows {
  const rows = rowsShown(projection, dimensions);
  const { scenario, plan, envelope, total, before } = projection;
  const suppliers = new Set(projection.cells.map(({ supplier }) => supplier));
  const cells = Array.from(suppliers, (supplier) => ({ supplier }));
  return {
    scenario,
    summary: { scenario, plan: { closure: plan.closure }, envelope, total, before, cells },
    tidy: tidyRows(projection, rows, options),
    exact: options.with ? exactRows(projection, rows) : [],
  };
}

/** The rows of several buyers, summed. */
export function summedRows(
  rows: readonly TidyRow[],
  dimensions: readonly Dimension[],
): readonly TidyRow[] {
  return groupRows(rows, dimensions).map(({ unit, cells: own }) => ({
    ...{ ...own[0]!, unit, count: sumIn(unit, own) },
    grade: weakest(own.map(({ grade }) => grade)),
  }));
}

/** A row for each cell; a cell after the window has a row only if it is not zero. */
function rowsShown(
  { scenario, cells }: Projection,
  dimensions: readonly Dimension[],
): readonly RolledRow[] {
  const isKept = isShown(scenario);
  // Zeros of the tail keep the order of units and suppliers, and are left out afterwards.
  return rollup({ scenario, cells }, dimensions).filter((row) => row.cells.some(isKept));
}

function isShown({ window }: Scenario): (cell: ProjectedCell) => boolean {
  const tail = window.periods.length;
  return ({ period, count }) => period < tail || count !== 0n;
}

export interface TidyRow extends Omit<RolledRow, 'cells'> {
  readonly scenario: string;
  readonly grade: Grade;
  /** The cells of the derived columns. */
  readonly derived: readonly string[];
  /** Whether it is a row of the table, not only a part of its totals. */
  readonly isShown: boolean;
}

const NO_CELLS: readonly string[] = [];

/** The rows without their cells, which a table of a million rows has no room for. */
function tidyRows(
  { scenario, plan }: Projection,
  rows: readonly RolledRow[],
  options: RowsOptions,
): readonly TidyRow[] {
  const isRow = isRowShown(scenario, options);
  const gradeOf = graderOf(plan);
  const isKept = isShown(scenario);
  return rows.map(({ labels, measure, unit, count, cells }) => {
    const grade = gradeOf(cells.filter(isKept).map(({ ref }) => ref));
    return {
      scenario: tableId(scenario),
      ...{ labels, measure, unit, count, grade },
      derived: NO_CELLS,
      isShown: isRow(cells),
    };
  });
}
