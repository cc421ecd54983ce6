/** The FX table: what a move of one currency does, under every closure, with its effects apart. */
import { grouped, printDecimal, printFraction, percent } from '../../core/number/decimal.js';
import type { Diagnostic } from '../../core/text/diagnostic.js';
import { groupBy } from '../../core/group.js';
import { type Fraction, ONE, add } from '../../core/number/fraction.js';
import { textRecordsOf, type Sheet, type Table } from '../../core/table.js';
import { CLOSURES, type Closure } from '../../model/fx.js';
import { missingRates } from '../../projection/output.js';
import { straddlingPeriods, groupCells, type Dimension } from '../../projection/rollup.js';
import type { Scenario } from '../../scenario/scenario.js';
import { captionOf } from '../compare/comparedLines.js';
import type { ReportOptions } from '../shared/options.js';
import {
  eyesScale,
  adjustedAt,
  notesOnAdjusted,
  publishLines,
  tidyScale,
  type PublishLayout,
  type AdjustedIn,
  type Publication,
} from '../shared/publishLines.js';
import { adjustedWords } from '../shared/publishTable.js';
import { quotation } from '../shared/reports.js';
import type { NumberFormatOptions } from '../shared/scale.js';
import type { Answer } from '../study.js';
import type { Measure, Unit } from '../../projection/plan.js';
import { compile } from '../../projection/compile.js';
import { groupEvaluator } from '../../projection/prepareEvaluation.js';

/** A currency and the relative moves of its rate: 0.05 is a currency that costs 5% more. */
export interface Shocks {
  readonly code: string;
  readonly values: readonly Fraction[];
}

/** Demand and units in the envelope's currency and the shocked one, unless asked otherwise. */
export function fxAnswer(
  scenario: Scenario,
  { code, values }: Shocks,
  options: ReportOptions & NumberFormatOptions & { readonly show?: boolean | undefined },
): Answer | readonly Diagnostic[] {
  const { by = [], closure } = options;
  const currencies = options.currency ?? [scenario.currency.code, code];
  const problems = [...missingRates(scenario, currencies), ...straddlingPeriods(scenario, by)];
  if (problems.length > 0) return problems;
  const closures = closure ? [closure] : CLOSURES;
  const measures = options.measure ?? ['demand', 'units'];
  const rows = fxTable(scenario, { code, shocks: values, closures, currencies, measures, by });
  const { lines, moved } = publishLines(rows, LAYOUT, tidyScale(options));
  const sheets = () => sheetsOf(scenario, code, forEyes(rows, options));
  const table = tableOf(scenario, code, lines, by);
  return {
    table: { ...table, notes: notesOnAdjusted(withMoves(moved)) },
    document: {
      scenario: scenario.id,
      currency: code,
      quotation: quotation(scenario),
      rows: textRecordsOf(table),
      ...(moved.length > 0 && { moved }),
    },
    ...(options.show && { sheets: sheets() }),
    notes: [quotation(scenario)],
  };
}

/** Rows of one move under one closure foot, and base and effects sum to the value. */
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
  firm: ['base'],
  nameOf: (row, [column = 'value']) => [...row, column].join(' '),
};

function signed(shock: Fraction): string {
  return `${shock.n > 0n ? '+' : ''}${percent(shock)}`;
}

/** One list of what moved in all tables, each total with the move and the closure that it is of. */
function withMoves(moved: readonly AdjustedIn[]): readonly AdjustedIn[] {
  return moved.map((one) => ({ ...one, table: '', total: `${one.table} ${one.total}` }));
}

/** In the unit asked for, or in one that suits what there is without a move. */
function forEyes(rows: readonly FxRow[], asked: NumberFormatOptions): Publication<FxRow> {
  const tables = [...groupBy(rows, LAYOUT.tableOf).values()];
  return publishLines(
    rows,
    LAYOUT,
    eyesScale(tables[0] ?? [], ({ base }) => base, asked),
  );
}

