/** The FX table: the effect of a change of one exchange rate, under every closure, split into translation, transaction and cross. */
import { groupBy } from '../../core/group.js';
import { grouped, percent, printDecimal, printFraction } from '../../core/number/decimal.js';
import { ONE, add, type Fraction } from '../../core/number/fraction.js';
import { failure, success, type Result } from '../../core/result.js';
import { textRecordsOf, type Sheet, type Table } from '../../core/table.js';
import { CLOSURES, type Closure } from '../../model/fx.js';
import { compile } from '../../projection/compile.js';
import { missingRates } from '../../projection/output.js';
import type { Measure, Unit } from '../../projection/plan.js';
import { groupEvaluator } from '../../projection/prepareEvaluation.js';
import { groupCells, straddlingPeriods, type Dimension } from '../../projection/rollup.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { Answer } from '../answer.js';
import { namedColumns } from '../shared/columns.js';
import { captionOf } from '../shared/lineKinds.js';
import type { NumberFormatOptions } from '../shared/numberFormat.js';
import type { ReportOptions, ShowOptions } from '../shared/options.js';
import {
  adjustmentsAt,
  publishLines,
  sheetFormat,
  tableAdjustmentNotes,
  tidyFormat,
  type Publication,
  type PublishLayout,
  type TableAdjustment,
} from '../shared/publishLines.js';
import { adjustmentNotes } from '../shared/publishTable.js';
import { quotation } from '../shared/reports.js';

/** A currency and relative changes of its rate: at 0.05 the currency costs 5% more. */
export interface Shocks {
  readonly code: string;
  readonly values: readonly Fraction[];
}

/** A row of the table; amounts are counts of 10^-places of the unit. */
export interface FxRow {
  readonly shock: Fraction;
  readonly closure: Closure;
  readonly labels: readonly string[];
  readonly measure: Measure;
  readonly unit: Unit;
  /** At the scenario's rate. */
  readonly base: bigint;
  /** With the changed rate everywhere. */
  readonly value: bigint;
  /** The changed rate in reporting only: the same money at another rate. */
  readonly translation: bigint;
  /** The changed rate in costs only: other money or units, reported at the old rate. */
  readonly transaction: bigint;
  /** The effect of both beyond their sum. The three add up to `value` − `base`. */
  readonly cross: bigint;
}

export interface FxQuestion {
  readonly code: string;
  readonly shocks: readonly Fraction[];
  readonly closures: readonly Closure[];
  readonly currencies: readonly string[];
  readonly measures: readonly Measure[];
  readonly by: readonly Dimension[];
}

/** The rows by shock, then closure, then as in the forecast. */
export function fxTable(scenario: Scenario, question: FxQuestion): readonly FxRow[] {
  const tables = question.closures.map((closure) => closureRows(scenario, closure, question));
  return question.shocks.flatMap((_, i) => tables.flatMap((byShock) => byShock[i]!));
}

/** The rows of each shock: four evaluations of one plan, which differ in two registers. */
function closureRows(
  scenario: Scenario,
  closure: Closure,
  { code, shocks, currencies, measures, by }: FxQuestion,
): readonly (readonly FxRow[])[] {
  const plan = compile(scenario, { currencies, shocked: code, closure });
  const cells = plan.cells.filter(({ measure }) => measures.includes(measure));
  const groups = groupCells(scenario, cells, by);
  const { inFactors, inTranslation } = plan.shock!;
  const countsAt = groupEvaluator(plan, [inFactors, inTranslation], groups);
  // A rate may be any number above zero, so no guard of the scenario can fail.
  const corner = (money: Fraction, rate: Fraction) =>
    countsAt(new Map([[inFactors, money]]).set(inTranslation, rate))!;
  const base = corner(ONE, ONE);
  return shocks.map((shock) => {
    const changed = add(ONE, shock);
    // In this order one register changes at a time, so little is computed twice.
    const rate = corner(ONE, changed);
    const both = corner(changed, changed);
    const money = corner(changed, ONE);
    return groups.map(({ labels, measure, unit }, g) => {
      const translation = rate[g]! - base[g]!;
      const transaction = money[g]! - base[g]!;
      const cross = both[g]! - base[g]! - translation - transaction;
      const effects = { base: base[g]!, value: both[g]!, translation, transaction, cross };
      return { shock, closure, labels, measure, unit, ...effects };
    });
  });
}

