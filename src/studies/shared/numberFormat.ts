/** The format of printed numbers: their unit and their decimals. */
import { chineseName } from '../../core/number/currency.js';
import { grouped, powerOfTen, printDecimal, printRounded } from '../../core/number/decimal.js';
import {
  divide,
  fraction,
  multiply,
  roundHalfEven,
  type Fraction,
} from '../../core/number/fraction.js';
import type { Language } from '../../core/text/language.js';
import type { Measure, Unit } from '../../projection/plan.js';

/** The format of the numbers of a table. A *step* is one unit of the last printed decimal. */
export interface NumberFormat {
  readonly suffix: string;
  /** Decimal places of the counts. */
  readonly from: number;
  /** The unit, as a power of ten: 9 for bn. */
  readonly power: number;
  /** Printed decimals, in that unit. */
  readonly decimals: number;
  readonly lang?: Language | undefined;
}

/** The units of money in tables, as powers of ten. */
export const POWERS: Readonly<Record<string, number>> = {
  ...{ '1': 0, k: 3, 万: 4, m: 6, 亿: 8, bn: 9, tn: 12, 万亿: 12 },
};

const CHINESE_UNITS: Readonly<Record<string, string>> = {
  k: '千',
  m: '百万',
  bn: '十亿',
  tn: '万亿',
};

/** The unit and the decimals that a reader asks for. */
export interface NumberFormatOptions {
  readonly in?: string | undefined;
  readonly decimals?: number | undefined;
  readonly lang?: Language | undefined;
}

/** Whether a reader asks for rounded numbers. */
export function hasCoarserUnit({ in: unit, decimals }: NumberFormatOptions): boolean {
  return unit !== undefined || decimals !== undefined;
}

/**
 * The format asked for, or a unit in which the total has at least two digits before the point, so that
 * its parts can still differ. Units of count are not rounded.
 */
export function numberFormat(
  measure: Measure,
  places: number,
  total: bigint,
  formatOptions: NumberFormatOptions = {},
): NumberFormat {
  const { lang } = formatOptions;
  if (measure === 'units') return { ...exactFormat(places), lang };
  const digits = (total < 0n ? -total : total).toString().length - places;
  const scales = lang === 'zh' ? ['亿', '万'] : ['bn', 'm'];
  const suffix = formatOptions.in ?? scales.find((one) => digits > POWERS[one]! + 1) ?? '1';
  const power = POWERS[suffix]!;
  const decimals = formatOptions.decimals ?? (power === 0 ? places : 2);
  return { suffix: power === 0 ? '' : suffix, from: places, power, decimals, lang };
}

/** The format of numbers for other programs: the unit asked for, or the currency itself. */
export function plainFormat(
  { measure, unit }: { readonly measure: Measure; readonly unit: Unit },
  formatOptions: NumberFormatOptions,
): NumberFormat {
  return numberFormat(measure, unit.places, 0n, {
    in: formatOptions.in ?? '1',
    decimals: formatOptions.decimals,
  });
}

/** The format that prints every digit of a count. */
export function exactFormat(places: number): NumberFormat {
  return { suffix: '', from: places, power: 0, decimals: places };
}

/**
 * The printed unit: `CNY bn`, in Chinese `亿元`.
 *
 * @param label a currency code, or the name of a unit of count
 */
export function unitIn(
  { suffix, lang }: Pick<NumberFormat, 'suffix' | 'lang'>,
  label: string,
): string {
  if (lang === 'zh') return (CHINESE_UNITS[suffix] ?? suffix) + (chineseName(label) ?? label);
  return suffix === '' ? label : `${label} ${suffix}`;
}

/** The size of a printed step in quanta; if it is finer than a quantum, how many steps make one quantum. */
export function printedStep({ from, power, decimals }: NumberFormat): {
  readonly step: bigint;
  readonly finer: bigint;
} {
  const exponent = from + power - decimals;
  return {
    step: powerOfTen(Math.max(exponent, 0)),
    finer: powerOfTen(Math.max(-exponent, 0)),
  };
}

/** Rounds a number by itself to printed steps, half-even. */
export function toSteps(count: bigint, format: NumberFormat): bigint {
  const { step, finer } = printedStep(format);
  return roundHalfEven(fraction(count * finer, step));
}

/** A part in percent of a whole, rounded half-even to 2 decimals; empty if the whole is 0. */
export function percentOf(part: Fraction, whole: Fraction): string {
  if (whole.n === 0n) return '';
  return printRounded(multiply(divide(part, whole), fraction(100n)), 2);
}

/** Prints steps as a plain decimal, for tidy tables. */
export function printPlain(steps: bigint, { decimals }: NumberFormat): string {
  return printDecimal(steps, decimals);
}

/** Prints steps for people, with commas. */
export function printSteps(steps: bigint, format: NumberFormat): string {
  return grouped(printPlain(steps, format));
}

/** Prints a number by itself for people, rounded half-even, with commas. */
export function printCount(count: bigint, format: NumberFormat): string {
  return printSteps(toSteps(count, format), format);
}
