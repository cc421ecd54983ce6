/** Units of every priced supplier: demand ÷ price, rounded once for each leaf and period. */
import { powerOfTen } from '../../core/number/decimal.js';
import * as plan from '../../plan/builder.js';
import type { Planner, Ref } from '../../plan/builder.js';
import type { SupplierPrice, Price } from '../../model/price.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { Rates } from './fxFactors.js';
import type { PeriodCells } from '../plan.js';
import type { UnitOfCount } from '../../model/units.js';
import type { Currency } from '../../core/number/currency.js';
import { ONE, fraction } from '../../core/number/fraction.js';

/** By period, leaf and supplier: the register of the units, or nothing without a price. */
export type UnitCells = readonly (readonly (readonly (Ref | undefined)[])[])[];

export function unitCells(
  p: Planner,
  scenario: Scenario,
  demand: readonly PeriodCells[],
  factors: readonly (readonly Ref[])[],
  rates: Rates,
): UnitCells {
  return demand.map((cells, t) =>
    scenario.leaves.map(({ suppliers, prices, unit }, l) => {
      const priced = suppliers.flatMap((key, s) => {
        const price = prices[s];
        if (!price) return [];
        const amount = cells[l]![s]!;
        const paid = supplierPrice(p, scenario, price, factors[l]![t]!, rates, t);
        return [{ key, amount, price: plan.name(p, paid, 'price of one', unit!.name) }];
      });
      if (priced.length === 0) return suppliers.map(() => undefined);
      const refs = unitsOf(p, priced, unit!);
      return suppliers.map((key) => refs[priced.findIndex((one) => one.key === key)]);
    }),
  );
}

/** A supplier's own foreign price moves with its own currency, any other with its leaf. */
function supplierPrice(
  p: Planner,
  { fx, currency }: Scenario,
  price: SupplierPrice,
  leafFactor: Ref,
  { move }: Rates,
  t: number,
): Ref {
  const { code } = price.values[t]!.currency!;
  const foreign = code !== currency.code;
  return priceAt(p, price, t, currency, {
    base: foreign ? plan.input(p, fx.base.get(code)!) : undefined,
    factor: foreign && price.own ? move(code, t) : leafFactor,
  });
}

/** What a priced supplier's units are counted from. */
export interface PricedDemand {
  readonly key: string;
  readonly amount: Ref;
  readonly price: Ref;
}

/**
 * Units of the suppliers of one leaf in one period: their exact units are summed, rounded once to
 * the quantum, and allocated back to them, so that naming suppliers changes no total. Where all have
 * one price, their amounts are in the proportions of their units.
 */
export function unitsOf(
  p: Planner,
  demand: readonly PricedDemand[],
  { name: unit, quantum: counted }: UnitOfCount,
): readonly Ref[] {
  const quantum = plan.conversion(p, counted);
  const prices = [...new Set(demand.map(({ price }) => price))];
  const amounts = prices.map((price) => {
    const paid = demand.filter((one) => one.price === price).map(({ amount }) => amount);
    return plan.sum(p, paid);
  });
  const total = plan.add(p, (out) => ({ op: 'units', out, amounts, prices, quantum, unit }));
  const weights = demand.map(({ amount, price }) =>
    prices.length === 1 ? amount : plan.quotient(p, amount, price),
  );
  const keys = demand.map(({ key }) => key);
  return plan.allocateByKey(p, total, weights, keys);
}

/** What the price of a period is made of beside the price itself. */
export interface PriceFactors {
  /** Base rate of a foreign price's currency. */
  readonly base: Ref | undefined;
  /** The fx factor of the period. */
  readonly factor: Ref;
}

/**
 * The price of a period in quanta of the envelope's currency:
 * price₀ × base rate × (1 − erosion)^years × fx factor.
 */
export function priceAt(
  p: Planner,
  { values, erosion, years }: Price,
  period: number,
  envelope: Currency,
  { base, factor }: PriceFactors,
): Ref {
  const quanta = plan.conversion(p, fraction(powerOfTen(envelope.places)));
  const factors = [plan.input(p, values[period]!), quanta];
  if (base !== undefined) factors.push(base);
  if (erosion) {
    const kept = plan.difference(p, plan.constant(p, ONE), [plan.input(p, erosion)]);
    const passed = years[period]!;
    const noun = passed === 1 ? 'year' : 'years';
    const power = plan.power(p, kept, passed);
    factors.push(plan.name(p, power, 'what erosion leaves after', passed, noun));
  }
  return plan.product(p, [...factors, factor]);
}
