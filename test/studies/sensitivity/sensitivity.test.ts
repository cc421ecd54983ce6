/** Tornado and grid: the effect of one input or two, and the shares that absorb them. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { printShort } from '../../../src/core/number/decimal.js';
import { fraction, roundHalfEven } from '../../../src/core/number/fraction.js';
import { project } from '../../../src/projection/compile.js';
import { readOutput, type Output } from '../../../src/projection/output.js';
import { amountOf } from '../../../src/projection/outputAmounts.js';
import { vary } from '../../../src/scenario/vary.js';
import type { Answer } from '../../../src/studies/answer.js';
import { sensitivity } from '../../../src/studies/sensitivity/sensitivity.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { tornado } from '../../../src/studies/sensitivity/tornado.js';
import { ask as askOf } from '../../../src/studies/study.js';
import { literalOf } from '../../../src/studies/variation/inputValues.js';
import { cases } from '../../support/cases.js';
import { loaded } from '../../support/cells.js';
import { source } from '../../support/questions.js';
import { diagnosticsOf, valueOf } from '../../support/results.js';
import { soleSubject } from '../../../src/studies/subject/subject.js';
import { soleOutput } from '../../../src/studies/subject/subjectOutput.js';

const BASE = loaded(readFileSync('scenarios/alibaba-380bn.yaml', 'utf8'));
const INSPUR = 'servers/inspur:revenue';

function ask(options: Record<string, unknown>): Answer {
  const result = sensitivity.run([BASE], sensitivity.options.parse(options));
  return valueOf(result);
}

function output(text: string): Output {
  return valueOf(readOutput(text, BASE));
}

/** 1,000 yuan in one period, at a rate of CNY for one USD. */
function rateScenario(rate: string): string {
  return `scenario: rate
currency: CNY
calendar: { fiscal_year_ends: 3, from: FY2026Q1, to: FY2026Q1 }
envelope: 1000 CNY
phasing: even
estimates: { a: { split: { x: rest } } }
mix: a
fx: { base: { USD: ${rate} } }
`;
}

/** The tornado of a scenario by itself. */
function tornadoOf(scenario: Scenario, asked: Output) {
  return tornado(soleSubject(scenario), soleOutput(asked));
}

describe('the tornado', () => {
  it('has a bar for every input with a range, the largest swing first', () => {
    const { swings } = tornadoOf(BASE, output(INSPUR));
    const ranged = BASE.inputs.filter(({ attributes: { low, high } }) => low ?? high);
    expect(new Set(swings.map(({ input }) => input.path))).toEqual(
      new Set(ranged.map(({ path }) => path)),
    );
    const sizes = swings.map(({ swing }) => swing);
    expect(sizes).toEqual([...sizes].sort((a, b) => Number(b > a) - Number(b < a)));
    expect(swings[0]!.input.path).toBe('components.servers.suppliers.inspur.share');
  });

  it('has the ends of the scenario with that one input set', () => {
    const asked = output(INSPUR);
    for (const { input, low, high } of tornadoOf(BASE, asked).swings) {
      for (const { value, result } of [low, high]) {
        const { scenario } = vary(BASE, [`${input.path}=${literalOf(input, value)!}`]);
        expect(result).toBe(amountOf(project(scenario!), asked).count);
      }
    }
  });

  it('evaluates the low and the high of a rate that no decimal expresses, exactly', () => {
    const draw = source(7);
    for (let one = 0; one < cases(60); one++) {
      const [a, b, c] = [0, 1, 2].map(
        () => 1 + Math.floor(draw.next() * 10 ** draw.pick([2, 9, 17])),
      );
      const [least, value, most] = [a!, a! + b!, a! + b! + c!].map(BigInt) as [
        bigint,
        bigint,
        bigint,
      ];
      const places = draw.pick([0, 3, 18]);
      const over = (under: bigint) => `1/${printShort(under, places)}`;
      const scenario = loaded(
        rateScenario(`{ value: ${over(value)}, low: ${over(most)}, high: ${over(least)} }`),
      );
      const [swing] = tornadoOf(scenario, valueOf(readOutput(':demand.USD', scenario))).swings;
      const expected = (under: bigint) =>
        roundHalfEven(fraction(100_000n * under, 10n ** BigInt(places)));
      expect([swing!.low.result, swing!.high.result]).toEqual([expected(most), expected(least)]);
    }
  });

  it('says that `rest` absorbs the change of a share', () => {
    const [first] = tornadoOf(BASE, output(INSPUR)).swings;
    expect(first!.rebalanced).toEqual(['components.servers.suppliers.other_servers']);
  });

  it('without `rest`, the other shares absorb it pro rata', () => {
    const scenario = loaded(BASE.tree.span.source.text, [
      'components.servers.suppliers=remove',
      'components.servers.suppliers={ a: { share: 50%, low: 20% }, b: 30%, c: 20% }',
    ]);
    const b = valueOf(readOutput('servers/b', scenario));
    const swing = tornadoOf(scenario, b).swings.find(({ input }) => input.path.includes('.a.'));
    expect(swing!.rebalanced).toEqual([
      'components.servers.suppliers.b',
      'components.servers.suppliers.c',
    ]);
    // b has 30 of the 50 that the others share, so 48% of the whole when a has 20%.
    const set = ['components.servers.suppliers={ a: 20%, b: 48%, c: 32% }'];
    const expected = amountOf(project(vary(scenario, set).scenario!), b).count;
    expect(swing!.low.result).toBe(expected);
  });

  it('gives a reason in place of a result for an end that is invalid', () => {
    const scenario = loaded(readFileSync('scenarios/alibaba-rolling.yaml', 'utf8'), [
      'envelope.low=1bn CNY',
    ]);
    const { swings } = tornadoOf(scenario, valueOf(readOutput('', scenario)));
    const { low } = swings.find(({ input }) => input.path === 'envelope')!;
    expect(low.result).toBeUndefined();
    expect(low.reason()).toContain('exceed the envelope');
  });
});

