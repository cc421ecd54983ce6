/** The yearly rate, by exact comparison of powers. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fraction, power } from '../../src/core/number/fraction.js';
import { rootInMillionths } from '../../src/projection/timeSeries.js';

it.each([
  [121n, 100n, 2, 1_100_000n],
  [200n, 100n, 3, 1_259_921n],
  [1n, 1n, 7, 1_000_000n],
  [1n, 10n ** 30n, 2, 0n],
])('takes the root of %d/%d of degree %d', (n, d, degree, root) => {
  expect(rootInMillionths(fraction(n, d), degree)).toBe(root);
});

it('rounds a root in the middle of two millionths to the even one', () => {
  for (const [half, root] of [
    [1n, 0n],
    [3n, 2n],
    [5n, 2n],
    [7n, 4n],
  ] as const) {
    const middle = fraction(half, 2_000_000n);
    expect(rootInMillionths(power(middle, 3), 3)).toBe(root);
  }
});

it('finds the millionth that is nearest to the root', () => {
  const law = fc.property(
    fc.bigInt(1n, 10n ** 24n),
    fc.bigInt(1n, 10n ** 24n),
    fc.integer({ min: 1, max: 40 }),
    (n, d, degree) => {
      const root = rootInMillionths(fraction(n, d), degree);
      const at = (halves: bigint) => power(fraction(halves, 2_000_000n), degree);
      const isAtMost = (a: { n: bigint; d: bigint }) => a.n * d <= n * a.d;
      expect(root === 0n || isAtMost(at(2n * root - 1n))).toBe(true);
      expect(isAtMost(at(2n * root + 1n))).toBe(false);
    },
  );
  fc.assert(law);
});
