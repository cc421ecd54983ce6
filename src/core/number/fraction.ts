/** Exact fractions of BigInts: the numbers of inputs and plans. */

/** n/d in lowest terms, `d` positive; an integer has `d` = 1. */
export interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

export const ZERO: Fraction = { n: 0n, d: 1n };
export const ONE: Fraction = { n: 1n, d: 1n };

/** n/d in lowest terms; `d` must not be 0. */
export function fraction(n: bigint, d = 1n): Fraction {
  if (d === 1n) return { n, d };
  if (d === 0n) throw new RangeError('a ratio over zero');
  const g = gcd(n, d);
  return d < 0n ? { n: -n / g, d: -d / g } : { n: n / g, d: d / g };
}

/** a + b in lowest terms. */
export function add(a: Fraction, b: Fraction): Fraction {
  return a.d === b.d ? fraction(a.n + b.n, a.d) : fraction(a.n * b.d + b.n * a.d, a.d * b.d);
}

/** a − b in lowest terms. */
export function subtract(a: Fraction, b: Fraction): Fraction {
  return add(a, { n: -b.n, d: b.d });
}

/** a × b in lowest terms. */
export function multiply(a: Fraction, b: Fraction): Fraction {
  return fraction(a.n * b.n, a.d * b.d);
}

/** a ÷ b in lowest terms; b must not be 0. */
export function divide(a: Fraction, b: Fraction): Fraction {
  return fraction(a.n * b.d, a.d * b.n);
}

/** The sum of terms; 0 for none. */
export function sum(terms: readonly Fraction[]): Fraction {
  return terms.reduce(add, ZERO);
}

/** base^exponent for any integer exponent; 0^0 is 1. Powers of lowest terms are in lowest terms. */
export function power(base: Fraction, exponent: number): Fraction {
  const e = BigInt(Math.abs(exponent));
  const raised = { n: base.n ** e, d: base.d ** e };
  return exponent < 0 ? divide(ONE, raised) : raised;
}

/** The absolute value. */
export function sizeOf({ n, d }: Fraction): Fraction {
  return { n: n < 0n ? -n : n, d };
}

/** Negative, zero or positive as a is below, at or above b. */
export function compare(a: Fraction, b: Fraction): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Whether two fractions in lowest terms are equal. */
export function equal(a: Fraction, b: Fraction): boolean {
  return a.n === b.n && a.d === b.d;
}

/** The nearest integer, halves to the even one. */
export function roundHalfEven({ n, d }: Fraction): bigint {
  if (d === 1n) return n;
  const down = floorDivide(n, d);
  const twice = 2n * (n - down * d);
  if (twice === d) return down % 2n === 0n ? down : down + 1n;
  return twice < d ? down : down + 1n;
}

/** The greatest integer that is not above a fraction. */
export function floor({ n, d }: Fraction): bigint {
  return floorDivide(n, d);
}

/** ⌊n/d⌋ for positive d; BigInt's own division rounds towards zero. */
export function floorDivide(n: bigint, d: bigint): bigint {
  const quotient = n / d;
  return n < 0n && quotient * d !== n ? quotient - 1n : quotient;
}

/** A double near the fraction, for spreadsheets, which compute in doubles. No amount is computed from it. */
export function nearestWhole({ n, d }: Fraction): number {
  return Number(n) / Number(d);
}

/** The greatest common divisor, which is not negative. */
export function gcd(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y !== 0n) {
    const rest = x % y;
    x = y;
    y = rest;
  }
  return x;
}
