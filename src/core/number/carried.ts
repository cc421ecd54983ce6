/** Results as decimals of decimal.js, for whoever goes on computing with them. */
import { Decimal as Base } from 'decimal.js';

/** decimal.js with 1,000 digits: wide enough that nothing the engine gives is rounded, nor a sum over a whole table. */
export const Decimal = Base.clone({ precision: 1000, toExpNeg: -9e15, toExpPos: 9e15 });
export type Decimal = Base;

/** A count of quanta of 10^-places as a decimal. */
export function decimalOf(count: bigint, places: number): Decimal {
  return new Decimal(`${count}e-${places}`);
}
