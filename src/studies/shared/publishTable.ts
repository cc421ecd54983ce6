/** Tables in a coarser unit whose totals still add up, and the totals that had to be adjusted for it. */
import { nest } from '../../core/rounding/nesting.js';
import { sayIn, type Language } from '../../core/text/language.js';
import { publish, type AdjustedTotal } from '../../core/rounding/publish.js';
import { printPlain, printedStep, type NumberFormat } from './numberFormat.js';

/** Labels from the whole of a table to one of its lines: `FY2026`, `FY2026Q1`. No label means the whole. */
export type MarginPath = readonly string[];

/** A number of a table; numbers with the same row and column are added up. */
export interface PublishedFigure {
  readonly row: MarginPath;
  readonly column: MarginPath;
  readonly count: bigint;
}

/** A total or a cell that is not rounded to the nearest. */
export interface MarginAdjustment {
  readonly row: MarginPath;
  readonly column: MarginPath;
  /** What is printed less the nearest rounding, in printed steps. */
  readonly by: bigint;
}

/** A cell or a total of a table as it is printed. */
export interface PrintedNumber {
  readonly steps: bigint;
  /** In quanta, or in printed steps if these are finer. */
  readonly exact: bigint;
}

export interface PublishedTable {
  readonly format: NumberFormat;
  /** The number at a row and a column, in printed steps; a total if either has lines below it. */
  readonly at: (row: MarginPath, column: MarginPath) => bigint;
  readonly adjusted: readonly MarginAdjustment[];
  /** Cells that are not rounded to the nearest, with their exact counts. */
  readonly movedCells: readonly (MarginAdjustment & Pick<PrintedNumber, 'exact'>)[];
  /** Every cell and every total. */
  readonly numbers: () => readonly PrintedNumber[];
}

/** An adjusted total by its name, and its adjustment as a plain decimal. */
export interface Adjustment {
  readonly total: string;
  readonly by: string;
}

/**
 * Rounds a table so that every number in it is a neighbour of its exact value and every sum holds.
 *
 * @param pinned a column that other tables repeat: its numbers are adjusted last
 */
export function publishTable(
  figures: readonly PublishedFigure[],
  format: NumberFormat,
  pinned?: MarginPath,
): PublishedTable {
  const { step, finer } = printedStep(format);
  const rows = nest(figures.map(({ row }) => row));
  const columns = nest(figures.map(({ column }) => column));
  const counts = rows.nesting.map(() => columns.nesting.map(() => 0n));
  figures.forEach(({ count }, i) => {
    counts[rows.lineOf[i]!]![columns.lineOf[i]!]! += count * finer;
  });
  const lines = { rows: rows.nesting, columns: columns.nesting };
  const published = publish(
    { ...lines, cells: counts, pinnedColumns: pinned && [columns.lineAt(pinned)] },
    step,
  );
  const { cells, rowTotals, columnTotals, total, exact } = published;
  const all = [...cells.map((row, r) => [...row, rowTotals[r]!]), [...columnTotals, total]];
  const pathsOf = ({ row = -1, column = -1, by }: AdjustedTotal): MarginAdjustment => {
    return { row: rows.paths[row] ?? [], column: columns.paths[column] ?? [], by };
  };
  return {
    format,
    at: (row, column) => all[rows.lineAt(row)]![columns.lineAt(column)]!,
    adjusted: distinct([...published.adjusted, ...published.adjustedBlocks].map(pathsOf)),
    movedCells: published.movedCells.map((one) => {
      return { ...pathsOf(one), exact: exact[one.row!]![one.column!]! };
    }),
    numbers: () =>
      all.flatMap((line, r) => line.map((steps, c) => ({ steps, exact: exact[r]![c]! }))),
  };
}

/** Adjustments without those of a number that is named already. */
export function distinct(adjusted: readonly MarginAdjustment[]): readonly MarginAdjustment[] {
  return [...new Map(adjusted.map((one) => [JSON.stringify([one.row, one.column]), one])).values()];
}

/** A note on the adjusted totals; none if nothing was adjusted. */
export function adjustmentNotes(
  adjusted: readonly Adjustment[],
  language?: Language,
): readonly string[] {
  if (adjusted.length === 0) return [];
  const listed = adjusted.map(({ total, by }) => `${total} ${by.startsWith('-') ? '' : '+'}${by}`);
  const list = listed.join(language === 'zh' ? '、' : ', ');
  return [sayIn(language)('adjusted so that the totals add up: {list}', { list })];
}

/** The adjusted totals by name, with their adjustments as plain decimals. */
export function adjustmentsOf(
  { adjusted, format }: Pick<PublishedTable, 'adjusted' | 'format'>,
  nameOf: (row: MarginPath, column: MarginPath) => string,
): readonly Adjustment[] {
  return adjusted.map(({ row, column, by }) => {
    return { total: nameOf(row, column), by: printPlain(by, format) };
  });
}
