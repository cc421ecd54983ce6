/** Cell values read as texts for the engine, and exact numbers written as cell values. */
import { printFraction, readDouble, type Result } from '../index.js';

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

/** The text of a scenario: one column with a line of the file in every cell, or one cell with the whole file. */
export function textOf(range: CellRange | Value): CellOutcome<string> {
  const rows = rowsOf(range);
  if (rows.some((row) => row.slice(1).some((value) => printed(value) !== ''))) {
    return failure('the scenario must be one column wide, with a line of the file in every cell');
  }
  const text = rows.map(([value]) => printed(value)).join('\n');
  return text.trim() === '' ? failure('the scenario is empty') : success(text);
}

/** Layers `PATH=VALUE` from rows of a path and a value; empty rows are ignored. */
export function layersOf(pairs: CellRange | Value): CellOutcome<readonly string[]> {
  const rows = rowsOf(pairs).filter((row) => row.some((value) => printed(value) !== ''));
  const layers = rows.map((row) => {
    const [path = '', value = '', ...more] = row.map(printed);
    const isPair = path !== '' && value !== '' && more.every((text) => text === '');
    return isPair ? `${path}=${value}` : undefined;
  });
  return layers.every((layer) => layer !== undefined)
    ? success(layers)
    : failure('overrides need two columns: a path, and its value');
}

/** The text of one cell. */
export function wordOf(value: CellRange | Value): string {
  return printed(Array.isArray(value) ? (value as CellRange)[0]?.[0] : (value as Value)).trim();
}

function rowsOf(range: CellRange | Value): CellRange {
  return Array.isArray(range) ? (range as CellRange) : [[range as Value]];
}

/** A value as its cell shows it. */
function printed(value: Value): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'number' ? printFraction(readDouble(value)) : String(value);
}

/**
 * An exact decimal as a cell value: a number of at most 15 digits is a number, a longer one is a text,
 * because a spreadsheet would round it.
 */
export function cellOf(decimal: string): number | string {
  const digits = decimal.replace(/^-?0*|[.]/g, '').replace(/^0+/, '');
  return digits.length <= MOST_DIGITS ? Number(decimal) : decimal;
}

const MOST_DIGITS = 15;
