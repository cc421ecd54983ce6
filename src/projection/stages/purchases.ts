/** What an estimate in units buys: its quantities from counts and ratios, their cost at the prices of the components. */
import { fraction } from '../../core/number/fraction.js';
import { saying } from '../../core/text/language.js';
import type { UnitEstimate } from '../../model/estimate/unitEstimate.js';
import type { Planner, Ref } from '../../plan/builder.js';
import * as plan from '../../plan/builder.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { Rates } from './fxFactors.js';
import { leafPrice } from './unitCounts.js';

/** The cost of each component that an estimate buys in a period, exact, in quanta of the envelope's currency. */
export type Purchases = (estimate: UnitEstimate, period: number) => ReadonlyMap<string, Ref>;

/** What prices depend on; asked for only where an estimate in units is used. */
export interface PriceSources {
  /** The fx factors, by leaf, then by period. */
  readonly factors: () => readonly (readonly Ref[])[];
  readonly rates: () => Rates;
}

/** The costs of estimates in units: units × price, with erosion and the fx factor of the period. */
export function purchasesOf(
  planner: Planner,
  scenario: Scenario,
  { factors, rates }: PriceSources,
): Purchases {
  const { leaves, window } = scenario;
  return (estimate, t) => {
    const units = quantityRefs(planner, estimate, t);
    const places = new Map(leaves.map(({ path }, l) => [path, l]));
    return new Map(
      estimate.bought.map((key) => {
        const l = places.get(key)!;
        const price = leafPrice(planner, scenario, leaves[l]!, factors()[l]![t]!, rates(), t);
        const cost = plan.product(planner, [units.get(key)!, price]);
        const words = { component: key, period: window.periods[t]!.label };
        return [key, plan.name(planner, cost, saying('cost of {component} in {period}', words))];
      }),
    );
  };
}

/** The number of each quantity in a period: its count, or its ratio to the quantity that it follows from. */
function quantityRefs(
  planner: Planner,
  { quantities }: UnitEstimate,
  t: number,
): ReadonlyMap<string, Ref> {
  const refs = new Map<string, Ref>();
  for (const { key, unit, per, values } of quantities) {
    const { input, over } = values[t]!;
    const own = plan.input(planner, input);
    const each =
      over === 1
        ? own
        : plan.quotient(planner, own, plan.constant(planner, fraction(BigInt(over))));
    const ref = per === undefined ? each : plan.product(planner, [refs.get(per)!, each]);
    const words =
      unit === key
        ? saying('number of {quantity}', { quantity: key })
        : saying('number of {quantity}, in {unit}', { quantity: key, unit });
    refs.set(key, plan.name(planner, ref, words));
  }
  return refs;
}

/** A plan that follows from units: what is bought in each period, at its cost rounded once. */
export interface BoughtPeriods {
  /** All that is bought in the window. */
  readonly envelope: Ref;
  /** By period, then by component. */
  readonly amounts: readonly (readonly Ref[])[];
}

export function boughtPeriods(
  planner: Planner,
  { components, window }: Scenario,
  estimate: UnitEstimate,
  purchases: Purchases,
): BoughtPeriods {
  const amounts = window.periods.map(({ label }, t) => {
    const costs = purchases(estimate, t);
    return components.map(({ key }) => {
      const cost = costs.get(key)!;
      const amount = plan.add(planner, (out) => ({ op: 'priced', out, cost }));
      return plan.name(
        planner,
        amount,
        saying('cost of {component} in {period}', { component: key, period: label }),
      );
    });
  });
  const envelope = plan.sum(planner, amounts.flat());
  plan.name(planner, envelope, saying('what is bought in the window', {}));
  return { envelope, amounts };
}
