import { describe, expect, it } from 'vitest';
import { rowsOf, type Column } from '../../src/core/table.js';
import { csvPieces, writeCsv } from '../../src/formats/csv.js';

const written = (text: string, number: string) =>
  writeCsv({
    columns: [
      { name: 'unit', kind: 'text' },
      { name: 'value', kind: 'number' },
    ],
    rows: [[text, number]],
  });

it.each([
  ['=cmd()', `'=cmd()`],
  ['+x', `'+x`],
  ['-x', `'-x`],
  ['@x', `'@x`],
  ['\tx', `'\tx`],
  ['\rx', `"'\rx"`],
  ['=a,b', `"'=a,b"`],
  ['a=b', 'a=b'],
  [' =a', ' =a'],
])('writes the text %j as %j, so that no spreadsheet runs it as a formula', (text, expected) => {
  expect(written(text, '1')).toBe(`unit,value\n${expected},1\n`);
});

it.each([
  ['a,b', '"a,b"'],
  ['a"b', '"a""b"'],
  ['a\nb', '"a\nb"'],
  ['a\rb', '"a\rb"'],
  ['服务器', '服务器'],
  ['', ''],
])('quotes the text %j by RFC 4180 as %j', (text, expected) => {
  expect(written(text, '1')).toBe(`unit,value\n${expected},1\n`);
});

it.each(['-1.50', '-0.00', '0', '123456789012345678901234567890.00', ''])(
  'writes the number %j unchanged',
  (number) => {
    expect(written('x', number)).toBe(`unit,value\nx,${number}\n`);
  },
);

it('writes the header also without rows', () => {
  expect(writeCsv({ columns: [{ name: 'a', kind: 'text' }], rows: [] })).toBe('a\n');
});

describe('a large table', () => {
  const columns: Column[] = [{ name: 'n', kind: 'number' }];
  const numbers = Array.from({ length: 5000 }, (_, i) => i);
  const rows = rowsOf(numbers, (n) => [String(n)]);

  it('is written in pieces of whole lines that join to the whole text', () => {
    const pieces = [...csvPieces({ columns, rows })];
    expect(pieces.length).toBeGreaterThan(5);
    expect(pieces.every((piece) => piece.endsWith('\n'))).toBe(true);
    expect(pieces.join('')).toBe(`n\n${numbers.join('\n')}\n`);
    expect(writeCsv({ columns, rows })).toBe(pieces.join(''));
  });

  it('computes only the rows of the pieces that are read', () => {
    let read = 0;
    const counted = rowsOf(numbers, (n) => [String((read = n))]);
    csvPieces({ columns, rows: counted }).next();
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThan(1000);
  });
});
