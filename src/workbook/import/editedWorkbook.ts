/** An edited workbook: the contents of its cells, whichever program saved it. */
import type { Span } from '../../core/text/source.js';
import { columnName } from '../../core/text/source.js';
import { type CellPlace } from '../workbook.js';

/** The sheets of a file, and how their numbers are written. */
export interface EditedWorkbook {
  /** The name of the file. */
  readonly name: string;
  readonly sheets: readonly EditedSheet[];
  /** Whether cells hold the text that a spreadsheet shows, as in CSV, instead of the number. */
  readonly isShown: boolean;
}

/** A sheet with its cells that are not blank. */
export interface EditedSheet {
  /** Nothing in CSV, which has no sheet names. */
  readonly name: string | undefined;
  /** By `row,column`, counted from 0; blank cells are left out. */
  readonly cells: ReadonlyMap<string, EditedCell>;
  /** The span of a blank cell. */
  readonly spanAt: (place: CellPlace) => Span;
}

/** A cell that is not blank. */
export interface EditedCell {
  readonly content: CellContent;
  readonly span: Span;
}

/** What a cell holds. */
export type CellContent =
  | { readonly number: number }
  | { readonly text: string }
  | { readonly formula: string }
  /** An error, a date, true or false. */
  | { readonly other: string };

export function keyOf({ row, column }: CellPlace): string {
  return `${row},${column}`;
}

export function placeAt(key: string): CellPlace {
  const [row, column] = key.split(',').map(Number);
  return { row: row!, column: column! };
}

/** The span of a cell, shown as its file and sheet: `Inputs!B5`. */
export function cellSpan(file: string, sheet: string, place: CellPlace, text: string): Span {
  const cell = `${sheet}!${columnName(place.column)}${place.row + 1}`;
  return { source: { name: file, text, cell }, start: 0, end: Math.max(text.length, 1) };
}

/** The content of a cell as a person would type it. */
export function contentText(content: CellContent): string {
  if ('formula' in content) return `=${content.formula}`;
  if ('number' in content) return String(content.number);
  return 'text' in content ? content.text : content.other;
}
