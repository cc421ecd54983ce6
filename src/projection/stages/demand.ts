/** Stages 4, 5 and 7: a period's amount over the mix and down the component tree; a leaf over its suppliers. */
import { ZERO } from '../../core/number/fraction.js';
import { saying } from '../../core/text/language.js';
import { isBranch, type Component } from '../../model/component.js';
import type { Estimate } from '../../model/estimate.js';
import type { Leaf } from '../../model/leaf.js';
import type { Mix } from '../../model/mix.js';
import type { Planner, Ref } from '../../plan/builder.js';
import * as plan from '../../plan/builder.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { PeriodCells } from '../plan.js';
import { shareRefs } from './shareWeights.js';

/**
 * The amounts of all leaves, in their order.
 *
 * @param amount of a period
 * @param period index of the period whose mix and parts apply
 */
export function leafAmounts(
  planner: Planner,
  { components, mixes }: Scenario,
  amount: Ref,
  period: number,
): readonly Ref[] {
  const keys = components.map(({ key }) => key);
  const weights = mixWeights(planner, mixes[period]!, keys);
  const amounts = plan.allocateByKey(planner, amount, weights, keys);
  return components.flatMap((component, c) => partAmounts(planner, component, amounts[c]!, period));
}

/** The weight of each component under a mix: the parts of one estimate, or of a blend of several. */
function mixWeights(planner: Planner, mix: Mix, components: readonly string[]): readonly Ref[] {
  if (mix.kind === 'estimate') return estimateParts(planner, mix.estimate, components);
  const weights = shareRefs(
    planner,
    mix.blend.map(({ weight }) => weight),
  );
  const shares = mix.blend.map(({ estimate }) => estimateShares(planner, estimate, components));
  return components.map((component, c) => {
    const weighted = shares.map((share, e) => plan.product(planner, [weights[e]!, share[c]!]));
    const weight = plan.sum(planner, weighted);
    return plan.name(planner, weight, saying('weight of {component} in the blend', { component }));
  });
}

/** The parts of an estimate, amounts or ratios; a component that it does not split to has 0. */
function estimateParts(
  planner: Planner,
  { parts, of }: Estimate,
  components: readonly string[],
): readonly Ref[] {
  const refs = shareRefs(planner, [...parts.values()], of);
  const refOf = new Map([...parts.keys()].map((key, i) => [key, refs[i]!]));
  if (of) plan.guard(planner, plan.input(planner, of), 'positive');
  return components.map((key) => refOf.get(key) ?? plan.constant(planner, ZERO));
}

/** The parts of an estimate as ratios of what it splits. */
function estimateShares(
  planner: Planner,
  estimate: Estimate,
  components: readonly string[],
): readonly Ref[] {
  const refs = estimateParts(planner, estimate, components);
  const { of, name } = estimate;
  if (!of) return refs;
  return refs.map((ref, c) => {
    const share = plan.quotient(planner, ref, plan.input(planner, of));
    return plan.name(
      planner,
      share,
      saying('share of {component} in {estimate}', { component: components[c]!, estimate: name }),
    );
  });
}

function partAmounts(
  planner: Planner,
  component: Component,
  amount: Ref,
  period: number,
): readonly Ref[] {
  if (!isBranch(component)) return [amount];
  const { children, parts } = component;
  const keys = children.map(({ key }) => key);
  const amounts = plan.allocateByKey(planner, amount, shareRefs(planner, parts[period]!), keys);
  return children.flatMap((child, c) => partAmounts(planner, child, amounts[c]!, period));
}

/**
 * The demand that reaches each supplier of each leaf in a period.
 *
 * @param amounts by leaf
 * @param period index of the period whose shares apply
 */
export function supplierDemand(
  planner: Planner,
  { leaves }: Scenario,
  amounts: readonly Ref[],
  period: number,
): PeriodCells {
  return leaves.map((leaf, l) => splitOverSuppliers(planner, leaf, amounts[l]!, period));
}

/** An amount of a leaf by supplier; `unassigned`, the one supplier of a leaf that names none, gets all. */
export function splitOverSuppliers(
  planner: Planner,
  { suppliers, shares }: Leaf,
  amount: Ref,
  period: number,
): readonly Ref[] {
  if (!shares) return [amount];
  return plan.allocateByKey(planner, amount, shareRefs(planner, shares[period]!), suppliers);
}
