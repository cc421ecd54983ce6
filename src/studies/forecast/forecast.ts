/** The forecast: every number of the projection as a tidy table, and as a JSON document. */
import * as z from 'zod';
import { printDate } from '../../core/period.js';
import { printDecimal, printFraction } from '../../core/number/decimal.js';
import { positionOf } from '../../core/text/source.js';
import { textRecordsOf, rowsOf, type Column, type Table } from '../../core/table.js';
import type { Grade } from '../../model/claims.js';
import { isRest, type Share } from '../../model/input.js';
import { rateAt } from '../../model/fx.js';
import {
  DIMENSIONS,
  rollup,
  TIME_DIMENSIONS,
  type Dimension,
  type RolledRow,
} from '../../projection/rollup.js';
import { graderOf } from '../../projection/explain/grades.js';
import { run, type Projection } from '../../projection/evaluate.js';
import { gradeOf } from '../../scenario/checks/claimChecks.js';
import type { Scenario } from '../../scenario/scenario.js';
import { VERSION } from '../../version.js';
import { publishOptions, reportOptions } from '../shared/options.js';
import {
  notesOnAdjusted,
  publishLines,
  tidyScale,
  type PublishLayout,
  type AdjustedIn,
} from '../shared/publishLines.js';
import type { MarginPath } from '../shared/publishTable.js';
import { areProblems, notesOn, plans, quotation } from '../shared/reports.js';
import type { NumberFormatOptions } from '../shared/scale.js';
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
  summary: 'The forecast: CSV on standard output, or a .csv, .json or .xlsx file',
  files: 'many',
  hasPlans: true,
  options,
  example: 'run scenarios/alibaba-380bn.yaml --by fiscal_year,component',
  run: (scenarios, given) => {
    const compiled = plans(scenarios, given);
    if (areProblems(compiled)) return compiled;
    const result = compiled.map(run);
    const dimensions = DIMENSIONS.filter((one) => (given.by ?? FULL_DETAIL).includes(one));
    const { table: tidy, moved } = tidyTable(result, dimensions, given);
    return {
      table: given.wide ? { ...tidy, ...widenTable(tidy, dimensions) } : tidy,
      // Made only where somebody asks for it: it holds every row a second time.
      get document() {
        return { ...documentOf(result, tidy), ...(moved.length > 0 && { moved }) };
      },
      plans: compiled,
      notes: result.flatMap(notesOn),
    };
  },
};

/** One row for each cell; the tail has a row only where it is not zero. */
function tidyTable(
  all: readonly Projection[],
  dimensions: readonly Dimension[],
  asked: NumberFormatOptions,
): { readonly table: Table; readonly moved: readonly AdjustedIn[] } {
  const text = (name: string): Column => ({ name, kind: 'text' });
  const columns = [
    ...['scenario', ...dimensions, 'measure', 'unit'].map(text),
    { name: 'value', kind: 'number' } as const,
    text('grade'),
  ];
  const rolled = all.flatMap(({ scenario, cells, plan }) => {
    const gradeOf = graderOf(plan);
    const tail = scenario.window.periods.length;
    const given = cells.filter(({ period, count }) => period < tail || count !== 0n);
    const rows = rollup({ scenario, cells: given }, dimensions);
    return rows.map(({ labels, measure, unit, count, cells: own }): Line => {
      const grade = gradeOf(own.map(({ ref }) => ref));
      return { scenario: scenario.id, labels, measure, unit, count, grade };
    });
  });
  const { lines, moved } = publishLines(rolled, layoutOf(dimensions), tidyScale(asked));
  const rows = rowsOf(lines, ({ scenario, labels, measure, unit, count, grade }) => {
    return [scenario, ...labels, measure, unit.label, printDecimal(count, unit.places), grade];
  });
  return { table: { columns, rows, notes: notesOnAdjusted(moved) }, moved };
}

interface Line extends Omit<RolledRow, 'cells'> {
  readonly scenario: string;
  readonly grade: Grade;
}

/** (component → supplier) × (year → period); a component's path has its own steps. */
function layoutOf(dimensions: readonly Dimension[]): PublishLayout<Line> {
  const labelsOf = ({ labels }: Line, time: boolean) =>
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

/** Everything about a forecast as plain data: scenarios with their inputs, then the rows. */
function documentOf(all: readonly Projection[], tidy: Table): object {
  return {
    engine: `capex-engine ${VERSION}`,
    scenarios: all.map(describe),
    rows: textRecordsOf(tidy),
  };
}

function describe(projection: Projection): object {
  const { scenario, envelope, total } = projection;
  const { window, currency, fx } = scenario;
  const money = (count: bigint) => printDecimal(count, currency.places);
  return {
    scenario: scenario.id,
    title: scenario.title,
    as_of: scenario.asOf && printDate(scenario.asOf),
    evidence: scenario.evidence,
    currency: currency.code,
    window: {
      from: window.periods[0]!.label,
      to: window.periods.at(-1)!.label,
      period: window.calendar.unit,
      fiscal_year_ends: window.calendar.endMonth,
    },
    closure: fx.closure,
    envelope: money(envelope),
    demand: money(total),
    difference: money(total - envelope),
    understated: [...scenario.understated].map((t) => window.periods[t]!.label),
    quotation: quotation(scenario),
    rates: ratesOf(scenario),
    components: scenario.leaves.map(({ path, name }) => ({ path, name })),
    suppliers: [...scenario.suppliers.values()].map((supplier) => ({
      key: supplier.key,
      name: supplier.name,
      currency: supplier.currency.code,
      fiscal_year_ends: supplier.yearEndMonth,
    })),
    correlations: scenario.correlations.map(({ paths, value }) => [
      ...paths,
      printFraction(value.value),
    ]),
    inputs: scenario.inputs.map((input) => inputDocument(input, scenario)),
  };
}

/** Every exchange rate by its name and day: those of the base, then of each period. */
export function ratesOf(scenario: Scenario): object[] {
  const { fx, window } = scenario;
  const rate = (currency: string, when: string, given: Share) => ({
    currency,
    when,
    rate: given.text,
    name: given.attributes.name?.value,
    date: given.attributes.date?.text,
  });
  const base = [...fx.base].map(([code, input]) => rate(code, 'base', input));
  const path = [...fx.path.keys()].flatMap((code) =>
    window.periods.flatMap(({ label }, t) => {
      const input = rateAt(scenario, code, t);
      return input ? [rate(code, label, input)] : [];
    }),
  );
  return [...base, ...path];
}

function inputDocument(input: Share, { ledger }: Scenario): object {
  const { line, column } = positionOf(input.span);
  const attributes = Object.entries(input.attributes).map(([key, located]) => [
    key,
    (located as { text: string }).text,
  ]);
  return {
    path: input.path,
    value: input.text,
    exact: isRest(input) ? undefined : printFraction(input.value),
    grade: isRest(input) ? undefined : gradeOf(input, ledger),
    ...(Object.fromEntries(attributes) as object),
    source: input.span.source.name,
    line,
    column,
  };
}
