/** The number of a CSV cell is replaced in the way in which the cell gives it, or not at all. */
import { expect, it } from 'vitest';
import { AMOUNT, PRICE, RATE, SHARE, type InputKind } from '../../../src/model/inputKind.js';
import { rewriteCell } from '../../../src/scenario/edit/rewriteCell.js';
import { applySplices } from '../../../src/scenario/edit/splice.js';

function rewritten(cell: string, text: string, literal: string, kind: InputKind) {
  const source = { name: 'a.csv', text: `x,${cell}\n` };
  const span = { source, start: 2, end: 2 + cell.length };
  const splice = rewriteCell({ text, span }, literal, kind);
  return splice && applySplices(source.text, [splice]).slice(2, -1);
}

it.each<[cell: string, text: string, literal: string, kind: InputKind, after: string]>([
  ['31.8', '31.8bn CNY', '32bn CNY', AMOUNT, '32'],
  ['31.8', '31.8bn CNY', '950m CNY', AMOUNT, '0.95'],
  ['"31,800"', '31800m CNY', '1234.5bn CNY', AMOUNT, '"1,234,500"'],
  ['"31,800"', '31800m CNY', '5m CNY', AMOUNT, '"5"'],
  ['RMB 318亿', '318亿 CNY', '32bn CNY', AMOUNT, 'RMB 320亿'],
  ['"31,8"', '31.8bn CNY', '32.5bn CNY', AMOUNT, '"32,5"'],
  ['1.5', '1.5m CNY', '2m CNY', PRICE, '2'],
  ['35', '35%', '40%', SHARE, '40'],
  ['35 %', '35%', '0.4', SHARE, '40 %'],
  ['0.35', '0.35', '0.4', SHARE, '0.4'],
  ['50/120', '50/120', '60/120', SHARE, '60/120'],
  ['7.1717', '7.1717', '7.5', RATE, '7.5'],
  ['478', '478/100', '5', RATE, '500'],
  ['0.1394', '1/0.1394', '8', RATE, '0.125'],
  ['20.9', '100/20.9', '5', RATE, '20'],
  ['0', '0bn CNY', '2bn CNY', AMOUNT, '2'],
])('%s, read as %s, is %s', (cell, text, literal, kind, after) => {
  expect(rewritten(cell, text, literal, kind)).toBe(after);
});

it.each<[why: string, cell: string, text: string, literal: string, kind: InputKind]>([
  ['an amount to date', '45', '25bn CNY', '30bn CNY', AMOUNT],
  ['an inverse rate without a decimal', '0.1394', '1/0.1394', '7', RATE],
  ['other digits', '12', '112bn CNY', '5bn CNY', AMOUNT],
  ['an empty cell', ' ', '25bn CNY', '30bn CNY', AMOUNT],
])('refuses %s', (_, cell, text, literal, kind) => {
  expect(rewritten(cell, text, literal, kind)).toBeUndefined();
});
