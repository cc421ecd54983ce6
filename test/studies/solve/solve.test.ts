/** Goal seek: its answers, compared with every value of the grid. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  compare,
  fraction,
  sizeOf,
  subtract,
  type Fraction,
} from '../../../src/core/number/fraction.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { vary } from '../../../src/scenario/vary.js';
import type { TargetGap } from '../../../src/studies/solve/crossings.js';
import type { Solution } from '../../../src/studies/solve/solutions.js';
import { solve } from '../../../src/studies/solve/solve.js';
import { answerQuestion, type SolveAnswer } from '../../../src/studies/solve/solveAnswer.js';
import type { SolveQuestion } from '../../../src/studies/solve/solveQuestion.js';
import type { InputPoint } from '../../../src/studies/variation/outputEvaluator.js';
import { scenarios } from '../../naive/generator.js';
import { toYaml } from '../../naive/spec.js';
import { cases, coverage } from '../../support/cases.js';
import { SHIPPED, loaded } from '../../support/cells.js';
import { KINDS, questions, source } from '../../support/questions.js';
import { diagnosticsOf, valueOf } from '../../support/results.js';

const NAMES = [
  'alibaba-380bn',
  'alibaba-rolling',
  'alibaba-high',
  'alibaba-weak-yuan',
  'alibaba-domestic',
];
const shipped = (name: string) => loaded(readFileSync(`scenarios/${name}.yaml`, 'utf8'));
const base = shipped('alibaba-380bn');
const rolling = shipped('alibaba-rolling');
const domestic = shipped('alibaba-domestic');

// ── The four answers ─────────────────────────────────────────────────────────────────────────────

/** `value result difference verdict` of each row, and the notes. */
function ask(
  scenario: Scenario,
  typed: { for: string; target: string; low?: string; high?: string },
) {
  const result = solve.run([scenario], typed);
  if (!result.ok) {
    return result.diagnostics.map(
      ({ span, message }) => `${span.source.name} ${span.source.text}: ${message}`,
    );
  }
  const { table, notes, document } = result.value;
  const { columns, rows } = table!;
  const names = columns.map(({ name }) => name);
  const shown = ['value', 'result', 'difference', 'verdict'].map((name) => names.indexOf(name));
  return {
    rows: Array.from(rows, (row) => shown.map((i) => row[i]).join(' ')),
    notes,
    document: document as { verdict: string; gives_way: string[] },
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
      `${rest} is \`rest\` and absorbs the change`,
    ]);
  });

  it('found exactly: all values that round to the target', () => {
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
        '300000000000.00 43750000000.08 -46249999999.92 none',
        '450000000000.00 65625000000.00 -24375000000.00 none',
      ],
      document: { verdict: 'none', gives_way: [] },
    });
  });

  it('all of the range: a component does not depend on the shares of its suppliers', () => {
    expect(ask(base, { for: share, target: 'servers=158333333333.36' })).toMatchObject({
      rows: ['0.25 158333333333.36 0.00 all from', '0.45 158333333333.36 0.00 all to'],
      document: { verdict: 'all' },
    });
  });

  it('undefined where the reported amounts exceed the envelope, and found beyond', () => {
    const question = { for: 'envelope', low: '100bn', target: 'servers=200bn' };
    expect(ask(rolling, question)).toMatchObject({
      rows: [
        '100000000000.00   undefined from',
        '119868149999.99   undefined to',
        '396858449069.30 200000000000.00 0.00 found from',
        '396858449069.31 200000000000.00 0.00 found to',
      ],
      document: {
        verdict: 'found',
        undefined: [{ errors: [{ code: 'actuals-exceed', source: SHIPPED.name }] }],
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
    [
      'content of one year',
      domestic,
      'components.servers.pricing.USD.content.FY2027',
      'servers@FY2027:demand=53.5bn CNY',
      '0.298931',
    ],
  ])('%s', (_, scenario, path, target, first) => {
    const answer = ask(scenario, { for: path, target }) as { rows: string[] };
    expect(answer.rows[0]!.split(' ')[0]).toBe(first);
  });
});

describe('a wrong question is reported at its option', () => {
  it.each([
    [
      { for: 'envelop', target: 'servrs=200bn' },
      [
        '--for envelop: `envelop` is not an input',
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
    expect(diagnosticsOf(told)).toMatchObject([{ code: 'rate-missing' }]);
  });

  it('a step of zero', () => {
    const { scenario } = vary(base, ['envelope.step=0 CNY']);
    const told = ask(scenario!, { for: 'envelope', target: 'servers=1bn' });
    expect(told).toEqual(['--for envelope: the step of `envelope` is not above zero']);
  });
});

it('names the closest value when the output turns between the ends', () => {
  const typed = { for: 'phasing.growth', low: '-90%', high: '300%', target: '@FY2027=160bn' };
  const answer = ask(shipped('alibaba-high'), typed);
  expect('rows' in answer && answer.rows[1]).toBe('0 150000000000.00 -10000000000.00 closest');
});

it('finds a target above the ends on both sides of the turn', () => {
  const typed = { for: 'phasing.growth', low: '-90%', high: '300%', target: '@FY2027=149.9999bn' };
  const answer = ask(shipped('alibaba-high'), typed);
  expect('rows' in answer && answer.rows.map((row) => row.split(' ')[0])).toEqual([
    '-0.001414',
    '-0.001413',
    '0.001415',
    '0.001416',
  ]);
});

it('the closure can be chosen', () => {
  const typed = { for: 'fx.path.USD', target: 'servers:demand=160bn' };
  expect(ask(base, typed)).toMatchObject({ document: { verdict: 'none' } });
  const answer = solve.run([base], { ...typed, closure: 'volume' });
  expect(valueOf(answer).document).toMatchObject({
    verdict: 'found',
    closure: 'volume',
  });
});

// ── Random targets, against a dense scan ─────────────────────────────────────────────────────────

const pool = fc
  .sample(scenarios(), { seed: 3, numRuns: cases(400) })
  .map((spec) => toYaml(spec))
  .filter((yaml) => yaml.length < 1300)
  .map((yaml) => loaded(yaml));
const all = [...NAMES.map(shipped), ...pool];

/** The gap of every value of the grid. */
function gapsOf(
  { first, last, target }: SolveQuestion,
  at: (index: bigint) => InputPoint,
): readonly TargetGap[] {
  return Array.from({ length: Number(last - first) + 1 }, (_, i) => {
    const { result } = at(first + BigInt(i));
    return result.ok ? subtract(fraction(result.value), target) : undefined;
  });
}

/** What is wrong with an answer, by the gaps of the whole grid. */
function faults(
  { first }: SolveQuestion,
  gaps: readonly TargetGap[],
  answer: SolveAnswer,
): readonly string[] {
  const gapAt = (index: bigint) => gaps[Number(index - first)];
  const isIn = (index: bigint, runs: readonly { first: bigint; last: bigint }[]) =>
    runs.some((run) => run.first <= index && index <= run.last);
  const between = answer.solutions.filter(({ kind }) => kind === 'between');
  const exact = answer.solutions.filter(({ kind }) => kind === 'exact');
  return [
    ...between.flatMap((pair) => faultsOfPair(pair, gapAt)),
    ...gaps.flatMap((gap, i) => {
      const index = first + BigInt(i);
      const next = gaps[i + 1];
      const crosses = gap !== undefined && next !== undefined && gap.n * next.n < 0n;
      return [
        (gap?.n === 0n) === isIn(index, exact) ? '' : `exact or not: ${index}`,
        (gap === undefined) === isIn(index, answer.gaps) ? '' : `defined or not: ${index}`,
        crosses && answer.solutions.length === 0 ? `a crossing after ${index}` : '',
      ];
    }),
  ].filter((fault) => fault !== '');
}

/** The nearest value is no farther from the target than both its neighbours. */
function faultsOfPair(
  { first, last }: Solution,
  gapAt: (index: bigint) => TargetGap,
): readonly string[] {
  const [a, b] = [gapAt(first)!, gapAt(last)!];
  const isNearer = (one: TargetGap, other: Fraction) =>
    one !== undefined && compare(sizeOf(one), sizeOf(other)) < 0;
  const [index, best] = isNearer(b, a) ? [last, b] : [first, a];
  const nearer = [index - 1n, index + 1n].filter((beside) => isNearer(gapAt(beside), best));
  return [
    a.n * b.n < 0n ? '' : `no crossing between ${first} and ${last}`,
    ...nearer.map((beside) => `${beside} is nearer than ${index}`),
  ];
}

it('answers to 1,000 random targets agree with a scan of every value', () => {
  const dice = source(5);
  const verdicts: Record<string, number> = {};
  let asked = 0;
  for (let draw = 0; asked < cases(1000); draw++) {
    const kind = KINDS[draw % KINDS.length]![0];
    for (const { question, pointAt } of questions(all, kind, dice)) {
      const gaps = gapsOf(question, pointAt);
      const answer = answerQuestion(question);
      const { input, output, target, step } = question;
      const told = `${input.path} step ${step.n}/${step.d}, ${output.text}=${target.n}/${target.d}`;
      expect(faults(question, gaps, answer), told).toEqual([]);
      verdicts[answer.verdict] = (verdicts[answer.verdict] ?? 0) + 1;
      asked++;
    }
  }
  for (const verdict of ['found', 'none', 'all', 'undefined']) {
    expect(verdicts[verdict] ?? 0, JSON.stringify(verdicts)).toBeGreaterThan(coverage(50));
  }
}, 300_000);
