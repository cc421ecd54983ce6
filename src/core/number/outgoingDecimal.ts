/** Exact results as decimals of decimal.js, for callers who compute on. The engine itself does not use them. */
import { Decimal as Base } from 'decimal.js';
import type { Table } from '../table.js';

/**
 * decimal.js with 1,000 significant digits, where its default is 20, and without exponents in its text.
 * Sums and products of results stay exact; a quotient without end is rounded at the last digit.
 */
export const Decimal = Base.clone({ precision: 1000, toExpNeg: -9e15, toExpPos: 9e15 });
/** A decimal of decimal.js. */
export type Decimal = Base;

/** A number as the engine counts it: a row of `rollup`, a cell, or what `amountOf` gives. */
export interface Amount {
  readonly count: bigint;
  readonly unit: { readonly places: number };
}

/**
 * The exact number of a row of `rollup`, of a cell, or of `amountOf`.
 *
 * @returns `count` × 10^-`unit.places`, in the unit: yuan, not fen
 */
export function decimalOf({ count, unit }: Amount): Decimal {
  return new Decimal(`${count}e-${unit.places}`);
}

/**
 * The rows of a table as records by the names of its columns: a text as it is, a number as an exact
 * `Decimal`, and nothing (`undefined`) where the table has no number.
 */
export function recordsOf({
  columns,
  rows,
}: Table): readonly Readonly<Record<string, string | Decimal | undefined>>[] {
  return Array.from(rows, (row) =>
    Object.fromEntries(
      columns.map(({ name, kind }, i) => [name, kind === 'number' ? numberIn(row[i]!) : row[i]!]),
    ),
  );
}

function numberIn(cell: string): Decimal | undefined {
  return cell === '' ? undefined : new Decimal(cell);
}
