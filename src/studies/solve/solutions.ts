/** The solutions of `solve`: the stretches that meet the target, and the crossings of it. */
import { compare, sizeOf, type Fraction } from '../../core/number/fraction.js';
import { REACH, nearestGap, type GridScan, type Stretch, type TargetGap } from './crossings.js';

/** Grid values, by their index, that are one solution. */
export type Solution =
  /** All values from first to last meet the target. */
  | { readonly kind: 'exact'; readonly first: bigint; readonly last: bigint }
  /** No value nearby meets it: the nearest value on either side. */
  | { readonly kind: 'between'; readonly first: bigint; readonly last: bigint };

/**
 * The solutions: runs that meet the target, and crossings from one side to the other. Those close
 * together, with all values between within `blur` of the target, are one solution under rounding: it
 * is given by its runs, or by the nearest values on both sides if no value meets the target.
 */
export function solutionsOf(
  all: readonly Stretch[],
  scan: GridScan,
  blur: Fraction,
): readonly Solution[] {
  const near = [...scan.known].filter(([, gap]) => gap && compare(sizeOf(gap), blur) <= 0);
  const inBlur = new Map(near);
  const clusters: Solution[][] = [];
  for (const candidate of all.flatMap((stretch, i) => candidates(stretch, all[i + 1]))) {
    const before = clusters.at(-1)?.at(-1);
    if (before && isConnected(before.last, candidate.first, inBlur))
      clusters.at(-1)!.push(candidate);
    else clusters.push([candidate]);
  }
  return clusters.flatMap((cluster) => {
    const exact = cluster.filter(({ kind }) => kind === 'exact');
    return exact.length > 0 ? exact : [nearestPair(cluster, scan, inBlur)];
  });
}

function candidates(stretch: Stretch, next: Stretch | undefined): readonly Solution[] {
  const { side, first, last } = stretch;
  if (side === 'meets') return [{ kind: 'exact', first, last }];
  const across = side === 'below' ? 'above' : 'below';
  const crosses = side !== 'undefined' && next?.side === across;
  return crosses ? [{ kind: 'between', first: last, last: next.first }] : [];
}

type Known = ReadonlyMap<bigint, TargetGap>;

/** Whether every value from one to the other was computed and is within the blur. */
function isConnected(from: bigint, to: bigint, inBlur: Known): boolean {
  if (to - from > REACH) return false;
  for (let index = from; index <= to; index++) if (!inBlur.has(index)) return false;
  return true;
}

/** The values nearest to the target on either side, around crossings caused by rounding. */
function nearestPair(cluster: readonly Solution[], { at }: GridScan, inBlur: Known): Solution {
  const ends = cluster.flatMap(({ first, last }) => [first, last]);
  const [from, to] = [ends[0]! - REACH, ends.at(-1)! + REACH];
  const around = [...inBlur.keys()].filter((index) => index >= from && index <= to);
  const gaps = [...ends, ...around].map((index) => [index, at(index)] as const);
  const best = (sign: bigint) => nearestGap(gaps.filter(([, gap]) => gap && gap.n * sign > 0n))!;
  const [first, last] = [best(-1n), best(1n)].sort((a, b) => (a < b ? -1 : 1));
  return { kind: 'between', first: first!, last: last! };
}
