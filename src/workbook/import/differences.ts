/** A sheet compared with the sheet as it was made: changed inputs, changes that are not allowed, and cells of one's own. */
import { printFraction, readDouble } from '../../core/number/decimal.js';
import { failure, type Result } from '../../core/result.js';
import type { Diagnostic } from '../../core/text/diagnostic.js';
import type { Span } from '../../core/text/source.js';
import type { InputEdit } from '../../scenario/edit/inputEdit.js';
import { normalForm, type SheetNames } from '../formulas/normalise.js';
import type { WorkbookCell, WorkbookSheet } from '../workbook.js';
import {
  contentText,
  keyOf,
  placeAt,
  type CellContent,
  type EditedSheet,
} from './editedWorkbook.js';
import { isShownAs, shownNumbers, type DecimalSign } from './shownNumber.js';
import { isNear, typedEdit, type Slot } from './typedNumber.js';

/** How a sheet is compared: its inputs, its free cells, and how its numbers are written. */
export interface ComparisonOptions {
  readonly slotAt: (key: string) => Slot | undefined;
  /** Cells that a person may change freely, such as the selected scenario. */
  readonly isFree: (key: string) => boolean;
  /** Cells of a table, where a content that was not made is no remark. */
  readonly isInTable: (key: string) => boolean;
  /** Whether cells hold shown texts. */
  readonly isShown: boolean;
  /** The decimal signs that texts may have. */
  readonly signs: readonly DecimalSign[];
  readonly names: SheetNames;
}

export interface WorkbookDifferences {
  readonly changes: readonly InputEdit[];
  readonly diagnostics: readonly Diagnostic[];
  /** Cells that a person has filled beside those of the sheet. */
  readonly own: readonly Span[];
}

/** Compares cell by cell: first the cells that the sheet was made with, then added cells. */
export function differencesOf(
  made: WorkbookSheet,
  edited: EditedSheet,
  options: ComparisonOptions,
): WorkbookDifferences {
  const changes: InputEdit[] = [];
  const diagnostics: Diagnostic[] = [];
  const own: Span[] = [];
  for (const key of keysOf(made, edited)) {
    const place = placeAt(key);
    const was = made.rows[place.row]?.[place.column];
    const is = edited.cells.get(key);
    const span = is?.span ?? edited.spanAt(place);
    if (options.isFree(key)) continue;
    if (isBlank(was) && !options.isInTable(key)) {
      if (is) own.push(span);
      continue;
    }
    const found = changeIn(was, is?.content, span, options.slotAt(key), options);
    if (found?.ok) changes.push(found.value);
    else if (found) diagnostics.push(found.diagnostics);
  }
  return { changes, diagnostics, own };
}

function isBlank(was: WorkbookCell | undefined): boolean {
  return was === undefined || was.content === '';
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
  if (slot && typeof was?.content === 'number') {
    const { content, format = '' } = was;
    return typedEdit({ slot, number: readDouble(content), format }, is, span, options.signs);
  }
  if (was && !isBlank(was)) {
    return isSame(was, is, options) ? undefined : failure(changedCell(was, is, span));
  }
  return is && failure(unknownCell(is, span));
}

function isSame(
  { content, format = '' }: WorkbookCell,
  is: CellContent | undefined,
  { isShown, signs, names }: ComparisonOptions,
): boolean {
  if (typeof content === 'object') {
    if (isShown) return true;
    if (!is || !('formula' in is)) return false;
    if (is.formula === content.formula) return true;
    return normalForm(is.formula, names) === normalForm(content.formula, names);
  }
  if (typeof content === 'string') return is !== undefined && sameText(content, is, isShown);
  const old = readDouble(content);
  if (!is) return false;
  if ('number' in is) return isNear(readDouble(is.number), old);
  if (!('text' in is)) return false;
  return shownNumbers(is.text, signs).some(
    (number) => isNear(number, old) || isShownAs(number, old, format),
  );
}

/**
 * Whether a text is as it was made, apart from blanks and the form of letters. A CSV has `?` instead of a
 * character that its code page does not have, and programs take a text of digits for a number.
 */
function sameText(was: string, is: CellContent, isShown: boolean): boolean {
  if ('number' in is) return isSameNumber(was, is.number);
  if (!('text' in is)) return false;
  const [a, b] = [was, is.text].map(plainText);
  if (a === b) return true;
  return isShown && isSameWithGaps(Array.from(a!), Array.from(b!));
}

function isSameNumber(text: string, number: number): boolean {
  const [read] = shownNumbers(text, ['.']);
  return read !== undefined && isNear(readDouble(number), read);
}

function plainText(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}

/** Whether texts agree where `?` stands for any character, and two of them for one beyond 16 bits. */
function isSameWithGaps(was: readonly string[], is: readonly string[]): boolean {
  const wide = was.flatMap((sign) => (sign.length === 2 ? [sign, '?'] : [sign]));
  const fits = (signs: readonly string[]) =>
    signs.length === is.length && is.every((sign, i) => sign === signs[i] || sign === '?');
  return fits(was) || fits(wide);
}

function error(span: Span, problem: Pick<Diagnostic, 'message' | 'expected' | 'found' | 'hint'>) {
  return { code: 'workbook-cell', severity: 'error', span, ...problem } as const;
}

function unknownCell(is: CellContent, span: Span): Diagnostic {
  return error(span, {
    message: `\`${contentText(is)}\` in a cell that was empty`,
    hint: 'empty this cell: write a new range, evidence or assumption into the file, and remarks beside the table',
  });
}

function changedCell(was: WorkbookCell, is: CellContent | undefined, span: Span): Diagnostic {
  const { content } = was;
  const isFormula = typeof content === 'object';
  const expected = isFormula ? `=${content.formula}` : String(content);
  return error(span, {
    message: isFormula
      ? 'this formula may not change'
      : 'only inputs may change, and this cell is no input',
    expected: typeof content === 'number' ? printFraction(readDouble(content)) : expected,
    ...(is ? {} : { found: 'nothing' }),
    hint: 'restore it: change numbers in the blue cells of Inputs, and everything else in the file',
  });
}
