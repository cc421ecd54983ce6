/** Number formats of a workbook, and numbers read back as a spreadsheet shows them. */
import { currencyOf } from '../../core/number/currency.js';
import { powerOfTen, readDecimal } from '../../core/number/decimal.js';
import {
  compare,
  fraction,
  multiply,
  sizeOf,
  subtract,
  type Fraction,
} from '../../core/number/fraction.js';

const MONEY = '#,##0.00';
const COUNT = '#,##0';
export const PERCENT = '0.00%';
export const RATE = '#,##0.0000##';

/** The number format for a unit: a currency, `%`, none (a rate), or a counted thing. */
export function formatOf(label: string): string {
  if (label === '%') return PERCENT;
  if (label === '') return RATE;
  return currencyOf(label) ? MONEY : COUNT;
}

const SCALES = [
  { word: ' bn', from: 1e9, commas: ',,,' },
  { word: ' m', from: 1e6, commas: ',,' },
  { word: '', from: 0, commas: '' },
] as const;

/** A format that shows millions or billions if the largest number needs it; the cells keep all digits. */
export function scaledFormat(
  label: string,
  largest: number,
): { readonly unit: string; readonly format: string } {
  const isMoney = currencyOf(label) !== undefined;
  const { word, commas } = isMoney ? SCALES.find(({ from }) => largest >= from)! : SCALES[2];
  const shown = `${formatOf(label)}${commas}`;
  return { unit: `${label}${word}`, format: `${shown};-${shown};"–"` };
}

const DIGITS = /^-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/;

/**
 * Reads a number as a spreadsheet shows it: `380,000,000,000.00`, `35.00%`, `7,1717`.
 *
 * @param hasCommas whether the decimal sign is a comma, as in German or French, and thousands are
 *   separated by points or blanks
 * @returns nothing if the text is no number, or if an exponent hides digits
 */
export function shownNumber(text: string, hasCommas: boolean): Fraction | undefined {
  const plain = text.replace(/(\d)[\u00a0\u202f ](?=\d{3})/gu, hasCommas ? '$1.' : '$1,');
  const swapped = hasCommas ? plain.replace(/[.,]/g, (sign) => (sign === ',' ? '.' : ',')) : plain;
  const [, number, percent] = /^(.*?)\s*(%)?$/su.exec(swapped)!;
  if (!DIGITS.test(number!)) return undefined;
  return readDecimal(number!.replaceAll(',', ''), percent === undefined ? 0 : -2);
}

/** Whether a format shows `number` as `shown`, to the last digit. */
export function isShownAs(shown: Fraction, number: Fraction, format: string): boolean {
  const [, decimals = ''] = /\.([0#]+)/.exec(format) ?? [];
  const places = decimals.length + (format.includes('%') ? 2 : 0);
  const unit = fraction(1n, powerOfTen(places));
  const twice = multiply(sizeOf(subtract(shown, number)), fraction(2n));
  const isWhole = (shown.n * unit.d) % shown.d === 0n;
  return isWhole && compare(twice, unit) <= 0;
}
