/** The study `run`: every number of the forecast as a tidy table, and as a JSON document. */
import * as z from 'zod';
import { printDecimal } from '../../core/number/decimal.js';
import { success } from '../../core/result.js';
import { rowsOf, textRecordsOf, type Table } from '../../core/table.js';
import type { Grade } from '../../model/claims.js';
import { run, type Projection } from '../../projection/evaluate.js';
import { graderOf } from '../../projection/explain/grades.js';
import {
  TIME_DIMENSIONS,
  rollup,
  type Dimension,
  type RolledRow,
} from '../../projection/rollup.js';
import { ENGINE } from '../../version.js';
import { namedColumns } from '../shared/columns.js';
import type { NumberFormatOptions } from '../shared/numberFormat.js';
import { publishOptions, reportOptions } from '../shared/options.js';
import {
  publishLines,
  tableAdjustmentNotes,
  tidyFormat,
  type PublishLayout,
  type TableAdjustment,
} from '../shared/publishLines.js';
import type { MarginPath } from '../shared/publishTable.js';
import { notesOn, plans } from '../shared/reports.js';
import { forecastDocument, type ForecastField } from '../shared/scenarioDocument.js';
import type { Study } from '../study.js';
import { widenTable } from './wide.js';

const options = z
  .object({
    ...reportOptions,
    ...publishOptions,
    wide: z
      .boolean()
      .optional()
      .meta({ description: 'One column per period, or per year if --by keeps no period' }),
  })
  .refine(({ wide, by }) => !wide || !by || widens(by), {
    path: ['wide'],
    message: 'needs the period, or exactly one kind of year, in --by',
  });

/** A period implies its years; of two kinds of year neither implies the other. */
function widens(by: readonly Dimension[]): boolean {
  return by.includes('period') || by.filter((one) => TIME_DIMENSIONS.includes(one)).length === 1;
}

const FULL_DETAIL: readonly Dimension[] = ['fiscal_year', 'period', 'component', 'supplier'];

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
    const dimensions = args.by ?? FULL_DETAIL;
    const { table: tidy, adjusted } = tidyTable(result, dimensions, args);
    return success({
      table: args.wide ? { ...tidy, ...widenTable(tidy, dimensions) } : tidy,
      // Built only when read: it holds every row a second time.
      get document() {
        return { ...documentOf(result, tidy), ...(adjusted.length > 0 && { moved: adjusted }) };
      },
      plans: compiled.value,
      notes: result.flatMap(notesOn),
    });
  },
};

/** One row per cell; a cell after the window has a row only if it is not zero. */
function tidyTable(
  all: readonly Projection[],
  dimensions: readonly Dimension[],
  formatOptions: NumberFormatOptions,
): { readonly table: Table; readonly adjusted: readonly TableAdjustment[] } {
  const columns = [
    ...namedColumns('text', ['scenario', ...dimensions, 'measure', 'unit']),
    ...namedColumns('number', ['value']),
    ...namedColumns('text', ['grade']),
  ];
  const rolled = all.flatMap(({ scenario, cells, plan }) => {
    const gradeOf = graderOf(plan);
    const tail = scenario.window.periods.length;
    // Zeros of the tail keep the order of units and suppliers, and are left out afterwards.
    return rollup({ scenario, cells }, dimensions).flatMap((row): readonly TidyRow[] => {
      const { labels, measure, unit, count } = row;
      const own = row.cells.filter(({ period, count: one }) => period < tail || one !== 0n);
      if (own.length === 0) return [];
      const grade = gradeOf(own.map(({ ref }) => ref));
      return [{ scenario: scenario.id, labels, measure, unit, count, grade }];
    });
  });
  const { lines, adjusted } = publishLines(rolled, layoutOf(dimensions), tidyFormat(formatOptions));
  const rows = rowsOf(lines, ({ scenario, labels, measure, unit, count, grade }) => {
    return [scenario, ...labels, measure, unit.label, printDecimal(count, unit.places), grade];
  });
  return { table: { columns, rows, notes: tableAdjustmentNotes(adjusted) }, adjusted };
}

interface TidyRow extends Omit<RolledRow, 'cells'> {
  readonly scenario: string;
  readonly grade: Grade;
}

/** (component → supplier) × (year → period); a component's path has its own steps. */
function layoutOf(dimensions: readonly Dimension[]): PublishLayout<TidyRow> {
  const labelsOf = ({ labels }: TidyRow, time: boolean) =>
    labels.filter((_, i) => TIME_DIMENSIONS.includes(dimensions[i]!) === time);
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
