/** A number that replaces another one is written in its form. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readDecimal, readDouble } from '../../../src/core/number/decimal.js';
import { fraction } from '../../../src/core/number/fraction.js';
import { amount, formatLike, fractionLiteral } from '../../../src/core/number/literal.js';

it.each([
  ['380bn CNY', '412500000000', '412.5bn CNY'],
  ['380bn CNY', '1500000', '0.0015bn CNY'],
  ['380bn CNY', '380000000000.01', '380000000000.01 CNY'],
  ['3800亿 CNY', '342000000000', '3420亿 CNY'],
  ['0.38万亿 CNY', '342000000000', '0.342万亿 CNY'],
  ['1.5m RMB', '1350000', '1.35m RMB'],
  ['3200 CNY', '2880.5', '2880.5 CNY'],
  ['-3m CNY', '-2700000', '-2.7m CNY'],
  ['35%', '0.4', '40%'],
  ['35%', '0.315', '31.5%'],
  ['41.67%', '0.35', '35%'],
  ['-5%', '0.02', '2%'],
  ['0.4167', '0.4', '0.4'],
  ['50/120', '0.4', '48/120'],
  ['50/120', '0.41', '0.41'],
  ['3.6/120', '0.05', '6/120'],
  ['3.6/120', '0.026', '0.026'],
  ['1/0.1394', '7.2', '7.2'],
  ['7.1717', '7', '7'],
  ['20 quarters', '18', '18 quarters'],
  ['1 year', '18.5', '18.5 year'],
])('replaces %s by %s as %s', (old, value, spelled) => {
  expect(formatLike(old, readDecimal(value))).toBe(spelled);
});

it('reads every replacement as the number that was to be written', () => {
  const value = fc.record({ n: fc.bigInt(0n, 10n ** 15n), places: fc.nat(6) });
  const manners = ['380bn CNY', '3800.5亿 CNY', '12.34 CNY', '35%', '0.4', '3.6/120', '1/3'];
  fc.assert(
    fc.property(fc.constantFrom(...manners), value, (old, { n, places }) => {
      const number = fraction(n, 10n ** BigInt(places));
      const literal = formatLike(old, number);
      const read = old.includes('CNY') ? amount.read(literal) : fractionLiteral.read(literal);
      if (!read.ok) expect.fail(`${literal}: ${read.diagnostics.message}`);
      expect('value' in read.value ? read.value.value : read.value).toEqual(number);
    }),
  );
});

it.each([
  [0.1 + 0.2, '0.3'],
  [1 / 3, '0.333333333333333'],
  [380e9, '380000000000'],
  [7.1717, '7.1717'],
  [-1.5e-7, '-0.00000015'],
  [-0, '0'],
])('reads the double %d as %s, which a spreadsheet shows', (double, shown) => {
  expect(readDouble(double)).toEqual(readDecimal(shown));
});
