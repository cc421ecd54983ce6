/** Controlled rounding: a table printed in a coarser unit whose totals still add up in both directions. */
import { conventional, footTable, type FootingGrid } from './footing.js';
import { linesOf, totalKindOf, upwards, type Lines, type Nesting } from './nesting.js';

/** Exact counts of quanta in a table with two nestings: component → supplier, year → period. */
export interface Counts {
  readonly rows: Nesting;
  readonly columns: Nesting;
  /** By row and column. Only leaves are read; every total is computed from the leaves below it. */
  readonly cells: readonly (readonly bigint[])[];
  /** Columns that other tables repeat: their numbers are adjusted last. */
  readonly pinnedColumns?: readonly number[] | undefined;
}

/** The table in printed steps; every printed total is the sum of its printed parts. */
export interface Published {
  /** By row and column, with the totals within the nestings. */
  readonly cells: readonly (readonly bigint[])[];
  /** By row: its sum over all columns. */
  readonly rowTotals: readonly bigint[];
  /** By column: its sum over all rows. */
  readonly columnTotals: readonly bigint[];
  readonly total: bigint;
  /** Totals rounded to the farther neighbour, without which the table would not add up. */
  readonly adjusted: readonly AdjustedTotal[];
  /** Blocks a step or more off their exact value; none unless both nestings are deep. */
  readonly adjustedBlocks: readonly AdjustedTotal[];
  /** Cells rounded to the farther neighbour. */
  readonly movedCells: readonly AdjustedTotal[];
  /** By row and column, the margins and the total last: what the printed numbers are of. */
  readonly exact: readonly (readonly bigint[])[];
}

/** A total or a cell that is not printed as its conventional rounding. */
export interface AdjustedTotal {
  /** A margin has a row or a column only: it is the total over all columns, or over all rows. */
  readonly row?: number;
  readonly column?: number;
  /** What is printed less the conventional rounding, in printed steps. */
  readonly by: bigint;
}

/**
 * Rounds a table to printed steps (*publish*).
 *
 * A table has two nestings. Its numbers are the cells, where a leaf row meets a leaf column; the
 * margins, a row or a column in total; the subtotals, a total of rows in a leaf column or of columns
 * in a leaf row; and the total of all. What is left are the *blocks*, where a total of rows meets a
 * total of columns (component × year); a table in which either nesting is flat has none.
 *
 * 1. Every number is its exact value rounded down or up; an exact multiple of the step stays.
 * 2. Every sum holds, that of blocks too.
 * 3. The total of all is rounded half-even. As few margins as possible are not; then as few numbers of
 *    pinned columns; then as few subtotals; then the remaining error, in eight grades, is least. So
 *    where a solution has all margins rounded half-even, they are.
 *
 * Proof that there is always a solution. Take the numbers that sum up rows first, then columns (cell →
 * component × period → period → year → total), and those that sum up columns first (cell → supplier ×
 * year → supplier → component → total). Each is a tree. Joined at the cells and at the total they are a
 * network: every number is the flow through one arc, and a sum holds where no flow is lost at a node.
 * The exact table is such a flow, and the neighbours of each number are integer bounds on its arc. A
 * network with integer bounds and a flow has an integer flow (Hoffman), even one with the total at a
 * chosen neighbour, as the exact flow is a mean of integer ones. Blocks would be a third tree, for
 * which this is false: `publish.test.ts` has a table of 3 × 3 that no rounding serves.
 *
 * @param step in quanta: 10^9 for a printed step of 0.01 bn CNY
 * @throws RangeError for a step below 1, or a nesting in which a line precedes its whole
 */
export function publish({ rows, columns, cells, pinnedColumns }: Counts, step: bigint): Published {
  if (step < 1n) throw new RangeError('a printed step is at least one quantum');
  const lines: TableLines = { rows: linesOf(rows), columns: linesOf(columns) };
  const exact = withTotals(lines, cells);
  const printed = footTable(lines.rows, lines.columns, exact, step, pinnedColumns);
  const departures = departuresOf(lines, exact, printed, step);
  const totals = departures.filter(({ isCell }) => !isCell);
  return {
    cells: printed.slice(0, -1).map((row) => row.slice(0, -1)),
    rowTotals: printed.slice(0, -1).map((row) => row.at(-1)!),
    columnTotals: printed.at(-1)!.slice(0, -1),
    total: printed.at(-1)!.at(-1)!,
    adjusted: totals.filter(({ isNeighbour }) => isNeighbour).map(({ total }) => total),
    adjustedBlocks: totals.filter(({ isNeighbour }) => !isNeighbour).map(({ total }) => total),
    movedCells: departures.filter(({ isCell }) => isCell).map(({ total }) => total),
    exact,
  };
}

interface TableLines {
  readonly rows: Lines;
  readonly columns: Lines;
}

/** The exact numbers of the whole table: the leaves, and their sums at every total. */
function withTotals({ rows, columns }: TableLines, cells: FootingGrid): FootingGrid {
  const sums = Array.from({ length: rows.table + 1 }, () =>
    Array.from({ length: columns.table + 1 }, () => 0n),
  );
  const over = columns.leaf.map((_, column) => upwards(columns, column));
  rows.leaf.forEach((leaf, row) => {
    if (!leaf) return;
    const line = over.map(() => 0n);
    columns.leaf.forEach((one, column) => {
      if (one) for (const whole of over[column]!) line[whole]! += cells[row]![column]!;
    });
    for (const whole of upwards(rows, row)) line.forEach((sum, i) => (sums[whole]![i]! += sum));
  });
  return sums;
}

/** A number that is not printed as its conventional rounding, and whether it is a neighbour of the exact value. */
interface Departure {
  readonly total: AdjustedTotal;
  readonly isCell: boolean;
  readonly isNeighbour: boolean;
}

function departuresOf(
  { rows, columns }: TableLines,
  exact: FootingGrid,
  printed: FootingGrid,
  step: bigint,
): readonly Departure[] {
  return printed.flatMap((line, row) =>
    line.flatMap((count, column): Departure[] => {
      const value = exact[row]![column]!;
      const by = count - conventional(value, step);
      if (by === 0n) return [];
      const off = count * step - value;
      const place = { ...(row < rows.table && { row }), ...(column < columns.table && { column }) };
      const isCell = totalKindOf(rows, columns, row, column) === 'cell';
      return [{ total: { ...place, by }, isCell, isNeighbour: -step < off && off < step }];
    }),
  );
}
