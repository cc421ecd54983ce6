/** The grammar of literals: read exactly, or rejected with the spelling to use. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printFraction } from '../../../src/core/number/decimal.js';
import { add, equal, fraction, type Fraction } from '../../../src/core/number/fraction.js';
import {
  amount,
  date,
  fractionLiteral,
  number,
  type Literal,
} from '../../../src/core/number/literal.js';
import { cases } from '../../support/cases.js';

function read<T>(literal: Literal<T>, text: string): T {
  const reading = literal.read(text);
  if (!reading.ok) throw new Error(reading.diagnostics.message);
  return reading.value;
}

function refusal<T>(literal: Literal<T>, text: string) {
  const reading = literal.read(text);
  return reading.ok ? undefined : reading.diagnostics;
}

describe('an amount', () => {
  it.each([
    ['380bn CNY', '380000000000', 'CNY'],
    ['380bn RMB', '380000000000', 'CNY'],
    ['3800亿 CNY', '380000000000', 'CNY'],
    ['38万亿 CNY', '38000000000000', 'CNY'],
    ['150万 CNY', '1500000', 'CNY'],
    ['1.5m CNY', '1500000', 'CNY'],
    ['3.6bn CNY', '3600000000', 'CNY'],
    ['2k JPY', '2000', 'JPY'],
    ['1tn USD', '1000000000000', 'USD'],
    ['0.01 CNY', '0.01', 'CNY'],
    ['999999999999999999.999999999999999999tn CNY', '999999999999999999999999999999.999999', 'CNY'],
  ])('reads %s as %s %s', (text, value, code) => {
    const money = read(amount, text);
    expect([printFraction(money.value), money.currency.code]).toEqual([value, code]);
  });

  it.each([
    ['380 bn CNY', 'write 380bn CNY'],
    ['380bnCNY', 'write 380bn CNY'],
    ['380BN CNY', 'write 380bn CNY'],
    ['380b CNY', 'write 380bn CNY'],
    ['380bn cny', 'write 380bn CNY'],
    ['１５０万 CNY', 'write 150万 CNY'],
    ['1,500,000 CNY', 'write 1500000 CNY'],
    ['¥380bn', 'write 380bn CNY'],
    ['+1 CNY', 'write 1 CNY'],
    ['380bn  CNY', 'write 380bn CNY'],
    ['380bn', 'write 380bn CNY'],
    ['0380bn CNY', 'write 380bn CNY'],
  ])('%s is refused: %s', (text, hint) => {
    expect(refusal(amount, text)?.hint).toBe(hint);
  });

  it('rejects a code that is no currency', () => {
    expect(refusal(amount, '380bn XYZ')?.code).toBe('currency-unknown');
  });
});

describe('a ratio', () => {
  it.each([
    ['41.67%', '0.4167'],
    ['0.4167', '0.4167'],
    ['50/120', '5/12'],
    ['3.6/120', '0.03'],
    ['-5%', '-0.05'],
    ['100%', '1'],
  ])('%s is %s', (text, value) => {
    expect(printFraction(read(fractionLiteral, text))).toBe(value);
  });

  it.each([
    ['1e9', 'write 1000000000'],
    ['1.5e2', 'write 150'],
    ['0x10', 'write 16'],
    ['1_000', 'write 1000'],
    ['５０％', 'write 50%'],
    ['50 %', 'write 50%'],
    ['.5', 'write 0.5'],
    ['5.', 'write 5'],
    ['+5%', 'write 5%'],
    ['007', 'write 7'],
    ['NaN', 'write 41.67%, 0.4167 or 50/120'],
    ['Infinity', 'write 41.67%, 0.4167 or 50/120'],
    ['12:30', 'write 41.67%, 0.4167 or 50/120'],
    ['', 'write 41.67%, 0.4167 or 50/120'],
    ['1e999999999', 'write 41.67%, 0.4167 or 50/120'],
    ['1/0', 'write 50/120'],
  ])('%s is refused: %s', (text, hint) => {
    expect(refusal(fractionLiteral, text)?.hint).toBe(hint);
  });

  it('0.1 + 0.2 is 0.3', () => {
    const total = add(read(fractionLiteral, '0.1'), read(fractionLiteral, '0.2'));
    expect(equal(total, read(fractionLiteral, '0.3'))).toBe(true);
  });
});

describe('digits', () => {
  it.each(['1234567890123456789', '0.1234567890123456789', '1/1234567890123456789'])(
    'rejects %s, which has more than 18 digits in a row',
    (text) => {
      expect(refusal(fractionLiteral, text)?.code).toBe('literal-size');
    },
  );

  it('rejects a text of a million digits at once', () => {
    expect(refusal(number, '9'.repeat(1_000_000))?.code).toBe('literal-size');
  });

  it('reads every decimal of the grammar to the last digit', () => {
    const digits = fc.tuple(
      fc.bigInt(0n, 10n ** 18n - 1n),
      fc.bigInt(0n, 10n ** 18n - 1n),
      fc.boolean(),
    );
    fc.assert(
      fc.property(digits, ([whole, decimals, negative]) => {
        const places = decimals.toString().padStart(18, '0');
        const value = read(number, `${negative ? '-' : ''}${String(whole)}.${places}`);
        const exact: Fraction = fraction(whole * 10n ** 18n + decimals, 10n ** 18n);
        expect(equal(value, negative ? { n: -exact.n, d: exact.d } : exact)).toBe(true);
      }),
      { numRuns: cases(10_000) },
    );
  });
});

describe('a date', () => {
  it('has to be a day of the calendar', () => {
    expect(read(date, '2024-02-29')).toEqual({ year: 2024, month: 2, day: 29 });
    expect(refusal(date, '2025-2-9')?.code).toBe('literal');
  });

  it.each([
    ['1900-02-29', false],
    ['2000-02-29', true],
    ['2024-02-29', true],
    ['2025-02-29', false],
    ['2100-02-29', false],
    ['2025-02-28', true],
    ['2025-04-31', false],
    ['2025-12-31', true],
    ['2025-13-01', false],
    ['2025-00-10', false],
    ['2025-01-00', false],
  ])('%s is a day: %s', (text, isDay) => {
    expect(refusal(date, text) === undefined).toBe(isDay);
  });
});
