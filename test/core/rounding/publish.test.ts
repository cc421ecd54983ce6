/** Controlled rounding: printed tables foot, and each number is a multiple of the step next to its exact value. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nest, type Nesting } from '../../../src/core/rounding/nesting.js';
import {
  publish,
  type AdjustedTotal,
  type Counts,
  type Published,
} from '../../../src/core/rounding/publish.js';
import { cases, coverage } from '../../support/cases.js';

/** The grand total, beside the lines of a nesting. */
const ALL = -1;

describe('publish', () => {
  it('prints a table that does not foot when each number is rounded by itself', () => {
    const thirds = [333n, 333n, 334n];
    const published = publish(table([thirds, thirds]), 1000n);
    expect(readable(published)).toBe('0 0 1 | 1\n0 1 0 | 1\n0 1 1 | 2');
    expect(published.adjusted).toEqual([{ column: 0, by: -1n }]);
  });

  it.each([
    ['an exact multiple stays', [[2000n, -3000n]], '2 -3 | -1\n2 -3 | -1'],
    ['halves go to the even neighbour', [[500n], [1500n]], '0 | 0\n2 | 2\n2 | 2'],
    ['below zero, down is away from zero', [[-1400n, -1400n]], '-2 -1 | -3\n-2 -1 | -3'],
    ['the unit that a total needs goes to the nearest', [[200n, 400n]], '0 1 | 1\n0 1 | 1'],
    ['no rows', [], ' | 0'],
  ])('%s', (_, cells, expected) => {
    expect(readable(publish(table(cells), 1000n))).toBe(expected);
  });

  it('names the adjusted totals, and by how much', () => {
    const { total, rowTotals, adjusted } = publish(table([[400n], [400n], [400n]]), 1000n);
    expect([total, rowTotals]).toEqual([1n, [1n, 0n, 0n]]);
    expect(adjusted).toEqual([{ row: 0, by: 1n }]);
  });

  it('a step of one quantum changes nothing', () => {
    fc.assert(
      fc.property(twoWay(8, 8), ({ counts }) => {
        const { cells, adjusted } = publish(counts, 1n);
        expect([cells, adjusted]).toEqual([counts.cells, []]);
      }),
    );
  });

  it('in 10,000 two-way tables numbers are neighbours, margins and the total foot', () => {
    fc.assert(fc.property(twoWay(8, 8), obeysTheLaws), { numRuns: cases(10_000) });
  });

  it('in 2,000 tables with two nestings numbers are neighbours and all lines foot', () => {
    fc.assert(fc.property(threeWay(), obeysTheLaws), { numRuns: cases(2000) });
  });

  it.each([
    [undefined, '6 8 -1 | 13'],
    [0, '5 9 -1 | 13'],
    [1, '6 8 -1 | 13'],
  ])('adjusts a pinned column last: %s', (pinned, expected) => {
    const counts = {
      ...table([[5490n, 8300n, -1260n]]),
      pinnedColumns: pinned === undefined ? [] : [pinned],
    };
    expect(readable(publish(counts, 1000n)).split('\n')[0]).toBe(expected);
  });

  it('adjusts as many margins with a pinned column as without', () => {
    const margins = ({ adjusted }: Published) =>
      adjusted.filter(({ row, column }) => row === undefined || column === undefined).length;
    fc.assert(
      fc.property(threeWay(), ({ counts, step }) => {
        const published = publish({ ...counts, pinnedColumns: [0] }, step);
        expect(margins(published)).toBe(margins(publish(counts, step)));
      }),
    );
  });

  it('always rounds the grand total by itself', () => {
    fc.assert(
      fc.property(threeWay(), ({ counts, step }) => {
        expect(publish(counts, step).total).toBe(halfEven(exactly(counts, ALL, ALL), step));
      }),
    );
  });

  it('adjusts as few margins as any rounding, and none where that is possible', () => {
    let [kept, moves] = [0, 0];
    fc.assert(
      fc.property(twoWay(3, 4), (given) => {
        const { adjusted } = publish(given.counts, given.step);
        expect(adjusted.length).toBe(fewestAdjusted(given).margins);
        if (adjusted.length === 0) kept++;
        else moves++;
      }),
      { numRuns: cases(1500), seed: 3 },
    );
    expect(Math.min(kept, moves)).toBeGreaterThan(coverage(100));
  });

  it('with nestings adjusts the fewest margins, and then the fewest subtotals', () => {
    fc.assert(
      fc.property(nestedSmall, (given) => {
        const { adjusted, adjustedBlocks } = publish(given.counts, given.step);
        const subtotals = adjusted.filter(
          ({ row, column }) => row !== undefined && column !== undefined,
        );
        const margins = adjusted.length - subtotals.length;
        expect({ margins, subtotals: subtotals.length }).toEqual(fewestAdjusted(given));
        expect(adjustedBlocks).toEqual([]);
      }),
      { numRuns: cases(1500) },
    );
  });

  it('lets a block deviate when two deep nestings have no rounding', () => {
    const counts: Counts = {
      rows: [-1, 0, 0, -1, 3],
      columns: [-1, 0, 0, -1, 3],
      cells: [[], [0n, 1n, 0n, 0n, 0n], [0n, 0n, 1n, 0n, 1n], [], [0n, 1n, 0n, 0n, 1n]],
    };
    expect(roundings({ counts, step: 2n }, numbersOf(counts))).toEqual([]);
    const { adjustedBlocks } = publish(counts, 2n);
    expect(adjustedBlocks.length).toBeGreaterThan(0);
    obeysTheLaws({ counts, step: 2n });
  });

  it('prints equal tables alike', () => {
    fc.assert(
      fc.property(threeWay(), ({ counts, step }) => {
        expect(publish(structuredClone(counts), step)).toEqual(publish(counts, step));
      }),
    );
  });

  it('throws at a step below one quantum, and at a line before its total', () => {
    expect(() => publish(table([[1n]]), 0n)).toThrow(RangeError);
    expect(() => publish({ rows: [1, -1], columns: [-1], cells: [[1n], [1n]] }, 10n)).toThrow(
      RangeError,
    );
  });
});

