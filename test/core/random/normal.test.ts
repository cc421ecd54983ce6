/** The normal distribution and the square root: known values, and laws of both directions. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deviationOf, probabilityOf, squareRoot } from '../../../src/core/random/normal.js';
import { RANKS } from '../../../src/core/random/philox.js';

describe('the normal distribution', () => {
  it.each([
    [0, 0.5],
    [1, 0.8413447460685429],
    [1.959963984540054, 0.975],
    [-3, 0.0013498980316300933],
    [6, 0.9999999990134123],
  ])('has, below z = %d, the probability %d within 10^-12', (z, probability) => {
    expect(Math.abs(probabilityOf(z) - probability)).toBeLessThan(1e-12);
    expect(Math.abs(deviationOf(probability) - z)).toBeLessThan(z === 6 ? 1e-4 : 1e-9);
  });

  it('gives each probability back from its z', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 52 - 1 }), (half) => {
        const probability = (2 * half + 1) / RANKS;
        expect(Math.abs(probabilityOf(deviationOf(probability)) - probability)).toBeLessThan(1e-15);
      }),
    );
  });

  it('is symmetric: as much lies below −z as above z', () => {
    for (let z = 0; z < 9; z += 0.01) {
      expect(probabilityOf(-z)).toBeCloseTo(1 - probabilityOf(z), 15);
    }
  });

  it('never falls as z rises, and is 0 and 1 beyond 8.5', () => {
    let before = 0;
    for (let z = -9; z < 9; z += 0.001) {
      const probability = probabilityOf(z);
      expect(probability).toBeGreaterThanOrEqual(before);
      before = probability;
    }
    expect([probabilityOf(-8.5), probabilityOf(8.5)]).toEqual([0, 1]);
  });
});

it('squareRoot is the exact root rounded to the nearest double', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1n, max: 2n ** 53n }),
      fc.integer({ min: 0, max: 30 }),
      (n, shift) => {
        const x = Number(n) * 4 ** shift;
        const root = squareRoot(x);
        // Counted in halves of its last binary place, the root is a whole number: one half less has a
        // square of at most x, and one half more of at least x.
        const unit = 2 ** (Math.floor(Math.log2(root)) - 53);
        const [halves, exact] = [BigInt(root / unit), BigInt(x)];
        const square = (twice: bigint) => twice ** 2n;
        const [num, den] = unit < 1 ? [1n, BigInt(1 / unit) ** 2n] : [BigInt(unit) ** 2n, 1n];
        expect(square(halves - 1n) * num <= exact * den).toBe(true);
        expect(exact * den <= square(halves + 1n) * num).toBe(true);
      },
    ),
  );
});
