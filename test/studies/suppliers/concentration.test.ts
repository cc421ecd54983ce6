/** Shares of buyers, and the Herfindahl index. */
import { expect, it } from 'vitest';
import { concentrationOf, sharesIn } from '../../../src/studies/suppliers/concentration.js';

/** Buyers `a`, `b`, … with what they buy. */
const purchases = (...counts: readonly number[]) =>
  counts.map((count, i) => ({ buyer: 'abcdef'[i]!, count: BigInt(count) }));

it('is 1 for one buyer, and 1/n for n equal ones', () => {
  expect(concentrationOf(purchases(7))).toEqual({
    ...{ shares: [1_000_000n], largest: 0, herfindahl: 1_000_000n },
  });
  expect(concentrationOf(purchases(5, 5, 5))).toEqual({
    ...{ shares: [333_334n, 333_333n, 333_333n], largest: 0, herfindahl: 333_333n },
  });
});

it('squares exact shares, not printed ones', () => {
  // 0.4² + 0.6² = 0.52; shares of three decimals would not change that, those of 1 and 2 thirds would.
  expect(concentrationOf(purchases(2, 3))!.herfindahl).toBe(520_000n);
  expect(concentrationOf(purchases(1, 2))!.herfindahl).toBe(555_556n);
});

it('rounds the middle of two millionths to the even one', () => {
  // (1² + 1999²) ÷ 2000² = 0.9990005, and (3² + 1997²) ÷ 2000² = 0.9970045.
  expect(concentrationOf(purchases(1, 1999))!.herfindahl).toBe(999_000n);
  expect(concentrationOf(purchases(3, 1997))!.herfindahl).toBe(997_004n);
});

it('has the largest buyer, of equal ones the one whose key is first', () => {
  const largest = (list: ReturnType<typeof purchases>) =>
    list[concentrationOf(list)!.largest]!.buyer;
  expect(largest(purchases(1, 3, 2))).toBe('b');
  expect(largest(purchases(1, 3, 3))).toBe('b');
  expect(largest(purchases(1, 3, 3).reverse())).toBe('b');
});

it('is nothing where nothing is sold', () => {
  expect(concentrationOf(purchases(0, 0))).toBe(undefined);
});

it('gives what is left over to the largest remainder, then to the first key', () => {
  expect(sharesIn(1000n, purchases(1, 1, 1))).toEqual([334n, 333n, 333n]);
  expect(sharesIn(1000n, purchases(1, 1, 1).reverse())).toEqual([333n, 333n, 334n]);
});
