/** A measure or an output of which the forecast has no cell is an error in every study, never an empty answer. */
import { expect, it } from 'vitest';
import { project } from '../../../src/projection/compile.js';
import { MEASURES, type Measure } from '../../../src/projection/plan.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import type { Answer } from '../../../src/studies/answer.js';
import { STUDIES } from '../../../src/studies/studies.js';
import { ask, type Study } from '../../../src/studies/study.js';
import { folder } from '../../support/capex.js';
import { loaded } from '../../support/cells.js';
import { runHere } from '../../support/inProcess.js';
import { diagnosticsOf, valueOf } from '../../support/results.js';
import { scenarioText } from '../../support/scenarios.js';

/** What a component has: the name of the units that its price counts, and a bill. */
interface Leaf {
  readonly unit?: string;
  readonly bill?: true;
}

const LEAVES: readonly Leaf[] = [{}, { unit: 'rack' }, { unit: 'port' }, { bill: true }];

function textWith(...leaves: readonly Leaf[]): string {
  const described = leaves.map(({ unit, bill }, i) =>
    [
      `c${i}: { suppliers: { s${i}: 40%, others: rest }`,
      ...(unit ? [`price: { value: 3 CNY, unit: ${unit} }`] : []),
      ...(bill ? ['bill: { chips: { part: 50%, suppliers: { maker: 100% } } }'] : []),
    ].join(', '),
  );
  return scenarioText({
    envelope: '{ value: 400 CNY, low: 300 CNY, high: 500 CNY }',
    estimates: '{ view: { split: { c0: 60%, c1: rest } } }',
    components: `{ ${described.join(' }, ')} } }`,
    fx: '{ base: { USD: 7 } }',
  });
}

type Typed = Readonly<Record<string, string | readonly string[]>>;

/** A study, and what is typed to ask it for a measure. */
interface Question {
  readonly study: Study;
  readonly typed: (measure: Measure, output: string) => Typed;
}

const NEEDED: Readonly<Record<string, Typed>> = {
  simulate: { draws: '3', seed: '1' },
  solve: { for: 'envelope' },
};

/** A question for each option that takes a measure or an output. */
const QUESTIONS: readonly Question[] = STUDIES.flatMap((study) => {
  const needed = NEEDED[study.name] ?? {};
  const forms: Readonly<Record<string, (measure: Measure, output: string) => Typed>> = {
    measure: (measure) => ({ measure, ...(study.name === 'sensitivity' && { fx: 'USD=5%' }) }),
    of: (_, output) => ({ of: study.name === 'simulate' ? [output] : output }),
    cell: (_, cell) => ({ cell }),
    target: (_, output) => ({ target: `${output}=7` }),
  };
  return Object.entries(forms).flatMap(([option, typed]): Question[] => {
    if (!(option in study.options.shape)) return [];
    return [{ study, typed: (...words) => ({ ...needed, ...typed(...words) }) }];
  });
});

it('asks every study that takes a measure or an output', () => {
  expect(QUESTIONS.map(({ study: { name } }) => name)).toEqual([
    ...['run', 'show', 'explain', 'sensitivity', 'sensitivity', 'compare', 'solve', 'simulate'],
  ]);
});

/** What is asked for besides a measure. */
interface Request {
  readonly place?: string;
  readonly where?: readonly string[] | undefined;
}

function answerOf(
  { study, typed }: Question,
  scenario: Scenario,
  measure: Measure,
  { place = '', where }: Request = {},
) {
  const all = study.name === 'compare' ? [scenario, { ...scenario, id: 'other' }] : [scenario];
  return ask(study, all, { ...typed(measure, `${place}:${measure}`), where });
}

/** Rows of a table, or of the sheets without one. */
function rowsIn({ table, sheets = [] }: Answer): number {
  return table ? [...table.rows].length : sheets.filter(({ rows }) => rows.length > 0).length;
}

const PAIRS = LEAVES.flatMap((first, i) =>
  LEAVES.slice(i).map((second) => [first, second] as const),
);

