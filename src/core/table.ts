/** Tables: tidy rows for other programs, and sheets for people. Every cell is printed text. */

/** A column of a table. */
export interface Column {
  readonly name: string;
  /** A writer may protect text against spreadsheet formulas; it never changes numbers. */
  readonly kind: 'text' | 'number';
  /** What it holds, where its name alone does not say it. */
  readonly description?: string;
}

/** Named columns of text or of numbers. */
export interface Table {
  readonly columns: readonly Column[];
  /**
   * As many cells as columns; a number is a plain decimal, or empty. Rows may be made each time they are
   * read, so that a table of a million rows need not be in memory as text.
   */
  readonly rows: Iterable<readonly string[]>;
  /** Remarks on the table, such as adjusted totals. */
  readonly notes?: readonly string[];
}

/** Rows made from items, one by one, each time they are read. */
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
  return Array.from(rows, (row) => {
    const record: Record<string, string> = {};
    columns.forEach(({ name }, i) => (record[name] = row[i]!));
    return record;
  });
}

/** A table for people: a tree of labels with numbers, totals and small bars. */
export interface Sheet {
  readonly title: string;
  /** What the numbers are: `demand, CNY bn`. */
  readonly caption: string;
  readonly headings: readonly string[];
  readonly rows: readonly SheetRow[];
  readonly notes: readonly string[];
  /** The line through all bars where their two sides begin. */
  readonly axis?: Axis;
  /** The words for the two sides of the bars, in the language of the sheet; English unless given. */
  readonly sides?: { readonly low: string; readonly high: string };
}

/** The line where the two sides of each bar begin. */
export interface Axis {
  /** In thousandths of the width that all rows share. */
  readonly at: number;
  /** Of the line: `at value: 55.42`. */
  readonly label: string;
}

/** A bar, in thousandths of the width that all rows of the sheet share. */
export type Bar = readonly [from: number, to: number];

/** One side of a bar, which has its own colour. */
export interface Side {
  readonly bar: Bar;
  /** At its end: `39.58 at 25%`. */
  readonly label: string;
}

/** One row of a sheet. */
export interface SheetRow {
  readonly label: string;
  /** Depth in the tree, from 0. */
  readonly depth: number;
  readonly kind: 'part' | 'total';
  /** One for each heading. */
  readonly cells: readonly string[];
  readonly bar?: Bar;
  /** A bar with two sides: the results at the low and the high of an input. */
  readonly sides?: { readonly low: Side; readonly high: Side };
}
