/** Estimates: parts in the unit of their whole, which sum to it. */
import { expect, it } from 'vitest';
import { refusalOf, saidOf, seriesOf, smallForecast } from '../../support/scenarios.js';

const estimates = (view: string) => ({ estimates: `{ view: ${view} }` });

it.each([
  ['{ of: 0 CNY, split: { servers: rest } }', 'bounds: an estimate of 0 has no shares'],
  [
    '{ of: 100 CNY, split: { servers: 60%, open: rest } }',
    'unit-mismatch: `60%` does not fit the total of its estimate',
  ],
  [
    '{ split: { servers: 60 CNY, open: rest } }',
    'unit-mismatch: `60 CNY` does not fit the total of its estimate',
  ],
  [
    '{ of: 100 CNY, split: { servers: 60 CNY, open: 41 CNY } }',
    'sum: the parts of view sum to 101 CNY, 1 CNY too much',
  ],
  [
    '{ of: 100 CNY, split: { servers: 60 CNY, open: 39 CNY } }',
    'sum: the parts of view sum to 99 CNY, 1 CNY too little',
  ],
  ['{ split: { servers: 60%, open: 41% } }', 'sum: the parts of view sum to 101%, 1% too much'],
])('rejects %s: %s', (view, message) => {
  expect(saidOf(estimates(view))).toEqual([`error ${message}`]);
});

it.each([
  ['60%', '{ of: 100 CNY', 'write 60 CNY'],
  // A third of 1 CNY is no whole number of fen, and no rate is known for USD.
  ['1/3', '{ of: 1 CNY', 'convert it, and write an amount in CNY'],
  ['60 USD', '{ of: 100 CNY', 'convert it, and write an amount in CNY'],
])('tells how to write %s as a part of %s }', (part, of, help) => {
  const refusal = refusalOf(estimates(`${of}, split: { servers: ${part}, open: rest } }`));
  expect(refusal).toContain(`help:     ${help}\n`);
});

it('splits the envelope as the estimate splits its own total', () => {
  const cells = smallForecast(estimates('{ of: 100 CNY, split: { servers: 25 CNY, open: rest } }'));
  expect(seriesOf(cells, 'servers')).toEqual(['25.00', '25.00', '25.00', '25.00']);
  expect(seriesOf(cells, 'open')).toEqual(['75.00', '75.00', '75.00', '75.00']);
});
