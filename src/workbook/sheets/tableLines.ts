/** The rows and columns of the tables of a workbook, and where each number of the forecast stands on the finest one. */
import { groupBy } from '../../core/group.js';
import type { Word } from '../../core/text/language.js';
import { MEASURES } from '../../projection/plan.js';
import type { CellPlace } from '../workbook.js';
import { indexed, type ForecastEntry } from './forecastSheets.js';

/** What a table has as rows and as columns. */
export interface TableSpec {
  readonly name: string;
  readonly heading: Word;
  readonly rows: readonly ('component' | 'supplier')[];
  readonly columns: 'fiscal_year' | 'period';
  readonly isDrawn?: true;
}

export const FINEST: TableSpec = {
  name: 'By component',
  heading: 'Forecast by component, supplier and period',
  rows: ['component', 'supplier'],
  columns: 'period',
};

export const TABLES: readonly TableSpec[] = [
  {
    name: 'By year',
    heading: 'Forecast by component and fiscal year',
    rows: ['component'],
    columns: 'fiscal_year',
    isDrawn: true,
  },
  FINEST,
  {
    name: 'By supplier',
    heading: 'Forecast by supplier and fiscal year',
    rows: ['supplier'],
    columns: 'fiscal_year',
  },
];

/** The rows above the first block: title, verdict, a blank row. */
export const ABOVE = 3;
/** The rows of a block that are no lines: heads, total, a blank row. */
export const AROUND = 3;

export function columnsOf(
  { columns }: TableSpec,
  entries: readonly ForecastEntry[],
): readonly string[] {
  return [...new Set(entries.map((entry) => entry[columns]))];
}

/** Entries by measure and unit: numbers in different units are never added. */
export function blocksOf(entries: readonly ForecastEntry[]): readonly (readonly ForecastEntry[])[] {
  const rank = ({ measure }: ForecastEntry) => MEASURES.indexOf(measure);
  const inOrder = [...entries].sort((a, b) => rank(a) - rank(b));
  return [...groupBy(inOrder, ({ measure, unit }) => `${measure} ${unit}`).values()];
}

/** A row of a table: the sum of some entries. */
export interface TableLine {
  /** Its keys in the dimensions of the rows. */
  readonly keys: readonly string[];
  readonly entries: readonly ForecastEntry[];
}

/** The rows of a block, in the order of the forecast. */
export function linesOf({ rows }: TableSpec, own: readonly ForecastEntry[]): readonly TableLine[] {
  const keysOf = (entry: ForecastEntry) => rows.map((key) => entry[key]);
  const lines = groupBy(own, (entry) => keysOf(entry).join('\n'));
  return [...lines.values()].map((entries) => ({ keys: keysOf(entries[0]), entries }));
}

/** Where each entry is on the finest table, and its number among the entries. */
export type EntryPlaces = ReadonlyMap<ForecastEntry, CellPlace & { readonly index: number }>;

export function placesIn(entries: readonly ForecastEntry[]): EntryPlaces {
  const indexes = indexed(entries);
  const columns = new Map(columnsOf(FINEST, entries).map((name, c) => [name, c]));
  const left = FINEST.rows.length * 2;
  const places = new Map<ForecastEntry, CellPlace & { readonly index: number }>();
  let start = ABOVE;
  for (const own of blocksOf(entries)) {
    const lines = linesOf(FINEST, own);
    lines.forEach((line, i) => {
      for (const entry of line.entries) {
        const column = left + columns.get(entry.period)!;
        places.set(entry, { row: start + 1 + i, column, index: indexes.get(entry)! });
      }
    });
    start += lines.length + AROUND;
  }
  return places;
}
