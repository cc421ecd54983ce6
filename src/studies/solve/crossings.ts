/** The search of `solve`: where an output lies below, at or above its target on a grid of values. */
import {
  ZERO,
  compare,
  divide,
  fraction,
  multiply,
  roundHalfEven,
  sizeOf,
  subtract,
  type Fraction,
} from '../../core/number/fraction.js';

/** The output less the target; nothing if the scenario has errors. */
export type TargetGap = Fraction | undefined;
export type TargetSide = 'below' | 'meets' | 'above' | 'undefined';

/** The grid values that have been computed. */
export interface GridScan {
  readonly at: (index: bigint) => TargetGap;
  readonly known: ReadonlyMap<bigint, TargetGap>;
}

export function scanOf(gapAt: (index: bigint) => TargetGap): GridScan {
  const known = new Map<bigint, TargetGap>();
  const at = (index: bigint) => {
    if (!known.has(index)) known.set(index, gapAt(index));
    return known.get(index);
  };
  return { at, known };
}

export function sideOf(gap: TargetGap): TargetSide {
  if (!gap) return 'undefined';
  return gap.n === 0n ? 'meets' : gap.n < 0n ? 'below' : 'above';
}

/** The indices that have been computed, in ascending order. */
export function sorted({ known }: GridScan): bigint[] {
  return [...known.keys()].sort((a, b) => (a < b ? -1 : 1));
}

/** Each computed index with the next one. */
export function pairs(scan: GridScan): readonly (readonly [bigint, bigint])[] {
  const places = sorted(scan);
  return places.slice(1).map((next, i) => [places[i]!, next] as const);
}

/** The pairs of computed indices that are on different sides of the target. */
export function edges(scan: GridScan): readonly (readonly [bigint, bigint])[] {
  return pairs(scan).filter(([a, b]) => sideOf(scan.at(a)) !== sideOf(scan.at(b)));
}

/**
 * Whether rounding alone may decide the side of the values between two indices: both are on the same
 * side, they are not neighbours, and both are as near to the target as rounding can move the output.
 */
export function isFlat(
  { at }: GridScan,
  [a, b]: readonly [bigint, bigint],
  blur: Fraction,
): boolean {
  const within = (gap: TargetGap) => gap !== undefined && compare(sizeOf(gap), blur) <= 0;
  return b - a > 1n && sideOf(at(a)) === sideOf(at(b)) && within(at(a)) && within(at(b));
}

/** The index whose output is nearest to the target. */
export function nearestGap(gaps: Iterable<readonly [bigint, TargetGap]>): bigint | undefined {
  let best: readonly [index: bigint, size: Fraction] | undefined;
  for (const [index, gap] of gaps) {
    const size = gap && sizeOf(gap);
    if (size && (!best || compare(size, best[1]) < 0)) best = [index, size];
  }
  return best?.[0];
}

/** Neighbouring grid values on the same side of the target. */
export interface Stretch {
  readonly side: TargetSide;
  readonly first: bigint;
  readonly last: bigint;
}

/** The range is first cut into so many parts of equal length. */
const SAMPLES = 64n;
/** A range of at most so many values is computed whole if rounding may decide between its samples. */
const WHOLE = 256n;
/** How far from an edge every value is computed, as long as rounding may decide. */
export const REACH = 32n;

/**
 * The sides of all grid values from `first` to `last`, as stretches in their order.
 *
 * Guaranteed: both ends of every stretch, and their neighbours, have been computed. A range of at most
 * 65 values is computed whole. A longer one is sampled at 65 values; a change of side between two
 * samples is refined to neighbouring values; a dip towards the target is followed to its bottom if it
 * may reach the target, or if it comes closest of all.
 *
 * Not guaranteed: two changes of side between the same two samples that are not such a dip, changes
 * by rounding alone between two samples (`isFlat`), and single values without a result may be missed.
 * A range of at most 256 values with one of the last two is computed whole.
 *
 * @param blur how far rounding may move the output from a smooth function of the input
 */
export function stretches(
  scan: GridScan,
  first: bigint,
  last: bigint,
  blur: Fraction,
): readonly Stretch[] {
  const count = last - first < SAMPLES ? last - first : SAMPLES;
  for (let i = 0n; i <= count; i++) scan.at(first + ((last - first) * i) / (count || 1n));
  refineAll(scan);
  followDips(scan, blur);
  refineAll(scan);
  for (const [index, next] of edges(scan)) {
    sweep(scan, index, -1n, blur, first, last);
    sweep(scan, next, 1n, blur, first, last);
  }
  refineAll(scan);
  if (last - first < WHOLE && isRough(scan, blur)) {
    for (let index = first; index <= last; index++) scan.at(index);
  }
  return joined(scan);
}

/** Whether rounding, or values that no literal can express, may decide between two samples. */
function isRough(scan: GridScan, blur: Fraction): boolean {
  const isBroken = [...scan.known.values()].includes(undefined);
  return isBroken || pairs(scan).some((pair) => isFlat(scan, pair, blur));
}

