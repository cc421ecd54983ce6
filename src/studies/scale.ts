/** Numbers for eyes: a unit that suits the whole table, and few decimals. */
import { printDecimal } from '../core/decimal.js';
import { ratio, roundHalfEven } from '../core/ratio.js';
import type { Measure } from '../projection/plan.js';

/** How numbers are printed: in which unit, with how many decimals. */
export interface Scale {
  readonly suffix: string;
  /** Decimal places of the counts, and of the printed numbers after the unit is taken out. */
  readonly from: number;
  readonly power: number;
  readonly decimals: number;
}

/**
 * A unit in which the total has at least two digits before the point, so that its parts have some
 * left to differ in. Units of count are printed whole.
 */
export function scaleFor(measure: Measure, places: number, total: bigint): Scale {
  if (measure === 'units') return { suffix: '', from: places, power: 0, decimals: places };
  const digits = (total < 0n ? -total : total).toString().length - places;
  const [suffix, power] = digits > 10 ? ['bn', 9] : digits > 7 ? ['m', 6] : ['', 0];
  return { suffix, from: places, power, decimals: power === 0 ? places : 2 };
}

/** A number in its unit, rounded for the eye, thousands apart. */
export function printScaled(count: bigint, { from, power, decimals }: Scale): string {
  const shown = roundHalfEven(ratio(count * 10n ** BigInt(decimals), 10n ** BigInt(from + power)));
  const [whole, rest] = printDecimal(shown, decimals).split('.');
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ',');
  return rest === undefined ? grouped : `${grouped}.${rest}`;
}
