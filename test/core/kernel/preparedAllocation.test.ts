/** Weights are brought over one denominator, or the sum is NaN where that does not fit. */
import { expect, it } from 'vitest';
import { prepareAllocation, sumWeights } from '../../../src/core/kernel/preparedAllocation.js';
import { LARGEST, createRegisters, put } from '../../../src/core/kernel/registers.js';
import { fraction } from '../../../src/core/number/fraction.js';

/** Prepares the split of register 9 over weights in the first registers; parts begin at 10. */
function prepared(
  weights: readonly (readonly [bigint, bigint])[],
  { isFixed = false, isWhole = false } = {},
) {
  const registers = createRegisters(20);
  weights.forEach(([n, d], ref) => put(registers, ref, fraction(n, d)));
  const shape = { amount: 9, out: 10, weights: weights.map((_, ref) => ref) };
  const known = { isFixed: () => isFixed, isWhole: () => isWhole };
  const allocation = prepareAllocation(shape, registers, known);
  const sum = isFixed ? allocation.weightSum : sumWeights(allocation, registers);
  const first = allocation.firstWeight;
  return { sum, first, weights: [...registers.numerators.slice(first, first + weights.length)] };
}

it('fractions are brought over their common denominator at each evaluation', () => {
  const { sum, weights } = prepared([
    [1n, 2n],
    [1n, 3n],
    [1n, 6n],
  ]);
  expect(weights).toEqual([3, 2, 1]);
  expect(sum).toBe(6);
});

it('weights that never change are as small as their proportions allow', () => {
  const { sum, weights } = prepared(
    [
      [200n, 1n],
      [300n, 1n],
    ],
    { isFixed: true, isWhole: true },
  );
  expect(weights).toEqual([2, 3]);
  expect(sum).toBe(5);
});

it('whole weights side by side are read where they are', () => {
  const { first, sum } = prepared(
    [
      [2n, 1n],
      [3n, 1n],
    ],
    { isWhole: true },
  );
  expect(first).toBe(0);
  expect(sum).toBe(5);
});

it('the largest common denominator is 2^53 − 1', () => {
  const max = BigInt(LARGEST);
  // 2^53 − 1 is 6361 × 69431 × 20394401.
  const fits = prepared([
    [1n, 6361n * 69431n],
    [1n, 20394401n],
  ]);
  expect(fits.sum).toBe(6361 * 69431 + 20394401);
  expect(BigInt(fits.weights[0]!) * 6361n * 69431n).toBe(max);
  const tooLong = prepared([
    [1n, 2n ** 27n],
    [1n, 3n ** 17n],
    [1n, 2n ** 27n],
  ]);
  expect(tooLong.sum).toBeNaN();
});