/** Every question for every measure, alone and of the rows of one component. */
const REQUESTS = MEASURES.flatMap((measure) =>
  QUESTIONS.flatMap((question) =>
    [undefined, ['component=c1*']].flatMap((where) =>
      where && !('where' in question.study.options.shape) ? [] : [{ measure, question, where }],
    ),
  ),
);

it.each(PAIRS)('answers what the forecast has, and refuses the rest: %j, %j', (...leaves) => {
  const scenario = loaded(textWith(...leaves));
  const { cells } = project(scenario);
  const severalUnits = leaves[0].unit !== leaves[1].unit;
  for (const { measure, question, where } of REQUESTS) {
    const own = cells.filter(
      (cell) => cell.measure === measure && (!where || cell.path.startsWith('c1')),
    );
    const kinds = new Set(own.map(({ unit }) => unit.label));
    const isSum = !('measure' in question.typed(measure, ''));
    const name = `${question.study.name} ${measure} ${String(where)}`;
    const result = answerOf(question, scenario, measure, { where });
    if (kinds.size === 1 || (kinds.size > 1 && !isSum)) {
      expect(rowsIn(valueOf(result)), name).toBeGreaterThan(0);
      continue;
    }
    const [problem, ...more] = diagnosticsOf(result);
    expect(more, name).toEqual([]);
    expect(problem!.span.source.name, name).toMatch(/^--/);
    if (problem!.span.source.name === '--where') {
      expect(answerOf(question, scenario, measure), name).toHaveProperty('ok', true);
      continue;
    }
    expect(problem!.code, name).toBe('output-unknown');
    const remedies = remediesIn(problem!.hint!);
    expect(remedies.length, name).toBeGreaterThan(0);
    for (const { place, other } of remedies) {
      // Units of several kinds have no sum: the next message names each of them.
      if (other === 'units' && isSum && severalUnits) continue;
      const again = answerOf(question, scenario, other as Measure, { place, where });
      // Rows that are kept may have no such measure, which the next message says.
      const [next] = again.ok ? [] : again.diagnostics;
      if (where && next?.span.source.name === '--where') continue;
      expect(again, `${name}: ${problem!.hint!}`).toHaveProperty('ok', true);
    }
  }
});

/** `write demand or revenue; …`, and `write `c0:units.rack``: what a user types instead. */
function remediesIn(hint: string): readonly { readonly place: string; readonly other: string }[] {
  const [words] = hint.split(';');
  return [...words!.matchAll(/(?:`?([\w/]*):)?([a-z]+(?:\.\w+)?)`?(?=,| or |$)/g)].map(
    ([, place = '', other]) => ({ place, other: other! }),
  );
}

it('names the cells that a component or a unit has', () => {
  const scenario = loaded(textWith({ unit: 'rack' }, {}));
  const explain = QUESTIONS.find(({ study }) => study.name === 'explain')!;
  const messages = ['c1', 'c0/nobody', ''].map((place) => {
    const measure = (place === '' ? 'units.port' : 'units') as Measure;
    const [problem] = diagnosticsOf(answerOf(explain, scenario, measure, { place }));
    const { message, hint } = problem!;
    return hint === undefined ? message : `${message}; ${hint}`;
  });
  expect(messages).toEqual([
    'the forecast has no cell of `c1:units`; write `c0/s0:units.rack` or `c0/others:units.rack`',
    'there is no component or supplier `nobody`: write one of s0, others',
    'the forecast has no cell of `:units.port`; write `c0/s0:units.rack` or `c0/others:units.rack`',
  ]);
});

it('exits with 2 and prints no header', async () => {
  const cwd = folder({ 'a.yaml': textWith({}, {}) });
  const { code, out, err } = await runHere(['run', 'a.yaml', '--measure', 'units'], { cwd });
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(
    'error[output-unknown] the forecast has no units: no component has a `price`',
  );
  expect(err).toContain('write demand or revenue; or give a component a `price`');
});
