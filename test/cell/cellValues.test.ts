/** Cell values: what a spreadsheet gives is read as it shows it, and numbers go back as numbers. */
import { describe, expect, it } from 'vitest';
import { cellNumber, filesOf, layersOf, wordsOf } from '../../src/cell/cellValues.js';
import { fraction } from '../../src/core/number/fraction.js';
import { readDecimal } from '../../src/core/number/decimal.js';

it.each([
  [0.3, '0.3'],
  [0.1 + 0.2, '0.3'],
  [7.1717, '7.1717'],
  [1e21, '1000000000000000000000'],
  [-1.5e-7, '-0.00000015'],
  [380000000000, '380000000000'],
  ['380bn CNY', '380bn CNY'],
  [true, 'true'],
])('passes the cell value %s to the engine as %s', (value, expected) => {
  expect(layersOf([['path', value]])).toEqual({ ok: true, value: [`path=${expected}`] });
});

describe('a number for a cell', () => {
  it.each([
    ['158333333333.36', 158333333333.36],
    ['999999999999999', 999999999999999],
    ['10000000000000.00', 1e13],
    ['1234567890123456', 1234567890123456],
    ['12345678901234567.89', 12345678901234568],
    ['900000000000000000000000000000', 9e29],
    ['0.10', 0.1],
    ['0.00', 0],
    ['-2.50', -2.5],
  ])('of %s is %s, also where a spreadsheet shows only 15 of its digits', (decimal, expected) => {
    expect(cellNumber(readDecimal(decimal))).toBe(expected);
  });

  it('is the nearest double of a quotient without end', () => {
    expect(cellNumber(fraction(2n, 3n))).toBe(2 / 3);
    expect(cellNumber(fraction(10000n, 1396n))).toBe(10000 / 1396);
  });
});

describe('a range', () => {
  const empty = () => Array.from({ length: 1_048_576 }, () => ['']);

  it('of one cell may hold a whole file', () => {
    expect(filesOf('a: 1\nb: 2')).toEqual({ ok: true, value: { text: 'a: 1\nb: 2', files: [] } });
    expect(filesOf([['a: 1'], ['b: 2']])).toEqual(filesOf('a: 1\nb: 2'));
  });

  it('of a million rows ends with its last filled cell, and no empty row is copied', () => {
    const rows = empty();
    [rows[0], rows[1], rows[3]] = [['a:'], ['  b: 1'], ['c: 2']];
    let copied = 0;
    rows.map = (() => copied++) as never;
    expect(filesOf(rows)).toMatchObject({ value: { text: 'a:\n  b: 1\n\nc: 2' } });
    expect(copied).toBe(0);
    expect(layersOf(empty())).toEqual({ ok: true, value: [] });
    expect(wordsOf(empty())).toEqual([['']]);
  });

  it('of several columns has a file in each: its name first, and its text below', () => {
    const found = filesOf([
      ['portfolio: p', 'a.yaml', '', 'b.yaml'],
      ['buyers:', 'scenario: a', null, 'scenario: b'],
      ['  a: a.yaml', '', '', 'title: B'],
    ]);
    const files = [
      { name: 'a.yaml', text: 'scenario: a\n' },
      { name: 'b.yaml', text: 'scenario: b\ntitle: B\n' },
    ];
    expect(found).toEqual({
      ok: true,
      value: { text: 'portfolio: p\nbuyers:\n  a: a.yaml', files },
    });
  });

  it.each([
    [
      [
        ['a: 1', ''],
        ['b: 2', 'x'],
      ],
    ],
    [
      [
        ['a: 1', ''],
        ['', 0],
      ],
    ],
    [
      [
        ['a: 1', 'b.yaml'],
        ['b: 2', ''],
      ],
    ],
  ])('of a second column without a name, or without a text, is no file: %j', (range) => {
    expect(filesOf(range)).toEqual({
      ok: false,
      diagnostics: 'column 2 needs the name of its file in the first cell, and its text below',
    });
  });
});
