/** From a period's amount to the suppliers of every leaf: mix, component tree, shares of wallet. */
import { isBranch, type Component } from '../../model/component.js';
import * as plan from '../../plan/builder.js';
import type { Planner, Ref } from '../../plan/builder.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { PeriodCells } from '../plan.js';
import { ONE, ZERO } from '../../core/number/fraction.js';
import { inputsOf, isRest, type Input, type Share } from '../../model/input.js';
import type { Estimate } from '../../model/estimate.js';
import type { Mix } from '../../model/mix.js';
import type { Leaf } from '../../model/leaf.js';

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

/** The registers of a group's shares: inputs as they are, `rest` as the whole less the others. */
export function shareRefs(p: Planner, shares: readonly Share[], whole?: Input): readonly Ref[] {
  const others = inputsOf(shares).map((share) => plan.input(p, share));
  const total = whole ? plan.input(p, whole) : plan.constant(p, ONE);
  const open = shares.find(isRest);
  const left = open ? plan.rest(p, total, others, open) : plan.difference(p, total, others);
  plan.guard(p, left, open ? 'not negative' : 'zero');
  return shares.map((share) => (isRest(share) ? left : plan.input(p, share)));
}

/** The parts of an estimate as registers; a part that it does not have is 0 in it. */
export function partRefs(
  p: Planner,
  { parts, of }: Estimate,
  components: readonly string[],
): readonly Ref[] {
  const names = [...parts.keys()];
  const refs = shareRefs(p, [...parts.values()], of);
  if (of) plan.guard(p, plan.input(p, of), 'positive');
  return components.map((name) => refs[names.indexOf(name)] ?? plan.constant(p, ZERO));
}

/** The weight of each component under a mix; a part that an estimate does not have is 0 in it. */
export function mixWeights(p: Planner, mix: Mix, components: readonly string[]): readonly Ref[] {
  if ('estimate' in mix) return partRefs(p, mix.estimate, components);
  const weights = shareRefs(
    p,
    mix.blend.map(({ weight }) => weight),
  );
  const parts = mix.blend.map(({ estimate }) => {
    const refs = partRefs(p, estimate, components);
    const { of } = estimate;
    if (!of) return refs;
    return refs.map((ref, c) => {
      const share = plan.quotient(p, ref, plan.input(p, of));
      return plan.name(p, share, 'share of', components[c]!, 'in', estimate.name);
    });
  });
  return components.map((component, c) => {
    const weighted = parts.map((part, e) => plan.product(p, [weights[e]!, part[c]!]));
    return plan.name(p, plan.sum(p, weighted), 'weight of', component, 'in the blend');
  });
}

/** What each supplier of a leaf gets of an amount in a period; `unassigned` gets all of it. */
export function overSuppliers(
  p: Planner,
  { suppliers, shares }: Leaf,
  amount: Ref,
  t: number,
): readonly Ref[] {
  if (!shares) return [amount];
  return plan.allocateByKey(p, amount, shareRefs(p, shares[t]!), suppliers);
}
