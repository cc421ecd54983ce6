/** The registers of a plan: exact fractions, held in doubles as long as they fit. */
import {
  ZERO,
  add,
  divide,
  gcdOf,
  multiply,
  subtract,
  sum,
  type Fraction,
} from '../number/fraction.js';

/** The index of a register. */
export type Ref = number;

/**
 * Fractions, each as two integers in doubles of at most 2^53 − 1: up to there every sum and product is
 * exact. A fraction with a larger part is in `overflow`, and its numerator is NaN: every comparison
 * with it fails, so that code that asks whether a number fits continues with BigInt.
 */
export interface Registers {
  /**
   * Three blocks of one length, the number of registers:
   *
   *     [0, weightsOffset)                 numerators of the registers
   *     [weightsOffset, remaindersOffset)  weights of allocations, as integers
   *     [remaindersOffset, …)              remainders, while an allocation rounds
   *
   * One array, so that an allocation works in one piece of memory.
   */
  readonly numerators: Float64Array;
  readonly weightsOffset: number;
  readonly remaindersOffset: number;
  /** Always above zero; 1 for an amount. A fraction need not be in lowest terms. */
  readonly denominators: Float64Array;
  readonly overflow: Map<Ref, Fraction>;
}

/** What is known of registers before they are computed. */
export interface KnownRegisters {
  /** Whether a register keeps the number that it holds now. */
  readonly isFixed: (ref: Ref) => boolean;
  /** Whether it always holds a whole number. */
  readonly isWhole: (ref: Ref) => boolean;
}

/** The largest integer up to which doubles hold all integers: 2^53 − 1. */
export const LARGEST = Number.MAX_SAFE_INTEGER;

/** @returns `size` registers, all of them 0 */
export function createRegisters(size: number): Registers {
  return {
    numerators: new Float64Array(3 * size),
    weightsOffset: size,
    remaindersOffset: 2 * size,
    denominators: new Float64Array(size).fill(1),
    overflow: new Map(),
  };
}

/** The number of a register. */
export function fractionAt({ numerators, denominators, overflow }: Registers, ref: Ref): Fraction {
  const over = numerators[ref]!;
  if (Number.isNaN(over)) return overflow.get(ref)!;
  const under = denominators[ref]!;
  const shared = gcdOf(Math.abs(over), under);
  return { n: BigInt(over / shared), d: BigInt(under / shared) };
}

/** @returns whether the register held another number, or the same one in other terms */
export function put(
  { numerators, denominators, overflow }: Registers,
  ref: Ref,
  value: Fraction,
): boolean {
  const over = Number(value.n);
  const under = Number(value.d);
  if (numerators[ref] === over && denominators[ref] === under) return false;
  const fits = Math.abs(over) <= LARGEST && under <= LARGEST;
  if (!fits) overflow.set(ref, value);
  numerators[ref] = fits ? over : NaN;
  denominators[ref] = fits ? under : 1;
  return true;
}

/** The sum of registers that hold whole numbers. */
export function wholeSum(registers: Registers, refs: readonly Ref[]): bigint {
  const { numerators } = registers;
  let sum = 0;
  let reach = 0;
  for (const ref of refs) {
    sum += numerators[ref]!;
    reach += Math.abs(numerators[ref]!);
  }
  if (reach <= LARGEST) return BigInt(sum);
  return refs.reduce((total, ref) => total + fractionAt(registers, ref).n, 0n);
}

/** @param whole computed in doubles; where it is NaN, `exactly` computes it */
export function putWhole(
  registers: Registers,
  ref: Ref,
  whole: number,
  exactly: () => bigint,
): void {
  if (whole <= LARGEST) {
    registers.numerators[ref] = whole;
    registers.denominators[ref] = 1;
  } else put(registers, ref, { n: exactly(), d: 1n });
}

/** from + Σ terms, or from − Σ terms; without `from`, 0 ± Σ terms. */
export function putTotal(
  registers: Registers,
  out: Ref,
  from: Ref | undefined,
  terms: readonly Ref[],
  sign: 1 | -1,
): void {
  const { numerators, denominators } = registers;
  let over = from === undefined ? 0 : numerators[from]!;
  let under = from === undefined ? 1 : denominators[from]!;
  // No intermediate result is larger than `reach`, so all of them are exact where that fits.
  let reach = Math.abs(over);
  for (const term of terms) {
    if (denominators[term] === under) {
      over += sign * numerators[term]!;
      reach += Math.abs(numerators[term]!);
      continue;
    }
    const shared = gcdOf(under, denominators[term]!);
    const wider = denominators[term]! / shared;
    const scale = under / shared;
    over = over * wider + sign * numerators[term]! * scale;
    under *= wider;
    reach = Math.max(reach * wider + Math.abs(numerators[term]!) * scale, under);
    if (!(reach <= LARGEST)) break;
  }
  if (reach <= LARGEST) putReduced(registers, out, over, under);
  else {
    const start = from === undefined ? ZERO : fractionAt(registers, from);
    const total = sum(terms.map((term) => fractionAt(registers, term)));
    put(registers, out, sign === 1 ? add(start, total) : subtract(start, total));
  }
}

/** Puts the product of registers. */
export function putProduct(registers: Registers, out: Ref, factors: readonly Ref[]): void {
  const { numerators, denominators } = registers;
  let over = 1;
  let under = 1;
  for (const factor of factors) {
    over *= numerators[factor]!;
    under *= denominators[factor]!;
  }
  if (Math.abs(over) <= LARGEST && under <= LARGEST) putReduced(registers, out, over, under);
  else put(registers, out, factors.map((factor) => fractionAt(registers, factor)).reduce(multiply));
}

/** Puts `over` ÷ `under`. */
export function putQuotient(registers: Registers, out: Ref, over: Ref, under: Ref): void {
  const { numerators, denominators } = registers;
  const top = numerators[over]! * denominators[under]!;
  const bottom = denominators[over]! * numerators[under]!;
  const fits = Math.abs(top) <= LARGEST && bottom > 0 && bottom <= LARGEST;
  if (fits) putReduced(registers, out, top, bottom);
  else put(registers, out, divide(fractionAt(registers, over), fractionAt(registers, under)));
}

/** Reduces a fraction to lowest terms where its parts are so long that a next product could overflow. */
function putReduced(
  { numerators, denominators }: Registers,
  out: Ref,
  over: number,
  under: number,
): void {
  const isLong = under !== 1 && (under > LONG || Math.abs(over) > LONG);
  const shared = isLong ? gcdOf(Math.abs(over), under) : 1;
  numerators[out] = over / shared;
  denominators[out] = under / shared;
}

const LONG = 2 ** 26;
