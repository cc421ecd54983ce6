/** Simulation: every draw is an exact projection, and splitting the work does not change the answer. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { failure } from '../../../src/core/result.js';
import { writeCsv } from '../../../src/formats/csv.js';
import { project } from '../../../src/projection/compile.js';
import { readOutput } from '../../../src/projection/output.js';
import { amountOf } from '../../../src/projection/outputAmounts.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { vary } from '../../../src/scenario/vary.js';
import type { Answer } from '../../../src/studies/answer.js';
import { partOf, type Job } from '../../../src/studies/job.js';
import { NO_VALUES } from '../../../src/studies/simulate/quantileWindow.js';
import { drawnValue, type Sampler } from '../../../src/studies/simulate/sampler.js';
import { simulate } from '../../../src/studies/simulate/simulate.js';
import { samplerFor, type SimulationSample } from '../../../src/studies/simulate/simulationJob.js';
import { literalOf } from '../../../src/studies/variation/inputValues.js';
import { readNamed } from '../../../src/studies/subject/outputTarget.js';
import { loaded } from '../../support/cells.js';
import { diagnosticsOf, valueOf } from '../../support/results.js';
import { soleSubject } from '../../../src/studies/subject/subject.js';

const BASE = loaded(readFileSync('scenarios/alibaba-380bn.yaml', 'utf8'));
const OF = ['*', 'servers/inspur:revenue', 'servers:units', 'optical_modules@FY2027:demand.USD'];

type Given = Record<string, unknown>;

function ask(given: Given, scenario = BASE): Answer {
  const result = simulate.run([scenario], simulate.options.parse({ draws: '200', ...given }));
  return valueOf(result);
}

function workOf(given: Given, scenario = BASE): Job {
  return valueOf(simulate.job!([scenario], simulate.options.parse({ draws: '200', ...given })));
}

function problemsOf(scenario: Scenario, given: Given = {}): readonly string[] {
  const result = simulate.run([scenario], simulate.options.parse({ draws: '10', ...given }));
  return diagnosticsOf(result).map(({ message }) => message);
}

function rowsOf({ table }: Answer, statistic: string): readonly (readonly string[])[] {
  return [...table!.rows].filter((row) => row[2] === statistic).map((row) => row.slice(3));
}

function samplerOf(scenario: Scenario, texts: readonly string[]): Sampler {
  const outputs = texts.map((text) => {
    const named = valueOf(readNamed(soleSubject(scenario), text, () => failure([])));
    return { ...named, above: [] };
  });
  return valueOf(
    samplerFor({ subject: soleSubject(scenario), outputs, quantiles: [], draws: 1, seed: 1n }),
  );
}

/** The outputs of one draw, by the plan. */
function countsOf(sampler: Sampler, draw: number): readonly bigint[] {
  const found: bigint[] = [];
  sampler.each({ from: draw, to: draw + 1 }, (counts) => found.push(...[...counts].map(BigInt)));
  return found;
}

/** The same from the text, with a layer for each input that was drawn. */
function textCountsOf(
  scenario: Scenario,
  texts: readonly string[],
  sampler: Sampler,
  draw: number,
) {
  const numbers = sampler.numbersOf(draw);
  const set = sampler.drawn.map((one, d) => {
    const literal = literalOf(one.input, drawnValue(one, numbers[d]!))!;
    return `${one.input.path}=${literal}`;
  });
  const { scenario: there } = vary(scenario, set);
  return texts.map((text) => {
    const output = valueOf(readOutput(text, there!));
    const currencies = output.measure === 'units' ? [] : [output.unit!];
    return amountOf(project(there!, { currencies }), output).count;
  });
}

