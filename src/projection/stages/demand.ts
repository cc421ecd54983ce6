/** Stages 4, 5 and 7: a period's amount over the mix and down the component tree; a leaf over its suppliers. */
import { ZERO } from '../../core/number/fraction.js';
import { saying } from '../../core/text/language.js';
import { isBranch, type Component } from '../../model/component.js';
import type { Estimate, SplitEstimate } from '../../model/estimate/estimate.js';
import type { Leaf } from '../../model/leaf.js';
import type { Mix } from '../../model/estimate/mix.js';
import { isInUnits, buysIn } from '../../model/estimate/unitEstimate.js';
import type { Planner, Ref } from '../../plan/builder.js';
import * as plan from '../../plan/builder.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { PeriodCells } from '../plan.js';
import type { Purchases } from './purchases.js';
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
  purchases: Purchases,
): readonly Ref[] {
  const keys = components.map(({ key }) => key);
  const mix = mixes[period]!;
  const weights = mixWeights(planner, mix, { keys, period, purchases });
  if (mix.kind === 'estimate' && isInUnits(mix.estimate)) {
    if (buysIn(mix.estimate, period)) plan.guard(planner, plan.sum(planner, weights), 'positive');
    else plan.guard(planner, amount, 'zero');
  }
  const amounts = plan.allocateByKey(planner, amount, weights, keys);
  return components.flatMap((component, c) => partAmounts(planner, component, amounts[c]!, period));
}

/** The components of a mix, and the costs of estimates in units. */
interface MixContext {
  readonly keys: readonly string[];
  readonly period: number;
  readonly purchases: Purchases;
}

/** The weight of each component under a mix: the parts of one estimate, or of a blend of several. */
function mixWeights(planner: Planner, mix: Mix, context: MixContext): readonly Ref[] {
  if (mix.kind === 'estimate') return estimateParts(planner, mix.estimate, context);
  const weights = shareRefs(
    planner,
    mix.blend.map(({ weight }) => weight),
  );
  const shares = mix.blend.map(({ estimate }) => estimateShares(planner, estimate, context));
  return context.keys.map((component, c) => {
    const weighted = shares.map((share, e) => plan.product(planner, [weights[e]!, share[c]!]));
    const weight = plan.sum(planner, weighted);
    return plan.name(planner, weight, saying('weight of {component} in the blend', { component }));
  });
}

/** The parts of an estimate, amounts or ratios; a component that it does not have is 0 in it. */
function estimateParts(
  planner: Planner,
  estimate: Estimate,
  { keys, period, purchases }: MixContext,
): readonly Ref[] {
  const refOf = isInUnits(estimate) ? purchases(estimate, period) : partRefs(planner, estimate);
  return keys.map((key) => refOf.get(key) ?? plan.constant(planner, ZERO));
}

function partRefs(planner: Planner, { parts, of }: SplitEstimate): ReadonlyMap<string, Ref> {
  const refs = shareRefs(planner, [...parts.values()], of);
  if (of) plan.guard(planner, plan.input(planner, of), 'positive');
  return new Map([...parts.keys()].map((key, i) => [key, refs[i]!]));
}

/** The parts of an estimate as ratios of what it splits, or of all that it buys in the period. */
function estimateShares(planner: Planner, estimate: Estimate, context: MixContext): readonly Ref[] {
  const refs = estimateParts(planner, estimate, context);
  const whole = wholeOf(planner, estimate, refs);
  if (whole === undefined) return refs;
  return refs.map((ref, c) => {
    const share = plan.quotient(planner, ref, whole);
    return plan.name(
      planner,
      share,
      saying('share of {component} in {estimate}', {
        ...{ component: context.keys[c]!, estimate: estimate.name },
      }),
    );
  });
}

/** What the parts of an estimate sum to; nothing where they are ratios already. */
function wholeOf(planner: Planner, estimate: Estimate, parts: readonly Ref[]): Ref | undefined {
  if (!isInUnits(estimate)) return estimate.of && plan.input(planner, estimate.of);
  const words = saying('cost of all that {estimate} buys', { estimate: estimate.name });
  const whole = plan.name(planner, plan.sum(planner, parts), words);
  return plan.guard(planner, whole, 'positive');
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
