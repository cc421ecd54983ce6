/** Cell values read as texts for the engine, and exact numbers written as cell values. */
import {
  printFraction,
  readDouble,
  type Fraction,
  type Result,
  type SourceText,
} from '../index.js';

/** The value of a cell: text, number, true or false, or nothing. */
export type Value = string | number | boolean | null | undefined;
/** A range of cells, row by row. */
export type CellRange = readonly (readonly Value[])[];

/** A value for a cell, or the message of the error in the cell. */
export type CellOutcome<T> = Result<T, string>;

export function success<T>(value: T): CellOutcome<T> {
  return { ok: true, value };
}

export function failure(message: string): Result<never, string> {
  return { ok: false, diagnostics: message };
}

/** A file, and the other files that it is read from. */
interface CellFiles {
  readonly text: string;
  readonly files: readonly SourceText[];
}

/**
 * A file: one column with a line of it in every cell, or one cell with the whole text. Below a line `# file: NAME`
 * stands another file that the first one names.
 */
export function filesOf(range: CellRange | Value): CellOutcome<CellFiles> {
  const rows = filledRows(range);
  if (rows.some((row) => row.some((value, column) => column > 0 && !isEmpty(value)))) {
    return failure('the scenario must be one column wide, with a line of the file in every cell');
  }
  const all = rows.map(([value]) => printed(value)).join('\n');
  const [text = '', ...others] = all.split(/^# file: (.+)\n?/mu);
  if (text.trim() === '') return failure('the scenario is empty');
  const files: SourceText[] = [];
  for (let i = 0; i < others.length; i += 2)
    files.push({ name: others[i]!.trim(), text: others[i + 1]! });
  return success({ text, files });
}

/** Layers `PATH=VALUE` from rows of a path and a value; empty rows are ignored. */
export function layersOf(pairs: CellRange | Value): CellOutcome<readonly string[]> {
  const rows = filledRows(pairs).filter((row) => !row.every(isEmpty));
  const layers = rows.map((row) => {
    const [path = '', value = '', ...more] = row.map(printed);
    const isPair = path !== '' && value !== '' && more.every((text) => text === '');
    return isPair ? `${path}=${value}` : undefined;
  });
  return layers.every((layer) => layer !== undefined)
    ? success(layers)
    : failure('overrides need two columns: a path, and its value');
}

/** The texts of a cell or of a range, row by row; of nothing, one empty text. */
export function wordsOf(range: CellRange | Value): readonly (readonly string[])[] {
  const rows = filledRows(range);
  return rows.length === 0 ? [['']] : rows.map((row) => row.map((value) => printed(value).trim()));
}

/** The rows of a range to the last one that has a value: a whole column has a million, almost all empty. */
function filledRows(range: CellRange | Value): CellRange {
  if (!Array.isArray(range)) return isEmpty(range as Value) ? [] : [[range as Value]];
  const rows = range as CellRange;
  let end = rows.length;
  while (end > 0 && isEmptyRow(rows[end - 1]!)) end--;
  return rows.slice(0, end);
}

function isEmptyRow(row: CellRange[number]): boolean {
  for (let i = 0; i < row.length; i++) if (!isEmpty(row[i])) return false;
  return true;
}

function isEmpty(value: Value): boolean {
  return value === '' || value === null || value === undefined;
}

/** A value as its cell shows it. */
function printed(value: Value): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'number' ? printFraction(readDouble(value)) : String(value);
}

/**
 * A number for a cell: always a number, never a text, which a sum of cells would leave out. A spreadsheet shows 15
 * digits of it.
 *
 * @returns the double that is nearest to the number
 */
export function cellNumber({ n, d }: Fraction): number {
  return Number(`${(n * SCALE) / d}e-${PLACES}`);
}

/** More decimal places than any literal has. */
const PLACES = 40;
const SCALE = 10n ** BigInt(PLACES);
