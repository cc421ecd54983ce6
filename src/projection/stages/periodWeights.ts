/** Weight of each period, from the phasing; and a total that is split over open periods. */
import { yearLabel } from '../../core/period.js';
import { ONE } from '../../core/number/fraction.js';
import type { Window } from '../../model/calendar.js';
import * as plan from '../../plan/builder.js';
import type { Planner, Ref } from '../../plan/builder.js';
import { shareRefs } from './demand.js';
import type { Phasing } from '../../model/phasing.js';

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
