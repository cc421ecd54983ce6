/** Totals of printed numbers, which add up: tables are rounded so that they do. */
import type { PageRow } from './pageForecast.js';

/** One row for each measure and unit: the sum of the values, and every grade. */
export function totalsOf(rows: readonly PageRow[]): readonly PageRow[] {
  const totals = new Map<string, PageRow>();
  for (const row of rows) {
    const key = `${row['measure']!} ${row['unit']!}`;
    const known = totals.get(key);
    totals.set(key, known ? sumOfRows(known, row) : row);
  }
  return [...totals.values()];
}

function sumOfRows(a: PageRow, b: PageRow): PageRow {
  const grades = new Set([...a['grade']!.split(', '), b['grade']!]);
  return { ...a, value: sumOf(a['value']!, b['value']!), grade: [...grades].join(', ') };
}

/** The sum of two printed decimals with as many places. */
function sumOf(a: string, b: string): string {
  const places = a.split('.')[1]?.length ?? 0;
  const sum = BigInt(a.replace('.', '')) + BigInt(b.replace('.', ''));
  const digits = String(sum < 0n ? -sum : sum).padStart(places + 1, '0');
  const text =
    places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(digits.length - places)}`;
  return sum < 0n ? `-${text}` : text;
}
