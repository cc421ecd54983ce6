/** An edited workbook beside the same one as it was made: changed inputs, and what may not change. */
import type { Diagnostic, DiagnosticCode, Problem } from '../../core/text/diagnostic.js';
import { printFraction, readDouble } from '../../core/number/decimal.js';
import {
  sizeOf,
  compare,
  multiply,
  fraction,
  subtract,
  type Fraction,
} from '../../core/number/fraction.js';
import type { Span } from '../../core/text/source.js';
import { formatLike } from '../../core/number/literal.js';
import { placeOf, type InputEdit } from '../../scenario/edit/rewrite.js';
import {
  contentText,
  keyOf,
  placeAt,
  type CellContent,
  type EditedSheet,
} from './editedWorkbook.js';
import { normalForm } from '../formulas/normalise.js';
import { isShownAs, shownNumber } from '../formulas/numberFormats.js';
import type { WorkbookCell, WorkbookSheet } from '../workbook.js';

/** What a cell holds in which a number of the file may be changed. */
export type Slot = Pick<InputEdit, 'input' | 'of'>;

/** How a sheet is compared. */
export interface NumberStyle {
  readonly slotAt: (key: string) => Slot | undefined;
  /** Cells that may hold anything, as they choose what is shown. */
  readonly isFree: (key: string) => boolean;
  /** Of cells that say what is shown: whether decimals are behind a comma. */
  readonly shown?: { readonly hasCommas: boolean } | undefined;
}

export interface WorkbookDifferences {
  readonly changes: readonly InputEdit[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Cell by cell, in the order of the sheet: the cells that it had, and those that it has. */
export function differencesOf(
  made: WorkbookSheet,
  edited: EditedSheet,
  manner: NumberStyle,
): WorkbookDifferences {
  const changes: InputEdit[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const key of keysOf(made, edited)) {
    const place = placeAt(key);
    const was = made.rows[place.row]?.[place.column];
    const is = edited.cells.get(key);
    const span = is?.span ?? edited.spanAt(place);
    const found = manner.isFree(key)
      ? undefined
      : changeIn(was, is?.content, span, manner.slotAt(key), manner);
    if (found && 'code' in found) diagnostics.push(found);
    else if (found) changes.push(found);
  }
  return { changes, diagnostics };
}

function keysOf({ rows }: WorkbookSheet, { cells }: EditedSheet): readonly string[] {
  const made = rows.flatMap((row, r) =>
    row.flatMap((cell, column) => (cell ? [keyOf({ row: r, column })] : [])),
  );
  const known = new Set(made);
  return [...made, ...[...cells.keys()].filter((key) => !known.has(key))];
}

function changeIn(
  was: WorkbookCell | undefined,
  is: CellContent | undefined,
  span: Span,
  slot: Slot | undefined,
  manner: NumberStyle,
): InputEdit | Diagnostic | undefined {
  if (slot && was) return changedInput(was, is, span, slot, manner);
  if (was && isSame(was, is, manner)) return undefined;
  if (!was || was.content === '') return is && unknownCell(is, span);
  return changedCell(was, is, span);
}

function isSame(
  { content, format }: WorkbookCell,
  is: CellContent | undefined,
  manner: NumberStyle,
): boolean {
  const { shown } = manner;
  if (typeof content === 'object') {
    if (shown) return true;
    return (
      is !== undefined && 'formula' in is && normalForm(is.formula) === normalForm(content.formula)
    );
  }
  if (typeof content === 'string') return sameText(content, is, shown !== undefined);
  const number = is && numberOf(is, manner);
  return number !== undefined && isSameNumber(number, content, format, manner);
}

/** In a CSV of a code page that lacks a character there is a question mark instead. */
function sameText(was: string, is: CellContent | undefined, isShown: boolean): boolean {
  if (!is) return was === '';
  if (!isShown) return 'text' in is && is.text === was;
  const [a, b] = [was, contentText(is)].map((text) => Array.from(text.trim()));
  return a!.length === b!.length && b!.every((sign, i) => sign === a![i] || sign === '?');
}

function numberOf(content: CellContent, { shown }: NumberStyle): Fraction | undefined {
  if ('number' in content) return readDouble(content.number);
  return shown && 'text' in content ? shownNumber(content.text, shown.hasCommas) : undefined;
}

function isSameNumber(
  number: Fraction,
  was: number,
  format: string | undefined,
  { shown }: NumberStyle,
): boolean {
  const exact = readDouble(was);
  return isNear(number, exact) || (shown !== undefined && isShownAs(number, exact, format ?? ''));
}

/** LibreOffice cuts a number to 15 digits as it saves it, and the last one may be one off. */
function isNear(a: Fraction, b: Fraction): boolean {
  const off = sizeOf(subtract(a, b));
  return compare(multiply(off, fraction(10n ** 14n)), sizeOf(b)) <= 0;
}

function changedInput(
  { content, format }: WorkbookCell,
  is: CellContent | undefined,
  span: Span,
  slot: Slot,
  manner: NumberStyle,
): InputEdit | Diagnostic | undefined {
  const value = is && numberOf(is, manner);
  if (value === undefined) return noNumber(is, span, slot);
  if (typeof content === 'number' && isSameNumber(value, content, format, manner)) return undefined;
  const { path, text } = placeOf(slot);
  const literal = formatLike(text, value);
  const reading = slot.input.kind.read(literal);
  if (reading.ok) return { ...slot, literal, origin: span };
  const { code, message, hint } = reading.diagnostics;
  return error(code, span, { message, found: `\`${path}\` is ${text} in the file`, hint });
}

function error(code: DiagnosticCode, span: Span, problem: Problem): Diagnostic {
  return { code, severity: 'error', span, ...problem };
}

function noNumber(is: CellContent | undefined, span: Span, slot: Slot): Diagnostic {
  const { path, text } = placeOf(slot);
  const expected = `a number: \`${path}\` is ${text} in the file`;
  const hint = 'type a number, or what stood there before';
  if (!is) return error('input-cell', span, { message: 'the cell is empty', expected, hint });
  if ('formula' in is) {
    const remedy = 'copy the cell and paste its value alone: the file holds numbers';
    return error('input-cell', span, { message: 'a formula in an input', expected, hint: remedy });
  }
  const message = `\`${contentText(is)}\` is no number`;
  return error('input-cell', span, { message, expected, hint });
}

function unknownCell(is: CellContent, span: Span): Diagnostic {
  return error('workbook-cell', span, {
    message: `\`${contentText(is)}\` stands where nothing did`,
    hint: 'put notes on a sheet of your own, which is passed over; empty this cell',
  });
}

function changedCell(was: WorkbookCell, is: CellContent | undefined, span: Span): Diagnostic {
  const { content } = was;
  const isFormula = typeof content === 'object';
  const expected = isFormula ? `=${content.formula}` : String(content);
  return error('workbook-cell', span, {
    message: isFormula ? 'a formula has changed' : 'a cell that is no input has changed',
    expected: typeof content === 'number' ? printFraction(readDouble(content)) : expected,
    ...(is ? {} : { found: 'nothing' }),
    hint: 'put it back: numbers are changed in the blue cells of Inputs, all else in the file',
  });
}
