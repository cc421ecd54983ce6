/** Formulas within the limits of Excel: what one formula cannot hold stands in cells of the sheet Parts. */
import { sayIn, type Say } from '../../core/text/language.js';
import { columnName } from '../../core/text/source.js';
import {
  note,
  number,
  onSheet,
  text,
  title,
  type Live,
  type WorkbookCell,
  type WorkbookRow,
  type WorkbookSheet,
} from '../workbook.js';

export const PARTS = 'Parts';
/** The rows above the parts. */
const ABOVE = 3;

/** A formula of Excel has at most 8,192 characters; what stands around a sum is left for. */
const LONGEST_SUM = 8000;
/** CHOOSE takes at most 254 values; words of a few letters each are then far below 8,192 characters. */
const MOST_CHOICES = 254;

/** The terms of a sum that one formula may be unable to hold. */
export interface SumTerms<T> {
  readonly terms: readonly T[];
  /** The sum of some terms as a formula of the sheet Parts, with the names of sheets. */
  readonly print: (some: readonly T[]) => string;
  readonly valueOf: (some: readonly T[]) => number;
}

export interface LongFormulas {
  /**
   * The sum of terms, as a formula.
   *
   * @param own the sum as it is written if one formula can hold it
   */
  readonly sum: <T>(own: string, terms: SumTerms<T>) => string;
  /** One of some words, by a cell with its number from 1. */
  readonly choose: (selector: string, words: readonly string[]) => string;
  /** One of some formulas, by a cell with its number from 1. */
  readonly select: (selector: string, formulas: readonly Live[], format: string) => string;
  /** The sheet Parts; none if no formula needs it. */
  readonly sheets: () => readonly WorkbookSheet[];
}

export function longFormulas(say: Say = sayIn()): LongFormulas {
  const rows: WorkbookRow[] = [];
  /** Adds a row of cells below a column head, and gives their range. */
  const add = (cells: readonly WorkbookCell[]): string => {
    const row = ABOVE + rows.push(cells);
    return onSheet(PARTS, `$A$${row}:$${columnName(cells.length - 1)}$${row}`);
  };
  return {
    sum: (own, { terms, print, valueOf }) => {
      if (own.length <= LONGEST_SUM) return own;
      const cells = chunksOf(terms, print).map((some) =>
        number({ formula: print(some), value: valueOf(some) }, '#,##0.00'),
      );
      return `SUM(${add(cells)})`;
    },
    choose: (selector, words) => {
      if (words.length > MOST_CHOICES) return `INDEX(${add(words.map(text))},1,${selector})`;
      return `CHOOSE(${[selector, ...words.map((word) => `"${word}"`)].join(',')})`;
    },
    select: (selector, formulas, format) => {
      const own = `CHOOSE(${[selector, ...formulas.map(({ formula }) => formula)].join(',')})`;
      if (formulas.length <= MOST_CHOICES && own.length <= LONGEST_SUM) return own;
      return `INDEX(${add(formulas.map((live) => number(live, format)))},1,${selector})`;
    },
    sheets: () => (rows.length === 0 ? [] : [partsSheet(rows, say)]),
  };
}

/** Terms in halves of halves, until a formula can hold each. */
function chunksOf<T>(
  terms: readonly T[],
  print: (some: readonly T[]) => string,
): readonly (readonly T[])[] {
  if (terms.length < 2 || print(terms).length <= LONGEST_SUM) return [terms];
  const middle = terms.length >> 1;
  return [terms.slice(0, middle), terms.slice(middle)].flatMap((half) => chunksOf(half, print));
}

function partsSheet(rows: readonly WorkbookRow[], say: Say): WorkbookSheet {
  const columns = rows.reduce((most, { length }) => Math.max(most, length), 0);
  return {
    name: PARTS,
    widths: Array.from({ length: columns }, () => 22),
    rows: [
      [title(say('Parts of formulas'))],
      [note(say('A sum that is too long for one formula is the sum of a row of this sheet.'))],
      [],
      ...rows,
    ],
    frozen: { rows: ABOVE, columns: 0 },
  };
}
