/** Allocations prepared for many evaluations: their weights as integers, side by side. */
import { gcd, gcdOf } from '../number/fraction.js';
import { overCommonDenominator } from '../rounding/allocate.js';
import { LARGEST, fractionAt, type KnownRegisters, type Ref, type Registers } from './registers.js';

/** An allocation of an amount over weights. */
export interface AllocationShape {
  readonly amount: Ref;
  /** The first part; the others follow it. */
  readonly out: Ref;
  readonly weights: readonly Ref[];
  /** Rank of each part in a tie; by default its position. */
  readonly order?: readonly number[];
}

/** An allocation whose weights are integers side by side, or are made so at each evaluation. */
export interface PreparedAllocation {
  readonly amount: Ref;
  readonly out: Ref;
  /** Of the parts. */
  readonly count: number;
  readonly order: readonly number[] | undefined;
  /** Index in `numerators` of the first weight. */
  readonly firstWeight: number;
  /** Whether the weights never change; `weightSum` is then computed once. */
  readonly hasFixedWeights: boolean;
  weightSum: number;
  /** Weights that have to be brought over a common denominator at each evaluation. */
  readonly fractions: readonly Ref[] | undefined;
}

/**
 * Weights that are consecutive registers of whole numbers are read where they are. All others get a
 * place in the block of weights, where the parts are in the block of numerators.
 */
export function prepareAllocation(
  allocation: AllocationShape,
  registers: Registers,
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
    firstWeight: isRow && !isFixed ? first : registers.weightsOffset + out,
    hasFixedWeights: isFixed,
    weightSum: isFixed ? putFixedWeights(allocation, registers) : NaN,
    fractions: isRow || isFixed ? undefined : weights,
  };
}

/**
 * Puts the weights into their block, as small as their proportions allow.
 *
 * @returns their sum; NaN where they do not fit
 */
function putFixedWeights({ weights, out }: AllocationShape, registers: Registers): number {
  const { numerators, weightsOffset } = registers;
  const scaled = overCommonDenominator(weights.map((ref) => fractionAt(registers, ref)));
  if (!scaled) return NaN;
  const shared = scaled.reduce(gcd, 0n) || 1n;
  scaled.forEach((weight, i) => (numerators[weightsOffset + out + i] = Number(weight / shared)));
  return Number(scaled.reduce((a, b) => a + b, 0n) / shared);
}

/** Puts weights that are fractions into their block; returns the sum of all, NaN where it does not fit. */
export function sumWeights(
  { count, firstWeight, fractions }: PreparedAllocation,
  { numerators, denominators }: Registers,
): number {
  if (fractions) return putOverDenominator(fractions, numerators, denominators, firstWeight);
  let sum = 0;
  for (let i = 0; i < count; i++) sum += numerators[firstWeight + i]!;
  return sum;
}

function putOverDenominator(
  refs: readonly Ref[],
  numerators: Float64Array,
  denominators: Float64Array,
  firstWeight: number,
): number {
  let common = denominators[refs[0]!]!;
  for (const ref of refs) {
    const under = denominators[ref]!;
    if (under !== common && common % under !== 0) common *= under / gcdOf(common, under);
    if (common > LARGEST) return NaN;
  }
  let sum = 0;
  for (let i = 0; i < refs.length; i++) {
    const ref = refs[i]!;
    const weight = numerators[ref]! * (common / denominators[ref]!);
    numerators[firstWeight + i] = weight;
    sum += weight;
  }
  return sum;
}
