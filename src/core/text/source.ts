/** Texts and places in them: every value keeps its span from the file to its diagnostics. */

/** A text: the content of a file, or the value of one `--set`. */
export interface SourceText {
  /** As diagnostics print it: a path, or `--set`. */
  readonly name: string;
  readonly text: string;
  /** The cell of a workbook whose content it is: `Inputs!B5`. */
  readonly cell?: string;
  /** The sheet of a workbook whose cells the text has as CSV, a line for each row. */
  readonly sheet?: SheetOrigin;
}

/** A sheet, and its row and column, from 0, with which a text begins. */
export interface SheetOrigin {
  readonly name: string;
  readonly row: number;
  readonly column: number;
}

/** Offsets in UTF-16 code units, `end` exclusive. */
export interface Span {
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
}

/** A place as editors count it, from 1; columns count characters, not UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The place where a span begins. */
export function positionOf({ source, start }: Span): Position {
  const { lines, pairs } = offsetsOf(source);
  const line = countUpTo(lines, start);
  const lineStart = lines[line - 1]!;
  const pairsBefore = countUpTo(pairs, start - 2) - countUpTo(pairs, lineStart - 2);
  return { line, column: start - lineStart - pairsBefore + 1 };
}

/** The line of an offset, from 1; in a sheet, its row. */
export function lineAt(source: SourceText, offset: number): number {
  return countUpTo(offsetsOf(source).lines, offset) + (source.sheet?.row ?? 0);
}

/** The cell at which a span begins: `Inputs!B5`; nothing if its text is of no workbook. */
export function cellAt({ source, start }: Span): string | undefined {
  const { sheet, text, cell } = source;
  if (!sheet) return cell;
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const commas = before.replace(/"[^"]*"?/g, '').split(',').length - 1;
  return `${sheet.name}!${columnName(sheet.column + commas)}${lineAt(source, start)}`;
}

/** The number of a column of a sheet, from 0, by its letters: 26 for AA. */
export function columnNumber(letters: string): number {
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** The letters of a column of a sheet, from 0: A, B, … Z, AA. */
export function columnName(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter;
}

/** How many of some numbers in order are not above a limit. */
function countUpTo(sorted: readonly number[], limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Offsets in a text, in order. */
interface TextOffsets {
  /** Where lines begin. */
  readonly lines: readonly number[];
  /** Where characters begin that are two UTF-16 code units. */
  readonly pairs: readonly number[];
}

/** Found once for each text: a report prints the place of every input, and all may be in one line. */
function offsetsOf(source: SourceText): TextOffsets {
  const known = OFFSETS.get(source);
  if (known) return known;
  const { text } = source;
  const offsets = (sign: RegExp) => Array.from(text.matchAll(sign), ({ index }) => index);
  const ends = offsets(/\n/g);
  const found = {
    lines: [0].concat(ends.map((end) => end + 1)),
    pairs: offsets(/[\u{10000}-\u{10FFFF}]/gu),
  };
  OFFSETS.set(source, found);
  return found;
}

const OFFSETS = new WeakMap<SourceText, TextOffsets>();

/** `scenarios/a.yaml:19:12`, or `edited.xlsx:Inputs!B5`. */
export function printPlace(span: Span): string {
  const { line, column } = positionOf(span);
  return `${span.source.name}:${cellAt(span) ?? `${line}:${column}`}`;
}

/** One scalar of a file, quoted or plain, with its place. */
export interface Scalar {
  readonly text: string;
  readonly span: Span;
  /** The keys that lead to it, joined by dots: `fx.base.USD`. */
  readonly path: string;
}

/** What diagnostics call the text of a `--set`. */
export const SET_SOURCE = '--set';
