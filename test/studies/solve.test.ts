/** Goal seek: what it answers, checked against every value of the grid. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { tailLabels } from '../../src/model/calendar.js';
import { multiply, ratio, subtract, type Ratio } from '../../src/core/ratio.js';
import { isRest, type Input } from '../../src/model/input.js';
import { amountOf, readOutput, type Output } from '../../src/projection/output.js';
import { project, type Projection } from '../../src/projection/project.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { vary } from '../../src/scenario/vary.js';
import { solve } from '../../src/studies/solve.js';
import { answerTo, resultOf, type Outcome } from '../../src/studies/solveAnswer.js';
import type { Question } from '../../src/studies/solveQuestion.js';
import { isAnswer } from '../../src/studies/study.js';
import { isPrice, moved } from '../../src/studies/variation.js';
import { loaded } from '../cells.js';
import { scenarios } from '../naive/generator.js';
import { toYaml } from '../naive/spec.js';

const shipped = (name: string) => loaded(readFileSync(`scenarios/${name}.yaml`, 'utf8'));
const base = shipped('alibaba-380bn');
const rolling = shipped('alibaba-rolling');

// ── The four answers ─────────────────────────────────────────────────────────────────────────────

/** `value result difference verdict` of each row, and the notes. */
function ask(
  scenario: Scenario,
  typed: { for: string; target: string; low?: string; high?: string },
) {
  const result = solve.run([scenario], typed);
  if (!isAnswer(result)) {
    return result.map(({ span, message }) => `${span.source.name} ${span.source.text}: ${message}`);
  }
  const { columns, rows } = result.table!;
  const names = columns.map(({ name }) => name);
  const shown = ['value', 'result', 'difference', 'verdict'].map((name) => names.indexOf(name));
  return {
    rows: rows.map((row) => shown.map((i) => row[i]).join(' ')),
    notes: result.notes,
    document: result.document as { verdict: string; gives_way: string[] },
  };
}

const share = 'components.servers.suppliers.inspur.share';
const rest = 'components.servers.suppliers.other_servers';

describe('the four answers on the base scenario', () => {
  it('found between two steps: the nearest value, and the one across the target', () => {
    const answer = ask(base, { for: share, target: 'servers/inspur:revenue=60bn' });
    expect(answer).toMatchObject({
      rows: [
        '0.378947 59999941666.68 -58333.32 nearest',
        '0.378948 60000099999.96 99999.96 across',
      ],
      document: { verdict: 'found', gives_way: [rest] },
    });
    expect('notes' in answer && answer.notes).toEqual([
      'found to within a step: servers/inspur:revenue.CNY = 60bn CNY lies between values of ' +
        `${share}: 37.8947% gives 59,999,941,666.68 CNY, 58,333.32 CNY too little; ` +
        '37.8948% gives 60,000,099,999.96 CNY, 99,999.96 CNY too much',
      `${share} is 35% in the scenario, which gives 55,416,666,666.68 CNY`,
      `${rest} is \`rest\` and gives way`,
    ]);
  });

  it('found exactly: the whole run of values that rounding takes to the target', () => {
    expect(ask(base, { for: 'envelope', target: 'servers/inspur:revenue=60bn' })).toMatchObject({
      rows: [
        '411428571428.28 60000000000.00 0.00 found from',
        '411428571429.12 60000000000.00 0.00 found to',
      ],
    });
  });

  it('none in the range, with the ends’ results', () => {
    expect(ask(base, { for: 'envelope', target: 'servers/inspur=90bn CNY' })).toMatchObject({
      rows: [
        '300000000000 43750000000.08 -46249999999.92 none',
        '450000000000 65625000000.00 -24375000000.00 none',
      ],
      document: { verdict: 'none', gives_way: [] },
    });
  });

  it('all of the range: the total of a component does not hang on a share of it', () => {
    expect(ask(base, { for: share, target: 'servers=158333333333.36' })).toMatchObject({
      rows: ['0.25 158333333333.36 0.00 all from', '0.45 158333333333.36 0.00 all to'],
      document: { verdict: 'all' },
    });
  });

  it('undefined where the reported amounts exceed the envelope, and found beyond', () => {
    const question = { for: 'envelope', low: '100bn', target: 'servers=200bn' };
    expect(ask(rolling, question)).toMatchObject({
      rows: [
        '100000000000   undefined from',
        '119868149999.99   undefined to',
        '396858449069.3 200000000000.00 0.00 found from',
        '396858449069.31 200000000000.00 0.00 found to',
      ],
      document: {
        verdict: 'found',
        undefined: [{ errors: [{ code: 'actuals-exceed', source: 'scenario.yaml' }] }],
      },
    });
  });

  it('nowhere, where a part of the range is undefined', () => {
    const memory = 'components.servers.components.memory.part.FY2028';
    const typed = { for: memory, low: '10%', high: '46%', target: 'servers/memory=80bn' };
    expect(ask(rolling, typed)).toMatchObject({ document: { verdict: 'undefined' } });
  });
});