describe('a draw', () => {
  const FILES = [
    'alibaba-380bn',
    'alibaba-domestic',
    'alibaba-weak-yuan',
    'alibaba-rolling',
    'alibaba-high',
  ];

  it.each(FILES)('of %s is the exact projection of the scenario with its values', (name) => {
    const scenario = loaded(readFileSync(`scenarios/${name}.yaml`, 'utf8'));
    const texts = OF.filter((text) => readNamed(soleSubject(scenario), text, () => failure([])).ok);
    const sampler = samplerOf(scenario, texts);
    expect(sampler.drawn.length).toBeGreaterThan(0);
    for (let draw = 0; draw < 25; draw++) {
      expect(countsOf(sampler, draw)).toEqual(textCountsOf(scenario, texts, sampler, draw));
    }
  });

  it('takes multiples of the step between low and high', () => {
    const scenario = loaded(BASE.tree.span.source.text, [
      'envelope={ value: 380bn CNY, low: 300bn CNY, high: 450bn CNY, step: 7bn CNY }',
    ]);
    const sampler = samplerOf(scenario, ['*']);
    const drawn = Array.from({ length: 500 }, (_, draw) =>
      drawnValue(sampler.drawn[0]!, sampler.numbersOf(draw)[0]!),
    );
    const bn = new Set(drawn.map(({ n }) => Number(n / 100_000_000_000n)));
    const steps = Array.from({ length: 22 }, (_, i) => 301 + 7 * i);
    expect([...bn].filter((one) => !steps.includes(one))).toEqual([]);
    expect(bn.size).toBeGreaterThan(15);
  });

  it('of an input does not depend on which others are drawn', () => {
    const numbersOf = (texts: readonly string[]) => {
      const { drawn, numbersOf: numbers } = samplerOf(BASE, texts);
      return numbers(17)[drawn.findIndex(({ input }) => input.path === 'envelope')];
    };
    expect(numbersOf(['*'])).toBe(numbersOf(['servers/inspur']));
  });
});

describe('the statistics', () => {
  const draws = 500;
  const sampler = samplerOf(BASE, OF);
  const counts = OF.map((_, o) =>
    Array.from({ length: draws }, (_, draw) => countsOf(sampler, draw)[o]!),
  );
  const sorted = counts.map((own) => [...own].sort((a, b) => (a < b ? -1 : 1)));
  const answer = ask({
    draws: String(draws),
    of: OF,
    above: ['servers/inspur:revenue=55bn', 'servers:units=100000'],
    quantiles: '0%,1/3,50%,99.9%,100%',
  });
  const digits = (row: readonly string[]) => BigInt(row[1]!.replace('.', ''));
  const byOutput = (rows: readonly (readonly string[])[], o: number) =>
    rows.slice(o * 5, o * 5 + 5);

  it.each(OF.map((text, o) => [text, o] as const))(
    'of %s equal those of all its draws in order',
    (_, o) => {
      const ranks = [1, 167, 250, 500, 500];
      const quantiles = byOutput(rowsOf(answer, 'quantile'), o).map(digits);
      expect(quantiles).toEqual(ranks.map((rank) => sorted[o]![rank - 1]));
      expect(digits(rowsOf(answer, 'least')[o]!)).toBe(sorted[o]![0]);
      expect(digits(rowsOf(answer, 'most')[o]!)).toBe(sorted[o]!.at(-1));
      const total = counts[o]!.reduce((a, b) => a + b, 0n);
      const twice = 2n * digits(rowsOf(answer, 'mean')[o]!) * BigInt(draws) - 2n * total;
      expect(twice <= BigInt(draws) && -twice <= BigInt(draws)).toBe(true);
    },
  );

  it('have the exact chance of exceeding a threshold', () => {
    const above = rowsOf(answer, 'above').map((row) => Number(row[1]));
    const more = (o: number, than: bigint) => counts[o]!.filter((count) => count > than).length;
    expect(above).toEqual([more(1, 5_500_000_000_000n) / draws, more(2, 100_000n) / draws]);
  });

  it('have a histogram with every draw once, between round ends', () => {
    const { table } = ask({ draws: String(draws), of: ['servers/inspur:revenue'] });
    const bars = [...table!.rows].filter((row) => row[2] === 'histogram');
    for (const [, , , ends, held] of bars) {
      const [from, to] = ends!.split('..').map((end) => BigInt(end.replace('.', '')));
      const inside = counts[1]!.filter((count) => from! <= count && count < to!);
      expect(inside.length).toBe(Number(held));
      expect(from! % 500_000_000_000n).toBe(0n);
    }
    expect(bars.reduce((sum, bar) => sum + Number(bar[4]), 0)).toBe(draws);
  });
});

