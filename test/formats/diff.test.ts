/** Diffs as `patch` reads them. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { writeDiff } from '../../src/formats/diff.js';
import { cases } from '../support/cases.js';

it('shows changed lines with three lines around them', () => {
  const before = 'a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\n';
  const after = before.replace('b\n', 'B\n').replace('k\n', 'k\nk2\n');
  expect(writeDiff('x.yaml', before, after)).toBe(
    '--- x.yaml\n+++ x.yaml\n@@ -1,5 +1,5 @@\n a\n-b\n+B\n c\n d\n e\n' +
      '@@ -9,4 +9,5 @@\n i\n j\n k\n+k2\n l\n',
  );
});

it('is empty for equal texts', () => {
  expect(writeDiff('x.yaml', 'a\n', 'a\n')).toBe('');
});

/** The text that `patch` makes from an old text and a diff. */
function patched(before: string, diff: string): string {
  const old = before.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const lines = diff.replaceAll('\n\\ No newline at end of file\n', '\0').match(/[^\n\0]*[\n\0]/g);
  const made: string[] = [];
  let at = 0;
  for (const line of lines?.slice(2) ?? []) {
    const [, start, count] = /^@@ -(\d+)(?:,(\d+))? /.exec(line) ?? [];
    if (start !== undefined) {
      const from = Number(start) - (count === '0' ? 0 : 1);
      made.push(...old.slice(at, from));
      at = from;
      continue;
    }
    const text = line.slice(1).replace(/\0$/, '');
    if (line[0] !== '+') expect(old[at++]).toBe(text);
    if (line[0] !== '-') made.push(text);
  }
  return [...made, ...old.slice(at)].join('');
}

it('turns any text into any other', () => {
  const line = fc.constantFrom('a', 'b', 'c', '', '+a', '-b', 'c\r');
  const text = fc
    .tuple(fc.array(line, { maxLength: 30 }), fc.boolean())
    .map(([some, ends]) => some.join('\n') + (ends && some.length > 0 ? '\n' : ''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      expect(patched(before, writeDiff('x', before, after))).toBe(after);
    }),
    { numRuns: cases(500) },
  );
});
