/** Nested totals of the rows or the columns of a table: component → supplier, year → period. */

/**
 * For each line (a row, or a column) the line whose total it is part of, or -1 where that is the
 * total of the whole table. A line comes after the one it is part of.
 */
export type Nesting = readonly number[];

/** A nesting with the whole table as its last line: every line has its whole, but the table. */
export interface Lines {
  readonly whole: readonly number[];
  /** The line of the whole table. */
  readonly table: number;
  /** Which lines are parts alone: no other line is part of them. */
  readonly leaf: readonly boolean[];
}

/** @throws RangeError for a line that does not come after its whole */
export function linesOf(nesting: Nesting): Lines {
  const table = nesting.length;
  const astray = nesting.findIndex((whole, line) => whole < -1 || whole >= line);
  if (astray >= 0) throw new RangeError(`line ${astray} does not come after its whole`);
  const whole = nesting.map((line) => (line < 0 ? table : line));
  const wholes = new Set(whole);
  return { whole, table, leaf: [...whole.map((_, line) => !wholes.has(line)), false] };
}

/** A line, then its whole, and so on up to the table. */
export function upwards({ whole, table }: Lines, line: number): readonly number[] {
  const above = [line];
  while (above.at(-1) !== table) above.push(whole[above.at(-1)!]!);
  return above;
}

/** Lines made of the labels that lead to their leaves. */
export interface NestedLines {
  readonly nesting: Nesting;
  /** The line of each path given. */
  readonly lineOf: readonly number[];
  /** The labels that lead to each line. */
  readonly paths: readonly (readonly string[])[];
  /**
   * The line that labels lead to, a leaf before a whole; none lead to the table, one line behind the
   * last.
   *
   * @throws RangeError for labels that lead nowhere
   */
  readonly lineAt: (labels: readonly string[]) => number;
}

/**
 * Nests leaves by their paths: `[['servers', 'cpu', 'intel'], …]`, `[['FY2026', 'FY2026Q1'], …]`.
 * Equal paths are one leaf; a path that leads on from a leaf is beside it, not part of it.
 */
export function nest(paths: readonly (readonly string[])[]): NestedLines {
  const nesting: number[] = [];
  const labelled: (readonly string[])[] = [];
  const known = new Map<string, number>();
  const keyOf = (kind: 'whole' | 'leaf', labels: readonly string[]) =>
    JSON.stringify([kind, ...labels]);
  const grow = (labels: readonly string[], kind: 'whole' | 'leaf', whole: number): number => {
    const key = keyOf(kind, labels);
    const line = known.get(key) ?? nesting.push(whole) - 1;
    known.set(key, line);
    labelled[line] = labels;
    return line;
  };
  const lineOf = paths.map((path) => {
    const inner = path.slice(0, -1);
    const above = inner.reduce((whole, _, i) => grow(inner.slice(0, i + 1), 'whole', whole), -1);
    return grow(path, 'leaf', above);
  });
  const lineAt = (labels: readonly string[]): number => {
    const line = known.get(keyOf('leaf', labels)) ?? known.get(keyOf('whole', labels));
    if (line === undefined && labels.length > 0) throw new RangeError(`no line: ${labels.join()}`);
    return line ?? nesting.length;
  };
  return { nesting, lineOf, paths: labelled, lineAt };
}

/** What a number of a table is: where a total of rows meets a total of columns it is a block. */
export type TotalKind = 'cell' | 'subtotal' | 'block' | 'margin' | 'total';

export function totalKindOf(rows: Lines, columns: Lines, row: number, column: number): TotalKind {
  const edges = Number(row === rows.table) + Number(column === columns.table);
  if (edges > 0) return edges === 2 ? 'total' : 'margin';
  const leaves = Number(rows.leaf[row]) + Number(columns.leaf[column]);
  return leaves === 2 ? 'cell' : leaves === 1 ? 'subtotal' : 'block';
}
