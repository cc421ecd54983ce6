/** A workbook as it comes back: what stands in its cells, whichever program saved it. */
import type { Span } from '../../core/text/source.js';
import { columnName, type CellPlace } from '../workbook.js';

/** The sheets of a file, and how they say their numbers. */
export interface EditedWorkbook {
  /** Of the file. */
  readonly name: string;
  readonly sheets: readonly EditedSheet[];
  /** Whether cells say what a spreadsheet shows, as in CSV, and not what they hold. */
  readonly isShown: boolean;
}

/** A sheet: what is in its cells, and where. */
export interface EditedSheet {
  /** Nothing where the file does not say it. */
  readonly name: string | undefined;
  /** By `row,column`, counted from 0; there are none that are blank. */
  readonly cells: ReadonlyMap<string, EditedCell>;
  /** Where a cell stands that is blank. */
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

/** A cell of a workbook, told as the file and the sheet that it is in. */
export function cellSpan(file: string, sheet: string, place: CellPlace, text: string): Span {
  const cell = `${sheet}!${columnName(place.column)}${place.row + 1}`;
  return { source: { name: file, text, cell }, start: 0, end: Math.max(text.length, 1) };
}

/** What a cell holds, as it would be typed. */
export function contentText(content: CellContent): string {
  if ('formula' in content) return `=${content.formula}`;
  if ('number' in content) return String(content.number);
  return 'text' in content ? content.text : content.other;
}
