/** The FX table: the effect of changes of exchange rates, under every closure, split into translation, transaction and cross. */
import { groupBy } from '../../core/group.js';
import { grouped, printDecimal, printFraction } from '../../core/number/decimal.js';
import { ONE, add, subtract, type Fraction } from '../../core/number/fraction.js';
import { failure, success, type Result } from '../../core/result.js';
import { textRecordsOf, type Sheet, type Table } from '../../core/table.js';
import type { Diagnostic } from '../../core/text/diagnostic.js';
import { sayIn, type Language, type Say } from '../../core/text/language.js';
import { CLOSURES, type Closure } from '../../model/fx.js';
import { missingRates } from '../../projection/output.js';
import type { Measure, Unit } from '../../projection/plan.js';
import { groupEvaluator } from '../../projection/prepareEvaluation.js';
import { groupCells, isTime, type Dimension } from '../../projection/rollup.js';
import { splitPlan } from '../../projection/splitPlan.js';
import { acrossGroups } from '../../projection/timeGroups.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { Answer } from '../answer.js';
import { namedColumns } from '../shared/columns.js';
import { captionOf } from '../shared/lineKinds.js';
import { unitIn, type NumberFormatOptions } from '../shared/numberFormat.js';
import { argumentError } from '../shared/argumentError.js';
import { type ReportOptions, type ShowOptions } from '../shared/options.js';
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
import { codesFor, missingMeasures, planOf, quotation } from '../shared/reports.js';
import { splitNotes, tableHeadings, type TableHeadings } from '../shared/timeNotes.js';
import { conditionsTest, placesOf, unmetConditions } from '../shared/where.js';
import { commonShock, shocksLabel, type Shocks } from './fxShocks.js';

/** A row of the table; amounts are counts of 10^-places of the unit. */
export interface FxRow {
  readonly shocks: Shocks;
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
  readonly moves: readonly Shocks[];
  readonly closures: readonly Closure[];
  readonly report: Pick<ReportOptions, 'currency' | 'measure' | 'where'>;
  readonly by: readonly Dimension[];
}

/** The rows by move, then closure, then as in the forecast. */
export function fxTable(scenario: Scenario, question: FxQuestion): readonly FxRow[] {
  const tables = question.closures.map((closure) => closureRows(scenario, closure, question));
  return question.moves.flatMap((_, i) => tables.flatMap((byMove) => byMove[i]!));
}

/** The rows of each move: four evaluations of one plan, which differ in two registers for each currency. */
function closureRows(
  scenario: Scenario,
  closure: Closure,
  { moves, report, by }: FxQuestion,
): readonly (readonly FxRow[])[] {
  const whole = planOf(scenario, { ...report, closure }, codesIn(moves));
  const plan = splitPlan(whole, acrossGroups(scenario, by.filter(isTime)));
  const groups = groupCells(scenario, plan.cells, by);
  const registers = plan.shocks.flatMap((one) => [one.inFactors, one.inTranslation]);
  const countsAt = groupEvaluator(plan, registers, groups);
  // A rate may be any number above zero, so no guard of the scenario can fail.
  const corner = (inFactors: Shocks, inTranslation: Shocks) =>
    countsAt(
      new Map(
        plan.shocks.flatMap((one) => [
          [one.inFactors, multipleOf(one.code, inFactors)] as const,
          [one.inTranslation, multipleOf(one.code, inTranslation)] as const,
        ]),
      ),
    )!;
  const base = corner([], []);
  return moves.map((shocks) => {
    // In this order one kind of register changes at a time, so little is computed twice.
    const rate = corner([], shocks);
    const both = corner(shocks, shocks);
    const money = corner(shocks, []);
    return groups.map(({ labels, measure, unit }, g) => {
      const translation = rate[g]! - base[g]!;
      const transaction = money[g]! - base[g]!;
      const cross = both[g]! - base[g]! - translation - transaction;
      const effects = { base: base[g]!, value: both[g]!, translation, transaction, cross };
      return { shocks, closure, labels, measure, unit, ...effects };
    });
  });
}

function multipleOf(code: string, shocks: Shocks): Fraction {
  const shock = shocks.find((one) => one.code === code);
  return shock ? add(ONE, shock.value) : ONE;
}

/** The currencies that move, in the order typed. */
function codesIn(moves: readonly Shocks[]): readonly string[] {
  return [...new Set(moves.flatMap((shocks) => shocks.map(({ code }) => code)))];
}

/** The FX table of demand and units in the envelope's currency and the changed ones, unless asked otherwise. */
export function fxAnswer(
  scenario: Scenario,
  moves: readonly Shocks[],
  options: ReportOptions & ShowOptions,
): Result<Answer> {
  const { by = [], closure } = options;
  const codes = codesIn(moves);
  const currency = options.currency ?? [scenario.currency.code, ...codes];
  const measure = options.measure ?? (['demand', 'units'] as const);
  const report = { currency, measure, where: options.where };
  const needed = new Set([...codesFor(scenario, report), ...codes]);
  const problems = [
    ...ownCurrency(scenario, codes),
    ...missingMeasures([scenario], options),
    ...missingRates(scenario, [...needed]),
    ...unmetConditions([scenario], options.where, options.measure),
  ];
  if (problems.length > 0) return failure(problems);
  const sellers = placesOf(scenario, measure)
    .filter(conditionsTest(scenario, options.where))
    .map(({ supplier }) => supplier);
  const closures = closure ? [closure] : CLOSURES;
  const rows = fxTable(scenario, { moves, closures, report, by });
  const { lines, adjusted } = publishLines(rows, LAYOUT, tidyFormat(options));
  const { lang } = options;
  const { heading } = tableHeadings([{ scenario, sellers }], by, lang);
  const sheets = () => fxSheets(scenario, codes, sheetRows(rows, options), heading, lang);
  const table = fxTidyTable(scenario, codes, lines, by);
  return success({
    table: { ...table, notes: tableAdjustmentNotes(withTableNames(adjusted), lang) },
    document: {
      scenario: scenario.id,
      currency: codes.join('+'),
      quotation: quotation(scenario),
      rows: textRecordsOf(table),
      ...(adjusted.length > 0 && { moved: adjusted }),
    },
    ...(options.show && { sheets: sheets() }),
    notes: [quotation(scenario, lang), ...splitNotes(scenario, sellers, by, lang)],
  });
}

