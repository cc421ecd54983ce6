/** The plan for some outputs, and the cells of each output. */
import type { Closure } from '../../model/fx.js';
import { compile } from '../../projection/compile.js';
import type { Output } from '../../projection/output.js';
import { amountsOf, cellsHeld, splitFor } from '../../projection/outputAmounts.js';
import type { Plan, PlannedCell } from '../../projection/plan.js';
import type { CellGroup } from '../../projection/rollup.js';
import { splitPlan } from '../../projection/splitPlan.js';
import type { Scenario } from '../../scenario/scenario.js';

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
