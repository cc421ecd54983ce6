/** Calls functions for cells: reads their arguments, and repeats a function over the cells of a range. */
import { forecastCache, type ReadFile } from '../index.js';
import { failure, filesOf, layersOf, success, wordsOf, type CellOutcome } from './cellValues.js';
import {
  FUNCTIONS,
  messageOf,
  type Argument,
  type CellFunction,
  type CellResult,
} from './functions.js';

/** Calls functions by name. */
export type Call = (name: string, args: readonly Argument[]) => CellOutcome<CellResult>;

/** A cell has no folder: other files stand below the first one. */
const NO_FILES: ReadFile = () => ({
  ok: false,
  diagnostics: {
    message: 'a cell can read no other files',
    hint: 'paste what `capex check --resolved FILE` prints: it needs none',
  },
});

/** Creates a caller with a cache of its own, so that a thousand cells read and compile their scenario once. */
export function caller(): Call {
  const forecastsOf = forecastCache({ name: 'scenario', read: NO_FILES });
  return (name, args) => {
    const called = FUNCTIONS.find((one) => one.name === name)!;
    const { parameters, currencyAt, run } = called;
    const files = filesOf(args[0]);
    if (!files.ok) return files;
    const set = layersOf(args[parameters.length - 1]);
    if (!set.ok) return set;
    return overCells(called, args.slice(1, parameters.length - 1).map(wordsOf), (words) => {
      const currency = (currencyAt !== undefined && words[currencyAt]) || undefined;
      const request = { set: set.value, currency, files: files.value.files };
      const found = forecastsOf(files.value.text, request);
      return found.ok ? run(found.value, words) : failure(messageOf(found.diagnostics));
    });
  };
}

/**
 * The result for one cell as each argument; for ranges, a result for each of their cells. An argument of one row or
 * column stands beside each row or column of the others.
 */
function overCells(
  { parameters, isTable }: CellFunction,
  ranges: readonly (readonly (readonly string[])[])[],
  run: (words: readonly string[]) => CellOutcome<CellResult>,
): CellOutcome<CellResult> {
  const most = (sizes: readonly number[]) => sizes.reduce((a, b) => Math.max(a, b), 1);
  const height = most(ranges.map((rows) => rows.length));
  const width = most(ranges.map((rows) => rows[0]!.length));
  if (height === 1 && width === 1) return run(ranges.map((rows) => rows[0]![0]!));
  for (const [i, rows] of ranges.entries()) {
    const problem = rangeProblem(rows, height, width, isTable);
    if (problem !== undefined) return failure(`\`${parameters[i + 1]!.name}\` ${problem}`);
  }
  const results: (number | string)[][] = [];
  for (let r = 0; r < height; r++) {
    results.push([]);
    for (let c = 0; c < width; c++) {
      const words = ranges.map((rows) => rows[rows.length === 1 ? 0 : r]!);
      const result = run(words.map((row) => row[row.length === 1 ? 0 : c]!));
      if (!result.ok) return result;
      results[r]!.push(result.value as number);
    }
  }
  return success(results);
}

/** Why a range cannot stand for an argument beside the others, if it cannot. */
function rangeProblem(
  rows: readonly (readonly string[])[],
  height: number,
  width: number,
  isTable: boolean | undefined,
): string | undefined {
  const [h, w] = [rows.length, rows[0]!.length];
  if (h === 1 && w === 1) return undefined;
  const size = `a range of ${h} × ${w} cells`;
  if (isTable) return `takes one cell, and this is ${size}`;
  if ((h !== 1 && h !== height) || (w !== 1 && w !== width)) {
    return `is ${size} beside one of ${height} × ${width}`;
  }
  const at = rows.findIndex((row) => row.includes(''));
  return at < 0 ? undefined : `has an empty cell in row ${at + 1} of its range`;
}
