/** The number that a person has typed into the cell of an input, as an edit of the file. */
import { powerOfTen, printFraction, readDecimal, readDouble } from '../../core/number/decimal.js';
import {
  ONE,
  compare,
  divide,
  fraction,
  multiply,
  sizeOf,
  subtract,
  type Fraction,
} from '../../core/number/fraction.js';
import { SHIFTS, formatLike } from '../../core/number/literal.js';
import { failure, success, type Result } from '../../core/result.js';
import type { Diagnostic, Problem } from '../../core/text/diagnostic.js';
import { printPlace, type Span } from '../../core/text/source.js';
import { readNumberOf } from '../../model/input.js';
import { PRICE } from '../../model/inputKind.js';
import { placeOf, type InputEdit } from '../../scenario/edit/inputEdit.js';
import { contentText, type CellContent } from './editedWorkbook.js';
import { isShownAs, shownNumbers, type DecimalSign } from './shownNumber.js';

/** The input, and its value or range end, that a cell holds; a person may change it. */
export type Slot = Pick<InputEdit, 'input' | 'of'>;

/** A cell of an input as it was made. */
export interface MadeInput {
  readonly slot: Slot;
  readonly number: Fraction;
  readonly format: string;
}

/** LibreOffice saves 15 digits of a number, and the last digit may differ by one. */
export function isNear(a: Fraction, b: Fraction): boolean {
  const off = sizeOf(subtract(a, b));
  return compare(multiply(off, fraction(10n ** 14n)), sizeOf(b)) <= 0;
}

/**
 * The edit that a cell asks for; nothing if its number is the old one.
 *
 * @param signs the decimal signs that texts may have
 */
export function typedEdit(
  made: MadeInput,
  is: CellContent | undefined,
  span: Span,
  signs: readonly DecimalSign[],
): Result<InputEdit, Diagnostic> | undefined {
  const { slot, number: old, format } = made;
  const fail = (problem: Problem) => failure(problemAt(span, problem));
  const numbers = is ? numbersIn(is, slot, signs) : [];
  const isText = is !== undefined && 'text' in is;
  if (numbers.some((one) => isNear(one, old) || (isText && isShownAs(one, old, format)))) {
    return undefined;
  }
  const [value, other] = likely(numbers, old);
  if (!value) return fail(noNumber(is, slot));
  if (other) return fail(twoReadings(is!, [value, other]));
  const doubt = otherScale(value, old, slot);
  if (doubt) return fail(doubt);
  const { path, text } = placeOf(slot);
  const literal = formatLike(text, value);
  const reading = slot.input.kind.read(literal);
  if (reading.ok) return success({ ...slot, literal, origin: span });
  const { code, message, hint } = reading.diagnostics;
  return fail({ code, message, found: `\`${path}\` is ${text} in the file`, hint });
}

function problemAt(span: Span, problem: Problem): Diagnostic {
  return { code: 'input-cell', severity: 'error', span, ...problem };
}

/** The numbers that the content of a cell can be: a number, a text that shows one, or a literal of the file. */
function numbersIn(
  content: CellContent,
  slot: Slot,
  signs: readonly DecimalSign[],
): readonly Fraction[] {
  if ('number' in content)
    return Number.isFinite(content.number) ? [readDouble(content.number)] : [];
  if (!('text' in content)) return [];
  const shown = shownNumbers(content.text, signs);
  if (shown.length > 0) return shown;
  const { kind, currency } = slot.input;
  const reading = readNumberOf(slot.input, content.text.trim());
  if (!reading.ok) return [];
  const places = currency && kind !== PRICE ? currency.places : 0;
  return [divide(reading.value.value, fraction(powerOfTen(places)))];
}

/** Of two readings, which are 1,000 or more apart, the one that is near the old number, if only one is. */
function likely(numbers: readonly Fraction[], old: Fraction): readonly Fraction[] {
  const near = numbers.filter((one) => isWithin(one, old, 30n));
  return numbers.length > 1 && near.length === 1 ? near : numbers;
}

/** Whether a number is at most so many times another, and at least one part in so many of it. */
function isWithin(a: Fraction, b: Fraction, times: bigint): boolean {
  const [x, y] = [sizeOf(a), sizeOf(b)];
  const factor = fraction(times);
  return compare(x, multiply(y, factor)) <= 0 && compare(y, multiply(x, factor)) <= 0;
}

/** Amounts that are so many times another were not typed in one unit. */
const FAR = 1000n;

/** Asks back where the number was typed in another unit: 9 where the cell holds the yuan of 9bn, 12 where it holds 12%. */
function otherScale(value: Fraction, old: Fraction, { input, of }: Slot): Problem | undefined {
  const { path, text, span } = placeOf({ input, of });
  const isPercent = text.endsWith('%');
  const isOdd = isPercent
    ? compare(sizeOf(value), ONE) >= 0 &&
      compare(sizeOf(old), ONE) < 0 &&
      !isWithin(value, old, 20n)
    : input.currency !== undefined && value.n !== 0n && old.n !== 0n && !isWithin(value, old, FAR);
  if (!isOdd) return undefined;
  const meant = isPercent ? multiply(value, fraction(1n, 100n)) : inOtherUnit(value, old, text);
  const there = `if the number is right, write it into the file, ${printPlace(span)}`;
  return {
    message: `\`${path}\` would be ${formatLike(text, value)}, and it is ${text} in the file`,
    expected: isPercent ? 'a number such as 0.12, or 12%' : 'a number in full units of money',
    hint: meant ? `type ${printFraction(meant)} for ${formatLike(text, meant)}; ${there}` : there,
  };
}

/** The number in the unit in which it may have been typed, that of the file first: one near the old number. */
function inOtherUnit(value: Fraction, old: Fraction, text: string): Fraction | undefined {
  const [, own = ''] = /^-?[\d.]+(\p{L}*) /u.exec(text) ?? [];
  const units = [SHIFTS[own] ?? 0, ...Object.values(SHIFTS)].map((shift) =>
    readDecimal('1', shift),
  );
  return units.map((unit) => multiply(value, unit)).find((other) => isWithin(other, old, 30n));
}

function twoReadings(is: CellContent, numbers: readonly Fraction[]): Problem {
  const [one, other] = numbers.map(printFraction);
  return {
    message: `\`${contentText(is)}\` can be ${one!} or ${other!}`,
    expected: 'a number, not a text',
    hint: `type ${one!} or ${other!}`,
  };
}

function noNumber(is: CellContent | undefined, slot: Slot): Problem {
  const { path, text } = placeOf(slot);
  const expected = `a number: \`${path}\` is ${text} in the file`;
  const hint = 'type a number, or restore the old one';
  if (!is) return { message: 'the cell is empty', expected, hint };
  if ('formula' in is) {
    const remedy = 'copy the cell and paste its value only: the file holds numbers';
    return { message: 'a formula in an input', expected, hint: remedy };
  }
  const shown = contentText(is);
  const isNarrow = /^#+$/.test(shown);
  return {
    message: `\`${shown}\` is no number`,
    expected,
    hint: isNarrow ? 'make the column wider, and save the sheet again' : hint,
  };
}
