/** Reads CSV text with csv-parse, and finds the place of every cell in the text. */
import { CsvError, parse } from '#csv-parse';
import { greatest } from '../../core/lists.js';
import { mergeConflictIn } from '../../core/text/mergeConflict.js';
import type { SourceText, Span } from '../../core/text/source.js';
import type { HeaderLines } from '../../model/tableReference.js';
import { problemList, textReporter, type ProblemList, type TextReporter } from '../reporter.js';
import { LARGEST_TEXT } from '../yaml/yaml.js';
import { UNPRINTABLE, isPrintable } from '../yaml/yamlSubset.js';
import { endOf, failQuote, offsetOf } from './csvQuotes.js';

/** A cell: its text without quotes and outer blanks, in NFC, and its place in the file. */
export interface CsvCell {
  readonly text: string;
  readonly span: Span;
  /** Whether the text is wrong, and that is reported already. */
  readonly isReported?: boolean;
}

/** A header and the rows below it. A row has a cell for each column; it may have more, which is an error. */
export interface CsvGrid {
  readonly source: SourceText;
  readonly header: readonly CsvCell[];
  readonly rows: readonly (readonly CsvCell[])[];
  /** Of each row, where several rows are parts of one value: which part it is. */
  readonly parts?: readonly string[];
}

/** The sign between the cells of a line. */
export type Separator = ',' | ';' | '\t';

/** How a file is laid out, where the scenario says it. */
export interface CsvLayout {
  /** Whether a text can be the name of a column, by which the sign between cells is known. */
  readonly isName?: (text: string) => boolean;
  /** The sign before decimals; a comma is then seldom between cells. */
  readonly decimal?: '.' | ',' | undefined;
  /** The lines of the names of the columns; the first line that is filled unless given. */
  readonly header?: HeaderLines | undefined;
}

/**
 * Reads a CSV file. A byte order mark is skipped, lines may end in any way, and lines without a filled
 * cell are not rows; empty columns at the end are dropped. Spreadsheets leave out empty cells at the end
 * of a line: such a row is filled.
 *
 * @returns nothing if the text is not a table
 */
export function readCsv(
  source: SourceText,
  problems: ProblemList,
  layout: CsvLayout = {},
): CsvGrid | undefined {
  const reporter = textReporter(source, problems);
  const conflict = mergeConflictIn(source.text);
  if (conflict) {
    reporter.fail('csv-syntax', conflict.start, conflict.end, conflict.problem);
    return undefined;
  }
  const { first, last } = layout.header ?? { first: 1, last: 1 };
  const all = readLines(source, problems, separatorOf(source, layout));
  if (!all) return undefined;
  const lineOf = (line: readonly CsvCell[]) => reporter.lineOf(line[0]!.span.start);
  const lines = first === 1 ? all : all.filter((line) => lineOf(line) >= first);
  const filled = lines.filter((line) => line.some(isFilled));
  const width = greatest(filled.map(filledWidth), 0);
  if (filled[0]?.[0]!.text === 'sep=') filled.shift(); // `sep=,`: what Excel is to read, not a row
  const within = filled.map((line) => (line.length > width ? line.slice(0, width) : line));
  const below = within.findIndex((line) => lineOf(line) > last);
  const count = Math.max(below < 0 ? within.length : below, 1);
  const header = joinedNames(within.slice(0, first === last ? 1 : count));
  if (!header) {
    reporter.fail('csv-syntax', 0, 1, EMPTY_FILE);
    return undefined;
  }
  const isCellGood = ({ text, span }: CsvCell) => isPrintable(text, span, reporter);
  const isGood = isPlain(source.text) || within.every((line) => line.every(isCellGood));
  if (!isGood) return undefined;
  const rows = within.slice(first === last ? 1 : count);
  return { source, header, rows: rows.map((row) => filledTo(header.length, row)) };
}

/**
 * The names of columns that stand on several lines, as one line. A text above holds for its column and for
 * the columns behind it up to the next text, as merged cells are saved: `Alibaba,,Tencent,` above
 * `Capex,R&D,Capex,R&D` is `Alibaba Capex,Alibaba R&D,Tencent Capex,Tencent R&D`.
 *
 * @returns nothing if there is no line
 */
export function joinedNames(
  lines: readonly (readonly CsvCell[])[],
): readonly CsvCell[] | undefined {
  return lines.length === 0 ? undefined : lines.reduce((above, below) => namesBelow(above, below));
}

function namesBelow(above: readonly CsvCell[], below: readonly CsvCell[]): readonly CsvCell[] {
  let holding = '';
  const [longer] = [above, below].sort((a, b) => b.length - a.length);
  return longer!.map((_, i) => {
    const [upper, lower] = [above[i], below[i]];
    if (upper && upper.text !== '') holding = upper.text;
    if (!lower || lower.text === '') return upper ?? lower!;
    if (holding === '' || holding === lower.text) return lower;
    return { text: `${holding} ${lower.text}`, span: lower.span };
  });
}

/** Whether no cell can have a character that is refused: without quotes no line ends within a cell. */
function isPlain(text: string): boolean {
  return !text.includes('"') && !UNPRINTABLE.test(text.replaceAll('\r', ''));
}

const SEPARATORS: readonly Separator[] = [',', ';', '\t'];

/**
 * The sign between the cells. It is certain where the scenario says what is in the table: it is the one by
 * which the line of the names has most of them. With decimal commas it is the one that makes most cells.
 */
