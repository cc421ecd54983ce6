/** Table → CSV: RFC 4180, LF, header always, text protected against spreadsheet formulas. */
import { stringify, type Options } from '#csv-stringify';
import type { Table } from '../core/table.js';

/** Options of CSV. */
export interface CsvOptions {
  /** Whether it begins with a byte order mark, for Excel. */
  readonly bom?: boolean;
}

/** Rows in a piece: some ten kilobytes, about the size of a pipe's buffer. */
const ROWS = 512;

/** Writes a table as CSV, in one text. */
export function writeCsv(table: Table, options: CsvOptions = {}): string {
  return [...csvPieces(table, options)].join('');
}

/**
 * Writes a table as CSV in pieces of whole lines, each made when it is read, for large tables.
 *
 * Numbers are written unchanged. A text that a spreadsheet would run as a formula (it begins with
 * `=`, `+`, `-`, `@`, tab or return) gets a leading apostrophe.
 */
export function* csvPieces({ columns, rows }: Table, { bom }: CsvOptions = {}): Generator<string> {
  const writeText = textWriter();
  const writers = columns.map(({ kind }) => (kind === 'number' ? unchanged : writeText));
  let piece = `${bom ? '\uFEFF' : ''}${columns.map(({ name }) => writeText(name)).join(',')}\n`;
  let lines = 1;
  for (const row of rows) {
    if (lines++ % ROWS === 0) {
      yield piece;
      piece = '';
    }
    piece += `${row.map((cell, i) => writers[i]!(cell)).join(',')}\n`;
  }
  yield piece;
}

const unchanged = (number: string) => number;

const OPTIONS: Options = {
  record_delimiter: '\n',
  quoted_match: '\r', // a line end to other readers of CSV
  escape_formulas: true,
};

/** Writes a text as a CSV cell. Few texts repeat in many rows, so each is quoted once and kept. */
function textWriter(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const written = known.get(text) ?? stringify([[text]], OPTIONS).slice(0, -1);
    known.set(text, written);
    return written;
  };
}
