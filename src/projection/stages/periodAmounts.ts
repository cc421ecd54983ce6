/** Stages 1 to 3: the envelope over its periods by the phasing, and what was reported in its place. */
import { yearLabel, MONTHS_IN, periodAt } from '../../core/period.js';
import { ONE } from '../../core/number/fraction.js';
import type { Window } from '../../model/calendar.js';
import * as plan from '../../plan/builder.js';
import type { Planner, Ref } from '../../plan/builder.js';
import { shareRefs } from './demand.js';
import type { Phasing } from '../../model/phasing.js';
import type { Actual, Actuals } from '../../model/actuals.js';

/** The weight of every period of the window. */
export function periodWeights(p: Planner, phasing: Phasing, window: Window): readonly Ref[] {
  switch (phasing.kind) {
    case 'even':
      return window.periods.map(() => plan.constant(p, ONE));
    case 'weights':
      return someAboveZero(
        p,
        phasing.weights.map((weight) => plan.input(p, weight)),
      );
    case 'growth': {
      const step = plan.sum(p, [plan.constant(p, ONE), plan.input(p, phasing.growth)]);
      const firstYear = window.years[0]!.year;
      return window.periods.map(({ year, label }, t) => {
        const [exponent, whose] =
          phasing.per === 'year'
            ? [year - firstYear, `a period of ${yearLabel(year)}`]
            : [t, label];
        return plan.name(p, plan.power(p, step, exponent), 'weight of', whose);
      });
    }
    case 'years': {
      const shares = shareRefs(p, phasing.shares);
      return window.years.flatMap(({ label, periods }, y) => {
        const count = plan.constant(p, { n: BigInt(periods.length), d: 1n });
        const weight = plan.quotient(p, shares[y]!, count);
        plan.name(p, weight, 'weight of a period of', label);
        return periods.map(() => weight);
      });
    }
  }
}

function someAboveZero(p: Planner, weights: readonly Ref[]): readonly Ref[] {
  plan.guard(p, plan.sum(p, weights), 'positive');
  return weights;
}

/**
 * Splits a total over open periods: to fiscal years by the sum of their open weights, then within
 * each year to its open periods. Where all open weights are zero nothing is split.
 *
 * @returns the register of each open period's amount, by period index
 */
export function spread(
  p: Planner,
  total: Ref,
  weights: readonly Ref[],
  window: Window,
  isOpen: (period: number) => boolean,
): ReadonlyMap<number, Ref> {
  const years = window.years
    .map(({ label, periods }) => ({ label, periods: periods.filter(isOpen) }))
    .filter(({ periods }) => periods.length > 0);
  const weightsOf = (periods: readonly number[]) => periods.map((t) => weights[t]!);
  const yearWeights = years.map(({ label, periods }) =>
    plan.name(p, plan.sum(p, weightsOf(periods)), 'weight of', label),
  );
  const yearLabels = years.map(({ label }) => label);
  const yearAmounts = plan.allocateWhereOpen(p, total, yearWeights, yearLabels);
  const amounts = new Map<number, Ref>();
  years.forEach(({ label, periods }, y) => {
    const year = plan.name(p, yearAmounts[y]!, label);
    const labels = periods.map((t) => window.periods[t]!.label);
    const parts = plan.allocateInTime(p, year, weightsOf(periods), labels);
    periods.forEach((t, i) => amounts.set(t, plan.name(p, parts[i]!, labels[i]!)));
  });
  return amounts;
}

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
