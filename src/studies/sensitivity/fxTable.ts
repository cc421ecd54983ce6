/** The FX table: the effect of changes of exchange rates, under every closure, split into translation, transaction and cross. */
import { ONE, add, divide, type Fraction } from '../../core/number/fraction.js';
import type { Closure } from '../../model/fx.js';
import { missingRates } from '../../projection/output.js';
import type { Measure, Unit } from '../../projection/plan.js';
import { groupEvaluator } from '../../projection/prepareEvaluation.js';
import { groupCells, groupRows, isTime, sumIn, type Dimension } from '../../projection/rollup.js';
import { splitPlan } from '../../projection/splitPlan.js';
import { acrossGroups } from '../../projection/timeGroups.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { ReportOptions } from '../shared/options.js';
import { planOf } from '../shared/reports.js';
import type { Subject } from '../subject/subject.js';
import type { Shocks } from './fxShocks.js';

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

/** The effects of a change, which add up to it. */
export const EFFECTS = ['translation', 'transaction', 'cross'] as const;
export const AMOUNTS = ['base', 'value', ...EFFECTS] as const;
export type AmountColumn = (typeof AMOUNTS)[number];

export interface FxQuestion {
  readonly moves: readonly Shocks[];
  readonly closures: readonly Closure[];
  readonly report: Pick<ReportOptions, 'currency' | 'measure' | 'where'>;
  readonly by: readonly Dimension[];
}

/** The rows by move, then closure, then as in the forecast. */
export function fxTable(subject: Subject, question: FxQuestion): readonly FxRow[] {
  const tables = question.closures.map((closure) => {
    const all = subject.members.map((member) => closureRows(subject, member, closure, question));
    return question.moves.map((_, i) => {
      const rows = all.map((byMove) => byMove[i]!);
      return subject.portfolio ? summedRows(rows.flat(), question.by) : rows[0]!;
    });
  });
  return question.moves.flatMap((_, i) => tables.flatMap((byMove) => byMove[i]!));
}

/** Rows of several buyers, summed where they have the same labels. */
function summedRows(rows: readonly FxRow[], by: readonly Dimension[]): readonly FxRow[] {
  const counted = rows.map((row) => ({ ...row, count: row.base }));
  return groupRows(counted, by).map(({ cells, unit }) => {
    const sumOf = (column: AmountColumn) =>
      sumIn(
        unit,
        cells.map((row) => ({ unit: row.unit, count: row[column] })),
      );
    const { shocks, closure, labels, measure } = cells[0]!;
    const effects = { translation: sumOf('translation'), transaction: sumOf('transaction') };
    const amounts = {
      base: sumOf('base'),
      value: sumOf('value'),
      ...effects,
      cross: sumOf('cross'),
    };
    return { shocks, closure, labels, measure, unit, ...amounts };
  });
}

/** The currencies whose rates change in a member: all of them where its own currency does. */
function codesOf({ portfolio }: Subject, member: Scenario, moves: readonly Shocks[]) {
  const codes = codesIn(moves);
  if (!portfolio) return codes;
  const { base, path } = member.fx;
  const known = [...new Set([...base.keys(), ...path.keys()])].filter(
    (code) => missingRates(member, [code]).length === 0,
  );
  return codes.includes(member.currency.code)
    ? known
    : known.filter((code) => codes.includes(code));
}

/** The rows of each move: four evaluations of one plan, which differ in two registers for each currency. */
function closureRows(
  subject: Subject,
  scenario: Scenario,
  closure: Closure,
  { moves, report, by }: FxQuestion,
): readonly (readonly FxRow[])[] {
  const shocked = codesOf(subject, scenario, moves);
  const whole = planOf(scenario, { ...report, closure }, { shocked });
  const plan = splitPlan(whole, acrossGroups(scenario, by.filter(isTime)));
  const groups = groupCells(scenario, plan.cells, by);
  const registers = plan.shocks.flatMap((one) => [one.inFactors, one.inTranslation]);
  const countsAt = groupEvaluator(plan, registers, groups);
  // A rate may be any number above zero, so no guard of the scenario can fail.
  const corner = (inFactors: Shocks, inTranslation: Shocks) =>
    countsAt(
      new Map(
        plan.shocks.flatMap((one) => [
          [one.inFactors, multipleIn(scenario, one.code, inFactors)] as const,
          [one.inTranslation, multipleIn(scenario, one.code, inTranslation)] as const,
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

/** What a rate is multiplied by in a scenario: a change of its own currency changes all of its rates. */
function multipleIn({ currency }: Scenario, code: string, shocks: Shocks): Fraction {
  return divide(multipleOf(code, shocks), multipleOf(currency.code, shocks));
}

export function multipleOf(code: string, shocks: Shocks): Fraction {
  const shock = shocks.find((one) => one.code === code);
  return shock ? add(ONE, shock.value) : ONE;
}

/** The currencies that move, in the order typed. */
export function codesIn(moves: readonly Shocks[]): readonly string[] {
  return [...new Set(moves.flatMap((shocks) => shocks.map(({ code }) => code)))];
}
