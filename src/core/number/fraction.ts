/** Exact fractions of BigInts: the numbers of inputs and plans. */

/**
 * n/d with `d` positive; an integer has `d` = 1. It is in lowest terms unless `d` is long: Euclid's
 * algorithm takes time in the square of the length. A number that a file can spell is never so long.
 */
export interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

export const ZERO: Fraction = { n: 0n, d: 1n };
export const ONE: Fraction = { n: 1n, d: 1n };

/** Above it, a denominator is long. */
const LONG = 2n ** 512n;

/** Whether a denominator is too long for Euclid's algorithm. */
export function isLong(d: bigint): boolean {
  return d > LONG;
}

/** n/d; `d` must not be 0. */
export function fraction(n: bigint, d = 1n): Fraction {
  if (d === 1n) return { n, d };
  if (d === 0n) throw new RangeError('a ratio over zero');
  if (d < 0n) return fraction(-n, -d);
  if (isLong(d)) return n % d === 0n ? { n: n / d, d: 1n } : { n, d };
  const g = gcd(n, d);
  return g === 1n ? { n, d } : { n: n / g, d: d / g };
}

/** a + b. */
export function add(a: Fraction, b: Fraction): Fraction {
  if (a.d === b.d) return fraction(a.n + b.n, a.d);
  const [more, less] = a.d > b.d ? [a, b] : [b, a];
  // Of powers of one base, one denominator divides the other.
  if (isLong(more.d) && more.d % less.d === 0n)
    return fraction(more.n + less.n * (more.d / less.d), more.d);
  return fraction(a.n * b.d + b.n * a.d, a.d * b.d);
}

/** a − b. */
export function subtract(a: Fraction, b: Fraction): Fraction {
  return add(a, { n: -b.n, d: b.d });
}

/** a × b. */
export function multiply(a: Fraction, b: Fraction): Fraction {
  return fraction(a.n * b.n, a.d * b.d);
}

/** a ÷ b; b must not be 0. */
export function divide(a: Fraction, b: Fraction): Fraction {
  return fraction(a.n * b.d, a.d * b.n);
}

/**
 * The sum of terms; 0 for none. Half of them are added to the sum of the other half: if the denominators
 * grow with every term, few additions are of long numbers.
 */
export function sum(terms: readonly Fraction[]): Fraction {
  const sumOf = (start: number, end: number): Fraction => {
    if (end - start === 1) return terms[start]!;
    const middle = (start + end) >> 1;
    return add(sumOf(start, middle), sumOf(middle, end));
  };
  return terms.length === 0 ? ZERO : sumOf(0, terms.length);
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

/** Whether two fractions are equal. */
export function equal(a: Fraction, b: Fraction): boolean {
  return (a.n === b.n && a.d === b.d) || (isLong(a.d) && isLong(b.d) && compare(a, b) === 0);
}

/** The nearest integer, halves to the even one. */
export function roundHalfEven({ n, d }: Fraction): bigint {
  return divideHalfEven(n, d);
}

/** n/d for positive d, to the nearest integer, halves to the even one. No common divisor is looked for. */
export function divideHalfEven(n: bigint, d: bigint): bigint {
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

/** The greatest common divisor, which is not negative. In doubles, as soon as both numbers fit. */
export function gcd(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y > LARGEST) [x, y] = [y, x % y];
  if (y === 0n) return x;
  return y === 1n ? 1n : BigInt(gcdOf(Number(y), Number(x % y)));
}

const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);

/** The greatest common divisor of integers in doubles; `%` is exact for them. */
export function gcdOf(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) {
    const rest = x % y;
    x = y;
    y = rest;
  }
  return x;
}
