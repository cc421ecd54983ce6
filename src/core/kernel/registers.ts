/** The registers of a plan: exact fractions, held in doubles as long as they fit. */
import {
  add,
  divide,
  multiply,
  fraction,
  subtract,
  ZERO,
  type Fraction,
} from '../number/fraction.js';

/** The place of one number. */
export type Ref = number;

/**
 * A fraction is two integers in doubles, each of at most 2^53 − 1, where every sum and product that
 * is not larger is exact. A fraction with a larger part is kept aside, and its numerator is NaN here:
 * every comparison with it fails, and so whoever asks "does it fit?" goes the way of BigInt.
 */
export interface Registers {
  readonly numerators: Float64Array;
  /** Behind the registers `n` has room twice as large, for what an allocation works with. */
  readonly scratchOffset: number;
  /** Always above zero; 1 for an amount. Not in lowest terms. */
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

export const LARGEST = Number.MAX_SAFE_INTEGER;

/** So many registers, all of them 0. */
export function registers(size: number): Registers {
  return {
    numerators: new Float64Array(3 * size),
    denominators: new Float64Array(size).fill(1),
    overflow: new Map(),
    scratchOffset: size,
  };
}

/** The number of a register, in lowest terms. */
export function fractionAt({ numerators, denominators, overflow }: Registers, ref: Ref): Fraction {
  const over = numerators[ref]!;
  if (Number.isNaN(over)) return overflow.get(ref)!;
  return over === 0 ? ZERO : fraction(BigInt(over), BigInt(denominators[ref]!));
}

/** @returns whether the register held something else, or the same in other terms */
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
export function wholeSum(at: Registers, refs: readonly Ref[]): bigint {
  let sum = 0;
  let reach = 0;
  for (const ref of refs) {
    sum += at.numerators[ref]!;
    reach += Math.abs(at.numerators[ref]!);
  }
  if (reach <= LARGEST) return BigInt(sum);
  return refs.reduce((total, ref) => total + fractionAt(at, ref).n, 0n);
}

/** Puts a whole number that was computed in doubles, or, where it is NaN, the exact one. */
export function putWhole(at: Registers, ref: Ref, whole: number, exactly: () => bigint): void {
  if (whole <= LARGEST) {
    at.numerators[ref] = whole;
    at.denominators[ref] = 1;
  } else put(at, ref, { n: exactly(), d: 1n });
}

/** from + Σ terms, or from − Σ terms; `from` may be absent, which is 0. */
export function putTotal(
  at: Registers,
  out: Ref,
  from: Ref | undefined,
  terms: readonly Ref[],
  sign: 1 | -1,
): void {
  const { numerators, denominators } = at;
  let over = from === undefined ? 0 : numerators[from]!;
  let under = from === undefined ? 1 : denominators[from]!;
  // Whatever was added up on the way is not larger than `reach`; so all of it was exact where that fits.
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
  if (reach <= LARGEST) settle(at, out, over, under);
  else {
    const start = from === undefined ? ZERO : fractionAt(at, from);
    const step = sign === 1 ? add : subtract;
    const total = terms.reduce((sum, term) => step(sum, fractionAt(at, term)), start);
    put(at, out, total);
  }
}

export function putProduct(at: Registers, out: Ref, factors: readonly Ref[]): void {
  const { numerators, denominators } = at;
  let over = 1;
  let under = 1;
  for (const factor of factors) {
    over *= numerators[factor]!;
    under *= denominators[factor]!;
  }
  if (Math.abs(over) <= LARGEST && under <= LARGEST) settle(at, out, over, under);
  else put(at, out, factors.map((factor) => fractionAt(at, factor)).reduce(multiply));
}

export function putQuotient(at: Registers, out: Ref, over: Ref, under: Ref): void {
  const { numerators, denominators } = at;
  const top = numerators[over]! * denominators[under]!;
  const bottom = denominators[over]! * numerators[under]!;
  const fits = Math.abs(top) <= LARGEST && bottom > 0 && bottom <= LARGEST;
  if (fits) settle(at, out, top, bottom);
  else put(at, out, divide(fractionAt(at, over), fractionAt(at, under)));
}

/** Parts that are long enough to overflow a next product are brought into lowest terms. */
function settle(
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

/** The greatest common divisor of integers in doubles; `%` is exact for them. */
export function gcdOf(a: number, b: number): number {
  return b === 0 ? a : gcdOf(b, a % b);
}
