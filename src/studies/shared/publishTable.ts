/** Tables in a coarser unit that still foot, and which totals had to be moved for it. */
import { nest } from '../../core/rounding/nesting.js';
import { publish } from '../../core/rounding/publish.js';
import { printPlain, stepOfScale, type NumberFormat } from './scale.js';

/** Labels that lead to a line of a table: `FY2026`, then `FY2026Q1`. None lead to all of it. */
export type MarginPath = readonly string[];

/** A number of a table, or a part of one: what has the same place is summed. */
export interface PublishedFigure {
  readonly row: MarginPath;
  readonly column: MarginPath;
  readonly count: bigint;
}

/** A total that is not printed as it would be alone. */
export interface AdjustedMargin {
  readonly row: MarginPath;
  readonly column: MarginPath;
  /** What is printed less the conventional rounding, in printed steps. */
  readonly by: bigint;
}

export interface PublishedTable {
  readonly scale: NumberFormat;
  /** What stands at a row and a column, in printed steps; where either is no leaf, a total. */
  readonly at: (row: MarginPath, column: MarginPath) => bigint;
  readonly moved: readonly AdjustedMargin[];
}

/** A moved total by its name, and how far it moved as a plain decimal. */
export interface AdjustedText {
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
  scale: NumberFormat,
  pinned?: MarginPath,
): PublishedTable {
  const { step, finer } = stepOfScale(scale);
  const rows = nest(figures.map(({ row }) => row));
  const columns = nest(figures.map(({ column }) => column));
  const counts = rows.nesting.map(() => columns.nesting.map(() => 0n));
  figures.forEach(({ count }, i) => {
    counts[rows.lineOf[i]!]![columns.lineOf[i]!]! += count * finer;
  });
  const lines = { rows: rows.nesting, columns: columns.nesting };
  const { cells, rowTotals, columnTotals, total, adjusted, adjustedBlocks } = publish(
    { ...lines, cells: counts, pinnedColumns: pinned && [columns.lineAt(pinned)] },
    step,
  );
  const all = [...cells.map((row, r) => [...row, rowTotals[r]!]), [...columnTotals, total]];
  const named = [...adjusted, ...adjustedBlocks].map(({ row, column, by }) => {
    return { row: rows.paths[row ?? -1] ?? [], column: columns.paths[column ?? -1] ?? [], by };
  });
  return {
    scale,
    at: (row, column) => all[rows.lineAt(row)]![columns.lineAt(column)]!,
    moved: [...new Map(named.map((one) => [JSON.stringify([one.row, one.column]), one])).values()],
  };
}

/** What has moved, in words for a note: none where nothing has. */
export function adjustedWords(moved: readonly AdjustedText[]): readonly string[] {
  if (moved.length === 0) return [];
  const told = moved.map(({ total, by }) => `${total} ${by.startsWith('-') ? '' : '+'}${by}`);
  return [`adjusted so that the totals add up: ${told.join(', ')}`];
}

/** Moved totals with their names, and how far they moved as a plain decimal. */
export function adjustedTexts(
  { moved, scale }: Pick<PublishedTable, 'moved' | 'scale'>,
  nameOf: (row: MarginPath, column: MarginPath) => string,
): readonly AdjustedText[] {
  return moved.map(({ row, column, by }) => {
    return { total: nameOf(row, column), by: printPlain(by, scale) };
  });
}
