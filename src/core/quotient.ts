/** a·b ÷ c in whole numbers, exact in doubles although a·b does not fit into one. */
import { LARGEST } from './registers.js';

/**
 * Below this bound an estimate a·b/c in doubles is off by less than one: it has been rounded twice,
 * by at most 2^-53 of its size each time. DECISIONS.md has the whole proof.
 */
export const WIDE = 2 ** 51;

/** Splits a double into two halves of 26 bits (Veltkamp). */
const SPLITTER = 2 ** 27 + 1;

/**
 * a·b − q·c, exactly, where it is known to lie within −c and 2c. Both products are taken as two
 * doubles, head and error (Dekker); the heads differ exactly because they are near each other.
 */
export function residual(a: number, b: number, q: number, c: number): number {
  const ab = a * b;
  const qc = q * c;
  return ab - qc + (errorOf(a, b, ab) - errorOf(q, c, qc));
}

/** x·y − p, exactly, where p is x·y rounded to a double. */
function errorOf(x: number, y: number, p: number): number {
  const xs = SPLITTER * x;
  const ys = SPLITTER * y;
  const xh = xs - (xs - x);
  const yh = ys - (ys - y);
  const xl = x - xh;
  const yl = y - yh;
  return xl * yl - (p - xh * yh - xl * yh - xh * yl);
}

/**
 * a·b ÷ c rounded half-even (*attributable*, *factor*, *units*, *translate*), or NaN where doubles
 * cannot tell it.
 *
 * @param a integers, as are b and c; c above zero
 */
export function roundedQuotient(a: number, b: number, c: number): number {
  const product = a * b;
  let q = Math.floor(product / c);
  let r = 0;
  if (!(a >= 0 && b >= 0 && a <= LARGEST && b <= LARGEST)) return NaN;
  if (product <= LARGEST && c <= LARGEST) r = product - q * c;
  else if (q < WIDE && c < WIDE) {
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
