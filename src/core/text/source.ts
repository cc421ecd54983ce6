/** Where a piece of text stands: spans survive from the file to every diagnostic. */
import type { Result } from '../result.js';

/** A text that was read: a file's content, or the value of one `--set`. */
export interface SourceText {
  /** As people know it: a path, or `--set fx.closure`. */
  readonly name: string;
  readonly text: string;
  /** Where it stands, if it is what one cell of a workbook holds: `Inputs!B5`. */
  readonly cell?: string;
}

/** A file that a file names: a parent, a table, a ledger. */
export interface FileRequest {
  /** As it is spelled, relative to the file that names it. */
  readonly path: string;
  /** The name of the source that names it. */
  readonly from: string;
  readonly encoding: 'utf-8' | 'gb18030';
  /** Whether it has to lie in the folder of the file that names it, or below. */
  readonly confined: boolean;
}

/** Reads a file that a file names, or says why it cannot be read. The caller of `load` gives it. */
export type ReadFile = (request: FileRequest) => Result<SourceText, FileRefusal>;

/** Why a file is not read. */
export interface FileRefusal {
  readonly message: string;
  readonly hint: string;
}

/** A file that was read, and what it was asked for as. */
export interface ReadRecord {
  readonly request: FileRequest;
  readonly source: SourceText;
}

/** Offsets in UTF-16 code units, `end` exclusive. */
export interface Span {
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
}

/** A place as editors count it, from 1; columns in characters as people see them. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where a span begins. */
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

/** Where the lines of a text begin: looked for once, as a report asks for the place of every input. */
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

/** One scalar of a file, quoted or plain: its text, and where it stands. */
export interface Scalar {
  readonly text: string;
  readonly span: Span;
  /** The keys that lead to it, joined by points: `fx.base.USD`. */
  readonly path: string;
}
