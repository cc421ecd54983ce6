/** Controlled rounding: a table printed in a coarser unit that still foots in both directions. */
import { conventional, footTable, type FootingGrid } from './footing.js';
import { totalKindOf, linesOf, upwards, type Lines, type Nesting } from './nesting.js';

/** Exact counts of quanta under two nestings, as component → supplier and year → period. */
export interface Counts {
  readonly rows: Nesting;
  readonly columns: Nesting;
  /** By row and column. Only leaves are read: every total is the sum of the leaves below it. */
  readonly cells: readonly (readonly bigint[])[];
  /** Columns that other tables repeat, so that they are the last to move. */
  readonly firm?: readonly number[] | undefined;
}

/** The same table in printed steps: whatever is added up, it adds up to what stands there. */
export interface Published {
  /** By row and column, totals within the nestings too. */
  readonly cells: readonly (readonly bigint[])[];
  /** Each row over all columns. */
  readonly rowTotals: readonly bigint[];
  /** Each column over all rows. */
  readonly columnTotals: readonly bigint[];
  readonly total: bigint;
  /** Totals that are rounded to the farther neighbour: were none, nothing would foot. */
  readonly moved: readonly AdjustedTotal[];
  /** Blocks that are not even a neighbour of their exact value; empty unless both nestings are deep. */
  readonly strayed: readonly AdjustedTotal[];
}

/** A total that is not printed as it would be alone. */
export interface AdjustedTotal {
  /** A margin has one of them: it is the total over all columns, or over all rows. */
  readonly row?: number;
  readonly column?: number;
  /** What is printed less the conventional rounding, in printed steps. */
  readonly by: bigint;
}

/**
 * Rounds a table to printed steps (*publish*).
 *
 * A table has two nestings. Its numbers are the cells, where a leaf row meets a leaf column; every
 * row and every column in total; every row in a leaf column, every leaf row in a column; and the
 * total of all. Left over are the *blocks*, where a total of rows meets a total of columns
 * (component × year); a table in which either nesting is flat has none.
 *
 * 1. Every number is its exact value rounded down or up; an exact multiple of the step stays.
 * 2. Everything foots, blocks included.
 * 3. The total of all is rounded half-even. As few margins (rows and columns in total) as possible
 *    are not; then as few numbers of firm columns; then as few subtotals; then the error that is
 *    left, weighed in eight grades, is least. So where a solution has all margins rounded half-even, they are.
 *
 * Why there is always an answer. Take the numbers of which a row is summed up first and the columns
 * then (cell → component × period → period → year → total), and those summed up the other way
 * (cell → supplier × year → supplier → component → total). Each is a tree; joined at the cells and at
 * the total they are a network in which every number is the flow through one arc, and "it foots" is
 * "nothing is lost at a node". The exact table is such a flow, and the neighbours of each number are
 * whole bounds on its arc; a network with whole bounds and a flow has a whole flow (Hoffman), even one
 * with the total at a chosen neighbour, for the exact flow is a mean of whole ones. Blocks would be a
 * third tree, for which that is false: `publish.test.ts` has a table of 3 × 3 that no rounding serves.
 *
 * @param step how many quanta a printed step is: 10^9 for 0.01 bn CNY
 * @throws RangeError for a step below 1, or a nesting in which a line precedes its whole
 */
export function publish({ rows, columns, cells, firm }: Counts, step: bigint): Published {
  if (step < 1n) throw new RangeError('a printed step is at least one quantum');
  const frame: Frame = { rows: linesOf(rows), columns: linesOf(columns) };
  const exact = totalled(frame, cells);
  const printed = footTable(frame.rows, frame.columns, exact, step, firm);
  const notable = departures(frame, exact, printed, step);
  return {
    cells: printed.slice(0, -1).map((row) => row.slice(0, -1)),
    rowTotals: printed.slice(0, -1).map((row) => row.at(-1)!),
    columnTotals: printed.at(-1)!.slice(0, -1),
    total: printed.at(-1)!.at(-1)!,
    moved: notable.filter(({ neighbour }) => neighbour).map(({ moved }) => moved),
    strayed: notable.filter(({ neighbour }) => !neighbour).map(({ moved }) => moved),
  };
}

interface Frame {
  readonly rows: Lines;
  readonly columns: Lines;
}

/** The leaves, and their sums at every total. */
function totalled({ rows, columns }: Frame, cells: FootingGrid): FootingGrid {
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

/** The totals that are not printed as they would be alone, and whether at least as a neighbour. */
function departures(
  { rows, columns }: Frame,
  exact: FootingGrid,
  printed: FootingGrid,
  step: bigint,
): readonly { moved: AdjustedTotal; neighbour: boolean }[] {
  return printed.flatMap((line, row) =>
    line.flatMap((count, column) => {
      const value = exact[row]![column]!;
      const by = count - conventional(value, step);
      if (by === 0n || totalKindOf(rows, columns, row, column) === 'cell') return [];
      const off = count * step - value;
      const place = { ...(row < rows.table && { row }), ...(column < columns.table && { column }) };
      return [{ moved: { ...place, by }, neighbour: -step < off && off < step }];
    }),
  );
}
