/** Numbers as a spreadsheet shows them in a cell: `380,000,000,000.00`, `35.00%`, `7,1717`. */
import { readDecimal, powerOfTen } from '../../core/number/decimal.js';
import {
  sizeOf,
  compare,
  multiply,
  fraction,
  subtract,
  type Fraction,
} from '../../core/number/fraction.js';

const DIGITS = /^-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/;

/**
 * The number of a text: thousands may be apart, a percentage is a hundredth.
 *
 * @param hasCommas whether decimals are behind a comma, as in German or French, and points or blanks
 *   between thousands
 * @returns nothing where it is no number, or one of which an exponent hides digits
 */
export function shownNumber(text: string, hasCommas: boolean): Fraction | undefined {
  const plain = text.replace(/(?<=\d)[\u00a0\u202f ](?=\d{3})/gu, hasCommas ? '.' : ',');
  const swapped = hasCommas ? plain.replace(/[.,]/g, (sign) => (sign === ',' ? '.' : ',')) : plain;
  const [, number, percent] = /^(.*?)\s*(%)?$/su.exec(swapped)!;
  if (!DIGITS.test(number!)) return undefined;
  return readDecimal(number!.replaceAll(',', ''), percent === undefined ? 0 : -2);
}

/** Whether a number is what a format of ours shows of another one, to its last digit. */
export function isShownAs(shown: Fraction, number: Fraction, format: string): boolean {
  const [, decimals = ''] = /\.([0#]+)/.exec(format) ?? [];
  const places = decimals.length + (format.includes('%') ? 2 : 0);
  const unit = fraction(1n, powerOfTen(places));
  const twice = multiply(sizeOf(subtract(shown, number)), fraction(2n));
  const isWhole = (shown.n * unit.d) % shown.d === 0n;
  return isWhole && compare(twice, unit) <= 0;
}