/** The FX table of demand and units in the envelope's currency and the changed one, unless asked otherwise. */
export function fxAnswer(
  scenario: Scenario,
  { code, values }: Shocks,
  options: ReportOptions & ShowOptions,
): Result<Answer> {
  const { by = [], closure } = options;
  const currencies = options.currency ?? [scenario.currency.code, code];
  const problems = [...missingRates(scenario, currencies), ...straddlingPeriods(scenario, by)];
  if (problems.length > 0) return failure(problems);
  const closures = closure ? [closure] : CLOSURES;
  const measures = options.measure ?? ['demand', 'units'];
  const rows = fxTable(scenario, { code, shocks: values, closures, currencies, measures, by });
  const { lines, adjusted } = publishLines(rows, LAYOUT, tidyFormat(options));
  const sheets = () => fxSheets(scenario, code, sheetRows(rows, options));
  const table = fxTidyTable(scenario, code, lines, by);
  return success({
    table: { ...table, notes: tableAdjustmentNotes(withTableNames(adjusted)) },
    document: {
      scenario: scenario.id,
      currency: code,
      quotation: quotation(scenario),
      rows: textRecordsOf(table),
      ...(adjusted.length > 0 && { moved: adjusted }),
    },
    ...(options.show && { sheets: sheets() }),
    notes: [quotation(scenario)],
  });
}

/** Rows of one shock and closure add up, and base and effects add up to the value. */
const LAYOUT: PublishLayout<FxRow> = {
  tableOf: ({ shock, closure }) => `${signed(shock)} ${closure}`,
  rowOf: ({ labels }) => labels,
  partsOf: ({ base, translation, transaction, cross }) => [
    [['base'], base],
    [['translation'], translation],
    [['transaction'], transaction],
    [['cross'], cross],
  ],
  withParts: (row, [base, translation, transaction, cross], value) => {
    const effects = { translation: translation!, transaction: transaction!, cross: cross! };
    return { ...row, base: base!, ...effects, value };
  },
  pinnedColumn: ['base'],
  nameOf: (row, [column = 'value']) => [...row, column].join(' '),
};

function signed(shock: Fraction): string {
  return `${shock.n > 0n ? '+' : ''}${percent(shock)}`;
}

/** One list of the adjusted totals of all tables, each named with its shock and closure. */
function withTableNames(adjusted: readonly TableAdjustment[]): readonly TableAdjustment[] {
  return adjusted.map((one) => ({ ...one, table: '', total: `${one.table} ${one.total}` }));
}

/** The rows in the unit asked for, or in one chosen for the base numbers. */
function sheetRows(rows: readonly FxRow[], formatOptions: NumberFormatOptions): Publication<FxRow> {
  const tables = [...groupBy(rows, LAYOUT.tableOf).values()];
  return publishLines(
    rows,
    LAYOUT,
    sheetFormat(tables[0] ?? [], ({ base }) => base, formatOptions),
  );
}

const EFFECTS = ['translation', 'transaction', 'cross'] as const;
const AMOUNTS = ['base', 'value', ...EFFECTS] as const;
type AmountColumn = (typeof AMOUNTS)[number];

function fxTidyTable(
  { id }: Scenario,
  code: string,
  rows: readonly FxRow[],
  by: readonly string[],
): Table {
  const text = ['scenario', 'currency', 'closure', ...by, 'measure', 'unit'];
  const numbers = ['shock', ...AMOUNTS];
  return {
    columns: [...namedColumns('text', text), ...namedColumns('number', numbers)],
    rows: rows.map((row) => {
      const { closure, labels, measure, unit, shock } = row;
      const amounts = AMOUNTS.map((name) => printDecimal(row[name], unit.places));
      return [id, code, closure, ...labels, measure, unit.label, printFraction(shock), ...amounts];
    }),
  };
}

/** For each output a sheet of its values and one of its effects: a row for each shock, closures side by side. */
function fxSheets(
  scenario: Scenario,
  code: string,
  { lines, adjusted }: Publication<FxRow>,
): readonly Sheet[] {
  const nameOf = ({ labels, measure, unit }: FxRow) => [...labels, measure, unit.label].join(' ');
  return [...groupBy(lines, nameOf)].flatMap(([name, own]) => {
    const closures = [...new Set(own.map(({ closure }) => closure))];
    const shown = adjustmentsAt(adjusted, captionOf(own[0]!));
    const nameIn = (column: AmountColumn) => LAYOUT.nameOf(own[0]!.labels, [column]);
    const byShock = [...groupBy(own, ({ shock }) => signed(shock))];
    const sheet = (columns: readonly AmountColumn[], headings: readonly string[]): Sheet => ({
      title: `${scenario.title}: effect of ${code}, by closure`,
      caption: name,
      headings,
      rows: byShock.map(([shock, rows]) => ({
        label: `${code} ${shock}`,
        depth: 0,
        kind: 'part' as const,
        cells: columns.flatMap((column) =>
          rows.map((row) => grouped(printDecimal(row[column], row.unit.places))),
        ),
      })),
      notes: adjustmentNotes(
        withTableNames(shown.filter(({ total }) => columns.some((one) => total === nameIn(one)))),
      ),
    });
    const effects = EFFECTS.filter((effect) => own.some((row) => row[effect] !== 0n));
    const headings = effects.flatMap((effect) => closures.map((closure) => `${effect} ${closure}`));
    const values = sheet(['value'], closures);
    return [values, ...(effects.length > 0 ? [sheet(effects, headings)] : [])];
  });
}
