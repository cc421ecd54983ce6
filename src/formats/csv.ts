/** Table → CSV: RFC 4180, LF, header always, text protected against spreadsheet formulas. */
import { stringify, type Options } from 'csv-stringify/sync';
import type { Table } from '../core/table.js';

/** How CSV is written. */
export interface CsvOptions {
  /** Whether it begins with a byte order mark, for Excel. */
  readonly bom?: boolean;
}

/** Rows of a piece: some ten kilobytes, as much as a pipe holds. */
const ROWS = 512;

/** The whole text; of a large table rather its pieces. */
export function writeCsv(table: Table, options: CsvOptions = {}): string {
  return [...csvPieces(table, options)].join('');
}

/**
 * The text in pieces of whole lines, each made when it is asked for.
 *
 * Numbers are written as they are. A text that a spreadsheet would run as a formula (it begins with
 * `=`, `+`, `-`, `@`, tab or return) gets a leading apostrophe.
 */
export function* csvPieces({ columns, rows }: Table, { bom }: CsvOptions = {}): Generator<string> {
  const written = writer();
  const writers = columns.map(({ kind }) => (kind === 'number' ? asItIs : written));
  let piece = `${bom ? '\uFEFF' : ''}${columns.map(({ name }) => written(name)).join(',')}\n`;
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

const asItIs = (number: string) => number;

const OPTIONS: Options = {
  record_delimiter: '\n',
  quoted_match: '\r', // a line end to other readers of CSV
  escape_formulas: true,
};

/** How a text stands in CSV; the same few stand in row after row, and are looked at once. */
function writer(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const written = known.get(text) ?? stringify([[text]], OPTIONS).slice(0, -1);
    known.set(text, written);
    return written;
  };
}