describe('the grid', () => {
  it('has a row for every combination, the last input fastest', () => {
    const { table } = ask({
      of: INSPUR,
      grid: [
        'envelope=300bn CNY..400bn CNY/100bn CNY',
        'components.servers.suppliers.inspur.share=25%,50%',
      ],
    });
    expect(Array.from(table!.rows, (row) => row.slice(-3, -1))).toEqual([
      ['300000000000.00', '0.25'],
      ['300000000000.00', '0.5'],
      ['400000000000.00', '0.25'],
      ['400000000000.00', '0.5'],
    ]);
  });

  it('equals the scenario at every point', () => {
    const { table } = ask({ of: INSPUR, grid: ['envelope=300bn CNY,380bn CNY'] });
    const values = Array.from(table!.rows, (row) => row.at(-1));
    const asked = output(INSPUR);
    const expected = ['300bn CNY', '380bn CNY'].map((text) => {
      const { scenario } = vary(BASE, [`envelope=${text}`]);
      return amountOf(project(scenario!), asked).count;
    });
    expect(values.map((text) => BigInt(text!.replace('.', '')))).toEqual(expected);
  });
});

describe('wrong options are reported at their place', () => {
  it.each([
    [{ of: 'servrs' }, 'there is no component or supplier `servrs`: write servers'],
    [{ of: ':revenue.XYZ' }, '`XYZ` is not an ISO 4217 currency'],
    [{ grid: ['envelop=1bn CNY'] }, '`envelop` is not an input'],
    [{ grid: ['envelope=1'] }, '`1` has no currency'],
  ])('%o: %s', (options, message) => {
    const result = sensitivity.run([BASE], sensitivity.options.parse(options));
    expect(diagnosticsOf(result)[0]!.message).toContain(message.split(';')[0]);
  });

  it.each([
    ['XYZ=1%', 'not an ISO 4217 currency'],
    ['USD=-100%', 'cannot fall by 100%'],
    ['USD=1%..0%/1%', 'must rise'],
    ['USD', 'write USD=-10%..+10%/5%'],
    ['USD=1%,EUR', '`EUR` has no values'],
    ['USD=1%,USD=2%', 'USD is given twice'],
    ['USD=1%,EUR=1%,2%', 'need as many values each: USD has 1, EUR has 2'],
    ['USD=±', '`-` is not a ratio'],
  ])('--fx %s: %s', (fx, message) => {
    const parsed = sensitivity.options.safeParse({ fx });
    expect(parsed.error?.issues[0]?.message).toContain(message);
  });

  it.each([
    [{ by: 'period' }, '--by', 'is for --fx'],
    [{ of: 'servers', currency: 'USD' }, '--currency', 'is for --fx'],
    [{ fx: 'USD=1%', grid: ['envelope=1bn CNY'] }, '--grid', 'cannot be combined with --fx'],
    [{ fx: 'USD=1%', of: 'servers' }, '--of', 'cannot be combined with --fx'],
  ])('%j has an option without effect', (typed, option, message) => {
    const [found] = diagnosticsOf(askOf(sensitivity, [BASE], typed));
    expect([found!.span.source.name, found!.message.slice(0, message.length)]).toEqual([
      option,
      message,
    ]);
  });
});
