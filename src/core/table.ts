/** The table types: tidy rows for other programs, and sheets for eyes. Every cell is printed text. */

export interface Column {
  readonly name: string;
  /** Text may be protected against spreadsheet formulas by a writer; numbers are never touched. */
  readonly kind: 'text' | 'number';
}

/** Named columns of text or of numbers. */
export interface Table {
  readonly columns: readonly Column[];
  /** As many cells as columns; a number is a plain decimal, empty where there is none. */
  readonly rows: readonly (readonly string[])[];
  /** What its reader should know of it, such as totals that moved. */
  readonly notes?: readonly string[];
}

/** A table for people: a tree of labels, numbers beside them, totals, and a small bar. */
export interface Sheet {
  readonly title: string;
  /** What the numbers are: `demand, CNY bn`. */
  readonly caption: string;
  readonly headings: readonly string[];
  readonly rows: readonly SheetRow[];
  readonly notes: readonly string[];
}

export interface SheetRow {
  readonly label: string;
  /** Depth in the tree, from 0. */
  readonly depth: number;
  readonly kind: 'part' | 'total';
  /** As many as headings. */
  readonly cells: readonly string[];
  /** A bar, from and to, in thousandths of the axis that all rows of the sheet share. */
  readonly bar?: readonly [from: number, to: number];
}
