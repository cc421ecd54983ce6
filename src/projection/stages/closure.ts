/** Stage 6, second half: the FX closure, which decides what absorbs a change of foreign prices. */
import { ONE } from '../../core/number/fraction.js';
import { saying } from '../../core/text/language.js';
import type { Closure } from '../../model/fx.js';
import type { Planner, Ref } from '../../plan/builder.js';
import * as plan from '../../plan/builder.js';

/** The amounts of all leaves in one period, with their fx factors. */
export interface LeafAmounts {
  readonly amounts: readonly Ref[];
  readonly factors: readonly Ref[];
  /** Whole paths of the leaves, which decide ties. */
  readonly paths: readonly string[];
  /** Of the period. */
  readonly label: string;
}

/**
 * The amounts of an open period under a closure.
 *
 * `budget` keeps each amount; the units absorb the change. `volume` keeps the units: an amount is
 * multiplied by its factor. `scale` keeps the total of the period and the physical mix: the total is
 * allocated again over all leaves, by amount × factor.
 */
export function applyClosure(
  planner: Planner,
  closure: Closure,
  { amounts, factors, paths, label }: LeafAmounts,
): readonly Ref[] {
  const named = (ref: Ref, i: number) =>
    plan.name(
      planner,
      ref,
      saying('{component} in {period} under closure {closure}', {
        ...{ component: paths[i]!, period: label, closure: saying(closure, {}) },
      }),
    );
  const one = plan.constant(planner, ONE);
  if (closure === 'budget' || factors.every((factor) => factor === one)) return amounts;
  if (closure === 'volume') {
    return amounts.map((amount, i) => {
      const factor = factors[i]!;
      if (factor === one) return amount;
      return named(
        plan.add(planner, (out) => ({ op: 'factor', out, amount, factor })),
        i,
      );
    });
  }
  const weights = amounts.map((amount, i) => plan.product(planner, [amount, factors[i]!]));
  const total = plan.name(planner, plan.sum(planner, amounts), label);
  return plan.allocateByKey(planner, total, weights, paths).map(named);
}
