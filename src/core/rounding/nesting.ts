/** Nested totals of the rows or the columns of a table: component → supplier, year → period. */

/**
 * For each line (a row, or a column) the line of the total that it is part of, or -1 where that is the
 * total of the whole table. A line comes after the one it is part of.
 */
export type Nesting = readonly number[];

/** A nesting with the whole table as its last line. */
export interface Lines {
  /** By line, except the last: the line that it is part of. */
  readonly whole: readonly number[];
  /** The line of the whole table. */
  readonly table: number;
  /** By line: whether no other line is part of it. */
  readonly leaf: readonly boolean[];
}

/** @throws RangeError for a line that does not come after the one it is part of */
export function linesOf(nesting: Nesting): Lines {
  const table = nesting.length;
  const misplaced = nesting.findIndex((whole, line) => whole < -1 || whole >= line);
  if (misplaced >= 0) throw new RangeError(`line ${misplaced} does not come after its whole`);
  const whole = nesting.map((line) => (line < 0 ? table : line));
  const wholes = new Set(whole);
  return { whole, table, leaf: [...whole.map((_, line) => !wholes.has(line)), false] };
}

/** A line, the line that it is part of, and so on up to the table. */
export function upwards({ whole, table }: Lines, line: number): readonly number[] {
  const above = [line];
  while (above.at(-1) !== table) above.push(whole[above.at(-1)!]!);
  return above;
}

/** Lines made from paths of labels. */
export interface NestedLines {
  readonly nesting: Nesting;
  /** By path, in the order of the argument: its line. */
  readonly lineOf: readonly number[];
  /** By line: the labels that lead to it. */
  readonly paths: readonly (readonly string[])[];
  /**
   * The line of a path, a leaf before a total; for no labels, that of the whole table.
   *
   * @throws RangeError for an unknown path
   */
  readonly lineAt: (labels: readonly string[]) => number;
}

/**
 * Nests leaves by their paths: `[['servers', 'cpu', 'intel'], …]`, `[['FY2026', 'FY2026Q1'], …]`.
 * Equal paths are one leaf. Where one path continues another, the two lines are siblings.
 */
export function nest(paths: readonly (readonly string[])[]): NestedLines {
  const nesting: number[] = [];
  const pathsByLine: (readonly string[])[] = [];
  const known = new Map<string, number>();
  const keyOf = (kind: 'whole' | 'leaf', labels: readonly string[]) =>
    JSON.stringify([kind, ...labels]);
  const addLine = (labels: readonly string[], kind: 'whole' | 'leaf', whole: number): number => {
    const key = keyOf(kind, labels);
    const line = known.get(key) ?? nesting.push(whole) - 1;
    known.set(key, line);
    pathsByLine[line] = labels;
    return line;
  };
  const lineOf = paths.map((path) => {
    const inner = path.slice(0, -1);
    const above = inner.reduce((whole, _, i) => addLine(inner.slice(0, i + 1), 'whole', whole), -1);
    return addLine(path, 'leaf', above);
  });
  const lineAt = (labels: readonly string[]): number => {
    const line = known.get(keyOf('leaf', labels)) ?? known.get(keyOf('whole', labels));
    if (line === undefined && labels.length > 0) throw new RangeError(`no line: ${labels.join()}`);
    return line ?? nesting.length;
  };
  return { nesting, lineOf, paths: pathsByLine, lineAt };
}

/** The kind of a number of a table; `publish` explains them. */
export type TotalKind = 'cell' | 'subtotal' | 'block' | 'margin' | 'total';

/** The kind of the number where a row meets a column. */
export function totalKindOf(rows: Lines, columns: Lines, row: number, column: number): TotalKind {
  const edges = Number(row === rows.table) + Number(column === columns.table);
  if (edges > 0) return edges === 2 ? 'total' : 'margin';
  const leaves = Number(rows.leaf[row]) + Number(columns.leaf[column]);
  return leaves === 2 ? 'cell' : leaves === 1 ? 'subtotal' : 'block';
}
