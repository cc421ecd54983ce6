/** Tables that are not CSV with commas: other separators, a title above the columns, rows that are too long. */
import type { TextReporter } from '../reporter.js';
import type { CsvCell, CsvGrid } from './readCsv.js';
import { columnOf, type TableColumn, type TableSubject } from './tableColumns.js';

/** Whether the lines of a file can be the rows of one table; if not, the reason is reported. */
export function isTable(grid: CsvGrid, subject: TableSubject, csv: TextReporter): boolean {
  const { header, rows } = grid;
  const separator = separatorOf(header, subject);
  if (separator) {
    const { text, span } = header[0]!;
    csv.fail('csv-syntax', span.start, span.end, separatorProblem(text, separator));
    return false;
  }
  const isNamed = isHeader(header, subject);
  const names = isNamed
    ? undefined
    : rows.slice(0, MOST_TITLES).find((row) => isHeader(row, subject));
  if (names) {
    const { text, span } = header.find((cell) => cell.text !== '')!;
    csv.fail('csv-syntax', span.start, span.end, {
      message: `\`${text}\` stands above the names of the columns`,
      found: `the names of the columns in line ${csv.lineOf(names[0]!.span.start)}`,
      hint: 'delete what is above that line',
    });
    return false;
  }
  return areInWidth(grid, csv);
}

/** Whether no row has more cells than the first line; those that have are reported. */
export function areInWidth({ header, rows }: CsvGrid, csv: TextReporter): boolean {
  const isLong = (row: readonly CsvCell[]) =>
    row.length > header.length && row.slice(header.length).some(({ text }) => text !== '');
  const long = rows.filter(isLong);
  for (const row of long) failLongRow(row, header.length, csv);
  return long.length === 0;
}

/** Lines above the names of the columns: a title, a source, a date. */
const MOST_TITLES = 20;

/** Signs that people or programs put between cells in place of a comma. */
const SEPARATORS: Readonly<Record<string, string>> = {
  ';': 'semicolons',
  '\t': 'tabs',
  '|': '`|`',
  '；': 'full-width semicolons (U+FF1B)',
  '，': 'full-width commas (U+FF0C)',
  '、': 'ideographic commas (U+3001)',
};

/** The sign that separates the names of columns in place of a comma. */
function separatorOf(header: readonly CsvCell[], subject: TableSubject): string | undefined {
  return Object.keys(SEPARATORS).find((sign) =>
    header.some(({ text }) => {
      const names = text.split(sign);
      return (
        text === `sep=${sign}` || (names.length > 1 && names.some((name) => isKnown(name, subject)))
      );
    }),
  );
}

function separatorProblem(text: string, sign: string) {
  const signs = SEPARATORS[sign]!;
  return {
    message: text.startsWith('sep=')
      ? `\`sep=${sign}\`: ${signs} separate the cells`
      : `${signs} separate the cells`,
    expected: 'commas between the cells, and a point before decimals',
    hint: 'save the table as “CSV UTF-8 (comma delimited)”, or replace each sign by a comma',
  };
}

/** Whether all cells of a line are names of columns, and one of them is a key or a value. */
function isHeader(cells: readonly CsvCell[], subject: TableSubject): boolean {
  const filled = cells.filter(({ text }) => text !== '');
  const columns = filled.map(({ text }) => columnOf(text, subject));
  return (
    filled.length > 1 && columns.every((column) => column !== undefined) && columns.some(isMain)
  );
}

function isKnown(name: string, subject: TableSubject): boolean {
  return isMain(columnOf(name.trim(), subject));
}

function isMain(column: TableColumn | undefined): boolean {
  return column?.holds === 'key' || column?.holds === 'value';
}

function failLongRow(row: readonly CsvCell[], width: number, csv: TextReporter): void {
  const last = row.findLastIndex(({ text }) => text !== '');
  csv.fail('csv-syntax', row[0]!.span.start, row[last]!.span.end, {
    message: `this row has ${cells(last + 1)}`,
    expected: `at most ${cells(width)}, as the first line has`,
    hint: 'quote a cell that has a comma in it: "31,800"; write decimals with a point: 31.8',
  });
}

function cells(count: number): string {
  return `${count} cell${count === 1 ? '' : 's'}`;
}