describe('inputs and outputs of every kind', () => {
  it.each([
    ['a rate under translation', base, 'fx.base.USD', 'servers/inspur:revenue=8bn USD', '6.927083'],
    [
      'a rate path that the file leaves to the base',
      base,
      'fx.path.USD',
      'servers:units=105000',
      '7.265534',
    ],
    [
      'content',
      base,
      'components.servers.pricing.USD.content',
      'servers:units.server=105552',
      '0.2',
    ],
  ])('%s', (_, scenario, path, target, first) => {
    const answer = ask(scenario, { for: path, target }) as { rows: string[] };
    expect(answer.rows[0]!.split(' ')[0]).toBe(first);
  });
});

describe('what cannot be asked is told by the option at fault', () => {
  it.each([
    [
      { for: 'envelop', target: 'servrs=200bn' },
      [
        '--for envelop: `envelop` names no input',
        '--target servrs=200bn: there is no component or supplier `servrs`: write servers',
      ],
    ],
    [{ for: 'envelope', target: 'servers' }, ['--target servers: no value']],
    [
      { for: 'envelope', target: 'servers=20 apples' },
      ['--target servers=20 apples: `20 apples CNY` is not an amount'],
    ],
    [
      { for: 'envelope', target: 'servers:demand.USD=1bn CNY' },
      ['--target servers:demand.USD=1bn CNY: the output is in USD, its target in CNY'],
    ],
    [
      { for: 'envelope', target: 'servers:units=1bn' },
      ['--target servers:units=1bn: `1bn` is not a plain decimal number'],
    ],
    [
      { for: 'envelope', target: 'switches:units=1' },
      ['--target switches:units=1: the forecast has no cell of `switches:units`'],
    ],
    [
      { for: 'envelope', target: 'servers=1bn', low: '1bn USD' },
      ['--low 1bn USD: `1bn USD` is not in CNY'],
    ],
    [
      { for: 'envelope', target: 'servers=1bn', low: '500bn' },
      ['--for envelope: no multiple of the step lies between low and high of `envelope`'],
    ],
    [
      { for: 'components.servers.price', target: 'servers:units=1' },
      [
        '--for components.servers.price: `components.servers.price` has no `low`: the search needs a range',
        '--for components.servers.price: `components.servers.price` has no `high`: the search needs a range',
      ],
    ],
  ])('%o', (typed, told) => {
    expect(ask(base, typed)).toEqual(told);
  });

  it('a rate that the target needs is missing as in any report', () => {
    const told = solve.run([base], { for: 'envelope', target: 'servers=1bn EUR' });
    expect(told).toMatchObject([{ code: 'rate-missing' }]);
  });

  it('a step of zero', () => {
    const { scenario } = vary(base, ['envelope.step=0 CNY']);
    const told = ask(scenario!, { for: 'envelope', target: 'servers=1bn' });
    expect(told).toEqual(['--for envelope: the step of `envelope` is not above zero']);
  });
});

it('the closure can be chosen', () => {
  const typed = { for: 'fx.path.USD', target: 'servers:demand=160bn' };
  expect(ask(base, typed)).toMatchObject({ document: { verdict: 'none' } });
  const answer = solve.run([base], { ...typed, closure: 'volume' });
  expect(isAnswer(answer) && answer.document).toMatchObject({
    verdict: 'found',
    closure: 'volume',
  });
});

// ── Random targets, against a dense scan ─────────────────────────────────────────────────────────

/** A small seeded source; which scenarios, inputs, outputs and targets are drawn hangs on it alone. */
function source(seed: number) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  return { next, pick };
}

type Source = ReturnType<typeof source>;

