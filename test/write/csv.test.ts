import { expect, it } from 'vitest';
import { writeCsv } from '../../src/write/csv.js';

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
])('the text %j is written %j: no spreadsheet runs it as a formula', (text, expected) => {
  expect(written(text, '1')).toBe(`unit,value\n${expected},1\n`);
});

it.each([
  ['a,b', '"a,b"'],
  ['a"b', '"a""b"'],
  ['a\nb', '"a\nb"'],
  ['a\rb', '"a\rb"'],
  ['服务器', '服务器'],
  ['', ''],
])('the text %j is quoted as RFC 4180 asks: %j', (text, expected) => {
  expect(written(text, '1')).toBe(`unit,value\n${expected},1\n`);
});

it.each(['-1.50', '-0.00', '0', '123456789012345678901234567890.00', ''])(
  'the number %j is written as it is',
  (number) => {
    expect(written('x', number)).toBe(`unit,value\nx,${number}\n`);
  },
);

it('the header is there also where there are no rows', () => {
  expect(writeCsv({ columns: [{ name: 'a', kind: 'text' }], rows: [] })).toBe('a\n');
});
