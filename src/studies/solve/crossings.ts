/** Where an output lies below, at or above its target, over a grid of whole numbers. */
import {
  compare,
  sizeOf,
  type Fraction,
  divide,
  multiply,
  fraction,
  roundHalfEven,
  subtract,
  ZERO,
} from '../../core/number/fraction.js';

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

type Known = ReadonlyMap<bigint, TargetGap>;

/** Whether every value from one to the other has been seen within the blur. */
function isOne(from: bigint, to: bigint, inBlur: Known): boolean {
  if (to - from > REACH) return false;
  for (let index = from; index <= to; index++) if (!inBlur.has(index)) return false;
  return true;
}

/** The values nearest to the target on either side, around crossings that rounding has made. */
function nearestPair(cluster: readonly Solution[], { at }: GridScan, inBlur: Known): Solution {
  const ends = cluster.flatMap(({ first, last }) => [first, last]);
  const [from, to] = [ends[0]! - REACH, ends.at(-1)! + REACH];
  const around = [...inBlur.keys()].filter((index) => index >= from && index <= to);
  const gaps = [...ends, ...around].map((index) => [index, at(index)] as const);
  const best = (sign: bigint) => nearestGap(gaps.filter(([, gap]) => gap && gap.n * sign > 0n))!;
  const [first, last] = [best(-1n), best(1n)].sort((a, b) => (a < b ? -1 : 1));
  return { kind: 'between', first: first!, last: last! };
}

/** The output less the target; nothing where the scenario has errors. */
export type TargetGap = Fraction | undefined;
export type TargetSide = 'below' | 'meets' | 'above' | 'undefined';

/** The grid values that have been looked at. */
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

/** The places that have been looked at, in the order of the grid. */
export function sorted({ known }: GridScan): bigint[] {
  return [...known.keys()].sort((a, b) => (a < b ? -1 : 1));
}

/** Each place that has been looked at with the next one. */
export function pairs(scan: GridScan): readonly (readonly [bigint, bigint])[] {
  const places = sorted(scan);
  return places.slice(1).map((next, i) => [places[i]!, next] as const);
}

/** Each place with the next one, where the two are on different sides. */
export function edges(scan: GridScan): readonly (readonly [bigint, bigint])[] {
  return pairs(scan).filter(([a, b]) => sideOf(scan.at(a)) !== sideOf(scan.at(b)));
}

/**
 * Whether rounding alone may decide what lies between: two places on one side, not beside each
 * other, and neither farther from the target than rounding can take it.
 */
export function isFlat(
  { at }: GridScan,
  [a, b]: readonly [bigint, bigint],
  blur: Fraction,
): boolean {
  const within = (gap: TargetGap) => gap !== undefined && compare(sizeOf(gap), blur) <= 0;
  return b - a > 1n && sideOf(at(a)) === sideOf(at(b)) && within(at(a)) && within(at(b));
}

/** The value whose output is nearest to the target. */
export function nearestGap(gaps: Iterable<readonly [bigint, TargetGap]>): bigint | undefined {
  let best: readonly [index: bigint, size: Fraction] | undefined;
  for (const [index, gap] of gaps) {
    const size = gap && sizeOf(gap);
    if (size && (!best || compare(size, best[1]) < 0)) best = [index, size];
  }
  return best?.[0];
}

/** Neighbouring grid values that lie on the same side. */
export interface Stretch {
  readonly side: TargetSide;
  readonly first: bigint;
  readonly last: bigint;
}

/** How many stretches of equal length the range is cut into before anything is refined. */
const SAMPLES = 64n;
/** A range of so many values is looked at whole where its course is rough. */
const WHOLE = 256n;
/** How far around an edge every grid value is looked at, as long as rounding may decide. */
export const REACH = 32n;

/**
 * The sides of all grid values from `first` to `last`, as stretches in their order.
 *
 * Guaranteed: both ends of every stretch have been evaluated, and so has what lies beside them; a
 * range of at most 65 values is evaluated whole. Beyond that the output is looked at in 65 places,
 * and what changes side between two of them is refined to neighbours; a dip towards the target that
 * ends on the side where it began is followed to its bottom if it may reach the target, and so is
 * the one that comes closest. Two changes of side that lie between
 * the same two places, and are not such a dip, can be missed; so can what rounding alone does
 * between two places (`isFlat`), and single values among others that are undefined. A range of at
 * most 256 values in which there is one or the other is evaluated whole.
 *
 * @param blur how far rounding may take the output from a smooth course
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

/** Whether rounding alone, or how long a fraction is to spell, may decide between two places. */
function isRough(scan: GridScan, blur: Fraction): boolean {
  const isBroken = [...scan.known.values()].includes(undefined);
  return isBroken || pairs(scan).some((pair) => isFlat(scan, pair, blur));
}

function refineAll(scan: GridScan): void {
  for (const [a, b] of pairs(scan)) refine(scan, a, b, 0);
}

/** Looks between two values on different sides, until such values are neighbours. */
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
 * Where to look next: where a straight line would cross, which is exact where the output is linear;
 * every third time, and where nothing is defined, in the middle, so that the search always ends.
 */
function splitOf(scan: GridScan, a: bigint, b: bigint, depth: number): bigint {
  const [left, right] = [scan.at(a), scan.at(b)];
  if (!left || !right || depth % 3 === 2) return (a + b) / 2n;
  const part = divide(left, subtract(left, right));
  const crossing = a + roundHalfEven(multiply(part, fraction(b - a)));
  return crossing <= a ? a + 1n : crossing >= b ? b - 1n : crossing;
}

/** The first place off a run that meets the target: by doubling steps, then by halving. */
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
 * A place nearer to the target than those beside it may hide a crossing and its return, or be near
 * the value that comes closest of all.
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

/** How near to the target a convex course through three distances can come, where it dips. */
function reachOf([left, here, right]: readonly Fraction[], blur: Fraction): Fraction | undefined {
  const fall = subtract(left!, here!);
  const rise = subtract(right!, here!);
  const steeper = compare(fall, rise) > 0 ? fall : rise;
  const dips = compare(fall, ZERO) > 0 && compare(rise, ZERO) >= 0 && compare(steeper, blur) > 0;
  return dips ? subtract(here!, steeper) : undefined;
}

/** Thirds, towards the nearer one, until the side changes or nothing lies between. */
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

/** Every value from an edge on outwards, as long as rounding may bring it back to the target. */
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
