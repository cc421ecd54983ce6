/** Stage 9: units of every supplier with a price, demand ÷ price, rounded once per leaf and period. */
import type { Currency } from '../../core/number/currency.js';
import { powerOfTen } from '../../core/number/decimal.js';
import { ONE, fraction } from '../../core/number/fraction.js';
import { saying, type Saying } from '../../core/text/language.js';
import type { Leaf } from '../../model/leaf.js';
import type { Price, SupplierPrice } from '../../model/price.js';
import type { UnitOfCount } from '../../model/units.js';
import type { Planner, Ref } from '../../plan/builder.js';
import * as plan from '../../plan/builder.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { PeriodCells, SparseCells } from '../plan.js';
import type { Rates } from './fxFactors.js';

/**
 * Units by period; a supplier without a price has none.
 *
 * @param demand by period
 * @param factors the fx factors, by leaf, then by period
 */
export function unitCells(
  planner: Planner,
  scenario: Scenario,
  demand: readonly PeriodCells[],
  factors: readonly (readonly Ref[])[],
  rates: Rates,
): readonly SparseCells[] {
  return demand.map((cells, t) =>
    scenario.leaves.map(({ suppliers, prices, unit }, l) => {
      if (!unit) return suppliers.map(() => undefined);
      const priced = suppliers.flatMap((key, s) => {
        const price = prices[s];
        if (!price) return [];
        const paid = supplierPrice(planner, scenario, price, factors[l]![t]!, rates, t);
        namePrice(planner, paid, unit);
        return [{ key, amount: cells[l]![s]!, price: paid }];
      });
      const refs = unitsOf(planner, priced, unit);
      const refOf = new Map(priced.map(({ key }, i) => [key, refs[i]]));
      return suppliers.map((key) => refOf.get(key));
    }),
  );
}

/** The price of a leaf that has one, in quanta of the envelope's currency. */
export function leafPrice(
  planner: Planner,
  scenario: Scenario,
  { price, unit }: Leaf,
  factor: Ref,
  rates: Rates,
  period: number,
): Ref {
  const common = { ...price!, own: false };
  return namePrice(planner, supplierPrice(planner, scenario, common, factor, rates, period), unit!);
}

function namePrice(planner: Planner, price: Ref, { name }: UnitOfCount): Ref {
  return plan.name(planner, price, saying('price of one {unit}', { unit: name }));
}

/** A supplier's own foreign price follows its own currency, every other price the factor of its leaf. */
function supplierPrice(
  planner: Planner,
  { fx, currency }: Scenario,
  price: SupplierPrice,
  leafFactor: Ref,
  { relative }: Rates,
  period: number,
): Ref {
  const { code } = price.values[period]!.currency!;
  const isForeign = code !== currency.code;
  const factors: PriceFactors = {
    base: isForeign ? plan.input(planner, fx.base.get(code)!) : undefined,
    factor: isForeign && price.own ? relative(code, period) : leafFactor,
  };
  return priceAt(planner, price, period, currency, factors);
}

/** What a price is multiplied by, beside erosion. */
interface PriceFactors {
  /** Base rate of a foreign price's currency. */
  readonly base: Ref | undefined;
  /** The fx factor of the period. */
  readonly factor: Ref;
}

/**
 * The price of a period in quanta of the envelope's currency:
 * price₀ × base rate × (1 − erosion)^years × fx factor.
 */
function priceAt(
  planner: Planner,
  { values, erosion, years }: Price,
  period: number,
  envelope: Currency,
  { base, factor }: PriceFactors,
): Ref {
  const quanta = plan.conversion(planner, fraction(powerOfTen(envelope.places)));
  const factors = [plan.input(planner, values[period]!), quanta];
  if (base !== undefined) factors.push(base);
  if (erosion) {
    const kept = plan.difference(planner, plan.constant(planner, ONE), [
      plan.input(planner, erosion),
    ]);
    const count = years[period]!;
    const power = plan.power(planner, kept, count);
    factors.push(plan.name(planner, power, leftAfter(count)));
  }
  return plan.product(planner, [...factors, factor]);
}

function leftAfter(years: number): Saying {
  return years === 1
    ? saying('what erosion leaves after 1 year', {})
    : saying('what erosion leaves after {years} years', { years });
}

/** The demand of a supplier with its price. */
interface PricedDemand {
  readonly key: string;
  readonly amount: Ref;
  readonly price: Ref;
}

/**
 * The units of the suppliers of one leaf in one period. Their exact units are summed, rounded once to
 * the quantum, and allocated back to them, so that naming suppliers changes no total. Where all have
 * one price, their amounts are in the proportions of their units.
 */
function unitsOf(
  planner: Planner,
  demand: readonly PricedDemand[],
  { name: unit, quantum: unitQuantum }: UnitOfCount,
): readonly Ref[] {
  const quantum = plan.conversion(planner, unitQuantum);
  const prices = [...new Set(demand.map(({ price }) => price))];
  const amounts = prices.map((price) => {
    const paid = demand.filter((one) => one.price === price).map(({ amount }) => amount);
    return plan.sum(planner, paid);
  });
  const total = plan.add(planner, (out) => ({ op: 'units', out, amounts, prices, quantum, unit }));
  const weights = demand.map(({ amount, price }) =>
    prices.length === 1 ? amount : plan.quotient(planner, amount, price),
  );
  const keys = demand.map(({ key }) => key);
  return plan.allocateByKey(planner, total, weights, keys);
}
