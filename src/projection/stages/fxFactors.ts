/** Exchange rates of a projection as registers, and the fx factor of every leaf in every period. */
import { ONE } from '../../core/number/fraction.js';
import { rateAt } from '../../model/fx.js';
import type { Leaf } from '../../model/leaf.js';
import * as plan from '../../plan/builder.js';
import type { Planner, Ref } from '../../plan/builder.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { ForeignContent } from '../../model/pricing.js';

/** Multiples of one currency's rate that a study varies, apart in the fx factors and in translation. */
export interface Shock {
  readonly code: string;
  readonly inFactors: Ref;
  readonly inTranslation: Ref;
}

/** The rates of a scenario; a shock moves open periods only. */
export interface Rates {
  /** R / R₀ of a currency in a period, as the fx factors see it. */
  readonly move: (code: string, period: number) => Ref;
  /** R of a currency in a period, as translation sees it. */
  readonly translation: (code: string, period: number) => Ref;
}

export function ratesOf(p: Planner, scenario: Scenario, shock?: Shock): Rates {
  const { fx, actuals } = scenario;
  const one = plan.constant(p, ONE);
  const given = (code: string, t: number) => plan.input(p, rateAt(scenario, code, t)!);
  const shockAt = (code: string, t: number) =>
    shock?.code === code && !actuals.within.has(t) ? shock : undefined;
  const shocked = (rate: Ref, multiple: Ref | undefined) =>
    multiple === undefined ? rate : plan.product(p, [rate, multiple]);
  return {
    move: (code, t) => {
      const base = plan.input(p, fx.base.get(code)!);
      const rate = given(code, t);
      const moved = rate === base ? one : plan.quotient(p, rate, base);
      plan.name(p, moved, `${code} against its base rate`);
      return shocked(moved, shockAt(code, t)?.inFactors);
    },
    translation: (code, t) => shocked(given(code, t), shockAt(code, t)?.inTranslation),
  };
}

/** By leaf, then period: 1 + Σ content × pass-through × move of the rate. */
export function fxFactors(
  p: Planner,
  { leaves, window, currency }: Scenario,
  { move }: Rates,
): readonly (readonly Ref[])[] {
  return leaves.map((leaf) =>
    window.periods.map(({ label }, t) => {
      const factor = leafFactor(p, leaf, currency.code, t, (code) => move(code, t));
      return plan.name(p, factor, 'fx factor of', leaf.path, 'in', label);
    }),
  );
}

/** A leaf that says nothing of its content, but has a foreign price, moves with that currency. */
function leafFactor(
  p: Planner,
  { pricing, price }: Leaf,
  own: string,
  t: number,
  move: (code: string) => Ref,
): Ref {
  if (pricing) return factorOf(p, pricing, move);
  const code = price?.values[t]!.currency!.code;
  return code === undefined || code === own ? plan.constant(p, ONE) : move(code);
}

/**
 * The fx factor of a leaf in a period: f = 1 + Σ uⱼ·pⱼ·(Rⱼ/Rⱼ₀ − 1).
 *
 * @param move the register of Rⱼ/Rⱼ₀ of a currency in that period
 */
export function factorOf(
  p: Planner,
  contents: readonly ForeignContent[],
  move: (code: string) => Ref,
): Ref {
  const one = plan.constant(p, ONE);
  const terms = contents.flatMap(({ code, content, passThrough }) => {
    if (move(code) === one) return [];
    const change = plan.difference(p, move(code), [one]);
    const weights = passThrough ? [content, passThrough] : [content];
    return [plan.product(p, [...weights.map((weight) => plan.input(p, weight)), change])];
  });
  if (contents.length > 1) {
    const shares = contents.map(({ content }) => plan.input(p, content));
    plan.guard(p, plan.difference(p, one, shares), 'not negative');
  }
  return plan.sum(p, [one, ...terms]);
}
