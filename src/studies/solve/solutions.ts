/** Which grid values answer a goal: runs that meet the target, or the two nearest to a crossing. */
import { compare, sizeOf, type Ratio } from '../../core/number/fraction.js';
import { REACH, type Stretch } from './crossings.js';
import { nearest, type Gap, type Scan } from './scan.js';

/** Grid values, by their index, that answer the question together. */
export type Solution =
  /** All of them meet the target. */
  | { readonly kind: 'exact'; readonly first: bigint; readonly last: bigint }
  /** None nearby meets it: the nearest on either side, in the order of the grid. */
  | { readonly kind: 'between'; readonly first: bigint; readonly last: bigint };

/**
 * Runs that meet the target, and crossings from one side of it to the other. What lies close
 * together, and within `blur` of the target all the way, is one solution under rounding: its runs
 * are told, or the nearest values on both sides where there is none.
 */
export function solutionsOf(all: readonly Stretch[], scan: Scan, blur: Ratio): readonly Solution[] {
  const near = [...scan.known].filter(([, gap]) => gap && compare(sizeOf(gap), blur) <= 0);
  const inBlur = new Map(near);
  const clusters: Solution[][] = [];
  for (const candidate of all.flatMap((stretch, i) => candidates(stretch, all[i + 1]))) {
    const before = clusters.at(-1)?.at(-1);
    if (before && isOne(before.last, candidate.first, inBlur)) clusters.at(-1)!.push(candidate);
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

type Known = ReadonlyMap<bigint, Gap>;

/** Whether every value from one to the other has been seen within the blur. */
function isOne(from: bigint, to: bigint, inBlur: Known): boolean {
  if (to - from > REACH) return false;
  for (let index = from; index <= to; index++) if (!inBlur.has(index)) return false;
  return true;
}

/** The values nearest to the target on either side, around crossings that rounding has made. */
function nearestPair(cluster: readonly Solution[], { at }: Scan, inBlur: Known): Solution {
  const ends = cluster.flatMap(({ first, last }) => [first, last]);
  const [from, to] = [ends[0]! - REACH, ends.at(-1)! + REACH];
  const around = [...inBlur.keys()].filter((index) => index >= from && index <= to);
  const gaps = [...ends, ...around].map((index) => [index, at(index)] as const);
  const best = (sign: bigint) => nearest(gaps.filter(([, gap]) => gap && gap.n * sign > 0n))!;
  const [first, last] = [best(-1n), best(1n)].sort((a, b) => (a < b ? -1 : 1));
  return { kind: 'between', first: first!, last: last! };
}
