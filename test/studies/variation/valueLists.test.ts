/** Lists of values as they are typed: both ends of a range, single values, and how many at most. */
import { expect, it } from 'vitest';
import { printFraction } from '../../../src/core/number/decimal.js';
import { fractionLiteral } from '../../../src/core/number/literal.js';
import { readRange } from '../../../src/studies/variation/valueLists.js';
import { diagnosticsOf, valueOf } from '../../support/results.js';

const read = (text: string) => readRange(text, (literal) => fractionLiteral.read(literal));

it.each([
  ['-10%..+10%/5%', ['-0.1', '-0.05', '0', '0.05', '0.1']],
  ['0%..10%/4%', ['0', '0.04', '0.08']],
  ['5%..5%/1%', ['0.05']],
  ['1%, +2%,-3%', ['0.01', '0.02', '-0.03']],
  ['7', ['7']],
])('reads %s as %j', (text, values) => {
  expect(valueOf(read(text)).map(printFraction)).toEqual(values);
});

it.each([
  ['10%..5%/1%', 'a range must rise from its first value by a positive step'],
  ['0%..5%/0%', 'a range must rise from its first value by a positive step'],
  ['0%..5%/-1%', 'a range must rise from its first value by a positive step'],
  ['1..10001/1', 'more than 10000 values'],
])('rejects %s: %s', (text, message) => {
  expect(diagnosticsOf(read(text)).message).toBe(message);
});

it('reads up to 10,000 values', () => {
  expect(valueOf(read('1..10000/1'))).toHaveLength(10_000);
});
