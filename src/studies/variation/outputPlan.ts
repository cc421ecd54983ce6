/** The plan for some outputs: compiled once, with the cells of each output. */
import type { Ref } from '../../core/kernel/registers.js';
import type { Closure } from '../../model/fx.js';
import { compile } from '../../projection/compile.js';
import { amountsOf, cellsHeld, splitFor, type Output } from '../../projection/output.js';
import type { Plan, PlannedCell } from '../../projection/plan.js';
import { registersByPath } from '../../projection/prepareEvaluation.js';
import type { CellGroup } from '../../projection/rollup.js';
import { splitPlan } from '../../projection/splitPlan.js';
import type { Scenario } from '../../scenario/scenario.js';

/** A plan for some outputs, with what every evaluation of it looks up. */
export interface CompiledOutputs {
  readonly outputs: readonly Output[];
  readonly closure: Closure | undefined;
  readonly plan: Plan;
  readonly refs: ReadonlyMap<string, readonly Ref[]>;
  readonly groups: readonly CellGroup<PlannedCell>[];
}

/** The last plan of each scenario: a tornado changes hundreds of inputs of one. */
const lastCompiled = new WeakMap<Scenario, CompiledOutputs>();

export function compiledFor(
  scenario: Scenario,
  outputs: readonly Output[],
  closure: Closure | undefined,
): CompiledOutputs {
  const last = lastCompiled.get(scenario);
  if (last?.outputs === outputs && last.closure === closure) return last;
  const plan = planFor(scenario, outputs, closure);
  const groups = groupsOf(plan, outputs);
  const compiled = { outputs, closure, plan, refs: registersByPath(plan), groups };
  lastCompiled.set(scenario, compiled);
  return compiled;
}

/** The plan for some outputs: cells of which they hold some months only are split. */
export function planFor(scenario: Scenario, outputs: readonly Output[], closure?: Closure): Plan {
  const plan = compile(scenario, { currencies: currenciesOf(outputs), closure });
  return splitPlan(plan, splitFor(outputs));
}

/**
 * All cells of each output as one group, in the finest of their units; 0 if it has none.
 *
 * @param plan of `planFor`
 */
export function groupsOf(
  { cells, scenario }: Plan,
  outputs: readonly Output[],
): readonly CellGroup<PlannedCell>[] {
  const zeros = cells.map((cell) => ({ ...cell, count: 0n }));
  const amounts = amountsOf({ scenario, cells: zeros }, outputs);
  return cellsHeld(cells, outputs).map((held, o) => {
    const { measure } = outputs[o]!;
    return { labels: [], measure, unit: amounts[o]!.unit, cells: held };
  });
}

/** The currencies that a plan needs for some outputs. */
export function currenciesOf(outputs: readonly Output[]): readonly string[] {
  const units = outputs.map(({ measure, unit }) => (measure === 'units' ? undefined : unit));
  return [...new Set(units.filter((unit) => unit !== undefined))];
}