function separatorOf(source: SourceText, { isName, decimal, header }: CsvLayout): Separator {
  if (source.sheet || (!isName && decimal !== ',')) return ',';
  const lines = source.text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/, header?.last ?? FIRST_LINES);
  const filled = lines.find((one) => /[^\s,;]/u.test(one)) ?? '';
  const text = header ? lines.slice(header.first - 1).join('\n') : filled;
  const score = (separator: Separator) => {
    const heads = readLines({ name: source.name, text }, problemList(), separator) ?? [];
    const cells = joinedNames(heads) ?? [];
    const named = isName ? cells.filter((cell) => isName(cell.text)).length : 0;
    return named === 0 && decimal !== ',' ? 0 : named * MOST_CELLS + cells.length;
  };
  return SEPARATORS.reduce((best, one) => (score(one) > score(best) ? one : best));
}

/** Lines in which the first one that is filled is looked for. */
const FIRST_LINES = 100;

/** More cells than a line has. */
const MOST_CELLS = 1_000_000;

/** A row with empty cells at its end; each is shown behind the last cell that is written. */
function filledTo(width: number, row: readonly CsvCell[]): readonly CsvCell[] {
  if (row.length >= width) return row;
  const { source, end } = row.at(-1)!.span;
  const empty = { text: '', span: { source, start: end, end: end + 1 } };
  return [...row, ...Array.from({ length: width - row.length }, () => empty)];
}

/** How many cells a line has up to its last one that is filled. */
function filledWidth(line: readonly CsvCell[]): number {
  return line.findLastIndex(isFilled) + 1;
}

function isFilled({ text }: CsvCell): boolean {
  return text !== '';
}

/** The cells of every line of a CSV file, blank lines included; nothing if the text is not CSV. */
export function readLines(
  source: SourceText,
  problems: ProblemList,
  separator: Separator = ',',
): readonly (readonly CsvCell[])[] | undefined {
  const { text } = source;
  const reporter = textReporter(source, problems);
  if (text.length > LARGEST_TEXT) {
    const hint = 'a scenario needs a few hundred rows: check whether this is the right file';
    reporter.fail('text-size', 0, 1, { message: 'the file is larger than 32 MiB', hint });
    return undefined;
  }
  // In UTF-8, which csv-parse reads, half of a character would be another character.
  const half = text.search(/\p{Cs}/u);
  const isWhole =
    half < 0 || isPrintable(text[half]!, { source, start: half, end: half + 1 }, reporter);
  return isWhole ? linesOf(reporter, separator) : undefined;
}

const EMPTY_FILE = {
  message: 'there is no table in this file',
  expected: 'a line of column names, and a line for each row',
  hint: 'check whether this is the right file',
};

function linesOf(
  reporter: TextReporter,
  separator: Separator,
): readonly (readonly CsvCell[])[] | undefined {
  const { source } = reporter;
  const records = recordsOf(reporter, separator);
  if (!records) return undefined;
  const isComposed = !MAY_COMPOSE.test(source.text);
  const blanks = separator === '\t' ? /[^\S\r\n\t]*/y : /[^\S\r\n]*/y;
  const { text } = source;
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let oddQuote: number | undefined;
  const lines: CsvCell[][] = [];
  for (const values of records) {
    const cells: CsvCell[] = [];
    for (const value of values) {
      let end = bareEndOf(at, value, separator, text);
      if (end !== undefined) cells.push(cellOfText(value, at, end, source, isComposed));
      else {
        const found = cellAt(at, value, blanks, source);
        cells.push(found.cell);
        end = found.end;
      }
      if (text[end] === '"') oddQuote ??= at; // csv-parse takes `"" ""` for one empty cell
      at = end + (text[end] === '\r' && text[end + 1] === '\n' ? 2 : 1);
    }
    lines.push(cells);
  }
  if (oddQuote === undefined) return lines;
  failQuote(oddQuote, reporter);
  return undefined;
}

/** The values of every line, blank ones too. */
function recordsOf(
  reporter: TextReporter,
  separator: Separator,
): readonly (readonly string[])[] | undefined {
  const { text } = reporter.source;
  try {
    // With one line end more, what follows the last one is a line, as spreadsheets count lines.
    return withoutStacks(() =>
      parse(`${text}\r`, {
        delimiter: separator,
        record_delimiter: ['\r\n', '\n', '\r'],
        relax_column_count: true,
        relax_quotes: true,
        trim: true,
      }),
    );
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    failQuote(offsetOf(error['bytes'] as number, text), reporter);
    return undefined;
  }
}

/**
 * Reads without recording where in our code an error is made: csv-parse makes one for every line that
 * is shorter or longer than the first, and 64 kB of blank lines took two seconds.
 */
function withoutStacks<T>(read: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return read();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Where a cell ends that is written without quotes and blanks, as most are; nothing for other cells. */
function bareEndOf(at: number, value: string, separator: Separator, text: string) {
  const end = at + value.length;
  const sign = text[end];
  const isAtEnd = sign === separator || sign === '\n' || sign === '\r' || sign === undefined;
  return isAtEnd && text.startsWith(value, at) && value.trim() === value ? end : undefined;
}

/** An empty cell is shown by the sign that ends it. */
function cellOfText(
  value: string,
  start: number,
  end: number,
  source: SourceText,
  isComposed = false,
): CsvCell {
  const span = { source, start, end: Math.max(end, start + 1) };
  const text = value.trim();
  return { text: isComposed ? text : text.normalize('NFC'), span };
}

/** Below them no two characters are one in NFC. */
const MAY_COMPOSE = /[\u0300-\uFFFF]/;

/** The cell from an offset on, and where the blanks behind it end. */
function cellAt(at: number, value: string, blanks: RegExp, source: SourceText) {
  const { text } = source;
  const first = endOf(blanks, text, at);
  const written = text[first] === '"' ? `"${value.replaceAll('"', '""')}"` : value;
  const end = endOf(blanks, text, first + written.length);
  const start = written === '' ? at : first;
  return { cell: cellOfText(value, start, start + written.length, source), end };
}