/** Which kind of input a path is: every kind has to be drawn. */
const KINDS: readonly (readonly [kind: string, path: RegExp])[] = [
  ['envelope', /^envelope$/],
  ['part of an estimate', /^estimates\..*\.split/],
  ['erosion', /\.erosion$/],
  ['price', /\.price/],
  ['share', /\.suppliers\./],
  ['part', /\.components\./],
  ['content', /\.content$/],
  ['pass-through', /\.pass_through$/],
  ['lag weight', /\.lag\./],
  ['growth', /^phasing\.growth/],
  ['year', /^phasing\.years/],
  ['period weight', /^phasing\.weights/],
  ['blend weight', /^mix\./],
  ['base rate', /^fx\.base/],
  ['rate path', /^fx\.path/],
  ['attributable', /^actuals\.attributable/],
  ['reported', /^actuals\.periods/],
];

const kindOf = ({ path }: Input) => KINDS.find(([, form]) => form.test(path))?.[0];

/** A range around the value, and a step that cuts it into 40 to 200 values of few digits. */
function gridFor(input: Input): {
  readonly step: Ratio;
  readonly first: bigint;
  readonly last: bigint;
} {
  const kind = kindOf(input)!;
  if (
    [
      'share',
      'part',
      'content',
      'pass-through',
      'lag weight',
      'year',
      'blend weight',
      'attributable',
    ].includes(kind) ||
    (kind === 'part of an estimate' && !input.currency)
  ) {
    return { step: ratio(1n, 64n), first: 0n, last: 66n };
  }
  if (kind === 'growth' || kind === 'erosion')
    return { step: ratio(1n, 50n), first: -49n, last: 52n };
  const { n, d } = input.value.n > 0n ? input.value : ratio(1n);
  const quantum = input.currency && !isPrice(input) ? 0 : -9;
  let power = 24;
  const tens = (p: number) => (p < 0 ? ratio(1n, 10n ** BigInt(-p)) : ratio(10n ** BigInt(p)));
  while (power > quantum && tens(power).n * d * 40n > n * tens(power).d) power--;
  const step = tens(power);
  const steps = (n * step.d) / (d * step.n);
  return { step, first: steps > 80n ? steps - 80n : 0n, last: steps + 60n };
}

/** A random output: a component or all, a supplier or not, a period or not, any measure and unit. */
function outputFor({ scenario, cells }: Projection, { next, pick }: Source): Output {
  const { leaf, supplier, period, measure, unit } = pick(cells);
  const { window } = scenario;
  const place = next() < 0.3 ? '' : next() < 0.5 ? leaf.path : `${leaf.path}/${supplier}`;
  const label = window.periods[period]?.label ?? tailLabels(window).period;
  const time = next() < 0.5 ? '' : `@${label}`;
  const output = readOutput(`${place}${time}:${measure}.${unit.label}`, scenario);
  if ('message' in output) expect.fail(output.message);
  return output;
}

/** All of one input's values on its grid; a scenario is made once for each. */
function varied(scenario: Scenario, input: Input, step: Ratio) {
  const known = new Map<bigint, ReturnType<typeof moved>>();
  return (output: Output): ((index: bigint) => Outcome) => {
    const results = new Map<bigint, Outcome>();
    return (index) => {
      const one = known.get(index) ?? moved(scenario, input.path, multiply(step, ratio(index)));
      known.set(index, one);
      const result =
        results.get(index) ??
        (one.scenario ? resultOf(one.scenario, output) : { errors: one.diagnostics });
      results.set(index, result);
      return result;
    };
  };
}

/** The gap of every value of the grid. */
function dense({ first, last, target }: Question, at: (index: bigint) => Outcome) {
  const gaps: (Ratio | undefined)[] = [];
  for (let index = first; index <= last; index++) {
    const outcome = at(index);
    gaps.push('count' in outcome ? subtract(ratio(outcome.count), target) : undefined);
  }
  return gaps;
}

/** A target at, beside, between or beyond the results of the grid. */
function targetFor(counts: readonly bigint[], { next, pick }: Source): Ratio {
  const [one, other] = [pick(counts), pick(counts)];
  const kind = next();
  if (kind < 0.3) return ratio(one);
  if (kind < 0.4) return ratio(one + (next() < 0.5 ? 1n : -1n));
  if (kind < 0.5) return ratio(2n * one + 1n, 2n);
  if (kind < 0.9) return ratio((one * BigInt(Math.floor(next() * 1000)) + other * 1000n) / 1000n);
  return ratio(one + other + 1n);
}

