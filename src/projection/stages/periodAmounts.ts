/** Amount of each period: what was reported, else its part of what the reforecast leaves. */
import { MONTHS_IN, periodAt } from '../../core/period.js';
import { type Window } from '../../model/calendar.js';
import { spread } from './periodWeights.js';
import * as plan from '../../plan/builder.js';
import type { Planner, Ref } from '../../plan/builder.js';
import type { Actual, Actuals } from '../../model/actuals.js';

/** The amounts of a forecast's periods, before they are split. */
export interface PeriodAmounts {
  readonly within: readonly Ref[];
  /** Attributable amounts of the periods before the window, in the order of `Actuals.before`. */
  readonly before: readonly Ref[];
}

/** The amount of every period: reported where it is, else its part of what the reforecast leaves. */
export function periodAmounts(
  p: Planner,
  envelope: Ref,
  weights: readonly Ref[],
  actuals: Actuals,
  window: Window,
): PeriodAmounts {
  const labelAt = (period: number) =>
    periodAt(window.start + period * MONTHS_IN[window.calendar.unit], window.calendar).label;
  const attributed = (actual: Actual) =>
    plan.name(p, attributable(p, actual), labelAt(actual.period));
  const reported = new Map([...actuals.within].map(([t, actual]) => [t, attributed(actual)]));
  const keep = actuals.reforecast === 'keep-envelope';
  const left = () => plan.difference(p, envelope, [...reported.values()]);
  const total = keep ? plan.guard(p, left(), 'not negative') : envelope;
  plan.name(p, total, 'what is left of the envelope for the open periods');
  const isOpen = (t: number) => !keep || !reported.has(t);
  const planned = spread(p, total, weights, window, isOpen);
  return {
    within: window.periods.map((_, t) => reported.get(t) ?? planned.get(t)!),
    before: actuals.before.map(attributed),
  };
}

export function attributable(p: Planner, { reported, attributable: counts }: Actual): Ref {
  const amount = plan.input(p, reported);
  if (!counts) return amount;
  const share = plan.input(p, counts);
  return plan.add(p, (out) => ({ op: 'attributable', out, reported: amount, share }));
}
