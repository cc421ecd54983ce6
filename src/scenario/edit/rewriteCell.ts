/** Replaces the number of a CSV cell, and leaves its unit, its quotes and its way of writing digits. */
import { grouped, printFraction, readDecimal } from '../../core/number/decimal.js';
import { divide, type Fraction } from '../../core/number/fraction.js';
import type { Scalar } from '../../core/text/source.js';
import type { InputKind } from '../../model/inputKind.js';
import type { Splice } from './splice.js';

/** How a cell writes its digits: the number of the literal grammar that they are, and the way back. */
interface DigitStyle {
  readonly read: (written: string) => string;
  readonly write: (digits: string, written: string) => string;
}

const swapped = (text: string) => text.replace(/[.,]/g, (sign) => (sign === ',' ? '.' : ','));

const STYLES: readonly DigitStyle[] = [
  {
    read: (written) => written.replaceAll(',', ''),
    write: (digits, written) => (written.includes(',') ? grouped(digits) : digits),
  },
  {
    read: (written) => written.replaceAll('.', '').replace(',', '.'),
    write: (digits, written) => swapped(written.includes('.') ? grouped(digits) : digits),
  },
];

const NUMBER = /-?\d[\d.,]*/;

/**
 * Replaces the number of a CSV cell, in the unit of its column: `31.8` in a column of billions, `"31,800"`
 * in one of millions, `0.125` for 8 where the column has inverse rates.
 *
 * @param text the literal as which the cell was read; its digits must be those of the cell
 * @param literal the literal as which the new cell is to be read
 * @returns nothing if the digits of the cell are not those of the literal, as for a year-to-date amount
 *   from which earlier ones were taken, or if no digits of a cell give the literal
 */
export function rewriteCell(
  { text, span }: Pick<Scalar, 'text' | 'span'>,
  literal: string,
  kind: InputKind,
): Splice | undefined {
  const raw = span.source.text.slice(span.start, span.end);
  if (raw.replace(/^"|"$/g, '').trim() === text) {
    return { span, text: raw.replace(text, () => literal) };
  }
  const [written] = NUMBER.exec(raw) ?? [];
  const reading = kind.read(literal);
  if (written === undefined || !reading.ok) return undefined;
  for (const { read, write } of STYLES) {
    const number = numberBeside(text, read(written), reading.value.value, kind);
    const digits = number && printFraction(number);
    if (digits === undefined || digits.includes('/')) continue;
    return { span, text: raw.replace(written, () => write(digits, written)) };
  }
  return undefined;
}

/**
 * The number in place of the digits of a literal, so that the literal is a value: 31.8 in `380bn CNY` for
 * 31.8bn. The digits stand first, or below a count: `1/0.1394`.
 */
function numberBeside(
  text: string,
  digits: string,
  value: Fraction,
  kind: InputKind,
): Fraction | undefined {
  const [, count] = /^(\d+)\/./.exec(text) ?? [];
  if (count !== undefined && text === `${count}/${digits}`)
    return divide(readDecimal(count), value);
  const [, first, unit] = /^(-?[\d.]+)(.*)$/su.exec(text) ?? [];
  if (first !== digits) return undefined;
  const one = kind.read(`1${unit!}`);
  return one.ok ? divide(value, one.value.value) : undefined;
}
