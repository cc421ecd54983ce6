/** Quotients a·b ÷ c of integers, exact in doubles even where a·b does not fit into one. */
import { LARGEST } from './registers.js';

/**
 * Below this bound an estimate a·b/c in doubles is off by less than one: it was rounded twice, by at
 * most 2^-53 of its size each time. docs/arithmetic.md has the whole proof.
 */
export const WIDE_WEIGHTS = 2 ** 51;

/** The upper 26 bits of a double; the rest is the lower half (Veltkamp). */
export function highOf(x: number): number {
  const scaled = SPLITTER * x;
  return scaled - (scaled - x);
}

const SPLITTER = 2 ** 27 + 1;

/** x·y − p, exactly, where p is x·y rounded to a double; x and y are given as halves (Dekker). */
export function errorOf(
  xHigh: number,
  xLow: number,
  yHigh: number,
  yLow: number,
  p: number,
): number {
  return xLow * yLow - (p - xHigh * yHigh - xLow * yHigh - xHigh * yLow);
}

/**
 * a·b − q·c, exactly, where it lies between −c and 2c. Each product is two doubles, head and error;
 * the difference of the heads is exact because they are near each other.
 */
function residual(a: number, b: number, q: number, c: number): number {
  const [ab, qc] = [a * b, q * c];
  const [ah, bh, qh, ch] = [highOf(a), highOf(b), highOf(q), highOf(c)];
  return ab - qc + (errorOf(ah, a - ah, bh, b - bh, ab) - errorOf(qh, q - qh, ch, c - ch, qc));
}

/**
 * a·b ÷ c rounded half-even (*attributable*, *factor*, *units*, *translate*); NaN where doubles cannot
 * decide it.
 *
 * @param a an integer
 * @param b an integer
 * @param c an integer above zero
 */
export function roundedQuotient(a: number, b: number, c: number): number {
  const product = a * b;
  let q = Math.floor(product / c);
  let r = 0;
  if (!(a >= 0 && b >= 0 && a <= LARGEST && b <= LARGEST)) return NaN;
  if (product <= LARGEST && c <= LARGEST) r = product - q * c;
  else if (q < WIDE_WEIGHTS && c < WIDE_WEIGHTS) {
    r = residual(a, b, q, c);
    if (r < 0) {
      q -= 1;
      r += c;
    } else if (r >= c) {
      q += 1;
      r -= c;
    }
  } else return NaN;
  return 2 * r > c || (2 * r === c && q % 2 === 1) ? q + 1 : q;
}
