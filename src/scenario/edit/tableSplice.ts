/** Other numbers in the cells of a table, under the units that their column and their table say. */
import { grouped, printRatio, readDecimal } from '../../core/number/decimal.js';
import { SHIFTS } from '../../core/number/literal.js';
import { divide, multiply, type Ratio } from '../../core/number/fraction.js';
import type { Scalar } from '../../core/text/source.js';
import type { Splice } from './splice.js';

/** A literal of a table: its digits, a suffix of an amount, and what it is per or of. */
const LITERAL = /^(-?[\d.]+)(?:(\p{L}*) [A-Z]{3}|(%))?$/u;

/**
 * A cell with another number: `31.8` of a column in billions, `"31,800"` of one in millions.
 *
 * @param text the literal that the cell was read as, and `literal` the one that it is to be read as
 * @returns nothing where the table quotes the number in another way than the literal does
 */
export function respelledCell(
  { text, span }: Pick<Scalar, 'text' | 'span'>,
  literal: string,
): Splice | undefined {
  const raw = span.source.text.slice(span.start, span.end);
  const isAsRead = raw.replace(/^"|"$/g, '').trim() === text;
  if (isAsRead) return { span, text: raw.replace(text, literal) };
  const [unit, other] = [unitOf(text), unitOf(literal)];
  const [old] = /-?\d[\d,]*(\.\d+)?/.exec(raw) ?? [];
  if (!unit || !other || old === undefined) return undefined;
  const number = multiply(readDecimal(LITERAL.exec(literal)![1]!), divide(other, unit));
  const digits = printRatio(number);
  return { span, text: raw.replace(old, old.includes(',') ? grouped(digits) : digits) };
}

/** What the digits of a literal count: a billion in `31.8bn CNY`; nothing of a quotient. */
function unitOf(literal: string): Ratio | undefined {
  const [whole, , suffix = '', percent] = LITERAL.exec(literal) ?? [];
  if (whole === undefined) return undefined;
  return readDecimal('1', percent === undefined ? (SHIFTS[suffix] ?? 0) : -2);
}
