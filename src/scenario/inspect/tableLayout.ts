/** How somebody's file is laid out: the sign between its cells, the line of the names, the rows below it. */
import { append, greatest } from '../../core/lists.js';
import { lineAt, type SourceText } from '../../core/text/source.js';
import { problemList } from '../reporter.js';
import { isNotKnown, readNumber } from '../tables/cellUnits.js';
import type { HeaderLines } from '../../model/tableReference.js';
import { joinedNames, readLines, type CsvCell, type Separator } from '../tables/readCsv.js';
import { isFootnote } from '../tables/tableConditions.js';

/** A table as it stands in a file. */
export interface PlainTable {
  readonly name: string;
  /** Nothing in a workbook. */
  readonly separator?: Separator;
  readonly sheet?: string;
  /** The lines of the names. */
  readonly headerLines: HeaderLines;
  /** The texts above the names. */
  readonly titles: readonly string[];
  readonly header: readonly CsvCell[];
  /** Without blank lines, and without lines of words below the table. */
  readonly rows: readonly TableLine[];
  /** The texts of these lines. */
  readonly notes: readonly string[];
}

/** The cells of a line of a file or of a row of a sheet. */
type TableLine = readonly CsvCell[];

/** The line or the row of a sheet in which cells stand, from 1. */
export function lineOf(cells: TableLine): number {
  const { source, start } = cells[0]!.span;
  return lineAt(source, start);
}

const SEPARATORS: readonly Separator[] = [',', ';', '\t'];

/** The table of a CSV file; nothing if the file has none. */
export function tableOfText(source: SourceText): PlainTable | undefined {
  if (source.sheet) return sheetTable(source, source.sheet.name);
  const beginning = source.text.split('\n', FIRST_LINES).join('\n');
  const regular = SEPARATORS.map((separator) => regularity(beginning, separator));
  const separator = SEPARATORS[regular.indexOf(greatest(regular, 0))]!;
  const lines = readLines(source, problemList(), separator);
  const table = lines && tableOfLines(source.name, lines);
  return table && { ...table, separator };
}

function sheetTable(source: SourceText, sheet: string): PlainTable | undefined {
  const lines = readLines(source, problemList());
  const table = lines && tableOfLines(source.name, lines);
  return table && { ...table, sheet };
}

/** Lines from which the sign between cells is found. */
const FIRST_LINES = 200;

/** How many cells the lines have in common, by a sign between them. */
function regularity(text: string, separator: Separator): number {
  const lines = readLines({ name: '', text }, problemList(), separator) ?? [];
  const widths = lines.map((cells) => cells.filter((cell) => cell.text !== '').length);
  const counts = new Map<number, number>();
  for (const width of widths) if (width > 1) counts.set(width, (counts.get(width) ?? 0) + width);
  return greatest(counts.values(), 0);
}

/** The table among lines: titles, the line of the names, and rows; nothing if there are no rows. */
function tableOfLines(
  name: string,
  all: readonly TableLine[],
): Omit<PlainTable, 'separator'> | undefined {
  const lines = all.filter((cells) => cells.some(({ text }) => text !== ''));
  const widest = greatest(lines.map(filledCount), 0);
  const first = lines.findIndex(
    (cells, i) =>
      i < MOST_TITLES && (isHeader(cells, widest) || areNames(cells, lines[i + 1], widest)),
  );
  if (first < 0) return undefined;
  const isDouble = areNames(lines[first]!, lines[first + 1], widest);
  const heads = lines.slice(first, first + (isDouble ? 2 : 1));
  const header = joinedNames(heads)!;
  const titles = lines.slice(0, first).flatMap(texts);
  const width = header.findLastIndex(({ text }) => text !== '') + 1;
  const rows: TableLine[] = [];
  const notes: string[] = [];
  for (const cells of lines.slice(first + heads.length)) {
    if (isFootnote(cells)) append(notes, texts(cells));
    else rows.push(cells);
  }
  return {
    name,
    headerLines: { first: lineOf(heads[0]!), last: lineOf(heads.at(-1)!) },
    titles: [...new Set(titles)],
    header: header.slice(0, width),
    ...{ rows, notes },
  };
}

const MOST_TITLES = 20;

function texts(cells: TableLine): readonly string[] {
  return cells.map(({ text }) => text).filter((text) => text !== '');
}

function filledCount(cells: TableLine): number {
  return cells.reduce((count, { text }) => (text === '' ? count : count + 1), 0);
}

/**
 * Whether two lines are names together: the second repeats names, such as quarters below years, which the
 * first tells apart.
 */
function areNames(above: TableLine, below: TableLine | undefined, widest: number): boolean {
  const own = (below ?? []).map(({ text }) => text).filter(Boolean);
  if (!below || new Set(own).size === own.length) return false;
  const names = joinedNames([above, below])!
    .map(({ text }) => text)
    .filter(Boolean);
  const upper = above.map(({ text }) => text).filter(Boolean);
  const isApart = new Set(names).size === names.length && names.length >= Math.max(2, widest / 2);
  return isApart && upper.length > 0 && [...upper, ...own].every(isName);
}

function isName(text: string): boolean {
  return !isNotKnown(text) && (!readNumber(text) || /^(?:19|20)\d\d$/.test(text));
}

/** Names are words, years or periods; most columns have one, and most differ: a merged title does not. */
function isHeader(cells: TableLine, widest: number): boolean {
  const filled = cells.map(({ text }) => text).filter(Boolean);
  const isVaried = 2 * new Set(filled).size > filled.length;
  return isVaried && filled.length >= Math.max(2, widest / 2) && filled.every(isName);
}
