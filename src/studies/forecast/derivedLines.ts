/** The lines below each number of `show`: growth, running totals and shares, as `--with` asks for them. */
import { groupBy } from '../../core/group.js';
import { powerOfTen, printDecimal } from '../../core/number/decimal.js';
import { fraction } from '../../core/number/fraction.js';
import { failure, success, type Result } from '../../core/result.js';
import { allocate, orderOf } from '../../core/rounding/allocate.js';
import type { SheetRow } from '../../core/table.js';
import { sayIn } from '../../core/text/language.js';
import { derivedNumbersOver, isSum } from '../../projection/derivedNumbers.js';
import type { Projection } from '../../projection/evaluate.js';
import { scaleTo, type RolledRow } from '../../projection/rollup.js';
import { isBySupplier, type TimeDimension } from '../../projection/timeGroups.js';
import type { ExactRow, Reason } from '../../projection/seriesLine.js';
import {
  emptyCells,
  isDay,
  printDay,
  printPercent,
  printed,
  type ColumnName,
} from '../shared/derivedColumns.js';
import { printCount, type NumberFormat } from '../shared/numberFormat.js';
import type { MarginPath } from '../shared/publishTable.js';

/** The numbers of a sheet, and how they are printed. */
export interface SheetNumbers {
  /** The forecast, or those of the buyers. */
  readonly members: readonly Pick<Projection, 'scenario' | 'before'>[];
  readonly time: TimeDimension | undefined;
  /** The labels of time, one for each column but the last, which is the total. */
  readonly periods: readonly string[];
  /** The exact numbers, each with the keys that lead to its line. */
  readonly placed: readonly PlacedRow[];
  /** The keys that lead to each line. */
  readonly paths: readonly MarginPath[];
  /** Whether the sheet is of the whole forecast. */
  readonly isWhole: boolean;
  readonly format: NumberFormat;
}

/** A number of a sheet with its line. */
interface PlacedRow {
  readonly path: MarginPath;
  /** Whether the line is a supplier of the component above it. */
  readonly isSupplier: boolean;
  readonly row: RolledRow;
  readonly buyer: string;
}

/** The lines below the numbers of a sheet. */
export interface DerivedLines {
  readonly below: (path: MarginPath) => readonly SheetRow[];
  /** Why cells are empty; to be read after the lines. */
  readonly notes: () => readonly string[];
}

const NO_LINES: DerivedLines = { below: () => [], notes: () => [] };

export function derivedLines(
  { members, time, periods, placed, paths, isWhole, format }: SheetNumbers,
  names: readonly ColumnName[],
): DerivedLines {
  if (names.length === 0) return NO_LINES;
  const { lang } = format;
  const say = sayIn(lang);
  const gaps = emptyCells(lang);
  const lineAt = linesByTime(placed);
  const countOf = ({ count, unit }: ExactRow) => count * powerOfTen(format.from - unit.places);
  const countAt = (path: MarginPath, label: string | undefined) => {
    const line = lineAt(path);
    const row = label === undefined ? undefined : line.get(label);
    if (label !== undefined) return row ? countOf(row) : 0n;
    return Array.from(line.values(), countOf).reduce((a, b) => a + b, 0n);
  };
  const suppliers = new Set(
    placed.flatMap(({ path, isSupplier }) => (isSupplier ? [keyOf(path)] : [])),
  );
  const shareAt = sharesOf(paths, countAt, (path) => suppliers.has(keyOf(path)));
  const below = (path: MarginPath): readonly SheetRow[] => {
    const rows = withTail([...lineAt(path).values()], periods.at(-1));
    const isTotal = path.length === 0;
    const derived = derivedNumbersOver(members, time ? [time] : [], rows, isWhole && isTotal);
    const textAt = (name: ColumnName, row: ExactRow): Result<string, Reason> => {
      if (name === 'name') return success('');
      if (isDay(name)) return printed(derived.groupAt(row), printDay(name));
      return printed(derived.numberAt(row, name), (number) =>
        isSum(name)
          ? printCount(number.count, { ...format, from: number.places })
          : printPercent(number),
      );
    };
    const cellsOf = (name: ColumnName): readonly string[] => {
      if (name === 'share')
        return [...periods, undefined].map((label) =>
          gaps.textOf(name, label, printShare(shareAt(path, label))),
        );
      // The yearly growth is one number of the whole line.
      if (name === 'cagr')
        return [...periods.map(() => ''), gaps.textOf(name, '', textAt(name, rows[0]!))];
      const byLabel = new Map(rows.map((row) => [row.labels[0], row]));
      const cells = periods.map((label) => {
        const row = byLabel.get(label);
        return row ? gaps.textOf(name, label, textAt(name, row)) : '';
      });
      return [...cells, ''];
    };
    const hasDays = isTotal !== (time !== undefined && isBySupplier(time));
    const shown = names.filter((name) => name !== 'name' && (hasDays || !isDay(name)));
    const depth = isTotal ? 1 : path.length;
    return shown.map((name) => ({ label: say(name), depth, kind: 'part', cells: cellsOf(name) }));
  };
  return { below, notes: gaps.notes };
}

