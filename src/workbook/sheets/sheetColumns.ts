/** The columns of a sheet: how wide they are, and how their heads are aligned. */
import stringWidth from 'string-width';
import { greatest } from '../../core/lists.js';
import { head, headOfNumbers, type WorkbookRow } from '../workbook.js';

/** The widest column of texts, in characters; a Chinese character is two. */
const WIDEST = 60;
/** What the indent of a text takes. */
const INDENT = 2;

/** Wide enough for the texts of a column. */
export function widthOf(rows: readonly WorkbookRow[], column: number, least: number): number {
  const texts = rows.map((row) => {
    const content = row[column]?.content;
    return typeof content === 'string' ? stringWidth(content) : 0;
  });
  return Math.min(WIDEST, INDENT + greatest(texts, least - INDENT));
}

/** The heads of a table; those of numbers are at the right, as the numbers are. */
export function headsOver(words: readonly string[], rows: readonly WorkbookRow[]): WorkbookRow {
  return words.map((word, column) => {
    const isOfNumbers = rows.some((row) => row[column]?.look === 'number');
    return (isOfNumbers ? headOfNumbers : head)(word);
  });
}
