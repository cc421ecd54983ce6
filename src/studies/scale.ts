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

/** The units that a table of money may be printed in, as powers of ten. */
export const POWERS: Readonly<Record<string, number>> = { '1': 0, k: 3, m: 6, 亿: 8, bn: 9 };

/** What the reader asks for: a unit, and how many decimals of it. */
export interface Asked {
  readonly in?: string | undefined;
  readonly decimals?: number | undefined;
}

/**
 * The unit asked for, or one in which the total has at least two digits before the point, so that
 * its parts have some left to differ in. Units of count are printed whole.
 */
export function scaleFor(
  measure: Measure,
  places: number,
  total: bigint,
  asked: Asked = {},
): Scale {
  if (measure === 'units') return { suffix: '', from: places, power: 0, decimals: places };
  const digits = (total < 0n ? -total : total).toString().length - places;
  const suffix = asked.in ?? (digits > 10 ? 'bn' : digits > 7 ? 'm' : '1');
  const power = POWERS[suffix]!;
  const decimals = asked.decimals ?? (power === 0 ? places : 2);
  return { suffix: power === 0 ? '' : suffix, from: places, power, decimals };
}

/** How many quanta one printed step is; below 1 where more decimals are asked for than there are. */
export function stepOfScale({ from, power, decimals }: Scale): bigint {
  const exponent = from + power - decimals;
  return exponent <= 0 ? 0n : 10n ** BigInt(exponent);
}

/** A number of printed steps as text, thousands apart. */
export function printSteps(steps: bigint, { decimals }: Scale): string {
  const [whole, rest] = printDecimal(steps, decimals).split('.');
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ',');
  return rest === undefined ? grouped : `${grouped}.${rest}`;
}

/** A number by itself in its unit, rounded half-even, thousands apart. */
export function printScaled(count: bigint, scale: Scale): string {
  const { from, power, decimals } = scale;
  const shown = roundHalfEven(ratio(count * 10n ** BigInt(decimals), 10n ** BigInt(from + power)));
  return printSteps(shown, scale);
}
