import { expect, it } from 'vitest';
import { append, greatest } from '../../src/core/lists.js';

/** More than any engine takes as arguments of one call. */
const LONG = Array.from({ length: 1_000_000 }, (_, i) => i);

it('the greatest of a million numbers', () => {
  expect(greatest(LONG)).toBe(999_999);
  expect(greatest([-3, -1, -2])).toBe(-1);
});

it('the greatest is not below the least that is allowed', () => {
  expect(greatest([-3, -1], 0)).toBe(0);
  expect(greatest([], 0)).toBe(0);
  expect(greatest([])).toBe(-Infinity);
});

it('puts a million items at the end of a list', () => {
  const list = [-1];
  append(list, LONG);
  expect(list).toHaveLength(1_000_001);
  expect(list.slice(0, 3)).toEqual([-1, 0, 1]);
});
