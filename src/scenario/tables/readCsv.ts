/** CSV text → cells that know where they stand: RFC 4180, as spreadsheets write it. */
import type { Diagnostic } from '../../core/text/diagnostic.js';
import type { SourceText, Span } from '../../core/text/source.js';
import { problemList, textReporter, type TextReporter } from '../reporter.js';
import { isPrintable } from '../yaml/yamlSubset.js';
import { LARGEST_TEXT } from '../yaml/yaml.js';

/** A cell: its text without quotes and outer blanks, and where it stands in the file. */
export interface Cell {
  readonly text: string;
  readonly span: Span;
}

/** A header and the rows below it; every row has a cell for each column. */
export interface Grid {
  readonly source: SourceText;
  readonly header: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
}

/** What stands between the cells of a line. */
export type Separator = ',' | ';' | '\t';

/** A cell in quotes (`""` is a quote in them), or up to the next separator or line end. */
const CELLS: Readonly<Record<Separator, RegExp>> = {
  ',': /[ \t]*"([^"]*(?:""[^"]*)*)"[ \t]*|([^,\r\n]*)/y,
  ';': /[ \t]*"([^"]*(?:""[^"]*)*)"[ \t]*|([^;\r\n]*)/y,
  '\t': / *"([^"]*(?:""[^"]*)*)" *|([^\t\r\n]*)/y,
};
const ENDS: Readonly<Record<Separator, RegExp>> = {
  ',': /,|\r\n|\n|\r|$/y,
  ';': /;|\r\n|\n|\r|$/y,
  '\t': /\t|\r\n|\n|\r|$/y,
};

/**
 * Reads a CSV file: a byte order mark is passed over, lines may end in any way, lines without a
 * single filled cell are no rows, and columns without a single filled cell are no columns.
 *
 * @returns nothing where the text is no table; `diagnostics` say why
 */
export function readCsv(source: SourceText, diagnostics: Diagnostic[]): Grid | undefined {
  const reading = textReporter(source, problemList(diagnostics));
  const lines = readLines(source, diagnostics);
  const filled = lines?.filter((cells) => cells.some(({ text }) => text !== ''));
  const [header, ...rows] = filled ?? [];
  if (!header) {
    if (lines) reading.fail('csv-syntax', 0, 1, EMPTY_FILE);
    return undefined;
  }
  const good = [header, ...rows].flat().every(({ text, span }) => isPrintable(text, span, reading));
  const whole = withoutEmptyColumns(header, rows);
  return good && isRectangle(whole, reading) ? { source, ...whole } : undefined;
}

/** Every line of a CSV file as its cells, blank ones too; nothing where the text is none. */
export function readLines(
  source: SourceText,
  diagnostics: Diagnostic[],
  separator: Separator = ',',
): readonly (readonly Cell[])[] | undefined {
  const reading = textReporter(source, problemList(diagnostics));
  if (source.text.length <= LARGEST_TEXT) return linesOf(reading, separator);
  const hint = 'a scenario needs a few hundred rows: look whether this is the right file';
  reading.fail('text-size', 0, 1, { message: 'the file is larger than 32 MiB', hint });
  return undefined;
}

const EMPTY_FILE = {
  message: 'there is no table in this file',
  expected: 'a line of column names, and a line for each row',
  hint: 'look whether this is the right file',
};

function linesOf(
  { source, fail }: TextReporter,
  separator: Separator,
): readonly (readonly Cell[])[] | undefined {
  const ending = ENDS[separator];
  const { text } = source;
  const lines: Cell[][] = [[]];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at <= text.length) {
    const cell = cellAt(source, at, CELLS[separator]);
    ending.lastIndex = cell.end;
    const end = ending.exec(text)?.[0];
    if (end === undefined) {
      fail('csv-syntax', cell.end - 1, cell.end + 1, CLOSED_EARLY);
      return undefined;
    }
    if (cell.text.startsWith('"') && !cell.isQuoted) {
      fail('csv-syntax', cell.span.start, cell.span.start + 1, NOT_CLOSED);
      return undefined;
    }
    lines.at(-1)!.push({ text: cell.text, span: cell.span });
    if (end === '' && cell.end === text.length) break;
    if (end !== separator) lines.push([]);
    at = cell.end + end.length;
  }
  return lines;
}

const CLOSED_EARLY = {
  message: 'text behind a closing quote',
  expected: 'a comma or the end of the line',
  hint: 'double a quote that is part of the text: ""',
};
const NOT_CLOSED = {
  message: 'a quote that is not closed',
  hint: 'close it, or double a quote that is part of the text: ""',
};

function cellAt(source: SourceText, at: number, pattern: RegExp) {
  pattern.lastIndex = at;
  const [whole, quoted, bare] = pattern.exec(source.text)!;
  const text = quoted === undefined ? bare!.trim() : quoted.replaceAll('""', '"').trim();
  const inner = whole.trim();
  const start = at + whole.indexOf(inner);
  // An empty cell is shown by the comma that ends it, or by the one before it.
  const span = { source, start, end: Math.max(start + inner.length, start + 1) };
  return { text, span, end: at + whole.length, isQuoted: quoted !== undefined };
}

function withoutEmptyColumns(header: readonly Cell[], rows: readonly (readonly Cell[])[]) {
  const isEmpty = (i: number) => [header, ...rows].every((row) => (row[i]?.text ?? '') === '');
  let width = rows.reduce((most, row) => Math.max(most, row.length), header.length);
  while (isEmpty(width - 1)) width--;
  return {
    header: header.slice(0, width),
    rows: rows.map((row) => row.slice(0, width)),
  };
}

/** Whether every row has a cell for each column. */
function isRectangle(
  { header, rows }: Pick<Grid, 'header' | 'rows'>,
  { fail }: TextReporter,
): boolean {
  const odd = rows.find((row) => row.length !== header.length);
  if (!odd) return true;
  const semicolons = header.length === 1 && header[0]!.text.includes(';');
  fail('csv-syntax', odd[0]!.span.start, odd.at(-1)!.span.end, {
    message: `this row has ${cells(odd.length)}`,
    expected: `${cells(header.length)}, as the first line has`,
    hint: semicolons
      ? 'separate cells by commas, not by semicolons'
      : 'quote a cell that has a comma in it: "31,800"',
  });
  return false;
}

function cells(count: number): string {
  return `${count} cell${count === 1 ? '' : 's'}`;
}
