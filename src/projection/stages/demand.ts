/** From a period's amount to the suppliers of every leaf: mix, component tree, shares of wallet. */
import { isBranch, type Component } from '../../model/component.js';
import { mixWeights } from '../../model/mix.js';
import * as plan from '../../plan/builder.js';
import type { Planner, Ref } from '../../plan/builder.js';
import { overSuppliers } from '../../model/leaf.js';
import { shareRefs } from '../../model/shares.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { PeriodCells } from '../plan.js';

/**
 * The amounts of all leaves, from the amount of a period.
 *
 * @param t the period whose mix and parts hold
 */
export function leafAmounts(
  p: Planner,
  scenario: Scenario,
  amount: Ref,
  t: number,
): readonly Ref[] {
  const { components, mixes } = scenario;
  const keys = components.map(({ key }) => key);
  const weights = mixWeights(p, mixes[t]!, keys);
  const amounts = plan.allocateByKey(p, amount, weights, keys);
  return components.flatMap((component, c) => partAmounts(p, component, amounts[c]!, t));
}

function partAmounts(p: Planner, component: Component, amount: Ref, t: number): readonly Ref[] {
  if (!isBranch(component)) return [amount];
  const { children, parts } = component;
  const keys = children.map(({ key }) => key);
  const amounts = plan.allocateByKey(p, amount, shareRefs(p, parts[t]!), keys);
  return children.flatMap((child, c) => partAmounts(p, child, amounts[c]!, t));
}

/** The amounts of all suppliers of all leaves; a leaf without suppliers has the one `unassigned`. */
export function splitOverSuppliers(
  p: Planner,
  { leaves }: Scenario,
  amounts: readonly Ref[],
  t: number,
): PeriodCells {
  return leaves.map((leaf, l) => overSuppliers(p, leaf, amounts[l]!, t));
}
