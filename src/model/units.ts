/** Units of count: what the prices of a component are for, and the smallest number of it. */
import { currencyOf } from '../core/number/currency.js';
import { printFraction } from '../core/number/decimal.js';
import { ONE, equal, type Fraction } from '../core/number/fraction.js';
import type { Reporter } from '../core/text/diagnostic.js';
import type { Located } from './field.js';
import type { PriceText } from './price.js';

/** A unit of count. */
export interface UnitOfCount {
  /** `server`, `module`. */
  readonly name: string;
  /** The smallest number that is counted: 1, or 1/2. */
  readonly quantum: Fraction;
}

/** A price with its place in the file. */
export type PlacedPrice = readonly [path: string, price: PriceText];

/** The unit of count of a leaf: one name and one quantum for all of its prices; else an error. */
export function unitOf(prices: readonly PlacedPrice[], report: Reporter): UnitOfCount | undefined {
  if (prices.length === 0) return undefined;
  const unit = prices.map(([, price]) => price.unit).find((name) => name !== undefined);
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
    if (!equal(other.value.value, quantum)) reportMismatch(other, printFraction(quantum), report);
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