describe('the work', () => {
  /** Two jobs, each prepared by itself as threads do. */
  const works = [workOf({ of: OF }), workOf({ of: OF })] as const;

  /** Every pass in blocks that end where `cuts` say, merged from last to first or from first to last. */
  function answerIn(cuts: readonly number[], isReversed: boolean): Answer {
    const [work] = works;
    const ends = [...new Set([...cuts, work.size])].sort((a, b) => a - b);
    let pass = work.first();
    for (;;) {
      const parts = ends.map((to, i) =>
        partOf(works[i % 2]!, structuredClone(pass), { from: ends[i - 1] ?? 0, to }),
      );
      const step = work.next(
        pass,
        (isReversed ? parts.reverse() : parts).reduce((a, b) => structuredClone(work.merge(a, b))),
      );
      if (step.done) return valueOf(step.result);
      pass = step.pass;
    }
  }

  const whole = ask({ of: OF });

  it('finds quantiles outside the kept values in a second pass', () => {
    const [work] = works;
    const pass = work.first();
    const { tallies, ...others } = partOf(work, pass, {
      from: 0,
      to: work.size,
    }) as SimulationSample;
    const none = {
      ranges: tallies[0]!.window.ranges.map(() => [1, 0] as const),
      values: NO_VALUES,
    };
    const emptied = tallies.map((tally, o) => (o % 2 === 0 ? { ...tally, window: none } : tally));
    const step = work.next(pass, { ...others, tallies: emptied });
    if (step.done) expect.fail('no second pass');
    const second = step.pass;
    const parts = [100, 200].map((to) => partOf(work, second, { from: to - 100, to }));
    const last = work.next(second, work.merge(parts[1], parts[0]));
    if (!last.done) expect.fail('a third pass');
    expect(valueOf(last.result).document).toEqual(whole.document);
  });

  it('gives equal bytes, however it is split, and in any order', () => {
    const cut = fc.array(fc.integer({ min: 1, max: 199 }), { maxLength: 5 });
    fc.assert(
      fc.property(cut, fc.boolean(), (cuts, isReversed) => {
        const answer = answerIn(cuts, isReversed);
        expect(writeCsv(answer.table!)).toBe(writeCsv(whole.table!));
        expect(answer.document).toEqual(whole.document);
      }),
      { numRuns: 10 },
    );
  });

  it('another seed gives other draws', () => {
    const answers = ['1', '2', '18446744073709551615'].map((seed) =>
      writeCsv(ask({ seed }).table!),
    );
    expect(new Set(answers).size).toBe(3);
  });
});

describe('correlations', () => {
  const SHARE = 'components.servers.suppliers.inspur.share';
  const correlated = (value: string) =>
    loaded(`${BASE.tree.span.source.text}
simulation: { correlations: [[envelope, ${SHARE}, ${value}]] }`);

  it.each([
    ['90%', 'wider', 1],
    ['-90%', 'narrower', -1],
  ])('of %s make the spread of an output %s', (value, _, sign) => {
    const spread = (scenario: Scenario) => {
      const answer = ask({ draws: '2000', of: ['servers/inspur'], quantiles: '5%,95%' }, scenario);
      const [low, high] = rowsOf(answer, 'quantile').map((row) => Number(row[1]));
      return high! - low!;
    };
    expect(Math.sign(spread(correlated(value)) - spread(BASE))).toBe(sign);
  });

  it('give an output the same numbers, whichever other outputs are asked for', () => {
    const scenario = correlated('50%');
    const alone = [...ask({ of: ['*'] }, scenario).table!.rows];
    const both = [...ask({ of: ['servers/inspur', '*'] }, scenario).table!.rows];
    expect(both.filter((row) => row[1] === '*')).toEqual(alone);
  });
});

