/** The table types: tidy rows for other programs, and sheets for eyes. Every cell is printed text. */

/** A column of a table. */
export interface Column {
  readonly name: string;
  /** Text may be protected against spreadsheet formulas by a writer; numbers are never touched. */
  readonly kind: 'text' | 'number';
}

/** Named columns of text or of numbers. */
export interface Table {
  readonly columns: readonly Column[];
  /**
   * As many cells as columns; a number is a plain decimal, empty where there is none. Rows may be made
   * as they are read, anew each time: a table of a million rows need not be in memory as text.
   */
  readonly rows: Iterable<readonly string[]>;
  /** What its reader should know of it, such as totals that moved. */
  readonly notes?: readonly string[];
}

/** Rows that are made of these items, one by one, whenever they are read. */
export function rowsOf<T>(
  items: readonly T[],
  rowOf: (item: T) => readonly string[],
): Table['rows'] {
  return {
    *[Symbol.iterator]() {
      for (const item of items) yield rowOf(item);
    },
  };
}

/** The rows as records of texts by the names of the columns, for JSON. */
export function textRecordsOf({ columns, rows }: Table): Readonly<Record<string, string>>[] {
  return Array.from(rows, (row) =>
    Object.fromEntries(columns.map(({ name }, i) => [name, row[i]!])),
  );
}

/** A table for people: a tree of labels, numbers beside them, totals, and a small bar. */
export interface Sheet {
  readonly title: string;
  /** What the numbers are: `demand, CNY bn`. */
  readonly caption: string;
  readonly headings: readonly string[];
  readonly rows: readonly SheetRow[];
  readonly notes: readonly string[];
  /** A line through all bars, at which both sides of each begin. */
  readonly axis?: Axis;
}

/** The line at which both sides of each bar begin. */
export interface Axis {
  /** In thousandths of the axis that all rows share. */
  readonly at: number;
  /** What is there: `at value: 55.42`. */
  readonly label: string;
}

/** From and to, in thousandths of the axis that all rows of the sheet share. */
export type Bar = readonly [from: number, to: number];

/** One side of a bar, in a tone of its own. */
export interface Side {
  readonly bar: Bar;
  /** What stands at its end: `39.58 at 25%`. */
  readonly label: string;
}

/** One line of a sheet. */
export interface SheetRow {
  readonly label: string;
  /** Depth in the tree, from 0. */
  readonly depth: number;
  readonly kind: 'part' | 'total';
  /** As many as headings. */
  readonly cells: readonly string[];
  readonly bar?: Bar;
  /** The same bar where it has two sides: what the low and the high of an input make of it. */
  readonly sides?: { readonly low: Side; readonly high: Side };
}
