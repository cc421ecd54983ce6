/** Quotients in doubles are those of BigInt, or NaN, at each bound of their proof. */
import { expect, it } from 'vitest';
import { WIDE_WEIGHTS, roundedQuotient } from '../../../src/core/kernel/quotient.js';
import { LARGEST } from '../../../src/core/kernel/registers.js';
import { fraction, roundHalfEven } from '../../../src/core/number/fraction.js';

const BOUNDS = [1, 2 ** 26, 94_906_265, 2 ** 50, WIDE_WEIGHTS, 2 ** 52, LARGEST];
const NEAR = [
  ...new Set(BOUNDS.flatMap((bound) => [bound - 3, bound - 1, bound, bound + 1, bound + 3])),
].filter((x) => x > 0 && Number.isSafeInteger(x));

it('is the quotient rounded half-even around every bound, or NaN', () => {
  let decided = 0;
  for (const a of NEAR) {
    for (const b of NEAR) {
      for (const c of NEAR) {
        const found = roundedQuotient(a, b, c);
        if (Number.isNaN(found)) continue;
        decided++;
        const exact = roundHalfEven(fraction(BigInt(a) * BigInt(b), BigInt(c)));
        if (BigInt(found) !== exact) expect.fail(`${a} × ${b} ÷ ${c} is ${exact}, not ${found}`);
      }
    }
  }
  expect(decided).toBeGreaterThan(NEAR.length ** 3 / 3);
});

it.each([
  [1, 1, 2, 0],
  [3, 1, 2, 2],
  [5, 1, 2, 2],
  [0, 7, 3, 0],
])('%d × %d ÷ %d is %d', (a, b, c, quotient) => {
  expect(roundedQuotient(a, b, c)).toBe(quotient);
});

it.each([
  ['a negative factor', -1, 1, 2],
  ['a negative second factor', 1, -1, 2],
  ['a factor beyond 2^53', 2 ** 53, 1, 2 ** 40],
  ['a second factor beyond 2^53', 1, 2 ** 53, 2 ** 40],
  ['a divisor beyond 2^53', 1, 1, 2 ** 53],
  ['a quotient of 2^51', 2 ** 51, 2 ** 50, 2 ** 50],
  ['a divisor of 2^51', LARGEST, 2 ** 40, 2 ** 51],
])('leaves %s to BigInt', (_, a, b, c) => {
  expect(roundedQuotient(a, b, c)).toBeNaN();
});
