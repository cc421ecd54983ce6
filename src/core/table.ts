/** The one table type: named columns of text or of numbers, and rows of printed cells. */

export interface Column {
  readonly name: string;
  /** Text may be protected against spreadsheet formulas by a writer; numbers are never touched. */
  readonly kind: 'text' | 'number';
}

export interface Table {
  readonly columns: readonly Column[];
  /** As many cells as columns; a number is a plain decimal, empty where there is none. */
  readonly rows: readonly (readonly string[])[];
}
