/** A page of tables: one exact number is printed one way on it, or every cell that was moved is named. */
import type { Sheet } from '../../core/table.js';
import { distinct, type PublishedTable } from './publishTable.js';

/** A table of a page. */
export interface PageTable {
  /** The printed unit: `CNY bn`. */
  readonly unit: string;
  readonly table: PublishedTable;
  /** The sheet of the table, with a note on what is adjusted in it. */
  readonly sheetOf: (table: PublishedTable) => Sheet;
}

/**
 * The sheets of a page. A table names its adjusted totals. A cell is rounded up or down so that they hold, so equal
 * cells may be printed in two ways, in one table or in two; then those that are not rounded to the nearest are named
 * too.
 */
export function pageSheets(tables: readonly PageTable[]): readonly Sheet[] {
  const printed = new Map<string, Set<bigint>>();
  for (const one of tables) {
    for (const { exact, steps } of one.table.numbers()) {
      const key = keyOf(one, exact);
      printed.set(key, (printed.get(key) ?? new Set()).add(steps));
    }
  }
  return tables.map((one) => {
    const { table, sheetOf } = one;
    const moved = table.movedCells.filter(({ exact }) => printed.get(keyOf(one, exact))!.size > 1);
    return sheetOf({ ...table, adjusted: distinct([...table.adjusted, ...moved]) });
  });
}

/** Numbers of the same key should look the same. */
function keyOf({ unit, table: { format } }: PageTable, exact: bigint): string {
  return [unit, format.from, format.decimals, exact].join(' ');
}
