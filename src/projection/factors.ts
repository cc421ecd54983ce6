/** The fx factor of every leaf in every period. */
import { ONE } from '../core/ratio.js';
import { factorAt } from '../model/content.js';
import { move } from '../model/fx.js';
import type { Leaf } from '../model/leaf.js';
import * as plan from '../model/plan.js';
import type { Planner, Ref } from '../model/plan.js';
import type { Scenario } from '../scenario/scenario.js';

/** By leaf, then period: 1 + Σ content × pass-through × move of the rate. */
export function fxFactors(p: Planner, scenario: Scenario): readonly (readonly Ref[])[] {
  const { leaves, window } = scenario;
  return leaves.map((leaf) => window.periods.map((_, t) => leafFactor(p, scenario, leaf, t)));
}

/** A leaf that says nothing of its content, but has a foreign price, moves with that currency. */
function leafFactor(p: Planner, scenario: Scenario, { pricing, price }: Leaf, t: number): Ref {
  const { fx, window, currency } = scenario;
  if (pricing) return factorAt(p, pricing, fx, t, window);
  const code = price?.values[t]!.currency!.code;
  const foreign = code !== undefined && code !== currency.code;
  return foreign ? move(p, fx, code, t, window) : plan.constant(p, ONE);
}
