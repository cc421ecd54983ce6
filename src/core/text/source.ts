/** Texts and places in them: every value keeps its span from the file to its diagnostics. */

/** A text: the content of a file, or the value of one `--set`. */
export interface SourceText {
  /** As diagnostics print it: a path, or `--set`. */
  readonly name: string;
  readonly text: string;
  /** The cell of a workbook whose content it is: `Inputs!B5`. */
  readonly cell?: string;
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
  const line = lineAt(source, start);
  const before = source.text.slice(lineStarts(source)[line - 1], start);
  const pairs = before.match(/[\u{10000}-\u{10FFFF}]/gu)?.length ?? 0;
  return { line, column: before.length - pairs + 1 };
}

/** The line of an offset, from 1. */
export function lineAt(source: SourceText, offset: number): number {
  const starts = lineStarts(source);
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}

/** Offsets at which the lines of a text begin, computed once: a report prints the place of every input. */
function lineStarts(source: SourceText): readonly number[] {
  const known = STARTS.get(source);
  if (known) return known;
  const starts = [0, ...Array.from(source.text.matchAll(/\n/g), ({ index }) => index + 1)];
  STARTS.set(source, starts);
  return starts;
}

const STARTS = new WeakMap<SourceText, readonly number[]>();

/** `scenarios/a.yaml:19:12`, or `edited.xlsx:Inputs!B5`. */
export function printPlace(span: Span): string {
  const { name, cell } = span.source;
  const { line, column } = positionOf(span);
  return `${name}:${cell ?? `${line}:${column}`}`;
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
