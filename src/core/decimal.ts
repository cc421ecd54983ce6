/** The decimal that people meet: it reads literals and carries results, and never rounds or divides. */
import { Decimal as Base } from 'decimal.js';
import { ratio, type Ratio } from './ratio.js';

/**
 * decimal.js, wide enough that nothing the engine prints is rounded: a literal has at most 36 digits
 * and a magnitude of at most 10^12, so sums over a whole table stay far below 1,000 digits.
 */
export const Decimal = Base.clone({ precision: 1000, toExpNeg: -9e15, toExpPos: 9e15 });
export type Decimal = Base;

/** Exactly the number that a checked literal such as `-12.50` spells, times 10^shift. */
export function readDecimal(digits: string, shift = 0): Ratio {
  const value = new Decimal(`${digits}e${shift}`);
  const places = value.decimalPlaces();
  const whole = value.times(new Decimal(`1e${places}`));
  return ratio(BigInt(whole.toFixed()), 10n ** BigInt(places));
}

/** A count of quanta of 10^-places as a decimal. */
export function decimalOf(count: bigint, places: number): Decimal {
  return new Decimal(count.toString()).times(new Decimal(`1e-${places}`));
}

/** A count of quanta as plain text: no exponent, no separator, trailing zeros to the quantum. */
export function printDecimal(count: bigint, places: number): string {
  const sign = count < 0n ? '-' : '';
  const digits = (count < 0n ? -count : count).toString().padStart(places + 1, '0');
  if (places === 0) return sign + digits;
  return `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** A decimal with its thousands apart. */
export function grouped(decimal: string): string {
  return decimal.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));
}

/** A ratio as people write it: a decimal where it has one, else `n/d`. */
export function printRatio({ n, d }: Ratio): string {
  let places = 0;
  let scaled = d;
  while (scaled % 10n === 0n) [scaled, places] = [scaled / 10n, places + 1];
  let factor = 1n;
  while (scaled % 2n === 0n) [scaled, factor, places] = [scaled / 2n, factor * 5n, places + 1];
  while (scaled % 5n === 0n) [scaled, factor, places] = [scaled / 5n, factor * 2n, places + 1];
  return scaled === 1n ? printDecimal(n * factor, places) : `${n}/${d}`;
}
