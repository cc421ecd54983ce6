/** A tidy table of a forecast made wide: one column for each period, or group of time. */
import type { Column, Table } from '../../core/table.js';
import { weakest, type Grade } from '../../model/claims.js';
import { compareTimes, isTime, type Dimension } from '../../projection/rollup.js';
import type { TimeDimension } from '../../projection/timeGroups.js';

/**
 * The finest time dimension turned into columns; the coarser ones, which it implies, go. A row is
 * known as well as the worst known of its numbers.
 *
 * @param beside the columns beside each number that differ in time: they follow it, as `FY2026_yoy`
 */
export function widenTable(
  { columns, rows: tidy }: Table,
  dimensions: readonly Dimension[],
  beside: readonly string[] = [],
): Table {
  const rows = [...tidy];
  const time = dimensions.filter(isTime);
  const names = columns.map(({ name }) => name);
  const pivot = names.indexOf(time.at(-1)!);
  const spread = ['value', ...beside].map((name) => names.indexOf(name));
  const keep = names.flatMap((name, i) =>
    time.includes(name as TimeDimension) || spread.includes(i) || name === 'grade' ? [] : [i],
  );
  const headings = [...new Set(rows.map((row) => row[pivot]!))].sort(compareTimes);
  const wide = new Map<string, WideRow>();
  for (const row of rows) {
    const kept = keep.map((i) => row[i]!);
    const key = kept.join('\n');
    const line = wide.get(key) ?? { kept, values: new Map<string, string[]>(), grades: [] };
    const own = spread.map((i) => row[i]!);
    line.values.set(row[pivot]!, own);
    line.grades.push(row.at(-1) as Grade);
    wide.set(key, line);
  }
  const nothing = spread.map(() => '');
  return {
    columns: [
      ...keep.map((i) => columns[i]!),
      ...headings.flatMap((heading) =>
        spread.map((i, s): Column => {
          const { name, ...column } = columns[i]!;
          return { ...column, name: s === 0 ? heading : `${heading}_${name}` };
        }),
      ),
      columns.at(-1)!,
    ],
    rows: [...wide.values()].map(({ kept, values, grades }) => [
      ...[...kept, ...headings.flatMap((heading) => values.get(heading) ?? nothing)],
      weakest(grades),
    ]),
  };
}

interface WideRow {
  readonly kept: readonly string[];
  /** By heading: the number, and what stands beside it. */
  readonly values: Map<string, readonly string[]>;
  readonly grades: Grade[];
}
