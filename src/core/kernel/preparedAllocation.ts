/** An allocation that is ready to be computed, and its weights as integers. */
import { overCommonDenominator } from '../rounding/allocate.js';
import { gcd } from '../number/fraction.js';
import {
  gcdOf,
  LARGEST,
  fractionAt,
  type KnownRegisters,
  type Ref,
  type Registers,
} from './registers.js';

/** An amount to be split, and where: its weights, the first of its parts, and who goes first in a tie. */
export interface AllocationShape {
  readonly amount: Ref;
  /** The parts follow one another. */
  readonly out: Ref;
  readonly weights: readonly Ref[];
  /** Rank of each part in a tie; by default the position. */
  readonly order?: readonly number[];
}

/** An allocation that is ready to be computed. */
export interface PreparedAllocation {
  readonly amount: Ref;
  readonly out: Ref;
  readonly count: number;
  readonly order: readonly number[] | undefined;
  /** Where integers in the proportions of the weights stand, side by side. */
  readonly from: number;
  /** Whether these stay as they are, and then their sum. */
  readonly isFixed: boolean;
  whole: number;
  /** What has to be brought over one denominator each time. */
  readonly fractions: readonly Ref[] | undefined;
}

/** Weights stand where they are if that is a row of whole numbers, and else in the room of `out`. */
export function prepareAllocation(
  allocation: AllocationShape,
  at: Registers,
  known: KnownRegisters,
): PreparedAllocation {
  const { amount, out, weights, order } = allocation;
  const first = weights[0]!;
  const isFixed = weights.every(known.isFixed);
  const isRow = weights.every((ref, i) => ref === first + i && known.isWhole(ref));
  return {
    amount,
    out,
    count: weights.length,
    order,
    from: isRow && !isFixed ? first : at.scratchOffset + out,
    isFixed,
    whole: isFixed ? weighOnce(allocation, at) : NaN,
    fractions: isRow || isFixed ? undefined : weights,
  };
}

/** Puts weights into the room of `out`, as small as their proportions allow; their sum. */
function weighOnce({ weights, out }: AllocationShape, at: Registers): number {
  const scaled = overCommonDenominator(weights.map((ref) => fractionAt(at, ref)));
  const shared = scaled.reduce(gcd, 0n) || 1n;
  scaled.forEach(
    (weight, i) => (at.numerators[at.scratchOffset + out + i] = Number(weight / shared)),
  );
  return Number(scaled.reduce((a, b) => a + b, 0n) / shared);
}

/** The sum of the weights as integers, which are put where they have to be; NaN where they do not fit. */
export function weigh(
  { count, from, fractions }: PreparedAllocation,
  { numerators, denominators }: Registers,
): number {
  if (fractions) return overOneDenominator(fractions, numerators, denominators, from);
  let whole = 0;
  for (let i = 0; i < count; i++) whole += numerators[from + i]!;
  return whole;
}

function overOneDenominator(
  refs: readonly Ref[],
  n: Float64Array,
  d: Float64Array,
  into: number,
): number {
  let common = d[refs[0]!]!;
  for (const ref of refs) {
    const under = d[ref]!;
    if (under !== common && common % under !== 0) common *= under / gcdOf(common, under);
    if (common > LARGEST) return NaN;
  }
  let whole = 0;
  for (let i = 0; i < refs.length; i++) {
    const ref = refs[i]!;
    const weight = n[ref]! * (common / d[ref]!);
    n[into + i] = weight;
    whole += weight;
  }
  return whole;
}
