/** Decimals as text, read and printed exactly. */
import { fraction, multiply, roundHalfEven, type Fraction } from './fraction.js';

/** 10^exponent, for an exponent from 0: how many quanta make one unit of so many decimal places. */
export function powerOfTen(exponent: number): bigint {
  return POWERS[exponent] ?? 10n ** BigInt(exponent);
}

/** Those of literals, which have at most 18 digits behind the point. */
const POWERS = Array.from({ length: 19 }, (_, exponent) => 10n ** BigInt(exponent));

/** The exact value of a decimal such as `-12.50`, whose form has been checked, × 10^shift. */
export function readDecimal(digits: string, shift = 0): Fraction {
  const point = digits.indexOf('.');
  const count = BigInt(point < 0 ? digits : digits.slice(0, point) + digits.slice(point + 1));
  const places = (point < 0 ? 0 : digits.length - point - 1) - shift;
  return places > 0 ? fraction(count, powerOfTen(places)) : fraction(count * powerOfTen(-places));
}

/**
 * The number that a spreadsheet shows for a double: its first 15 significant digits, 0.3 and not
 * 0.30000000000000004.
 */
export function readDouble(value: number): Fraction {
  const [digits, exponent] = value.toExponential(14).split('e');
  return readDecimal(digits!, Number(exponent));
}

/** A count of quanta of 10^-places as plain text: no exponent, no separators, all decimal places. */
export function printDecimal(count: bigint, places: number): string {
  const sign = count < 0n ? '-' : '';
  const digits = (count < 0n ? -count : count).toString().padStart(places + 1, '0');
  if (places === 0) return sign + digits;
  return `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** A decimal with commas between thousands. */
export function grouped(decimal: string): string {
  return decimal.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));
}

/** A count of quanta as plain text without trailing zeros. */
export function printShort(count: bigint, places: number): string {
  return printDecimal(count, places)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}

/** A number rounded half-even to so many decimal places. */
export function printRounded(value: Fraction, places: number): string {
  return printDecimal(roundHalfEven(multiply(value, fraction(powerOfTen(places)))), places);
}

/** A share as people write it: `35%`, or `1/3` where it has no finite decimal. */
export function percent(value: Fraction): string {
  const text = printFraction(multiply(value, fraction(100n)));
  return text.includes('/') ? printFraction(value) : `${text}%`;
}

/** A fraction as people write it: a decimal where it has a finite one, else `n/d`. */
export function printFraction(value: Fraction): string {
  const { n, d } = value;
  const places = placesOf(value);
  return places === undefined ? `${n}/${d}` : printDecimal((n * powerOfTen(places)) / d, places);
}

/** How many decimal places a fraction has; nothing where they never end. */
export function placesOf({ d }: Fraction): number | undefined {
  if (d === 1n) return 0;
  const bits = d.toString(2);
  const twos = bits.length - 1 - bits.lastIndexOf('1');
  const odd = d >> BigInt(twos);
  // 5^k has ⌊k·log2(5)⌋ + 1 binary digits.
  const fives = Math.round((bits.length - twos - 0.5) / Math.log2(5));
  return odd === 5n ** BigInt(fives) ? Math.max(twos, fives) : undefined;
}
