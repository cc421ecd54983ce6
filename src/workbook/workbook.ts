/** A workbook as data: sheets of cells; a cell is a value, or a formula with its value. */
import type { CalendarDate } from '../core/number/literal.js';
import type { Language } from '../core/text/language.js';
import { columnName } from '../core/text/source.js';

/** What `workbook` makes and `writeXlsx` writes. */
export interface Workbook {
  readonly title: string;
  /** The date in the properties of the file, from the scenario; no clock is read. */
  readonly day: CalendarDate | undefined;
  /** Of what spreadsheets say where a number is out of bounds; English unless given. */
  readonly language?: Language | undefined;
  readonly sheets: readonly WorkbookSheet[];
  readonly names: readonly CellName[];
}

export interface WorkbookSheet {
  /** At most 31 characters, none of `[]:*?/\`. */
  readonly name: string;
  /** The widths of the columns, in characters. */
  readonly widths: readonly number[];
  readonly rows: readonly WorkbookRow[];
  /** Rows at the top and columns at the left that stay visible when a person scrolls. */
  readonly frozen: { readonly rows: number; readonly columns: number };
  readonly charts?: readonly Chart[];
  /** Printed on one page. Without it, the sheet is one page wide, on as many pages as it needs. */
  readonly isOnePage?: boolean;
}

export type WorkbookRow = readonly (WorkbookCell | undefined)[];

export interface WorkbookCell {
  readonly content: string | number | Live;
  readonly look: Look;
  /** A number format of spreadsheets: `#,##0.00`. */
  readonly format?: string;
  readonly rule?: Rule;
}

export interface Live {
  /** In English, without the equals sign. */
  readonly formula: string;
  /** The value of the formula, for programs that show a cell without computing it. */
  readonly value: string | number;
}

/** The purpose of a cell; colours and borders follow from it. */
export type Look =
  | 'title'
  | 'note'
  | 'head'
  | 'headOfNumbers'
  | 'text'
  | 'number'
  | 'input'
  | 'sum'
  | 'total'
  | 'verdict';

/** What a person may type into a cell: a word of a range such as `$D$5:$F$5`, or a number within bounds. */
export type Rule =
  | { readonly among: string }
  | {
      readonly least: number;
      readonly most?: number;
      /** Whether the number has to be above `least`, or below `most`. */
      readonly isOpen?: true;
      readonly says: string;
    };

/** A chart of stacked columns, one series for each row. */
export interface Chart {
  readonly title: string;
  /** The cells of its upper left and its lower right corner. */
  readonly from: CellPlace;
  readonly to: CellPlace;
  readonly categories: string;
  /** The number format of its axis. */
  readonly format: string;
  readonly series: readonly { readonly name: string; readonly values: string }[];
}

export interface CellName {
  readonly name: string;
  /** `'Inputs'!$B$5` */
  readonly range: string;
}

/** A cell of a sheet; row and column are counted from 0. */
export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

/** `$B$5` */
export function fixed({ row, column }: CellPlace): string {
  return `$${columnName(column)}$${row + 1}`;
}

/** A text of a formula holds at most 255 characters in Excel; a longer one is joined from parts. */
const LONGEST_TEXT = 250;

/** A text as a formula writes it: `"19"" rack"`. */
export function quoted(content: string): string {
  const characters = Array.from(content);
  const parts = [];
  for (let i = 0; i === 0 || i < characters.length; i += LONGEST_TEXT / 2)
    parts.push(characters.slice(i, i + LONGEST_TEXT / 2).join(''));
  return parts.map((part) => `"${part.replaceAll('"', '""')}"`).join('&');
}

/** A criterion that a text meets if it is this one: `>5`, `=x` and `a*` are texts like others. */
export function criterion(content: string): string {
  return quoted(`=${content.replace(/[~*?]/g, '~$&')}`);
}

/** `'Inputs'!$B$5` */
export function onSheet(sheet: string, place: string): string {
  return `'${sheet.replaceAll("'", "''")}'!${place}`;
}

/** `'Forecast'!$G$2:$G$40` */
export function columnRange(sheet: string, column: number, first: number, count: number): string {
  const last = { row: first + count - 1, column };
  return onSheet(sheet, `${fixed({ row: first, column })}:${fixed(last)}`);
}

export const text = (content: string): WorkbookCell => ({ content, look: 'text' });
export const head = (content: string): WorkbookCell => ({ content, look: 'head' });
export const headOfNumbers = (content: string): WorkbookCell => ({
  content,
  look: 'headOfNumbers',
});
export const note = (content: string): WorkbookCell => ({ content, look: 'note' });
export const title = (content: string): WorkbookCell => ({ content, look: 'title' });

export function number(content: number | Live, format: string): WorkbookCell {
  return { content, look: 'number', format };
}

/** A formula that says OK where it is computed from the inputs of the file. */
export function verdict(formula: string): WorkbookCell {
  return { content: { formula, value: 'OK' }, look: 'verdict' };
}
