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

  it('has other files below lines with their names', () => {
    const lines = ['portfolio: p', '# file: a.yaml', 'scenario: a', '# file: b.yaml ', 'title: B'];
    const files = [
      { name: 'a.yaml', text: 'scenario: a\n' },
      { name: 'b.yaml', text: 'title: B' },
    ];
    const expected = { ok: true, value: { text: 'portfolio: p\n', files } };
    expect(filesOf(lines.map((line) => [line]))).toEqual(expected);
    expect(filesOf(lines.join('\n'))).toEqual(expected);
  });

  it.each([
    [
      [
        ['a: 1', ''],
        ['b: 2', 'x'],
        ['', ''],
      ],
    ],
    [
      [
        ['a: 1', ''],
        ['', 0],
      ],
    ],
  ])('of two columns is no scenario, wherever the second one is filled: %j', (range) => {
    expect(filesOf(range)).toMatchObject({ ok: false });
  });

  it('may have an empty second column', () => {
    const range = [
      ['a: 1', ''],
      ['b: 2', null],
    ];
    expect(filesOf(range)).toEqual({ ok: true, value: { text: 'a: 1\nb: 2', files: [] } });
  });
});
