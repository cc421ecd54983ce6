/** A bridge in a coarser unit: each waterfall foots, and so do those that it is summed up to. */
import { groupBy } from '../../core/group.js';
import { TIME_DIMENSIONS } from '../../projection/rollup.js';
import { nameOf, type Bridge, type BridgeLine } from './bridge.js';
import { publishLines, type Layout, type MovedIn, type ScaleOf } from '../shared/publishLines.js';
import { inSteps, printPlain } from '../shared/scale.js';

/**
 * Rows by component and supplier, then by time; where it starts and all pieces sum to where it ends.
 * Steps, places and times are three directions, of which one flow holds two. What is summed over
 * places within a year is no part of it: it is the sum of what is printed, and told where it moves.
 */
export function publishBridge(walk: Bridge, scaleOf: ScaleOf | undefined): Bridge {
  const { lines, moved } = publishLines(walk.lines, layoutOf(walk), scaleOf);
  if (!scaleOf) return walk;
  return { ...walk, lines, moved: [...moved, ...movedAcross(walk, lines, scaleOf)] };
}

function layoutOf({ dimensions, steps }: Bridge): Layout<BridgeLine> {
  const columns = ['from', ...steps.map(nameOf)].map((name) => [name]);
  const labelsOf = labelsBy(dimensions);
  return {
    tableOf: () => '',
    rowOf: (line) => [...labelsOf(line, false), ...labelsOf(line, true)],
    partsOf: ({ from, pieces }) => [from, ...pieces].map((count, i) => [columns[i]!, count]),
    withParts: (line, [from, ...pieces], to) => ({ ...line, from: from!, pieces, to }),
    nameOf: (row, [column = 'to']) => [...(row.length > 0 ? row : ['total']), column].join(' '),
  };
}

/** The labels of a line in time, or those of its place. */
function labelsBy(dimensions: Bridge['dimensions']) {
  return ({ labels }: BridgeLine, time: boolean) =>
    labels.filter((_, d) => TIME_DIMENSIONS.includes(dimensions[d]!) === time);
}

/** Sums over all places within one time that are not the nearest rounding of their own. */
function movedAcross(
  { lines, dimensions, steps }: Bridge,
  printed: readonly BridgeLine[],
  scaleOf: ScaleOf,
): readonly MovedIn[] {
  const inTime = dimensions.filter((one) => TIME_DIMENSIONS.includes(one));
  if (inTime.length === 0 || inTime.length === dimensions.length) return [];
  const labelsOf = labelsBy(dimensions);
  const pairs = lines.flatMap((line, i) =>
    line.measure === 'units' ? [] : [{ line, published: printed[i]! }],
  );
  const keyOf = ({ line }: (typeof pairs)[number]) =>
    [line.measure, line.unit.label, ...labelsOf(line, true)].join('\n');
  const names = ['from', ...steps.map(nameOf), 'to'];
  return [...groupBy(pairs, keyOf).values()].flatMap((own) => {
    const [{ line }] = own as [(typeof own)[number]];
    const scale = scaleOf(line);
    const sums = sumsOf(own.map((one) => one.line));
    return sumsOf(own.map(({ published }) => published)).flatMap((shown, n): MovedIn[] => {
      const by = shown - inSteps(sums[n]!, scale);
      if (by === 0n) return [];
      const total = [...labelsOf(line, true), 'total', names[n]!].join(' ');
      const { measure, unit } = own[0]!.published;
      return [{ table: '', measure, unit: unit.label, total, by: printPlain(by, scale) }];
    });
  });
}

/** Each number of the lines, summed over them. */
function sumsOf(lines: readonly BridgeLine[]): readonly bigint[] {
  const numbers = lines.map(({ from, pieces, to }) => [from, ...pieces, to]);
  return numbers.reduce((sums, line) => sums.map((sum, n) => sum + line[n]!));
}
