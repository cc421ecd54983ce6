/** The word that a misspelt one most likely means. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nearest, nearestKey } from '../../../src/core/text/diagnostic.js';
import { cases } from '../../support/cases.js';

const words = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'B'), minLength: 1, maxLength: 9 });

it('finds the first of the most similar candidates, as a full table of distances does', () => {
  fc.assert(
    fc.property(words, fc.array(words, { maxLength: 8 }), (word, candidates) => {
      const most = Math.max(1, Math.floor(word.length / 3));
      const distances = candidates.map((one) => distanceOf(word.toLowerCase(), one.toLowerCase()));
      const least = Math.min(...distances);
      const expected = least <= most ? candidates[distances.indexOf(least)] : undefined;
      expect(nearest(word, candidates)).toBe(expected);
    }),
    { numRuns: cases(5000) },
  );
});

/** Insertions, deletions, replacements and swaps of neighbours, by every way to the end of both words. */
function distanceOf(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1));
  for (let i = 0; i <= a.length; i++)
    for (let j = 0; j <= b.length; j++) {
      const from = [i + j];
      if (i > 0) from.push(table[i - 1]![j]! + 1);
      if (j > 0) from.push(table[i]![j - 1]! + 1);
      if (i > 0 && j > 0) from.push(table[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        from.push(table[i - 2]![j - 2]! + 1);
      table[i]![j] = Math.min(...from);
    }
  return table[a.length]![b.length]!;
}

it('finds a word with one wrong letter among ten thousand others', () => {
  const names = Array.from({ length: 10_000 }, (_, i) => `supplier_${i}_of_${(i * 7919) % 10_007}`);
  expect(nearest('suplier_1234_of_5122', [...names, 'supplier_1234_of_5122'])).toBe(
    'supplier_1234_of_5122',
  );
});

it('gives no word for one that is longer than a line', () => {
  expect(nearest('y'.repeat(101), ['y'.repeat(100)])).toBeUndefined();
  expect(nearest('y'.repeat(99), ['y'.repeat(100)])).toBe('y'.repeat(100));
});

it('finds the key of a name for people, where one name alone has the word in it', () => {
  const names = new Map([
    ['innolight', 'Zhongji Innolight 中际旭创'],
    ['eoptolink', 'Eoptolink 新易盛'],
    ['others', 'Other module makers'],
  ]);
  expect(
    ['中际旭创', 'zhongji', '新易盛 ', 'inolight'].map((word) => nearestKey(word, names)),
  ).toEqual(['innolight', 'innolight', 'eoptolink', 'innolight']);
  expect(['li', 'o', '', '天孚通信'].map((word) => nearestKey(word, names))).toEqual(
    Array.from({ length: 4 }, () => undefined),
  );
});
