/** The bridge from one portfolio to another: the bridges of its buyers, added up. */
import { groupBy } from '../../core/group.js';
import { scaleTo, type Dimension } from '../../projection/rollup.js';
import type { ReportOptions } from '../shared/options.js';
import { bridge, type Bridge, type BridgeLine } from './bridge.js';
import { lineKey, lineUp } from './comparedLines.js';
import { buyerPairs, type ComparedSide } from './comparedSides.js';
import { mergeSteps, type HybridStep } from './hybridForecasts.js';
import { GROUPS } from './inputGroups.js';

/** @param a a side, and `b` one that `sidesNotBridgeable` has nothing against */
export function sumOfBridges(
  a: ComparedSide,
  b: ComparedSide,
  dimensions: readonly Dimension[],
  options: ReportOptions,
): Bridge {
  const parts = buyerPairs(a, b).map((pair) => bridge(pair.a!, pair.b!, dimensions, options));
  if (parts.length === 1) return parts[0]!;
  const steps = commonSteps(parts);
  const differing = steps.filter((step) =>
    parts.some((part) => part.differing.some((own) => isWithin(own, step))),
  );
  const alike = groupBy(
    parts.flatMap((part) => part.lines.map((line) => withSteps(line, part.steps, steps))),
    lineKey,
  );
  // Both sides have every row of their buyers: their order is that of the sum.
  const lines = lineUp([a, b], dimensions).map(({ labels, measure, unit, counts }): BridgeLine => {
    const own = alike.get(lineKey({ labels, measure, unit }))!;
    const pieces = steps.map((_, s) =>
      own.reduce((sum, line) => sum + line.pieces[s]! * scaleTo(unit, line.unit), 0n),
    );
    return { labels, measure, unit, from: counts[0] ?? 0n, pieces, to: counts[1] ?? 0n };
  });
  const merged = new Map(
    parts.flatMap((part) => part.merged).map((one) => [JSON.stringify(one), one]),
  );
  return { dimensions, steps, differing, lines, merged: [...merged.values()], adjusted: [] };
}

function isWithin(own: HybridStep, step: HybridStep): boolean {
  return own.every((group) => step.includes(group));
}

/** Every group once; groups that are one step for a buyer are one step of the sum. */
function commonSteps(parts: readonly Bridge[]): readonly HybridStep[] {
  const known = new Set(parts.flatMap(({ steps }) => steps.flat()));
  const alone = GROUPS.filter((group) => known.has(group)).map((group): HybridStep => [group]);
  return parts.flatMap(({ steps }) => steps).reduce(mergeSteps, alone);
}

/** A line with the pieces of wider steps. */
function withSteps(
  line: BridgeLine,
  own: readonly HybridStep[],
  steps: readonly HybridStep[],
): BridgeLine {
  const pieceOf = (step: HybridStep) =>
    line.pieces.reduce((sum, piece, s) => (isWithin(own[s]!, step) ? sum + piece : sum), 0n);
  return { ...line, pieces: steps.map(pieceOf) };
}