/** The currency of the envelope has no rate that could move. */
function ownCurrency({ currency }: Scenario, codes: readonly string[]): readonly Diagnostic[] {
  if (!codes.includes(currency.code)) return [];
  const refused = argumentError(
    '--fx',
    currency.code,
  )({
    message: `${currency.code} is the currency of the envelope: it has no rate`,
    hint: 'name the other currency of the pair',
  });
  return refused.diagnostics;
}

/** Rows of one move and closure add up, and base and effects add up to the value. */
const layoutOf = (say: Say): PublishLayout<FxRow> => ({
  tableOf: ({ shocks, closure }) => `${shocksLabel(shocks)} ${closure}`,
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
  nameOf: (row, [column = 'value']) => [...row, say(column as AmountColumn)].join(' '),
});

/** Names in files are those of the columns. */
const LAYOUT = layoutOf(sayIn());

/** One list of the adjusted totals of all tables, each named with its move and closure. */
function withTableNames(adjusted: readonly TableAdjustment[]): readonly TableAdjustment[] {
  return adjusted.map((one) => ({ ...one, table: '', total: `${one.table} ${one.total}` }));
}

/** The rows in the unit asked for, or in one chosen for the base numbers. */
function sheetRows(rows: readonly FxRow[], formatOptions: NumberFormatOptions): Publication<FxRow> {
  const tables = [...groupBy(rows, LAYOUT.tableOf).values()];
  return publishLines(
    rows,
    layoutOf(sayIn(formatOptions.lang)),
    sheetFormat(tables[0] ?? [], ({ base }) => base, formatOptions),
  );
}

const EFFECTS = ['translation', 'transaction', 'cross'] as const;
const AMOUNTS = ['base', 'value', ...EFFECTS] as const;
type AmountColumn = (typeof AMOUNTS)[number];

/** With several currencies there is a column for the change of each, besides the change that all have. */
function fxTidyTable(
  { id }: Scenario,
  codes: readonly string[],
  rows: readonly FxRow[],
  by: readonly string[],
): Table {
  const several = codes.length > 1 ? codes : [];
  const text = ['scenario', 'currency', 'closure', ...by, 'measure', 'unit'];
  const numbers = ['shock', ...several.map((code) => `shock_${code}`), ...AMOUNTS];
  return {
    columns: [...namedColumns('text', text), ...namedColumns('number', numbers)],
    rows: rows.map((row) => {
      const { closure, labels, measure, unit, shocks } = row;
      const moving = shocks.map(({ code }) => code).join('+');
      const common = commonShock(shocks);
      const values = several.map((code) => subtract(multipleOf(code, shocks), ONE));
      const changes = [common ? printFraction(common) : '', ...values.map(printFraction)];
      const amounts = AMOUNTS.map((name) => printDecimal(row[name], unit.places));
      return [id, moving, closure, ...labels, measure, unit.label, ...changes, ...amounts];
    }),
  };
}

/** For each output a sheet of its values and one of its effects: a row for each move, closures side by side. */
function fxSheets(
  scenario: Scenario,
  codes: readonly string[],
  { lines, adjusted }: Publication<FxRow>,
  heading: TableHeadings['heading'],
  lang?: Language,
): readonly Sheet[] {
  const say = sayIn(lang);
  const nameOf = ({ labels, measure, unit }: FxRow) =>
    [...labels.map(heading), say(measure), unitIn({ suffix: '', lang }, unit.label)].join(' ');
  return [...groupBy(lines, nameOf)].flatMap(([name, own]) => {
    const closures = [...new Set(own.map(({ closure }) => closure))];
    const shown = adjustmentsAt(adjusted, captionOf(own[0]));
    const nameIn = (column: AmountColumn) => layoutOf(say).nameOf(own[0].labels, [column], '');
    const byMove = [...groupBy(own, ({ shocks }) => shocksLabel(shocks))];
    const sheet = (columns: readonly AmountColumn[], headings: readonly string[]): Sheet => ({
      title: say('{title}: effect of {currencies}, by closure', {
        ...{ title: scenario.title, currencies: codes.join(', ') },
      }),
      caption: name,
      headings,
      rows: byMove.map(([label, rows]) => ({
        label,
        depth: 0,
        kind: 'part' as const,
        cells: columns.flatMap((column) =>
          rows.map((row) => grouped(printDecimal(row[column], row.unit.places))),
        ),
      })),
      notes: adjustmentNotes(
        withTableNames(shown.filter(({ total }) => columns.some((one) => total === nameIn(one)))),
        lang,
      ),
    });
    const effects = EFFECTS.filter((effect) => own.some((row) => row[effect] !== 0n));
    const headings = effects.flatMap((effect) =>
      closures.map((closure) => `${say(effect)} ${closure}`),
    );
    const values = sheet(['value'], closures);
    return [values, ...(effects.length > 0 ? [sheet(effects, headings)] : [])];
  });
}