const EFFECTS = ['translation', 'transaction', 'cross'] as const;
const AMOUNTS = ['base', 'value', ...EFFECTS] as const;
type Amount = (typeof AMOUNTS)[number];

function tableOf(
  { id }: Scenario,
  code: string,
  rows: readonly FxRow[],
  by: readonly string[],
): Table {
  const text = ['scenario', 'currency', 'closure', ...by, 'measure', 'unit'];
  const numbers = ['shock', ...AMOUNTS];
  return {
    columns: [
      ...text.map((name) => ({ name, kind: 'text' as const })),
      ...numbers.map((name) => ({ name, kind: 'number' as const })),
    ],
    rows: rows.map((row) => {
      const { closure, labels, measure, unit, shock } = row;
      const amounts = AMOUNTS.map((name) => printDecimal(row[name], unit.places));
      return [id, code, closure, ...labels, measure, unit.label, printFraction(shock), ...amounts];
    }),
  };
}

/** For each number a sheet of its values, and one of its effects: a row a shock, closures side by side. */
function sheetsOf(
  scenario: Scenario,
  code: string,
  { lines, moved }: Publication<FxRow>,
): readonly Sheet[] {
  const nameOf = ({ labels, measure, unit }: FxRow) => [...labels, measure, unit.label].join(' ');
  return [...groupBy(lines, nameOf)].flatMap(([name, own]) => {
    const closures = [...new Set(own.map(({ closure }) => closure))];
    const shown = adjustedAt(moved, captionOf(own[0]!));
    const nameIn = (column: Amount) => LAYOUT.nameOf(own[0]!.labels, [column]);
    const byShock = [...groupBy(own, ({ shock }) => signed(shock))];
    const sheet = (columns: readonly Amount[], headings: readonly string[]): Sheet => ({
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
      notes: adjustedWords(
        withMoves(shown.filter(({ total }) => columns.some((one) => total === nameIn(one)))),
      ),
    });
    const effects = EFFECTS.filter((effect) => own.some((row) => row[effect] !== 0n));
    const headings = effects.flatMap((effect) => closures.map((closure) => `${effect} ${closure}`));
    const values = sheet(['value'], closures);
    return [values, ...(effects.length > 0 ? [sheet(effects, headings)] : [])];
  });
}

/** One cell of the table; amounts are counts of 10^-places of the unit. */
export interface FxRow {
  readonly shock: Fraction;
  readonly closure: Closure;
  readonly labels: readonly string[];
  readonly measure: Measure;
  readonly unit: Unit;
  /** Without the shock. */
  readonly base: bigint;
  /** With the shock, wherever the rate stands. */
  readonly value: bigint;
  /** Same money, other rate in translation alone. */
  readonly translation: bigint;
  /** Money or units moved by the fx factors, at the old rate of translation. */
  readonly transaction: bigint;
  /** What only both together do. The three sum to `value` − `base`. */
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

/** By shock: four corner runs of one plan, which differ in two registers. */
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
  // A rate may be anything above zero: no guard of a scenario hangs on it.
  const corner = (money: Fraction, rate: Fraction) =>
    countsAt(new Map([[inFactors, money]]).set(inTranslation, rate))!;
  const base = corner(ONE, ONE);
  return shocks.map((shock) => {
    const moved = add(ONE, shock);
    // In this order one register changes at a time, and little is computed twice.
    const rate = corner(ONE, moved);
    const both = corner(moved, moved);
    const money = corner(moved, ONE);
    return groups.map(({ labels, measure, unit }, g) => {
      const translation = rate[g]! - base[g]!;
      const transaction = money[g]! - base[g]!;
      const cross = both[g]! - base[g]! - translation - transaction;
      const effects = { base: base[g]!, value: both[g]!, translation, transaction, cross };
      return { shock, closure, labels, measure, unit, ...effects };
    });
  });
}
