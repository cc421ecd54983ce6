/** Stage 6, first half: exchange rates, and the fx factor of every leaf in every period. */
import { ONE } from '../../core/number/fraction.js';
import { saying } from '../../core/text/language.js';
import { rateAt } from '../../model/fx.js';
import type { Leaf } from '../../model/leaf.js';
import type { ForeignContent } from '../../model/pricing.js';
import type { Planner, Ref } from '../../plan/builder.js';
import * as plan from '../../plan/builder.js';
import type { Scenario } from '../../scenario/scenario.js';

/** Registers by which a study multiplies the rate of one currency: in fx factors, and in translation. */
export interface Shock {
  readonly code: string;
  readonly inFactors: Ref;
  readonly inTranslation: Ref;
}

/** The rates of a scenario, by ISO 4217 code and index of the period. A shock leaves reported periods alone. */
export interface Rates {
  /** R / R₀: the rate over its base rate, for fx factors. */
  readonly relative: (code: string, period: number) => Ref;
  /** R: the rate itself, for translation. */
  readonly translation: (code: string, period: number) => Ref;
}

/** The rates of every foreign currency, as registers. */
export function ratesOf(
  planner: Planner,
  scenario: Scenario,
  shocks: readonly Shock[] = [],
): Rates {
  const { fx, actuals } = scenario;
  const one = plan.constant(planner, ONE);
  const rateIn = (code: string, t: number) => plan.input(planner, rateAt(scenario, code, t)!);
  const shockAt = (code: string, t: number) =>
    actuals.within.has(t) ? undefined : shocks.find((shock) => shock.code === code);
  const shocked = (rate: Ref, multiple: Ref | undefined) =>
    multiple === undefined ? rate : plan.product(planner, [rate, multiple]);
  const relativeIn = (code: string, t: number) => {
    const base = plan.input(planner, fx.base.get(code)!);
    const rate = rateIn(code, t);
    const relative = rate === base ? one : plan.quotient(planner, rate, base);
    plan.name(planner, relative, saying('{code} against its base rate', { code }));
    return shocked(relative, shockAt(code, t)?.inFactors);
  };
  // Every leaf asks for the rates of every period.
  const known = new Map<string, Ref[]>();
  return {
    relative: (code, t) => {
      const own = known.get(code) ?? [];
      known.set(code, own);
      return (own[t] ??= relativeIn(code, t));
    },
    translation: (code, t) => shocked(rateIn(code, t), shockAt(code, t)?.inTranslation),
  };
}

/** The fx factors, by leaf, then by period. */
export function fxFactors(
  planner: Planner,
  { leaves, window, currency }: Scenario,
  { relative }: Rates,
): readonly (readonly Ref[])[] {
  return leaves.map((leaf) =>
    window.periods.map(({ label }, t) => {
      const factor = leafFactor(planner, leaf, currency.code, t, (code) => relative(code, t));
      return plan.name(
        planner,
        factor,
        saying('fx factor of {component} in {period}', { component: leaf.path, period: label }),
      );
    }),
  );
}

/** A leaf without `pricing`, but with a foreign price, follows the rate of that price's currency. */
function leafFactor(
  planner: Planner,
  { pricing, price }: Leaf,
  envelopeCode: string,
  period: number,
  relative: (code: string) => Ref,
): Ref {
  if (pricing) return factorOfContents(planner, pricing, period, relative);
  const code = price?.values[period]!.currency!.code;
  return code === undefined || code === envelopeCode ? plan.constant(planner, ONE) : relative(code);
}

/**
 * f = 1 + Σ uⱼ·pⱼ·(Rⱼ/Rⱼ₀ − 1), with the period's foreign contents u and their pass-through p.
 *
 * @param relative the register of Rⱼ/Rⱼ₀ of a currency in the period
 */
function factorOfContents(
  planner: Planner,
  contents: readonly ForeignContent[],
  period: number,
  relative: (code: string) => Ref,
): Ref {
  const one = plan.constant(planner, ONE);
  const terms = contents.flatMap(({ code, content, passThrough }) => {
    const rate = relative(code);
    if (rate === one) return [];
    const change = plan.difference(planner, rate, [one]);
    const weights = passThrough ? [content, passThrough] : [content];
    const factors = weights.map((weight) => plan.input(planner, weight[period]!));
    return [plan.product(planner, [...factors, change])];
  });
  if (contents.length > 1) {
    const shares = contents.map(({ content }) => plan.input(planner, content[period]!));
    plan.guard(planner, plan.difference(planner, one, shares), 'not negative');
  }
  return plan.sum(planner, [one, ...terms]);
}
