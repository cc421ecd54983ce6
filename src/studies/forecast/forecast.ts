/** The study `run`: every number of the forecast as a tidy table, and as a JSON document. */
import * as z from 'zod';
import { printDecimal } from '../../core/number/decimal.js';
import { success } from '../../core/result.js';
import { rowsOf, textRecordsOf, type Table } from '../../core/table.js';
import type { Grade } from '../../model/claims.js';
import { run, type Projection } from '../../projection/evaluate.js';
import { graderOf } from '../../projection/explain/grades.js';
import { isTime, rollup, type Dimension, type RolledRow } from '../../projection/rollup.js';
import { NEVER, acrossGroups, type TimeDimension } from '../../projection/timeGroups.js';
import type { Scenario } from '../../scenario/scenario.js';
import { ENGINE } from '../../version.js';
import { namedColumns } from '../shared/columns.js';
import {
  derivedCells,
  derivedColumns,
  timedColumns,
  withColumns,
} from '../shared/derivedColumns.js';
import { publishOptions, reportOptions } from '../shared/options.js';
import {
  publishLines,
  tableAdjustmentNotes,
  tidyFormat,
  type PublishLayout,
  type TableAdjustment,
} from '../shared/publishLines.js';
import type { MarginPath } from '../shared/publishTable.js';
import { notesOn, plans, splitNotesOn } from '../shared/reports.js';
import { forecastDocument, type ForecastField } from '../shared/scenarioDocument.js';
import type { Study } from '../study.js';
import { widenTable } from './wide.js';

const options = z
  .object({
    ...reportOptions,
    ...publishOptions,
    with: withColumns,
    wide: z
      .boolean()
      .optional()
      .meta({ description: 'One column per period, or per group of time if --by keeps no period' }),
  })
  .refine(({ wide, by }) => !wide || !by || widens(by), {
    path: ['wide'],
    message: 'needs the period, or exactly one group of time, in --by',
  });

/** A period implies its groups; of two groups neither need imply the other. */
function widens(by: readonly Dimension[]): boolean {
  return by.includes('period') || by.filter(isTime).length === 1;
}

/** A wide table has whole periods as columns: groups that would split some of them are left out. */
function widthOf(by: readonly Dimension[], scenarios: readonly Scenario[]): readonly Dimension[] {
  if (!by.includes('period')) return by;
  const splits = (one: TimeDimension) =>
    scenarios.some((scenario) => acrossGroups(scenario, [one]) !== NEVER);
  return by.filter((one) => !isTime(one) || !splits(one));
}

const FULL_DETAIL: readonly Dimension[] = ['fiscal_year', 'period', 'component', 'supplier'];

type ForecastOptions = z.output<typeof options>;

export const forecast: Study<typeof options> = {
  name: 'run',
  summary: 'The forecast: CSV on standard output, or a file',
  files: 'many',
  hasPlans: true,
  options,
  example: 'run scenarios/alibaba-380bn.yaml --by fiscal_year,component',
  run: (scenarios, args) => {
    const compiled = plans(scenarios, args);
    if (!compiled.ok) return compiled;
    const result = compiled.value.map(run);
    const kept = args.by ?? FULL_DETAIL;
    const dimensions = args.wide ? widthOf(kept, scenarios) : kept;
    const { table: tidy, adjusted } = tidyTable(result, dimensions, args);
    return success({
      table: args.wide
        ? { ...tidy, ...widenTable(tidy, dimensions, timedColumns(args.with)) }
        : tidy,
      // Built only when read: it holds every row a second time.
      get document() {
        return { ...documentOf(result, tidy), ...(adjusted.length > 0 && { moved: adjusted }) };
      },
      plans: compiled.value,
      notes: result.flatMap((projection) => [
        ...notesOn(projection),
        ...splitNotesOn(projection, dimensions),
      ]),
    });
  },
};

/** One row per cell, with the derived columns asked for. */
function tidyTable(
  all: readonly Projection[],
  dimensions: readonly Dimension[],
  options: ForecastOptions,
): { readonly table: Table; readonly adjusted: readonly TableAdjustment[] } {
  const formatOf = tidyFormat(options);
  const tables = all.map((projection) => {
    const rows = tidyRows(projection, dimensions);
    return { rows, beside: derivedCells(projection, rows, { dimensions, formatOf, ...options }) };
  });
  const tidy = tables.flatMap(({ rows, beside }) =>
    rows.map((row, i): TidyRow => ({ ...row, derived: beside.cells[i] ?? [] })),
  );
  const { lines, adjusted } = publishLines(tidy, layoutOf(dimensions), formatOf);
  const rows = rowsOf(lines, ({ scenario, labels, measure, unit, count, derived, grade }) => {
    const value = printDecimal(count, unit.places);
    return [scenario, ...labels, measure, unit.label, value, ...derived, grade];
  });
  const columns = [
    ...namedColumns('text', ['scenario', ...dimensions, 'measure', 'unit']),
    ...namedColumns('number', ['value']),
    ...derivedColumns(options.with, dimensions),
    ...namedColumns('text', ['grade']),
  ];
  const notes = [
    ...tableAdjustmentNotes(adjusted),
    ...tables.flatMap(({ beside }) => beside.notes),
  ];
  return { table: { columns, rows, notes }, adjusted };
}

/** A row for each cell; a cell after the window has a row only if it is not zero. */
function tidyRows(
  { scenario, cells, plan }: Projection,
  dimensions: readonly Dimension[],
): readonly GradedRow[] {
  const gradeOf = graderOf(plan);
  const tail = scenario.window.periods.length;
  // Zeros of the tail keep the order of units and suppliers, and are left out afterwards.
  return rollup({ scenario, cells }, dimensions).flatMap((row) => {
    const own = row.cells.filter(({ period, count }) => period < tail || count !== 0n);
    if (own.length === 0) return [];
    return [{ ...row, scenario: scenario.id, grade: gradeOf(own.map(({ ref }) => ref)) }];
  });
}

interface GradedRow extends RolledRow {
  readonly scenario: string;
  readonly grade: Grade;
}

interface TidyRow extends GradedRow {
  /** The cells of the derived columns. */
  readonly derived: readonly string[];
}

/** (component → supplier) × (year → period); a component's path has its own steps. */
function layoutOf(dimensions: readonly Dimension[]): PublishLayout<TidyRow> {
  const labelsOf = ({ labels }: TidyRow, time: boolean) =>
    labels.filter((_, i) => isTime(dimensions[i]!) === time);
  return {
    tableOf: ({ scenario }) => scenario,
    rowOf: (line) => labelsOf(line, false).flatMap((label) => label.split('/')),
    partsOf: (line) => [[labelsOf(line, true), line.count]],
    withParts: (line, [count]) => ({ ...line, count: count! }),
    nameOf: nameOfTotal,
  };
}

/** `servers/inspur FY2026Q1` */
function nameOfTotal(row: MarginPath, column: MarginPath): string {
  return [row.join('/'), ...column.slice(-1)].filter((word) => word !== '').join(' ');
}

const FIELDS: readonly ForecastField[] = [
  ...(['scenario', 'title', 'as_of', 'evidence', 'currency', 'window', 'closure'] as const),
  ...(['envelope', 'demand', 'difference', 'understated', 'quotation', 'rates'] as const),
  ...(['components', 'suppliers', 'correlations', 'inputs'] as const),
];

/** The scenarios with their inputs, then the rows. */
function documentOf(all: readonly Projection[], tidy: Table): object {
  return {
    engine: ENGINE,
    scenarios: all.map((projection) => forecastDocument(projection, FIELDS)),
    rows: textRecordsOf(tidy),
  };
}
