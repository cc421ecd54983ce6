/** Table → CSV: RFC 4180, LF, header always, text protected against spreadsheet formulas. */
import { stringify } from 'csv-stringify/sync';
import type { Table } from '../core/table.js';

/**
 * Numbers are written as they are. A text that a spreadsheet would run as a formula (it begins with
 * `=`, `+`, `-`, `@`, tab or return) gets a leading apostrophe.
 */
export function writeCsv({ columns, rows }: Table): string {
  const isNumber = columns.map(({ kind }) => kind === 'number');
  return stringify([columns.map(({ name }) => name), ...rows], {
    record_delimiter: '\n',
    quoted_match: '\r', // a line end to other readers of CSV
    escape_formulas: true,
    cast: {
      string: (value, { index }) => (isNumber[index] ? { value, escape_formulas: false } : value),
    },
  });
}
