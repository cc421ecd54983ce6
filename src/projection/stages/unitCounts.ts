/** Units of every priced supplier: demand ÷ price, rounded once for each leaf and period. */
import * as plan from '../../plan/builder.js';
import type { Planner, Ref } from '../../plan/builder.js';
import { priceAt, type SupplierPrice } from '../../model/price.js';
import { unitsOf } from '../../model/units.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { Rates } from './fxFactors.js';
import type { PeriodCells } from '../plan.js';

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
