/** Derived columns of scenarios side by side: `base_yoy` and `value_yoy` beside the numbers that they are derived from. */
import { exactTable } from '../../projection/seriesLine.js';
import {
  derivedCells,
  derivedColumns,
  type ColumnName,
  type DerivedContext,
} from '../shared/derivedColumns.js';
import { lineKey } from './comparedLines.js';
import type { ComparedSide } from './comparedSides.js';
import type { DerivedPairs, SideBySide } from './sideBySide.js';

const NOTHING: DerivedPairs = { columns: [], cellsOf: () => [], notes: [] };

export function derivedPairs(
  sides: readonly ComparedSide[],
  { base, pairs }: SideBySide,
  { with: names = [], ...context }: DerivedContext,
): DerivedPairs {
  if (names.length === 0) return NOTHING;
  const { dimensions } = context;
  const numbers = names.filter((name) => name !== 'name');
  const tables = sides.map(({ id, members }) => {
    const rows = exactTable(members, dimensions);
    const ofNumbers = derivedCells(members, rows, { ...context, with: numbers });
    const ofNames = derivedCells(members, rows, { ...context, with: namesIn(names) });
    const keys = rows.map(lineKey);
    const byKey = (cells: readonly (readonly string[])[]) =>
      new Map(keys.map((key, i) => [key, cells[i] ?? []]));
    const notes = ofNumbers.notes.map((note) => `${id}: ${note}`);
    return { id, numbers: byKey(ofNumbers.cells), names: byKey(ofNames.cells), notes };
  });
  const tableOf = (id: string) => tables.find((table) => table.id === id)!;
  const columns = derivedColumns(numbers, dimensions);
  const nothing = columns.map(() => '');
  // A pair keeps its exact numbers when it is rounded for print; its unit becomes another one.
  const cells = new Map(
    pairs.map((pair) => {
      const [before, after] = [tableOf(base), tableOf(pair.scenario)];
      const key = lineKey(pair);
      const own = [before, after].map((table) => table.numbers.get(key) ?? nothing);
      const named = before.names.get(key) ?? after.names.get(key) ?? [];
      return [pair.exact, [...columns.flatMap((_, i) => own.map((one) => one[i]!)), ...named]];
    }),
  );
  return {
    columns: [
      ...columns.flatMap((column) =>
        ['base', 'value'].map((end) => ({ ...column, name: `${end}_${column.name}` })),
      ),
      ...derivedColumns(namesIn(names), dimensions),
    ],
    cellsOf: ({ exact }) => cells.get(exact)!,
    notes: tables.flatMap(({ notes }) => notes),
  };
}

function namesIn(names: readonly ColumnName[]): readonly ColumnName[] {
  return names.filter((name) => name === 'name');
}
