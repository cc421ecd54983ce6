/** Formulas in one normal form, as each spreadsheet program saves them in a spelling of its own. */
import { printFraction, readDouble } from '../../core/number/decimal.js';
import { columnName, columnNumber } from '../../core/text/source.js';
import type { CellPlace } from '../workbook.js';

/** Tokens: a text in quotes, a sheet name, a number, a word or a reference, a blank, any other sign. */
const TOKEN =
  /"(?:[^"]|"")*"|'(?:[^']|'')*'(?=!)|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[$\p{L}_][$\p{L}\p{N}_.]*|\s+|./gsu;

/** The sheet on which a formula stands, and the names with which sheets were made, by those that they have. */
export interface SheetNames {
  readonly own: string;
  readonly madeName: (name: string) => string;
}

const AS_MADE: SheetNames = { own: '', madeName: (name) => name };

/**
 * Equal for formulas that differ only in blanks, quotes, capitals, the spelling of numbers, the name of a
 * sheet that was renamed, a needless name of their own sheet, or in a range of one cell: `SUM(C19:C19)`.
 */
export function normalForm(formula: string, names: SheetNames = AS_MADE): string {
  const tokens = formula.replace(/^(of:)?=/, '').match(TOKEN) ?? [];
  const shown = tokens.filter((token) => token.trim() !== '');
  const own = sheetToken(names.own, AS_MADE);
  const plain = shown.map((token, i) =>
    shown[i + 1] === '!' ? sheetToken(token, names) : normalToken(token),
  );
  const local = plain.filter((token, i) => {
    const isPrefix = own !== '' && token === own && plain[i + 1] === '!';
    return !isPrefix && !(own !== '' && token === '!' && plain[i - 1] === own);
  });
  return withoutRepeats(local).join('');
}

/** Tokens with each range of one cell as that cell. */
function withoutRepeats(tokens: readonly string[]): readonly string[] {
  return tokens.filter((token, i) => {
    const first = token === ':' ? tokens[i - 1] : tokens[i - 2];
    const colon = token === ':' ? token : tokens[i - 1];
    const last = token === ':' ? tokens[i + 1] : token;
    return !(colon === ':' && first === last && REFERENCE.test(last ?? ''));
  });
}

function sheetToken(token: string, { madeName }: SheetNames): string {
  const name = token.startsWith("'") ? token.slice(1, -1).replaceAll("''", "'") : token;
  return madeName(name).toUpperCase();
}

function normalToken(token: string): string {
  if (token.startsWith('"')) return token;
  if (/^\.?\d/.test(token)) return printFraction(readDouble(Number(token)));
  return token.replace(/^_xlfn\./i, '').toUpperCase();
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
