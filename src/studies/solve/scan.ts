/** The places of a grid that have been looked at, and on which side of a target each of them lies. */
import { compare, sizeOf, type Ratio } from '../../core/number/fraction.js';

/** The output less the target; nothing where the scenario has errors. */
export type Gap = Ratio | undefined;
export type Side = 'below' | 'meets' | 'above' | 'undefined';

/** The grid values that have been looked at. */
export interface Scan {
  readonly at: (index: bigint) => Gap;
  readonly known: ReadonlyMap<bigint, Gap>;
}

export function scanOf(gapAt: (index: bigint) => Gap): Scan {
  const known = new Map<bigint, Gap>();
  const at = (index: bigint) => {
    if (!known.has(index)) known.set(index, gapAt(index));
    return known.get(index);
  };
  return { at, known };
}

export function sideOf(gap: Gap): Side {
  if (!gap) return 'undefined';
  return gap.n === 0n ? 'meets' : gap.n < 0n ? 'below' : 'above';
}

/** The places that have been looked at, in the order of the grid. */
export function sorted({ known }: Scan): bigint[] {
  return [...known.keys()].sort((a, b) => (a < b ? -1 : 1));
}

/** Each place that has been looked at with the next one. */
export function pairs(scan: Scan): readonly (readonly [bigint, bigint])[] {
  const places = sorted(scan);
  return places.slice(1).map((next, i) => [places[i]!, next] as const);
}

/** Each place with the next one, where the two are on different sides. */
export function edges(scan: Scan): readonly (readonly [bigint, bigint])[] {
  return pairs(scan).filter(([a, b]) => sideOf(scan.at(a)) !== sideOf(scan.at(b)));
}

/**
 * Whether rounding alone may decide what lies between: two places on one side, not beside each
 * other, and neither farther from the target than rounding can take it.
 */
export function isFlat({ at }: Scan, [a, b]: readonly [bigint, bigint], blur: Ratio): boolean {
  const within = (gap: Gap) => gap !== undefined && compare(sizeOf(gap), blur) <= 0;
  return b - a > 1n && sideOf(at(a)) === sideOf(at(b)) && within(at(a)) && within(at(b));
}

/** The value whose output is nearest to the target. */
export function nearest(gaps: Iterable<readonly [bigint, Gap]>): bigint | undefined {
  let best: readonly [index: bigint, size: Ratio] | undefined;
  for (const [index, gap] of gaps) {
    const size = gap && sizeOf(gap);
    if (size && (!best || compare(size, best[1]) < 0)) best = [index, size];
  }
  return best?.[0];
}
