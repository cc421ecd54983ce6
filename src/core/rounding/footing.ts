/** Rounds every number of a table up or down so that all its sums hold: one flow of whole units. */
import { floorDivide, roundHalfEven } from '../number/fraction.js';
import { cheapestFlow, type Arc } from './minCostFlow.js';
import { totalKindOf, type Lines, type TotalKind } from './nesting.js';

/** Numbers by row and column; the last row and the last column are totals over the whole table. */
export type FootingGrid = readonly (readonly bigint[])[];

/** A number that is no block. */
interface Entry {
  readonly row: number;
  readonly column: number;
  readonly kind: TotalKind;
  readonly count: bigint;
}

/** Number of grades in which rounding errors are weighed. */
const GRADES = 8;

/**
 * Every number at the printed step below or above its exact value, such that all sums hold; blocks are
 * the sums that follow. `publish` lists what is guaranteed, and proves that it is possible.
 *
 * @param step in quanta
 * @param pinnedColumns columns whose numbers are adjusted last
 */
export function footTable(
  rows: Lines,
  columns: Lines,
  exact: FootingGrid,
  step: bigint,
  pinnedColumns: readonly number[] = [],
): bigint[][] {
  const printed = exact.map((counts) => counts.map((count) => floorDivide(count, step)));
  printed[rows.table]![columns.table] = conventional(exact[rows.table]![columns.table]!, step);
  const ends = network(rows, columns);
  const numbers = numbersOf(rows, columns, exact);
  const open = numbers.filter(({ kind, count }) => kind !== 'total' && count % step !== 0n);
  const costs = costsOf(open, step, new Set(pinnedColumns));
  const arcs = open.map(({ row, column }, i): Arc => ({ ...ends(row, column), cost: costs[i]! }));
  cheapestFlow(arcs, excessOf(numbers, printed, ends)).forEach((unit, i) => {
    const { row, column } = open[i]!;
    printed[row]![column]! += BigInt(unit);
  });
  sumBlocks(rows, columns, printed);
  return printed;
}

/** All numbers but the blocks. */
function numbersOf(rows: Lines, columns: Lines, exact: FootingGrid): readonly Entry[] {
  return exact.flatMap((counts, row) =>
    counts.flatMap((count, column) => {
      const kind = totalKindOf(rows, columns, row, column);
      return kind === 'block' ? [] : [{ row, column, kind, count }];
    }),
  );
}

/** By node, in printed steps: how far the parts of a sum differ from it with all numbers rounded down. */
function excessOf(numbers: readonly Entry[], printed: FootingGrid, ends: Ends): readonly number[] {
  const excess: bigint[] = [];
  for (const { row, column } of numbers) {
    const { from, to } = ends(row, column);
    excess[from] = (excess[from] ?? 0n) - printed[row]![column]!;
    excess[to] = (excess[to] ?? 0n) + printed[row]![column]!;
  }
  return excess.map(Number);
}

/** The nearest printed step, halves to the even one. */
export function conventional(count: bigint, step: bigint): bigint {
  return roundHalfEven({ n: count, d: step });
}

/** The nodes between which the arc of a number runs. */
type Ends = (row: number, column: number) => Pick<Arc, 'from' | 'to'>;

/**
 * The arc of each number, between the sums that it is part of. The first tree sums up rows before
 * columns, the second columns before rows. The flow runs down the first tree, through the cells, up
 * the second, and back through the total.
 */
function network(rows: Lines, columns: Lines): Ends {
  const nodes = new Map<number, number>();
  const node = (tree: 0 | 1, row: number, column: number): number => {
    const key = (row * (columns.table + 1) + column) * 2 + tree;
    const known = nodes.get(key) ?? nodes.size;
    nodes.set(key, known);
    return known;
  };
  const acrossRows = (row: number, column: number, tree: 0 | 1) =>
    node(tree, rows.whole[row]!, column);
  const acrossColumns = (row: number, column: number, tree: 0 | 1) =>
    node(tree, row, columns.whole[column]!);
  return (row, column) => {
    const [lastRow, lastColumn] = [row === rows.table, column === columns.table];
    const isTotal = lastRow && lastColumn;
    const inFirst = !isTotal && (lastRow || columns.leaf[column]!);
    const inSecond = !isTotal && (lastColumn || rows.leaf[row]!);
    return {
      from: inFirst ? (lastRow ? acrossColumns : acrossRows)(row, column, 0) : node(1, row, column),
      to: inSecond
        ? (lastColumn ? acrossRows : acrossColumns)(row, column, 1)
        : node(0, row, column),
    };
  };
}

/**
 * The cost of the step above less that of the step below. The conventional rounding is cheaper, by 1
 * where the other is as near, by up to GRADES where it is far. One subtotal counts for more than all
 * grades together, one number of a pinned column for more than all subtotals besides, and one margin
 * for more than all of these.
 */
function costsOf(
  open: readonly Entry[],
  step: bigint,
  pinned: ReadonlySet<number>,
): readonly number[] {
  const isPinned = ({ column }: Entry) => pinned.has(column);
  const subtotal = GRADES * open.length + 1;
  const subtotals = open.filter(({ kind }) => kind === 'subtotal').length;
  const inPinned = subtotal * (subtotals + 1);
  const margin = inPinned * (open.filter(isPinned).length + 1);
  const weights: Partial<Record<TotalKind, number>> = { subtotal, margin };
  return open.map((entry) => {
    const { kind, count } = entry;
    const up = conventional(count, step);
    const excess = count - floorDivide(count, step) * step;
    const off = step - 2n * excess;
    const grade = 1 + Number((BigInt(GRADES - 1) * (off < 0n ? -off : off)) / step);
    const cost = (weights[kind] ?? 0) + (isPinned(entry) ? inPinned : 0) + grade;
    return up * step > count ? -cost : cost;
  });
}

/** A block is the sum of its row over its columns; inner columns come after the ones they are part of. */
function sumBlocks(rows: Lines, columns: Lines, printed: bigint[][]): void {
  for (let row = 0; row < rows.table; row++) {
    if (rows.leaf[row]!) continue;
    const sums = printed[row]!;
    columns.leaf.slice(0, -1).forEach((leaf, column) => {
      if (!leaf) sums[column] = 0n;
    });
    for (let column = columns.table - 1; column >= 0; column--) {
      const whole = columns.whole[column]!;
      if (whole !== columns.table) sums[whole]! += sums[column]!;
    }
  }
}
