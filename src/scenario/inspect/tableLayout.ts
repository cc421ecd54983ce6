/** How somebody's file is laid out: the sign between its cells, the line of the names, the rows below it. */
import { append, greatest } from '../../core/lists.js';
import { spelledPeriod } from '../../core/periodSpellings.js';
import { lineAt, type SourceText } from '../../core/text/source.js';
import { problemList } from '../reporter.js';
import { readNumber } from '../tables/cellUnits.js';
import type { HeaderLines } from '../../model/tableReference.js';
import { filledCount, placeOfNames, texts, type CellLine } from './namesOfColumns.js';
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
  readonly rows: readonly CellLine[];
  /** The texts of these lines. */
  readonly notes: readonly string[];
}

/** The line or the row of a sheet in which cells stand, from 1. */
export function lineOf(cells: CellLine): number {
  const { source, start } = cells[0]!.span;
  return lineAt(source, start);
}

const SEPARATORS: readonly Separator[] = [',', ';', '\t'];

/** The table of a CSV file; nothing if the file has none. */
export function tableOfText(source: SourceText): PlainTable | undefined {
  if (source.sheet) return sheetTable(source, source.sheet.name);
  const separator = separatorOf(source.text.split('\n', FIRST_LINES).join('\n'));
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

/** The sign between cells: by several signs, lines may have as many cells in common. */
function separatorOf(text: string): Separator {
  const cut = SEPARATORS.map((separator) => {
    const lines = readLines({ name: '', text }, problemList(), separator) ?? [];
    return { separator, lines, inCommon: mostCells(lines.map(filledCount), 1) };
  });
  const most = greatest(cut.map(({ inCommon }) => inCommon));
  const likely = cut.filter(({ inCommon }) => inCommon === most);
  if (most === 0 || likely.length === 1) return likely[0]!.separator;
  const [best] = likely
    .map(({ separator, lines }) => {
      return {
        separator,
        width: mostCells(lines.map(({ length }) => length)),
        whole: wholeCount(lines),
      };
    })
    .sort((a, b) => b.width - a.width || b.whole - a.whole);
  return best!.separator;
}

/** How many cells are in lines of one width, at most. */
function mostCells(widths: readonly number[], above = 0): number {
  const counts = new Map<number, number>();
  for (const width of widths)
    if (width > above) counts.set(width, (counts.get(width) ?? 0) + width);
  return greatest(counts.values(), 0);
}

/** How many cells are periods, or numbers as a whole: `2024Q1;14` of `2024Q1;14,9` is neither. */
function wholeCount(lines: readonly CellLine[]): number {
  const isWhole = ({ text }: CsvCell) =>
    spelledPeriod(text) ?? readNumber(text, '.') ?? readNumber(text, ',');
  return lines.flat().filter(isWhole).length;
}

/** The table among lines: titles, the line of the names, and rows; nothing if there are no rows. */
function tableOfLines(
  name: string,
  all: readonly CellLine[],
): Omit<PlainTable, 'separator'> | undefined {
  const lines = all.filter((cells) => cells.some(({ text }) => text !== ''));
  const { first, last } = placeOfNames(lines) ?? {};
  if (first === undefined || last === undefined) return undefined;
  const heads = lines.slice(first, last + 1);
  const header = joinedNames(heads)!;
  const titles = lines.slice(0, first).flatMap(texts);
  const width = header.findLastIndex(({ text }) => text !== '') + 1;
  const rows: CellLine[] = [];
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
