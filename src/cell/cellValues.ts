/** What stands in cells as the engine takes it, and its numbers as cells show them. */
import { printFraction, readDouble } from '../index.js';

/** What a spreadsheet hands over: text, numbers, truth values, and nothing. */
export type Value = string | number | boolean | null | undefined;
/** A range, by row. */
export type CellRange = readonly (readonly Value[])[];

/** What is wrong with a call, told in the words of the cell's error. */
export interface CellError {
  readonly wrong: string;
}

export function isCellError(result: unknown): result is CellError {
  return typeof result === 'object' && result !== null && 'wrong' in result;
}

/** A scenario is a range one column wide with a line of the file in every cell, or one cell with all of it. */
export function textOf(range: CellRange | Value): string | CellError {
  const rows = rowsOf(range);
  if (rows.some((row) => row.slice(1).some((value) => printed(value) !== ''))) {
    return { wrong: 'the scenario is one column wide: a line of the file in every cell' };
  }
  const text = rows.map(([value]) => printed(value)).join('\n');
  return text.trim() === '' ? { wrong: 'the scenario is empty' } : text;
}

/** Pairs of a path and a value as layers `PATH=VALUE`; empty rows are passed over. */
export function layersOf(pairs: CellRange | Value): readonly string[] | CellError {
  const rows = rowsOf(pairs).filter((row) => row.some((value) => printed(value) !== ''));
  const layers = rows.map((row) => {
    const [path = '', value = '', ...more] = row.map(printed);
    const isPair = path !== '' && value !== '' && more.every((text) => text === '');
    return isPair ? `${path}=${value}` : undefined;
  });
  return layers.every((layer) => layer !== undefined)
    ? layers
    : { wrong: 'overrides are pairs: a path in the first column, its value in the second' };
}

/** One cell as text. */
export function wordOf(value: CellRange | Value): string {
  return printed(Array.isArray(value) ? (value as CellRange)[0]?.[0] : (value as Value)).trim();
}

function rowsOf(range: CellRange | Value): CellRange {
  return Array.isArray(range) ? (range as CellRange) : [[range as Value]];
}

/** As a cell shows it. */
function printed(value: Value): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'number' ? printFraction(readDouble(value)) : String(value);
}

/**
 * An exact decimal as a cell holds it: a number where 15 digits show all of it, else its text, which
 * is exact and does not pretend to be a number.
 */
export function cellOf(decimal: string): number | string {
  const digits = decimal.replace(/^-?0*|[.]/g, '').replace(/^0+/, '');
  return digits.length <= MOST_DIGITS ? Number(decimal) : decimal;
}

const MOST_DIGITS = 15;
