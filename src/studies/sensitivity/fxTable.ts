/** The FX table: what a move of one currency does, under every closure, with its effects apart. */
import { ONE, add, type Ratio } from '../../core/number/fraction.js';
import type { Closure } from '../../model/closure.js';
import type { Measure, Unit } from '../../projection/plan.js';
import { compile } from '../../projection/compile.js';
import { groupCells, type Dimension } from '../../projection/rollup.js';
import { groupEvaluator } from '../../projection/evaluate.js';
import type { Scenario } from '../../scenario/scenario.js';

/** One cell of the table; amounts are counts of 10^-places of the unit. */
export interface FxRow {
  readonly shock: Ratio;
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
  readonly shocks: readonly Ratio[];
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
  const corner = (money: Ratio, rate: Ratio) =>
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
