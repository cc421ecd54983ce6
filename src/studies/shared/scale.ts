/** How one number is printed: in which unit, with how many decimals. */
import { grouped, printDecimal, powerOfTen, printRounded } from '../../core/number/decimal.js';
import {
  divide,
  multiply,
  fraction,
  roundHalfEven,
  type Fraction,
} from '../../core/number/fraction.js';
import type { Measure, Unit } from '../../projection/plan.js';

/** How the numbers of a table are printed. Its *steps* are units of the last decimal printed. */
export interface NumberFormat {
  readonly suffix: string;
  /** Decimal places of the counts, and of the printed numbers after the unit is taken out. */
  readonly from: number;
  readonly power: number;
  readonly decimals: number;
}

/** The units that a table of money may be printed in, as powers of ten. */
export const POWERS: Readonly<Record<string, number>> = { '1': 0, k: 3, m: 6, 亿: 8, bn: 9 };

/** What the reader asks for: a unit, and how many decimals of it. */
export interface NumberFormatOptions {
  readonly in?: string | undefined;
  readonly decimals?: number | undefined;
}

/** Whether the reader asks for numbers that are not exact. */
export function hasCoarserUnit({ in: unit, decimals }: NumberFormatOptions): boolean {
  return unit !== undefined || decimals !== undefined;
}

/**
 * The unit asked for, or one in which the total has at least two digits before the point, so that
 * its parts have some left to differ in. Units of count are printed whole.
 */
export function numberFormat(
  measure: Measure,
  places: number,
  total: bigint,
  asked: NumberFormatOptions = {},
): NumberFormat {
  if (measure === 'units') return exactScale(places);
  const digits = (total < 0n ? -total : total).toString().length - places;
  const suffix = asked.in ?? (digits > 10 ? 'bn' : digits > 7 ? 'm' : '1');
  const power = POWERS[suffix]!;
  const decimals = asked.decimals ?? (power === 0 ? places : 2);
  return { suffix: power === 0 ? '' : suffix, from: places, power, decimals };
}

/** The unit asked for, or the currency itself: for numbers that other programs read. */
export function plainFormat(
  { measure, unit }: { readonly measure: Measure; readonly unit: Unit },
  asked: NumberFormatOptions,
): NumberFormat {
  return numberFormat(measure, unit.places, 0n, { ...asked, in: asked.in ?? '1' });
}

/** Every digit of a count: nothing is rounded, so every printed sum holds. */
function exactScale(places: number): NumberFormat {
  return { suffix: '', from: places, power: 0, decimals: places };
}

/** `CNY bn` */
export function unitIn({ suffix }: NumberFormat, label: string): string {
  return suffix === '' ? label : `${label} ${suffix}`;
}

/** How many quanta one printed step is; where it is finer than a quantum, how many make one. */
export function stepOfScale({ from, power, decimals }: NumberFormat): {
  readonly step: bigint;
  readonly finer: bigint;
} {
  const exponent = from + power - decimals;
  return {
    step: powerOfTen(Math.max(exponent, 0)),
    finer: powerOfTen(Math.max(-exponent, 0)),
  };
}

/** A number by itself in printed steps, rounded half-even. */
export function inSteps(count: bigint, scale: NumberFormat): bigint {
  const { step, finer } = stepOfScale(scale);
  return roundHalfEven(fraction(count * finer, step));
}

/** A part as a percentage of a whole (rounded half-even to 2 decimals); empty where the whole is 0. */
export function percentOf(part: Fraction, whole: Fraction): string {
  if (whole.n === 0n) return '';
  return printRounded(multiply(divide(part, whole), fraction(100n)), 2);
}

/** Printed steps as a plain decimal, for tidy tables. */
export function printPlain(steps: bigint, { decimals }: NumberFormat): string {
  return printDecimal(steps, decimals);
}

/** Printed steps for eyes, thousands apart. */
export function printSteps(steps: bigint, scale: NumberFormat): string {
  return grouped(printPlain(steps, scale));
}

/** A number by itself for eyes, rounded half-even, thousands apart. */
export function printScaled(count: bigint, scale: NumberFormat): string {
  return printSteps(inSteps(count, scale), scale);
}