/** The rows of a line; one that has nothing after the window has a row of zero there, as the table prints it. */
function withTail(rows: readonly ExactRow[], last: string | undefined): readonly ExactRow[] {
  const hasRow = rows.some(({ labels }) => labels[0] === last);
  if (hasRow || !last?.startsWith('after ')) return rows;
  return [...rows, { ...rows[0]!, labels: [last], count: 0n, cells: [] }];
}

/** The rows of a line and of all lines below it, added up by group of time. */
function linesByTime(
  placed: readonly PlacedRow[],
): (path: MarginPath) => ReadonlyMap<string, ExactRow> {
  const lines = new Map<string, Map<string, RowSum>>();
  for (const { path, row, buyer } of placed) {
    const labels = row.labels.slice(0, -2);
    const [label = ''] = labels;
    for (let depth = 0; depth <= path.length; depth++) {
      const key = keyOf(path.slice(0, depth));
      const line = lines.get(key) ?? new Map<string, RowSum>();
      const sum = line.get(label) ?? { ...row, labels, count: 0n, cells: [], buyers: [] };
      addRow(sum, row, buyer);
      line.set(label, sum);
      lines.set(key, line);
    }
  }
  return (path) => lines.get(keyOf(path))!;
}

/** A row that is being added up. */
interface RowSum extends ExactRow {
  unit: ExactRow['unit'];
  count: bigint;
  readonly cells: ExactRow['cells'][number][];
  readonly buyers: string[];
}

function addRow(sum: RowSum, { unit, count, cells }: RolledRow, buyer: string): void {
  const finest = sum.unit.places > unit.places ? sum.unit : unit;
  sum.count = sum.count * scaleTo(finest, sum.unit) + count * scaleTo(finest, unit);
  sum.unit = finest;
  // All cells of a row are of one supplier, so one of them says whose it is.
  sum.cells.push(cells[0]!);
  sum.buyers.push(buyer);
}

/** The share of a line in a column, in tenths of a percent; nothing where the sum is 0. */
export type ShareAt = (path: MarginPath, label: string | undefined) => bigint | undefined;

/**
 * Shares that add up on every level: components to 100% of the whole, the suppliers of a component to 100% of it.
 *
 * @param paths of all lines
 * @param countAt the exact number of a line in a column; of the total without a label
 */
export function sharesOf(
  paths: readonly MarginPath[],
  countAt: (path: MarginPath, label: string | undefined) => bigint,
  isSupplier: (path: MarginPath) => boolean,
): ShareAt {
  const children = groupBy(paths, (path) => keyOf(path.slice(0, -1)));
  const columns = new Map<string | undefined, Map<string, bigint>>();
  const columnOf = (label: string | undefined) => {
    const shares = new Map<string, bigint>();
    const split = (path: MarginPath, share: bigint) => {
      shares.set(keyOf(path), share);
      const below = children.get(keyOf(path)) ?? [];
      const weights = below.map((child) => fraction(countAt(child, label)));
      if (weights.every(({ n }) => n === 0n)) return;
      const whole = isSupplier(below[0]!) ? WHOLE : share;
      const parts = allocate(whole, weights, orderOf(below.map((child) => child.at(-1)!)));
      below.forEach((child, i) => split(child, parts[i]!));
    };
    if (countAt([], label) !== 0n) split([], WHOLE);
    return shares;
  };
  return (path, label) => {
    if (!columns.has(label)) columns.set(label, columnOf(label));
    return columns.get(label)!.get(keyOf(path));
  };
}

const WHOLE = 1000n;

function keyOf(path: MarginPath): string {
  return path.join('/');
}

function printShare(tenths: bigint | undefined): Result<string, Reason> {
  return tenths === undefined ? failure('zeroSum') : success(`${printDecimal(tenths, 1)}%`);
}