const sizeOf = (gap: Ratio) => (gap.n < 0n ? { n: -gap.n, d: gap.d } : gap);
const isCloser = (a: Ratio | undefined, b: Ratio) =>
  a !== undefined && sizeOf(a).n * b.d < sizeOf(b).n * a.d;

/** What is wrong with an answer, by the gaps of the whole grid. */
function faults(
  question: Question,
  gaps: readonly (Ratio | undefined)[],
  at: (i: bigint) => Outcome,
) {
  const answer = answerTo(question, at);
  const gapAt = (index: bigint) => gaps[Number(index - question.first)];
  const wrong: string[] = [];
  const exact = new Set<bigint>();
  for (const { kind, first, last } of answer.solutions) {
    if (kind === 'exact') for (let i = first; i <= last; i++) exact.add(i);
    if (kind === 'exact') continue;
    const [a, b] = [gapAt(first)!, gapAt(last)!];
    if (a.n * b.n >= 0n) wrong.push(`no crossing between ${first} and ${last}`);
    const [index, best] = isCloser(b, a) ? [last, b] : [first, a];
    for (const beside of [index - 1n, index + 1n].map(gapAt)) {
      if (isCloser(beside, best)) wrong.push(`a neighbour of ${index} is nearer`);
    }
  }
  gaps.forEach((gap, i) => {
    const index = question.first + BigInt(i);
    if ((gap?.n === 0n) !== exact.has(index))
      wrong.push(`${index} is ${exact.has(index) ? 'not exact' : 'missed'}`);
    const next = gaps[i + 1];
    if (answer.solutions.length === 0 && gap && next && gap.n * next.n < 0n)
      wrong.push(`a crossing after ${index}`);
    const inGap = answer.gaps.some(({ first, last }) => first <= index && index <= last);
    if ((gap === undefined) !== inGap) wrong.push(`${index} is ${inGap ? 'defined' : 'undefined'}`);
  });
  return { wrong, verdict: answer.verdict };
}

const small = scenarios().filter(
  ({ calendar, components = {} }) =>
    Object.keys(components).length > 0 && toYaml({ calendar } as never).length < 90,
);

it('1,000 random targets: answers hold against every value of the grid', () => {
  const dice = source(3);
  const yamls = fc.sample(small, { seed: 3, numRuns: 300 }).map((spec) => toYaml(spec));
  const pool = yamls.filter((yaml) => yaml.length < 1500).map((yaml) => loaded(yaml));
  const all = [base, rolling, shipped('alibaba-high'), shipped('alibaba-weak-yuan'), ...pool];
  const verdicts: Record<string, number> = {};
  const kinds: Record<string, number> = {};
  let targets = 0;
  for (let pair = 0; targets < 1000; pair++) {
    const [kind] = KINDS[pair % KINDS.length]!;
    const candidates = all.flatMap((scenario) =>
      scenario.inputs.flatMap((one) =>
        !isRest(one) && kindOf(one) === kind ? [[scenario, one] as const] : [],
      ),
    );
    const [scenario, input] = dice.pick(candidates);
    const grid = gridFor(input);
    const outcomes = varied(scenario, input, grid.step);
    const projection = project(scenario);
    for (let o = 0; o < 5; o++) {
      const output = outputFor(projection, dice);
      const at = outcomes(output);
      const { unit } = amountOf(projection, output);
      const ask = (target: Ratio) => ({
        scenario,
        input,
        output,
        unit,
        target,
        ...grid,
        low: ratio(0n),
        high: ratio(0n),
      });
      const counts = dense(ask(ratio(0n)), at).flatMap((gap) => (gap ? [gap.n] : []));
      for (let t = 0; t < 5; t++, targets++) {
        const question = ask(targetFor(counts.length > 0 ? counts : [0n], dice));
        const { wrong, verdict } = faults(question, dense(question, at), at);
        if (wrong.length > 0)
          console.log(
            input.path,
            output.text,
            question.target,
            grid,
            wrong,
            counts.map(String).join(' '),
          );
        verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
        kinds[kind] = (kinds[kind] ?? 0) + 1;
      }
    }
  }
  console.log(verdicts, kinds, pool.length);
}, 300_000);
