/** Rates of one currency that are far apart, and what they look like. */
import { describe, expect, it } from 'vitest';
import {
  compare,
  divide,
  fraction,
  multiply,
  type Fraction,
} from '../../../src/core/number/fraction.js';
import { readDecimal } from '../../../src/core/number/decimal.js';
import { success } from '../../../src/core/result.js';
import type { ReadFile } from '../../../src/core/text/fileRequest.js';
import { load } from '../../../src/scenario/load.js';
import { ratesApart } from '../../../src/studies/check/againstRates.js';
import { cases, coverage } from '../../support/cases.js';
import { loaded } from '../../support/cells.js';
import { source } from '../../support/questions.js';
import { scenarioText } from '../../support/scenarios.js';

const scenario = (fx: string) =>
  loaded(`scenario: rates
currency: CNY
calendar: { fiscal_year_ends: 12, from: FY2026, to: FY2028, period: year }
envelope: 100bn CNY
phasing: even
estimates: { view: { split: { servers: rest } } }
mix: view
fx: ${fx}
`);

const warningsOf = (fx: string) => ratesApart(scenario(fx));

/** A rate of six digits: from 0.0001 to 9999. */
function drawRate({ next }: ReturnType<typeof source>): string {
  const digits = String(100_000 + Math.floor(next() * 900_000));
  const whole = Math.floor(next() * 8) - 3;
  const text =
    whole > 0
      ? `${digits.slice(0, whole)}.${digits.slice(whole)}`
      : `0.${'0'.repeat(-whole)}${digits}`;
  return text;
}

/** How a rate may be quoted by mistake, what `check` calls it, and its literal. */
const MISTAKES: readonly (readonly [name: RegExp, mistake: (rate: string) => string])[] = [
  [/the inverse:/, (rate) => `1/${rate}`],
  [/a rate per 100 USD, ×100:/, (rate) => scaled(rate, 2)],
  [/×10:/, (rate) => scaled(rate, 1)],
  [/×1000:/, (rate) => scaled(rate, 3)],
  [/÷100:/, (rate) => scaled(rate, -2)],
  [/the inverse of a rate per 100 CNY, ×100:/, (rate) => `100/${rate}`],
];

function scaled(rate: string, shift: number): string {
  const { n, d } = multiply(
    readDecimal(rate),
    shift < 0 ? fraction(1n, 10n ** BigInt(-shift)) : fraction(10n ** BigInt(shift)),
  );
  return `${n}/${d}`;
}

function valueOf(rate: string): Fraction {
  const [over, under = '1'] = rate.split('/');
  return divide(readDecimal(over!), readDecimal(under));
}

const isFar = (a: Fraction, b: Fraction) => {
  const times = divide(a, b);
  return compare(times, fraction(2n)) > 0 || compare(times, fraction(1n, 2n)) < 0;
};

it('warns of a path more than 2 times apart from its base rate, and says what it looks like', () => {
  const dice = source(11);
  let said = 0;
  for (let draw = 0; draw < cases(400); draw++) {
    const base = drawRate(dice);
    const near = multiply(
      readDecimal(base),
      fraction(BigInt(900 + Math.floor(dice.next() * 200)), 1000n),
    );
    const [name, mistake] = dice.pick(MISTAKES);
    const path = mistake(decimalOf(near));
    const found = warningsOf(`{ base: { USD: ${base} }, path: { USD: { FY2027: ${path} } } }`);
    if (!isFar(valueOf(path), valueOf(base))) {
      expect(found, `${base} ${path}`).toEqual([]);
      continue;
    }
    said++;
    expect(found).toHaveLength(1);
    expect(found[0]!.problem.found, `${base} ${path}`).toMatch(name);
    // The remedy ends the doubt.
    const remedy = /^write `([^`]+)`/.exec(found[0]!.problem.hint!)![1]!;
    expect(warningsOf(`{ base: { USD: ${base} }, path: { USD: { FY2027: ${remedy} } } }`)).toEqual(
      [],
    );
  }
  expect(said).toBeGreaterThan(coverage(300));
});

/** To 9 decimals. */
function decimalOf({ n, d }: Fraction): string {
  const digits = String((n * 10n ** 9n) / d).padStart(10, '0');
  return `${digits.slice(0, -9)}.${digits.slice(-9)}`;
}

it('accepts random rates that are at most 2 times apart', () => {
  const dice = source(12);
  for (let draw = 0; draw < cases(200); draw++) {
    const [a, b] = [drawRate(dice), drawRate(dice)];
    const found = warningsOf(`{ base: { USD: ${a} }, path: { USD: ${b} } }`);
    expect(found.length, `${a} ${b}`).toBe(isFar(readDecimal(a), readDecimal(b)) ? 1 : 0);
  }
});

describe('one warning for a currency', () => {
  it('has the number of the others', () => {
    const [first, ...more] = warningsOf(
      '{ base: { USD: 7 }, path: { USD: { FY2026: 0.14, FY2027: 0.15, FY2028: 7.2 } } }',
    );
    expect(more).toEqual([]);
    expect(first!.problem.message).toBe(
      '`fx.path.USD.FY2026` and `fx.base.USD` are 50 times apart, and 1 more of USD',
    );
  });

  it('compares the steps of a path that has no base rate', () => {
    const [first] = warningsOf('{ path: { JPY: { FY2026: 0.05, FY2027: 5.1 } } }');
    expect(first!.problem).toMatchObject({
      message: '`fx.path.JPY.FY2027` and `fx.path.JPY.FY2026` are 102 times apart',
      found: '`5.1` and `0.05`: it looks like a rate per 100 JPY, ×100: 5.1/100 is 0.051',
      hint: 'write `5.1/100`, or correct `fx.path.JPY.FY2026`',
    });
  });

  it('names the direction of a table, where a literal such as 5.1/100 cannot stand', () => {
    const csv = 'period,value\nFY2026Q1,718\nFY2026Q3,720\n';
    const read: ReadFile = ({ path: name }) => success({ name, text: csv });
    const told = (direction: string) => {
      const table = `{ file: r.csv, direction: ${direction} }`;
      const text = scenarioText({ fx: `{ base: { USD: 7.1 }, path: { USD: ${table} } }` });
      return ratesApart(load(text, { read }).scenario!).map(({ problem }) => problem.hint);
    };
    expect(told('CNY per foreign')).toEqual([
      'write `direction: CNY per 100 foreign` beside `file` if all its rates are so, or correct `fx.base.USD`',
    ]);
    expect(told('CNY per 100 foreign')).toEqual([]);
  });

  it('compares the ends of a range with their rate', () => {
    const [first] = warningsOf('{ base: { USD: { value: 7.17, low: 0.139, high: 7.5 } } }');
    expect(first!.problem.message).toBe('`fx.base.USD.low` and `fx.base.USD` are 52 times apart');
  });

  it('passes over a rate that no period uses', () => {
    expect(
      warningsOf('{ base: { USD: 7 }, path: { USD: { FY2024: 0.14, FY2026: 7.1 } } }'),
    ).toEqual([]);
  });

  it('has no remedy where no quote is near', () => {
    const [first] = warningsOf('{ base: { USD: 7 }, path: { USD: 2.5 } }');
    expect(first!.problem).toMatchObject({
      message: '`fx.path.USD` and `fx.base.USD` are 2.8 times apart',
      found: '`2.5` and `7`',
      hint: 'correct `fx.path.USD`, or correct `fx.base.USD`',
    });
  });
});
