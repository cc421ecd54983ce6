/** Formulas in one normal form, as each spreadsheet program saves them in a spelling of its own. */
import { printFraction, readDouble } from '../../core/number/decimal.js';
import { columnName, type CellPlace } from '../workbook.js';

/** Tokens: a text in quotes, a sheet name, a number, a word or a reference, a blank, any other sign. */
const TOKEN =
  /"(?:[^"]|"")*"|'(?:[^']|'')*'(?=!)|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[$\p{L}_][$\p{L}\p{N}_.]*|\s+|./gsu;

/** Equal for formulas that differ only in blanks, quotes, capitals and the spelling of numbers. */
export function normalForm(formula: string): string {
  const tokens = formula.replace(/^(of:)?=/, '').match(TOKEN) ?? [];
  return tokens.map(normalToken).join('');
}

function normalToken(token: string): string {
  if (token.startsWith('"')) return token;
  if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'").toUpperCase();
  if (/^\.?\d/.test(token)) return printFraction(readDouble(Number(token)));
  return token
    .trim()
    .replace(/^_xlfn\./i, '')
    .toUpperCase();
}

const REFERENCE = /^(\$?)([A-Z]{1,3})(\$?)(\d{1,7})$/;

/** A shared formula for another cell that shares it: references without `$` move with the cell. */
export function shifted(formula: string, from: CellPlace, to: CellPlace): string {
  const tokens = formula.match(TOKEN) ?? [];
  const [down, right] = [to.row - from.row, to.column - from.column];
  return tokens
    .map((token) => {
      const [, fixedColumn, column, fixedRow, row] = REFERENCE.exec(token) ?? [];
      if (column === undefined) return token;
      const letters = fixedColumn === '' ? columnName(columnNumber(column) + right) : column;
      const number = fixedRow === '' ? Number(row) + down : row!;
      return `${fixedColumn!}${letters}${fixedRow!}${number}`;
    })
    .join('');
}

/** The number of a column, counted from 0. */
function columnNumber(letters: string): number {
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