describe('nest', () => {
  it('makes lines of paths, each after its total', () => {
    const paths = ['servers/cpu', 'servers/gpu', 'network', 'servers/cpu', 'servers'];
    const { nesting, lineOf } = nest(paths.map((path) => path.split('/')));
    expect(nesting).toEqual([-1, 0, 0, -1, -1]);
    expect(lineOf).toEqual([1, 2, 3, 1, 4]);
  });
});

interface Given {
  readonly counts: Counts;
  readonly step: bigint;
}

const steps = fc.constantFrom(2n, 3n, 10n, 1000n, 10n ** 9n, 7n ** 11n);

/** Counts that are hard to round: zeros, multiples, halves, numbers next to these, and any. */
function awkward(step: bigint): fc.Arbitrary<bigint> {
  const whole = fc.bigInt(-20n, 20n).map((steps) => steps * step);
  const near = fc.constantFrom(0n, 1n, -1n, step / 2n, step / 3n, (step + 1n) / 2n);
  return fc.oneof(
    fc.constant(0n),
    whole,
    fc.tuple(whole, near).map(([a, b]) => a + b),
    fc.bigInt(-3n * step, 3n * step),
    fc.bigInt(-(10n ** 24n), 10n ** 24n),
  );
}

function counted(rows: Nesting, columns: Nesting, step: bigint): fc.Arbitrary<Given> {
  const line = fc.array(awkward(step), { minLength: columns.length, maxLength: columns.length });
  return fc
    .array(line, { minLength: rows.length, maxLength: rows.length })
    .map((cells) => ({ counts: { rows, columns, cells }, step }));
}

function twoWay(mostRows: number, mostColumns: number): fc.Arbitrary<Given> {
  const sizes = [mostRows, mostColumns].map((most) => fc.integer({ min: 1, max: most }));
  return fc
    .tuple(sizes[0]!, sizes[1]!, steps)
    .chain(([rows, columns, step]) => counted(flat(rows), flat(columns), step));
}

