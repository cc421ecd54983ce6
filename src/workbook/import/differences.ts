/** A sheet compared with the sheet as it was made: changed inputs, and changes that are not allowed. */
import { printFraction, readDouble } from '../../core/number/decimal.js';
import {
  compare,
  fraction,
  multiply,
  sizeOf,
  subtract,
  type Fraction,
} from '../../core/number/fraction.js';
import { formatLike } from '../../core/number/literal.js';
import { failure, success, type Result } from '../../core/result.js';
import type { Diagnostic, DiagnosticCode, Problem } from '../../core/text/diagnostic.js';
import type { Span } from '../../core/text/source.js';
import { placeOf, type InputEdit } from '../../scenario/edit/rewrite.js';
import { normalForm } from '../formulas/normalise.js';
import { isShownAs, shownNumber } from '../formulas/numberFormats.js';
import type { WorkbookCell, WorkbookSheet } from '../workbook.js';
import {
  contentText,
  keyOf,
  placeAt,
  type CellContent,
  type EditedSheet,
} from './editedWorkbook.js';

/** The input, and its value or range end, that a cell holds; a person may change it. */
export type Slot = Pick<InputEdit, 'input' | 'of'>;

/** How a sheet is compared: its inputs, its free cells, and how its numbers are written. */
export interface ComparisonOptions {
  readonly slotAt: (key: string) => Slot | undefined;
  /** Cells that a person may change freely, such as the selected scenario. */
  readonly isFree: (key: string) => boolean;
  /** Set if cells hold shown texts, with whether the decimal sign is a comma. */
  readonly shown?: { readonly hasCommas: boolean } | undefined;
}

export interface WorkbookDifferences {
  readonly changes: readonly InputEdit[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Compares cell by cell: first the cells that the sheet was made with, then added cells. */
export function differencesOf(
  made: WorkbookSheet,
  edited: EditedSheet,
  options: ComparisonOptions,
): WorkbookDifferences {
  const changes: InputEdit[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const key of keysOf(made, edited)) {
    const place = placeAt(key);
    const was = made.rows[place.row]?.[place.column];
    const is = edited.cells.get(key);
    const span = is?.span ?? edited.spanAt(place);
    const found = options.isFree(key)
      ? undefined
      : changeIn(was, is?.content, span, options.slotAt(key), options);
    if (!found) continue;
    if (found.ok) changes.push(found.value);
    else diagnostics.push(found.diagnostics);
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
  options: ComparisonOptions,
): Result<InputEdit, Diagnostic> | undefined {
  if (slot && was) return changedInput(was, is, span, slot, options);
  if (was && isSame(was, is, options)) return undefined;
  if (was && was.content !== '') return failure(changedCell(was, is, span));
  return is && failure(unknownCell(is, span));
}

function isSame(
  { content, format }: WorkbookCell,
  is: CellContent | undefined,
  options: ComparisonOptions,
): boolean {
  const { shown } = options;
  if (typeof content === 'object') {
    if (shown) return true;
    return (
      is !== undefined && 'formula' in is && normalForm(is.formula) === normalForm(content.formula)
    );
  }
  if (typeof content === 'string') return sameText(content, is, shown !== undefined);
  const number = is && numberOf(is, options);
  return number !== undefined && isSameNumber(number, content, format, options);
}

/** A CSV has `?` instead of a character that its code page does not have. */
function sameText(was: string, is: CellContent | undefined, isShown: boolean): boolean {
  if (!is) return was === '';
  if (!isShown) return 'text' in is && is.text === was;
  const [a, b] = [was, contentText(is)].map((text) => Array.from(text.trim()));
  return a!.length === b!.length && b!.every((sign, i) => sign === a![i] || sign === '?');
}

function numberOf(content: CellContent, { shown }: ComparisonOptions): Fraction | undefined {
  if ('number' in content) return readDouble(content.number);
  return shown && 'text' in content ? shownNumber(content.text, shown.hasCommas) : undefined;
}

function isSameNumber(
  number: Fraction,
  was: number,
  format: string | undefined,
  { shown }: ComparisonOptions,
): boolean {
  const exact = readDouble(was);
  return isNear(number, exact) || (shown !== undefined && isShownAs(number, exact, format ?? ''));
}

/** LibreOffice saves 15 digits of a number, and the last digit may differ by one. */
function isNear(a: Fraction, b: Fraction): boolean {
  const off = sizeOf(subtract(a, b));
  return compare(multiply(off, fraction(10n ** 14n)), sizeOf(b)) <= 0;
}

function changedInput(
  { content, format }: WorkbookCell,
  is: CellContent | undefined,
  span: Span,
  slot: Slot,
  options: ComparisonOptions,
): Result<InputEdit, Diagnostic> | undefined {
  const value = is && numberOf(is, options);
  if (value === undefined) return failure(noNumber(is, span, slot));
  if (typeof content === 'number' && isSameNumber(value, content, format, options))
    return undefined;
  const { path, text } = placeOf(slot);
  const literal = formatLike(text, value);
  const reading = slot.input.kind.read(literal);
  if (reading.ok) return success({ ...slot, literal, origin: span });
  const { code, message, hint } = reading.diagnostics;
  const found = `\`${path}\` is ${text} in the file`;
  return failure(error(code, span, { message, found, hint }));
}

function error(code: DiagnosticCode, span: Span, problem: Problem): Diagnostic {
  return { code, severity: 'error', span, ...problem };
}

function noNumber(is: CellContent | undefined, span: Span, slot: Slot): Diagnostic {
  const { path, text } = placeOf(slot);
  const expected = `a number: \`${path}\` is ${text} in the file`;
  const hint = 'type a number, or restore the old one';
  if (!is) return error('input-cell', span, { message: 'the cell is empty', expected, hint });
  if ('formula' in is) {
    const remedy = 'copy the cell and paste its value only: the file holds numbers';
    return error('input-cell', span, { message: 'a formula in an input', expected, hint: remedy });
  }
  const message = `\`${contentText(is)}\` is no number`;
  return error('input-cell', span, { message, expected, hint });
}

function unknownCell(is: CellContent, span: Span): Diagnostic {
  return error('workbook-cell', span, {
    message: `\`${contentText(is)}\` in a cell that was empty`,
    hint: 'empty this cell; put notes on a sheet of your own, which is not compared',
  });
}

function changedCell(was: WorkbookCell, is: CellContent | undefined, span: Span): Diagnostic {
  const { content } = was;
  const isFormula = typeof content === 'object';
  const expected = isFormula ? `=${content.formula}` : String(content);
  return error('workbook-cell', span, {
    message: isFormula
      ? 'this formula may not change'
      : 'only inputs may change, and this cell is no input',
    expected: typeof content === 'number' ? printFraction(readDouble(content)) : expected,
    ...(is ? {} : { found: 'nothing' }),
    hint: 'restore it: change numbers in the blue cells of Inputs, and everything else in the file',
  });
}
