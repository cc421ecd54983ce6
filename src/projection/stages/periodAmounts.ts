/** Stages 1 to 3: the envelope over its periods, by the phasing and around what was reported. */
import { ONE } from '../../core/number/fraction.js';
import { MONTHS_IN, periodAt, yearLabel } from '../../core/period.js';
import { saying } from '../../core/text/language.js';
import type { Actual, Actuals } from '../../model/actuals.js';
import type { Window } from '../../model/calendar.js';
import type { Phasing } from '../../model/phasing.js';
import type { Planner, Ref } from '../../plan/builder.js';
import * as plan from '../../plan/builder.js';
import { shareRefs } from './shareWeights.js';

/** The weight of every period of the window, in order. */
export function periodWeights(planner: Planner, phasing: Phasing, window: Window): readonly Ref[] {
  switch (phasing.kind) {
    case 'even':
      return window.periods.map(() => plan.constant(planner, ONE));
    case 'weights': {
      const weights = phasing.weights.map((weight) => plan.input(planner, weight));
      plan.guard(planner, plan.sum(planner, weights), 'positive');
      return weights;
    }
    case 'growth':
      return growthWeights(planner, phasing, window);
    case 'years':
      return yearWeights(planner, phasing, window);
    case 'units':
      throw new Error('a plan that follows from units has no weights of periods');
  }
}

/** (1 + growth)^i: i counts years, or periods, from the first of the window. */
function growthWeights(
  planner: Planner,
  { growth, per }: Phasing & { readonly kind: 'growth' },
  window: Window,
): readonly Ref[] {
  const step = plan.sum(planner, [plan.constant(planner, ONE), plan.input(planner, growth)]);
  const firstYear = window.years[0]!.year;
  return window.periods.map(({ year, label }, t) => {
    const [exponent, words] =
      per === 'year'
        ? [year - firstYear, saying('weight of a period of {year}', { year: yearLabel(year) })]
        : [t, saying('weight of {name}', { name: label })];
    return plan.name(planner, plan.power(planner, step, exponent), words);
  });
}

/** The share of a fiscal year ÷ its periods inside the window. */
function yearWeights(
  planner: Planner,
  phasing: Phasing & { readonly kind: 'years' },
  window: Window,
): readonly Ref[] {
  const shares = shareRefs(planner, phasing.shares);
  return window.years.flatMap(({ label, periods }, y) => {
    const count = plan.constant(planner, { n: BigInt(periods.length), d: 1n });
    const weight = plan.quotient(planner, shares[y]!, count);
    plan.name(planner, weight, saying('weight of a period of {year}', { year: label }));
    return periods.map(() => weight);
  });
}

/** The amounts of periods, before they are split over components. */
export interface PeriodAmounts {
  /** By period of the window. */
  readonly within: readonly Ref[];
  /** Attributable amounts of the periods before the window, in the order of `Actuals.before`. */
  readonly before: readonly Ref[];
}

/**
 * A reported period takes its attributable amount. Under `keep-envelope` the open periods share what
 * these leave of the envelope; under `keep-phasing` they keep their parts of the whole envelope.
 *
 * @param weights of all periods
 */
export function periodAmounts(
  planner: Planner,
  envelope: Ref,
  weights: readonly Ref[],
  actuals: Actuals,
  window: Window,
): PeriodAmounts {
  const { within: reported, before } = reportedAmounts(planner, actuals, window);
  const keepsEnvelope = actuals.reforecast === 'keep-envelope';
  const left = () => plan.difference(planner, envelope, [...reported.values()]);
  const total = keepsEnvelope ? plan.guard(planner, left(), 'not negative') : envelope;
  plan.name(planner, total, saying('what is left of the envelope for the open periods', {}));
  const isOpen = (t: number) => !keepsEnvelope || !reported.has(t);
  const planned = splitOverPeriods(planner, total, weights, window, isOpen);
  return {
    within: window.periods.map((_, t) => reported.get(t) ?? planned.get(t)!),
    before,
  };
}

/** Attributable amounts of the reported periods. */
export interface ReportedAmounts {
  /** By index of the period in the window. */
  readonly within: ReadonlyMap<number, Ref>;
  /** In the order of `Actuals.before`. */
  readonly before: readonly Ref[];
}

export function reportedAmounts(
  planner: Planner,
  actuals: Actuals,
  window: Window,
): ReportedAmounts {
  const labelAt = (period: number) =>
    periodAt(window.start + period * MONTHS_IN[window.calendar.unit], window.calendar).label;
  const attributed = (actual: Actual) =>
    plan.name(planner, attributableAmount(planner, actual), labelAt(actual.period));
  const within = new Map([...actuals.within].map(([t, actual]) => [t, attributed(actual)]));
  return { within, before: actuals.before.map(attributed) };
}

/** Reported capex × the share of it that counts towards the envelope, rounded once. */
function attributableAmount(planner: Planner, { reported, attributable }: Actual): Ref {
  const amount = plan.input(planner, reported);
  if (!attributable) return amount;
  const share = plan.input(planner, attributable);
  return plan.add(planner, (out) => ({ op: 'attributable', out, reported: amount, share }));
}

/**
 * Splits a total over open periods: to fiscal years by the sum of their open weights, then within
 * each year to its open periods. Where all open weights are zero nothing is split.
 *
 * @returns the amount of each open period, by its index
 */
function splitOverPeriods(
  planner: Planner,
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
    plan.name(
      planner,
      plan.sum(planner, weightsOf(periods)),
      saying('weight of {name}', { name: label }),
    ),
  );
  const yearLabels = years.map(({ label }) => label);
  const yearAmounts = plan.allocateWhereOpen(planner, total, yearWeights, yearLabels);
  const amounts = new Map<number, Ref>();
  years.forEach(({ label, periods }, y) => {
    const year = plan.name(planner, yearAmounts[y]!, label);
    const labels = periods.map((t) => window.periods[t]!.label);
    const parts = plan.allocateInTime(planner, year, weightsOf(periods), labels);
    periods.forEach((t, i) => amounts.set(t, plan.name(planner, parts[i]!, labels[i]!)));
  });
  return amounts;
}
