/** Numbers as spreadsheets of all countries show them: `380,000.00`, `3,80,000`, `380’000.00`, `%35,00`. */
import { powerOfTen, readDecimal } from '../../core/number/decimal.js';
import {
  compare,
  equal,
  fraction,
  multiply,
  sizeOf,
  subtract,
  type Fraction,
} from '../../core/number/fraction.js';

/** The sign before the decimals. */
export type DecimalSign = '.' | ',';

export const DECIMAL_SIGNS: readonly DecimalSign[] = ['.', ','];

/** Signs between thousands beside `.` and `,`: apostrophes, blanks of all widths, and the Arabic sign. */
const GROUPING = /['\u2019\u2018`\u00b4\u00a0\u2000-\u200a\u202f\u205f\u3000\u066c ]/u;
const SIGNS = /[\u2212\u2012\u2013\ufe63\uff0d]/gu;
/** Marks of the direction of writing, which are not seen. */
const UNSEEN = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c\ufeff]/gu;

/**
 * Reads a number as a spreadsheet shows it, with groups of three digits, or of two above the first three as
 * in India, and a percent sign on either side.
 *
 * @returns nothing if the text is no number, or if an exponent hides digits
 */
export function shownNumber(text: string, decimal: DecimalSign): Fraction | undefined {
  const plain = asciiDigits(text)
    .replace(UNSEEN, '')
    .replace(SIGNS, '-')
    .replace(/\u066b/gu, decimal)
    .trim();
  const [, before, middle, after] = /^([%\u066a]?)\s*(.*?)\s*([%\u066a]?)$/su.exec(plain)!;
  if (before !== '' && after !== '') return undefined;
  const [, minus, size] = /^(-?)\s*([^-]*)$/su.exec(middle!) ?? [];
  const digits = size === undefined ? undefined : ungrouped(size, decimal);
  if (digits === undefined) return undefined;
  return readDecimal(minus! + digits, before! + after! === '' ? 0 : -2);
}

/** Digits of all scripts as those of ASCII, as each script has its ten digits in order; full-width signs too. */
function asciiDigits(text: string): string {
  const narrow = text.replace(/[\uff01-\uff5e]/gu, (sign) =>
    String.fromCharCode(sign.charCodeAt(0) - 0xfee0),
  );
  return narrow.replace(/\p{Nd}/gu, (digit) => {
    let [code, value] = [digit.codePointAt(0)!, 0];
    while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - 1)))
      [code, value] = [code - 1, value + 1];
    return String(value);
  });
}

/** The digits of a number without separators, with a point before the decimals. */
function ungrouped(text: string, decimal: DecimalSign): string | undefined {
  const [whole, decimals, ...more] = text.split(decimal);
  if (more.length > 0 || !/^\d/.test(whole!) || !/^\d*$/.test(decimals ?? '')) return undefined;
  const separators = new Set(whole!.replace(/\d/g, ''));
  const [separator] = separators;
  const isKnown =
    separator === undefined ||
    separator === (decimal === '.' ? ',' : '.') ||
    GROUPING.test(separator);
  if (separators.size > 1 || !isKnown) return undefined;
  const groups = separator === undefined ? [whole!] : whole!.split(separator);
  const sizes = groups.map(({ length }) => length);
  const isGrouped =
    groups.length === 1 ||
    (sizes.at(-1) === 3 && sizes[0]! <= 3 && sizes.slice(1, -1).every((size) => size === 3)) ||
    (sizes.at(-1) === 3 && sizes[0]! <= 2 && sizes.slice(1, -1).every((size) => size === 2));
  if (!isGrouped || sizes[0] === 0) return undefined;
  return groups.join('') + (decimals ? `.${decimals}` : '');
}

/** The different numbers that a text can be, by the decimal signs that are possible. */
export function shownNumbers(text: string, signs: readonly DecimalSign[]): readonly Fraction[] {
  const found: Fraction[] = [];
  for (const sign of signs) {
    const number = shownNumber(text, sign);
    if (number && !found.some((other) => equal(other, number))) found.push(number);
  }
  return found;
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