function refineAll(scan: GridScan): void {
  for (const [a, b] of pairs(scan)) refine(scan, a, b, 0);
}

/** Computes values between two on different sides, until the two are neighbours. */
function refine(scan: GridScan, a: bigint, b: bigint, depth: number): void {
  const [left, right] = [sideOf(scan.at(a)), sideOf(scan.at(b))];
  if (b - a <= 1n || left === right) return;
  if (left === 'meets') {
    refine(scan, endOfRun(scan, a, b), b, depth + 1);
  } else if (right === 'meets') {
    refine(scan, a, endOfRun(scan, b, a), depth + 1);
  } else {
    const between = splitOf(scan, a, b, depth);
    refine(scan, a, between, depth + 1);
    refine(scan, between, b, depth + 1);
  }
}

/**
 * The next index to compute: where a straight line would cross the target, which is exact for a linear
 * output; every third time, and beside a value without a result, the middle, so that the search ends.
 */
function splitOf(scan: GridScan, a: bigint, b: bigint, depth: number): bigint {
  const [left, right] = [scan.at(a), scan.at(b)];
  if (!left || !right || depth % 3 === 2) return (a + b) / 2n;
  const part = divide(left, subtract(left, right));
  const crossing = a + roundHalfEven(multiply(part, fraction(b - a)));
  return crossing <= a ? a + 1n : crossing >= b ? b - 1n : crossing;
}

/** The first index after a run that meets the target: by doubling steps, then by halving. */
function endOfRun(scan: GridScan, from: bigint, to: bigint): bigint {
  const way = to > from ? 1n : -1n;
  const length = (to - from) * way;
  const isOn = (reach: bigint) => sideOf(scan.at(from + reach * way)) === 'meets';
  let [on, off] = [0n, 1n];
  while (off < length && isOn(off)) [on, off] = [off, off * 2n];
  if (off > length) off = length;
  while (off - on > 1n) {
    const middle = (on + off) / 2n;
    if (isOn(middle)) on = middle;
    else off = middle;
  }
  return from + off * way;
}

/**
 * A sample nearer to the target than its neighbours may hide a crossing and its return, or the value
 * that comes closest of all.
 */
function followDips(scan: GridScan, blur: Fraction): void {
  const closest = nearestGap(scan.known);
  const places = sorted(scan);
  places.slice(1, -1).forEach((b, i) => {
    const [a, c] = [places[i]!, places[i + 2]!];
    const gaps = [a, b, c].map((place) => scan.at(place));
    if (new Set(gaps.map(sideOf)).size > 1) return;
    if (!gaps.every((gap) => gap !== undefined)) return;
    const reach = reachOf(gaps.map(sizeOf), blur);
    if (reach && (b === closest || compare(reach, ZERO) <= 0)) toBottom(scan, a, c);
  });
}

/** How near to the target a convex function through three distances can come; nothing if it does not dip. */
function reachOf([left, here, right]: readonly Fraction[], blur: Fraction): Fraction | undefined {
  const fall = subtract(left!, here!);
  const rise = subtract(right!, here!);
  const steeper = compare(fall, rise) > 0 ? fall : rise;
  const dips = compare(fall, ZERO) > 0 && compare(rise, ZERO) >= 0 && compare(steeper, blur) > 0;
  return dips ? subtract(here!, steeper) : undefined;
}

/** Searches a dip by thirds, towards the nearer one, until the side changes or no value is left. */
function toBottom(scan: GridScan, from: bigint, to: bigint): void {
  let [a, c] = [from, to];
  const side = sideOf(scan.at(a));
  while (c - a > 2n) {
    const third = (c - a) / 3n;
    const [left, right] = [scan.at(a + third), scan.at(c - third)];
    if (!left || !right || sideOf(left) !== side || sideOf(right) !== side) return;
    if (compare(sizeOf(left), sizeOf(right)) <= 0) c -= third;
    else a += third;
  }
  scan.at(a + 1n);
}

/** Computes every value outwards from an edge, as long as rounding may bring it back to the target. */
function sweep(
  { at }: GridScan,
  from: bigint,
  way: 1n | -1n,
  blur: Fraction,
  first: bigint,
  last: bigint,
): void {
  for (let i = 1n; i <= REACH; i++) {
    const index = from + i * way;
    const gap = index < first || index > last ? undefined : at(index);
    if (!gap || compare(sizeOf(gap), blur) > 0) return;
  }
}

function joined(scan: GridScan): readonly Stretch[] {
  const all: Stretch[] = [];
  for (const index of sorted(scan)) {
    const side = sideOf(scan.at(index));
    const before = all.at(-1);
    if (before?.side === side) all[all.length - 1] = { ...before, last: index };
    else all.push({ side, first: index, last: index });
  }
  return all;
}
