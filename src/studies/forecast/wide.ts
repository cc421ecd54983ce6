/** A tidy table of a forecast made wide: one column for each period, or year. */
import type { Column, Table } from '../../core/table.js';
import { weakest, type Grade } from '../../model/claims.js';
import { compareTimes, isTime, type Dimension } from '../../projection/rollup.js';
import type { TimeDimension } from '../../projection/timeGroups.js';

/**
 * The finest time dimension turned into columns; the coarser ones, which it implies, go. A row is
 * known as well as the worst known of its numbers.
 */
export function widenTable(
  { columns, rows: tidy }: Table,
  dimensions: readonly Dimension[],
): Table {
  const rows = [...tidy];
  const time = dimensions.filter(isTime);
  const names = columns.map(({ name }) => name);
  const pivot = names.indexOf(time.at(-1)!);
  const keep = names.flatMap((name, i) =>
    time.includes(name as TimeDimension) || name === 'value' || name === 'grade' ? [] : [i],
  );
  const headings = [...new Set(rows.map((row) => row[pivot]!))].sort(compareTimes);
  const wide = new Map<string, WideRow>();
  for (const row of rows) {
    const kept = keep.map((i) => row[i]!);
    const key = kept.join('\n');
    const line = wide.get(key) ?? { kept, values: headings.map(() => ''), grades: [] };
    line.values[headings.indexOf(row[pivot]!)] = row.at(-2)!;
    line.grades.push(row.at(-1) as Grade);
    wide.set(key, line);
  }
  return {
    columns: [
      ...keep.map((i) => columns[i]!),
      ...headings.map((name): Column => ({ name, kind: 'number' })),
      columns.at(-1)!,
    ],
    rows: [...wide.values()].map(({ kept, values, grades }) => [
      ...[...kept, ...values],
      weakest(grades),
    ]),
  };
}

interface WideRow {
  readonly kept: readonly string[];
  readonly values: string[];
  readonly grades: Grade[];
}