/** Lines two deep, with some leaves beside the totals: component → supplier, year → period. */
const deep: fc.Arbitrary<Nesting> = fc
  .array(fc.nat(3), { minLength: 1, maxLength: 4 })
  .map((sizes) => {
    const paths = sizes.flatMap((size, i) =>
      size === 0 ? [[`${i}`]] : flat(size).map((_, j) => [`${i}`, `${j}`]),
    );
    return nest(paths).nesting;
  });

function threeWay(): fc.Arbitrary<Given> {
  return fc.tuple(deep, deep, steps).chain(([rows, columns, step]) => counted(rows, columns, step));
}

const nestedSmall = fc
  .tuple(fc.constantFrom([-1, 0, 0, -1], [-1, 0, 0, -1, 3], [-1, 0, 1, 1, -1]), fc.boolean(), steps)
  .chain(([nesting, turned, step]) =>
    turned ? counted(flat(3), nesting, step) : counted(nesting, flat(3), step),
  );

function flat(size: number): readonly number[] {
  return Array.from({ length: size }, () => -1);
}

function table(cells: readonly (readonly bigint[])[]): Counts {
  return { rows: flat(cells.length), columns: flat(cells[0]?.length ?? 0), cells };
}

function readable({ cells, rowTotals, columnTotals, total }: Published): string {
  const lines = cells.map((row, i) => `${row.join(' ')} | ${rowTotals[i]!}`);
  return [...lines, `${columnTotals.join(' ')} | ${total}`].join('\n');
}

/** The leaves below a line, or the line itself; all leaves for ALL. */
function leavesBelow(nesting: Nesting, line: number): readonly number[] {
  const parts = nesting.flatMap((whole, part) => (whole === line ? [part] : []));
  if (parts.length === 0) return line === ALL ? [] : [line];
  return parts.flatMap((part) => leavesBelow(nesting, part));
}

function isWhole(nesting: Nesting, line: number): boolean {
  return line !== ALL && nesting.includes(line);
}

interface Place {
  readonly row: number;
  readonly column: number;
}

/** All numbers of a table, totals included. */
function numbersOf({ rows, columns }: Counts): readonly Place[] {
  const lines = (nesting: Nesting) => [...nesting.keys(), ALL];
  return lines(rows).flatMap((row) => lines(columns).map((column) => ({ row, column })));
}

function isBlock({ rows, columns }: Counts, { row, column }: Place): boolean {
  return isWhole(rows, row) && isWhole(columns, column);
}

function isCell({ rows, columns }: Counts, { row, column }: Place): boolean {
  return row !== ALL && column !== ALL && !isWhole(rows, row) && !isWhole(columns, column);
}

function sumBelow(
  counts: Counts,
  cells: readonly (readonly bigint[])[],
  row: number,
  column: number,
): bigint {
  const over = leavesBelow(counts.columns, column);
  const lines = leavesBelow(counts.rows, row);
  return lines.reduce((sum, i) => over.reduce((a, j) => a + cells[i]![j]!, sum), 0n);
}

function exactly(counts: Counts, row: number, column: number): bigint {
  return sumBelow(counts, counts.cells, row, column);
}

/** The printed number at a place. */
function at(published: Published, { row, column }: Place): bigint {
  if (row !== ALL && column !== ALL) return published.cells[row]![column]!;
  if (row !== ALL) return published.rowTotals[row]!;
  return column !== ALL ? published.columnTotals[column]! : published.total;
}

function isNeighbour(printed: bigint, exact: bigint, step: bigint): boolean {
  const off = printed * step - exact;
  return -step < off && off < step;
}

/** Half-even rounding by its definition: the nearest multiple, and of two the even one. */
function halfEven(exact: bigint, step: bigint): bigint {
  const some = exact / step;
  const distance = (n: bigint) => (n * step < exact ? exact - n * step : n * step - exact);
  return [some - 1n, some, some + 1n].reduce((best, n) => {
    if (distance(n) !== distance(best)) return distance(n) < distance(best) ? n : best;
    return n % 2n === 0n ? n : best;
  });
}