describe('groups without `rest`', () => {
  const group = (text: string) =>
    loaded(BASE.tree.span.source.text, [
      ...['inspur', 'huaqin', 'h3c', 'other_servers'].map(
        (key) => `components.servers.suppliers.${key}=remove`,
      ),
      `components.servers.suppliers={ ${text} }`,
    ]);

  it('shares that are not drawn absorb the draws pro rata', () => {
    const scenario = group(
      'a: { share: 50%, low: 20% }, b: { share: 20%, high: 30% }, c: 20%, d: 10%',
    );
    const texts = ['servers', 'servers/a', 'servers/b', 'servers/c', 'servers/d'];
    const sampler = samplerOf(scenario, texts);
    for (let draw = 0; draw < 50; draw++) {
      const [all, a, b, c, d] = countsOf(sampler, draw);
      expect(a! + b! + c! + d!).toBe(all);
      // Twelve quarters, each within a quantum for each of the two.
      const off = c! - 2n * d!;
      expect(off < 36n && -off < 36n).toBe(true);
    }
  });

  it('reports a group in which every share is drawn', () => {
    const scenario = group('a: { share: 50%, low: 40% }, b: { share: 50%, low: 40% }');
    expect(problemsOf(scenario, { of: ['servers/a'] })).toEqual([
      'every share of its group is drawn, so none is left to absorb the difference',
    ]);
  });
});

describe('impossible draws are reported before any draw', () => {
  const text = BASE.tree.span.source.text;

  it.each([
    [
      'components.servers.suppliers.inspur.high=75%',
      'some draws are not possible: the supplier shares of servers sum to 125%, 25% too much',
    ],
    ['envelope.step=1000bn CNY', 'no multiple of the step lies between low and high of `envelope`'],
  ])('%s: %s', (set, message) => {
    expect(problemsOf(loaded(text, [set]), { of: ['servers/inspur'] })).toEqual([message]);
  });

  it('reported periods that a low envelope does not hold', () => {
    const rolling = readFileSync('scenarios/alibaba-rolling.yaml', 'utf8');
    const [problem] = problemsOf(loaded(rolling, ['envelope.low=1bn CNY']));
    expect(problem).toContain('some draws are not possible:');
    expect(problem).toContain('exceed the envelope');
  });

  it.each([
    [{ of: ['servrs'] }, 'there is no component or supplier `servrs`: write servers'],
    [{ of: [':revenue.XYZ'] }, '`XYZ` is not an ISO 4217 currency'],
    [{ above: ['servers'] }, 'no value'],
    [{ above: ['servers=1'] }, undefined],
  ])('%o', (given, message) => {
    if (message === undefined) expect(rowsOf(ask(given), 'above')).toHaveLength(1);
    else expect(problemsOf(BASE, given)).toEqual([message]);
  });

  it.each([
    [{ draws: '0' }, 'write a whole number from 1 to 10^12'],
    [{ draws: '1e3' }, 'write a whole number from 1 to 10^12'],
    [{ seed: '18446744073709551616' }, 'write a whole number from 0 to 2^64 - 1'],
    [{ quantiles: '5%,101%' }, 'a quantile is from 0% to 100%; write 5%,50%,95%'],
  ])('%o: %s', (given, message) => {
    const parsed = simulate.options.safeParse(given);
    expect(parsed.error?.issues[0]?.message).toBe(message);
  });
});

it('gives the base value in every draw of a scenario without ranges', () => {
  const scenario = loaded(BASE.tree.span.source.text, [
    'envelope.low=remove',
    'envelope.high=remove',
  ]);
  const answer = ask({ of: ['*'], draws: '3' }, scenario);
  expect(rowsOf(answer, 'quantile').map((row) => row[1])).toEqual(
    new Array<string>(5).fill('380000000000.00'),
  );
  expect(answer.notes[0]).toBe('no input was drawn: no input with a range affects these outputs');
});

it('the median of one draw is that draw', () => {
  const answer = ask({ draws: '1', of: ['*'], quantiles: '50%' });
  expect(rowsOf(answer, 'mean')[0]![1]).toBe(rowsOf(answer, 'quantile')[0]![1]);
});
