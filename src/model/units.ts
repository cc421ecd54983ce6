/** Units: what they are counted in, and how many the money buys. */
import { currencyOf } from '../core/number/currency.js';
import { printRatio } from '../core/number/decimal.js';
import type { Reporter } from '../core/text/diagnostic.js';
import { equal, ONE, type Ratio } from '../core/number/fraction.js';
import type { Located } from './field.js';
import * as plan from '../plan/builder.js';
import type { Planner, Ref } from '../plan/builder.js';
import type { PriceText } from './price.js';

/** What units are counted in. */
export interface UnitOfCount {
  readonly name: string;
  readonly quantum: Ratio;
}

/** A price with its place in the file. */
export type PlacedPrice = readonly [path: string, price: PriceText];

/** What a leaf's units are counted in: one name and one quantum for all of its prices. */
export function unitOf(prices: readonly PlacedPrice[], report: Reporter): UnitOfCount | undefined {
  if (prices.length === 0) return undefined;
  const unit = prices.map(([, price]) => price.unit).find((given) => given !== undefined);
  if (!unit) {
    report.error('key-missing', prices[0]![0], {
      message: '`unit` is missing: it says what is counted',
      hint: 'add `unit: server`, or module, rack, …',
    });
    return undefined;
  }
  if (currencyOf(unit.value)) {
    report.error('unit-mismatch', unit.path, {
      message: `\`${unit.value}\` is a currency, and units are counted in something else`,
      hint: 'write server, module, rack, …',
    });
    return undefined;
  }
  const quanta = prices.flatMap(([, { quantum }]) => (quantum ? [quantum] : []));
  const quantum = quanta[0]?.value.value ?? ONE;
  for (const [, price] of prices) {
    if (price.unit && price.unit.value !== unit.value) {
      reportMismatch(price.unit, `\`${unit.value}\``, report);
    }
  }
  for (const other of quanta) {
    if (!equal(other.value.value, quantum)) reportMismatch(other, printRatio(quantum), report);
  }
  return { name: unit.value, quantum };
}

function reportMismatch(
  { path, text }: Located<unknown>,
  expected: string,
  report: Reporter,
): void {
  report.error('unit-mismatch', path, {
    message: `\`${text}\` differs from the other prices of this component`,
    expected: `${expected}, so that units can be summed`,
    hint: 'delete it: it is inherited',
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