function obeysTheLaws({ counts, step }: Given): void {
  const published = publish(counts, step);
  const [adjusted, adjustedBlocks]: [AdjustedTotal[], AdjustedTotal[]] = [[], []];
  const broken = numbersOf(counts).filter((place) => {
    const { row, column } = place;
    const [printed, exact] = [at(published, place), exactly(counts, row, column)];
    const neighbour = isNeighbour(printed, exact, step);
    const by = printed - halfEven(exact, step);
    if (by !== 0n && !isCell(counts, place)) {
      const where = { ...(row !== ALL && { row }), ...(column !== ALL && { column }) };
      (neighbour ? adjusted : adjustedBlocks).push({ ...where, by });
    }
    const foots = printed === sumBelow(counts, published.cells, row, column);
    return !foots || (!neighbour && !isBlock(counts, place));
  });
  expect(broken).toEqual([]);
  expect(published.adjusted).toEqual(adjusted);
  expect(published.adjustedBlocks).toEqual(adjustedBlocks);
}

/** All roundings of the cells whose sums at these places are neighbours of the exact ones. */
function roundings({ counts, step }: Given, places: readonly Place[]): readonly number[] {
  const open = openCells(counts, step);
  const sums = places.map((place) => sumOf(counts, step, open, place));
  const found: number[] = [];
  for (let ups = 0; ups < 2 ** open.length; ups++) {
    if (sums.every(({ low, high, mask }) => within(ones(ups & mask), low, high))) found.push(ups);
  }
  return found;
}

function openCells({ rows, columns, cells }: Counts, step: bigint): readonly Place[] {
  return leavesBelow(rows, ALL).flatMap((row) =>
    leavesBelow(columns, ALL).flatMap((column) =>
      cells[row]![column]! % step === 0n ? [] : [{ row, column }],
    ),
  );
}

const floor = (count: bigint, step: bigint) => (count - (((count % step) + step) % step)) / step;
const within = (n: number, low: number, high: number) => low <= n && n <= high;

/** How many open cells of a sum (a bit mask) may be rounded up, and how many half-even rounding takes up. */
function sumOf(counts: Counts, step: bigint, open: readonly Place[], place: Place) {
  const rows = leavesBelow(counts.rows, place.row);
  const columns = leavesBelow(counts.columns, place.column);
  const cells = rows.flatMap((i) => columns.map((j) => counts.cells[i]![j]!));
  const exact = cells.reduce((a, b) => a + b, 0n);
  const base = cells.reduce((a, b) => a + floor(b, step), 0n);
  const low = Number(floor(exact, step) - base);
  const high = exact % step === 0n ? low : low + 1;
  const inside = open.map(({ row, column }) => rows.includes(row) && columns.includes(column));
  const mask = inside.reduce((bits, one, i) => (one ? bits | (1 << i) : bits), 0);
  return { low, high, mask, usual: Number(halfEven(exact, step) - base) };
}

function ones(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** The fewest margins, then subtotals, that any rounding with the right total has to adjust. */
function fewestAdjusted(given: Given): { margins: number; subtotals: number } {
  const { counts, step } = given;
  const places = numbersOf(counts);
  const isMargin = ({ row, column }: Place) => row === ALL || column === ALL;
  const open = openCells(counts, step);
  const totals = (those: readonly Place[]) =>
    those.map((place) => sumOf(counts, step, open, place));
  const margins = totals(places.filter(isMargin));
  const subtotals = totals(places.filter((place) => !isMargin(place) && !isCell(counts, place)));
  let best = { margins: Infinity, subtotals: Infinity };
  const [whole] = totals([{ row: ALL, column: ALL }]);
  for (const ups of roundings(given, places)) {
    if (ones(ups & whole!.mask) !== whole!.usual) continue;
    const adjusted = (sums: typeof margins) =>
      sums.filter(({ mask, usual }) => ones(ups & mask) !== usual).length;
    const one = { margins: adjusted(margins), subtotals: adjusted(subtotals) };
    const fewer = one.margins - best.margins || one.subtotals - best.subtotals;
    if (fewer < 0) best = one;
  }
  return best;
}
