/** The command in a workbook can be read back. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readArguments, writeArguments } from '../../../src/workbook/import/workbookVersion.js';

it.each([
  [['--currency', 'CNY,USD'], 'made with --currency CNY,USD'],
  [
    ['--set', 'envelope=400bn CNY', '--set', 'mix={ FY2026: "guojin" }'],
    'made with --set "envelope=400bn CNY" --set "mix={ FY2026: \\"guojin\\" }"',
  ],
])('%j is written %s', (args, text) => {
  expect(writeArguments(args)).toBe(text);
});

it('any arguments are read as they were written', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (args) => {
      expect(readArguments(writeArguments(args))).toEqual(args);
    }),
  );
});

it.each(['', 'by hand', 'made with', 'made with "\\q"', 'made with "\\u12"'])(
  'reads no arguments from %j',
  (text) => {
    expect(readArguments(text)).toBeUndefined();
  },
);
