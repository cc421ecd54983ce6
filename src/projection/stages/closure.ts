/** The FX closure: what gives way when foreign-priced content costs more. */
import { ONE } from '../../core/number/fraction.js';
import * as plan from '../../plan/builder.js';
import type { Planner, Ref } from '../../plan/builder.js';
import type { Closure } from '../../model/fx.js';

/** Amounts of all leaves in one period, with their factors. */
export interface LeafAmounts {
  readonly amounts: readonly Ref[];
  readonly factors: readonly Ref[];
  /** Whole paths of the leaves, which decide ties. */
  readonly paths: readonly string[];
  /** Of the period. */
  readonly label: string;
}

/**
 * What gives way in an open period when foreign-priced content costs more.
 *
 * `budget` keeps each component's amount, and units move. `volume` keeps units: an amount is
 * multiplied by its factor. `scale` keeps the period's total and the physical mix: the total is
 * allocated anew over all leaves, by amount × factor.
 */
export function applyClosure(p: Planner, closure: Closure, leaves: LeafAmounts): readonly Ref[] {
  const { amounts, factors, paths, label } = leaves;
  const named = (ref: Ref, i: number) =>
    plan.name(p, ref, paths[i]!, 'in', label, 'under closure', closure);
  const one = plan.constant(p, ONE);
  if (closure === 'budget' || factors.every((factor) => factor === one)) return amounts;
  if (closure === 'volume') {
    return amounts.map((amount, i) =>
      factors[i] === one ? amount : named(factored(p, amount, factors[i]!), i),
    );
  }
  const weights = amounts.map((amount, i) => plan.product(p, [amount, factors[i]!]));
  const total = plan.name(p, plan.sum(p, amounts), label);
  return plan.allocateByKey(p, total, weights, paths).map(named);
}

function factored(p: Planner, amount: Ref, factor: Ref): Ref {
  return plan.add(p, (out) => ({ op: 'factor', out, amount, factor }));
}
