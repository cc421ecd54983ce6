/** The study `run`: every number of the forecast as a tidy table, and as a JSON document. */
import * as z from 'zod';
import { append } from '../../core/lists.js';
import { printDecimal } from '../../core/number/decimal.js';
import { failure, success } from '../../core/result.js';
import { rowsOf, textRecordsOf, type Table } from '../../core/table.js';
import type { Plan } from '../../projection/plan.js';
import { isTime, type Dimension } from '../../projection/rollup.js';
import { summedExact } from '../../projection/seriesLine.js';
import { acrossGroups, type TimeDimension } from '../../projection/timeGroups.js';
import type { Scenario } from '../../scenario/scenario.js';
import { ENGINE } from '../../version.js';
import { namedColumns } from '../shared/columns.js';
import {
  derivedCells,
  derivedColumns,
  timedColumns,
  withColumns,
} from '../shared/derivedColumns.js';
import { lang, portfolioOptions, publishOptions } from '../shared/options.js';
import {
  publishLines,
  tableAdjustmentNotes,
  tidyFormat,
  type PublishLayout,
  type TableAdjustment,
} from '../shared/publishLines.js';
import type { MarginPath } from '../shared/publishTable.js';
import { byTable, coverageNotes, sumsBuyers, unsummable } from '../shared/portfolios.js';
import { missingIn, notesOn, planOf, splitNotesOn } from '../shared/reports.js';
import { forecastDocument, type ForecastField } from '../shared/scenarioDocument.js';
import { splitPeriods, tableScenario, type SuppliersOf } from '../shared/timeNotes.js';
import { NEEDS_WHERE, needsWhere, ofAll, refuseSummed } from '../shared/where.js';
import type { Study } from '../study.js';
import { rowsOfForecasts, summedRows, type ForecastSummary, type TidyRow } from './forecastRows.js';
import { widenTable } from './wide.js';

const options = z
  .object({
    ...portfolioOptions,
    ...publishOptions,
    with: withColumns,
    'of-all': ofAll,
    lang,
    wide: z
      .boolean()
      .optional()
      .meta({ description: 'One column per period, or per group of time if --by keeps no period' }),
  })
  .refine(needsWhere, NEEDS_WHERE)
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
    scenarios.some((scenario) => acrossGroups(scenario, [one]) !== undefined);
  return by.filter((one) => !isTime(one) || !splits(one));
}

/** All dimensions that a number of the forecast has. */
function fullDetail(scenarios: readonly Scenario[]): readonly Dimension[] {
  const own: readonly Dimension[] = ['fiscal_year', 'period', 'component', 'supplier'];
  return scenarios.some(({ buyer }) => buyer) ? ['buyer', ...own] : own;
}

type ForecastOptions = z.output<typeof options>;

export const forecast: Study<typeof options> = {
  name: 'run',
  summary: 'The forecast: CSV on standard output, or a file',
  files: 'many',
  hasPlans: true,
  options,
  example: 'run scenarios/alibaba-380bn.yaml --by fiscal_year,component',
  run: (scenarios, args) => {
    const kept = args.by ?? fullDetail(scenarios);
    const refused = refuseSummed(args, kept);
    if (refused) return refused;
    const unsummed = unsummable(scenarios, kept);
    if (unsummed.length > 0) return failure(unsummed);
    const missing = missingIn(scenarios, args);
    if (missing.length > 0) return failure(missing);
    const dimensions = args.wide ? widthOf(kept, scenarios) : kept;
    const { table: tidy, adjusted, result } = tidyTable(scenarios, dimensions, args);
    let compiled: readonly Plan[] | undefined;
    return success({
      table: args.wide
        ? { ...tidy, ...widenTable(tidy, dimensions, timedColumns(args.with)) }
        : tidy,
      // Built only when read: it holds every row a second time.
      get document() {
        const split = splitIn(result, dimensions);
        return {
          ...documentOf(result, tidy),
          ...(split.length > 0 && { split }),
          ...(adjusted.length > 0 && { moved: adjusted }),
        };
      },
      // Compiled again when read: of a hundred buyers they would fill the memory.
      get plans() {
        return (compiled ??= scenarios.map((scenario) => planOf(scenario, args)));
      },
      derived: args,
      notes: byTable(result).flatMap((members) => [
        ...members.flatMap((projection) => notesOn(projection, args.lang)),
        ...splitNotesOn(members, dimensions, args.lang),
        ...coverageNotes(members, dimensions, args.lang),
      ]),
    });
  },
};

/** One row per cell, with the derived columns asked for. */
function tidyTable(
  scenarios: readonly Scenario[],
  dimensions: readonly Dimension[],
  options: ForecastOptions,
): {
  readonly table: Table;
  readonly adjusted: readonly TableAdjustment[];
  readonly result: readonly ForecastSummary[];
} {
  const formatOf = tidyFormat(options);
  const notes: string[] = [];
  const all = rowsOfForecasts(scenarios, dimensions, options);
  const tidy = byTable(all).flatMap((members) => {
    const isSum = sumsBuyers(members, dimensions);
    const own = members.flatMap((one) => one.tidy);
    const exact = members.flatMap((one) => one.exact);
    const rows = isSum ? summedRows(own, dimensions) : own;
    if (!options.with) return rows;
    const summaries = members.map((one) => one.summary);
    const beside = derivedCells(summaries, isSum ? summedExact(exact, dimensions) : exact, {
      ...{ dimensions, formatOf, ...options },
    });
    append(notes, beside.notes);
    return rows.map((row, i) => ({ ...row, derived: beside.cells[i]! }));
  });
  const { lines, adjusted } = publishLines(tidy, layoutOf(dimensions), formatOf);
  const shown = lines.filter((line) => line.isShown);
  const rows = rowsOf(shown, ({ scenario, labels, measure, unit, count, derived, grade }) => {
    const value = printDecimal(count, unit.places);
    return [scenario, ...labels, measure, unit.label, value, ...derived, grade];
  });
  const columns = [
    ...namedColumns('text', ['scenario', ...dimensions, 'measure', 'unit']),
    ...namedColumns('number', ['value']),
    ...derivedColumns(options.with, dimensions),
    ...namedColumns('text', ['grade']),
  ];
  const adjustments = tableAdjustmentNotes(adjusted, options.lang);
  return {
    ...{ table: { columns, rows, notes: [...adjustments, ...notes] }, adjusted },
    result: all.map(({ summary }) => summary),
  };
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
  ...(['portfolio', 'buyer', 'scenario', 'title', 'as_of', 'evidence'] as const),
  ...(['currency', 'window', 'closure'] as const),
  ...(['envelope', 'demand', 'difference', 'understated', 'quotation', 'rates'] as const),
  ...(['components', 'suppliers', 'correlations', 'inputs'] as const),
];

/** The periods of each scenario that are split over their months, as the groups of time cut them. */
function splitIn(all: readonly SuppliersOf[], dimensions: readonly Dimension[]): readonly object[] {
  return all.flatMap((one) => {
    const { scenario, sellers } = tableScenario(one);
    return splitPeriods(scenario, sellers, dimensions).map((one) => {
      return { scenario: scenario.id, ...one };
    });
  });
}

/** The scenarios with their inputs, then the rows. */
function documentOf(all: readonly ForecastSummary[], tidy: Table): object {
  return {
    engine: ENGINE,
    scenarios: all.map((one) => forecastDocument(one, FIELDS)),
    rows: textRecordsOf(tidy),
  };
}
