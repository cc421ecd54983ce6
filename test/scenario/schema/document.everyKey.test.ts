/** Every key that the schema accepts matters: changing it changes an output or a diagnostic. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { success } from '../../../src/core/result.js';
import type { DiagnosticCode } from '../../../src/core/text/diagnostic.js';
import type { ReadFile } from '../../../src/core/text/fileRequest.js';
import { load } from '../../../src/scenario/load.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import type { Answer } from '../../../src/studies/answer.js';
import { failedChecks } from '../../../src/studies/check/failedChecks.js';
import { forecast } from '../../../src/studies/forecast/forecast.js';
import { show } from '../../../src/studies/forecast/show.js';
import type { Study } from '../../../src/studies/study.js';
import { valueOf } from '../../support/results.js';
import { below, schemaFor, target, type Schema } from '../../support/schema.js';

/** Fields that are accepted and change nothing: each is a known bug. */
const PENDING: readonly string[] = [];

/** Numbers and dates that are only printed, and fields that change labels: neither changes a cell. */
const TOLD =
  /(^as_of|fiscal_year_ends|\.(low|high|step|was|date))$|^suppliers\.<name>\.(revenue|currency)|^simulation\.correlations|^checks\./;

/** A field of one value, or one word that it may have; a free key is `<name>`, a list item `0`. */
interface Field {
  readonly path: string;
  readonly steps: readonly Step[];
  readonly kind: Schema;
}

interface Step {
  readonly key: string;
  /** The key under which a bare value stands once it is written as a map that has `key`. */
  readonly valueKey?: string;
}

/** Fields that cannot change alone: other parts of the scenario would have to change with them. */
const REFUSED: readonly string[] = [
  'currency',
  'calendar.period',
  // The unit of what is bought is that of its price; the unit of a driver is told by `explain` alone.
  'estimates.<name>.units.<name>.unit',
  'simulation.correlations.0.0',
  'simulation.correlations.0.1',
];

type Node = string | readonly Node[] | { readonly [key: string]: Node | undefined } | undefined;
type MapOf = Readonly<Record<string, Node>>;

/** Every single value that the schema accepts; recursion is followed once. */
function fieldsOf(whole: Schema): readonly Field[] {
  const fields = new Map<string, Field>();
  const visit = (schema: Schema, steps: readonly Step[], within: readonly string[]): void => {
    if (schema.$ref !== undefined) {
      if (within.includes(schema.$ref)) return;
      visit(target(schema, whole), steps, [...within, schema.$ref]);
      return;
    }
    // tables.test.ts tests the keys beside `file`, and evidence.test.ts those of a ledger.
    if (['file', 'claims'].some((key) => Object.hasOwn(schema.properties ?? {}, key))) return;
    const next = below(schema);
    const words = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
    for (const word of next.length > 0 ? [] : (words ?? [''])) {
      const path = steps.map(({ key }) => key).join('.');
      const kind = words ? { const: word } : schema;
      fields.set(`${path} ${word}${schema.pattern ?? ''}`, { path, steps, kind });
    }
    const valueKey = ['value', 'share', 'part'].find((key) => schema.properties?.[key]);
    for (const [key, inner] of next) {
      const own = valueKey === undefined || !schema.properties?.[key] ? { key } : { key, valueKey };
      visit(inner, key === '|' ? steps : [...steps, own], within);
    }
  };
  visit(whole, [], []);
  return [...fields.values()];
}

const FIRST_PERIOD = 'FY2026';

/** A place of a field in a scenario; a bare value on its way is written as a map. */
interface Place {
  readonly tree: Node;
  readonly path: readonly string[];
  /** The value there now. */
  readonly current: Node;
  /** The `value`, `share` or `part` of the map around it. */
  readonly beside: Node;
}

function* places(tree: Node, steps: readonly Step[], beside?: Node): Generator<Place> {
  const [step, ...further] = steps;
  if (!step) {
    yield { tree, path: [], current: tree, beside };
  } else if (typeof tree === 'string') {
    const valueKey = step.key === '<period>' ? FIRST_PERIOD : step.valueKey;
    if (valueKey !== undefined) yield* places({ [valueKey]: tree }, steps);
  } else if (Array.isArray(tree)) {
    const list = tree as readonly Node[];
    for (const place of places(list[Number(step.key)], further)) {
      const changed = list.map((item, i) => (i === Number(step.key) ? place.tree : item));
      yield { ...place, tree: changed, path: [step.key, ...place.path] };
    }
  } else if (tree !== undefined) {
    const map = tree as MapOf;
    const keys = step.key.startsWith('<') ? Object.keys(map) : [step.key];
    for (const key of keys) {
      const about = step.valueKey === undefined ? undefined : map[step.valueKey];
      for (const place of places(map[key], further, about)) {
        yield { ...place, tree: { ...map, [key]: place.tree }, path: [key, ...place.path] };
      }
    }
  }
}

function withValue(tree: Node, [key, ...further]: readonly string[], value: Node): Node {
  if (key === undefined) return value;
  if (Array.isArray(tree)) {
    return (tree as Node[]).map((item, i) =>
      String(i) === key ? withValue(item, further, value) : item,
    );
  }
  const map = (tree ?? {}) as MapOf;
  return { ...map, [key]: withValue(map[key], further, value) };
}

/** Valid values of a field that differ from its value now. */
function otherValues({ kind }: Field, { current, beside }: Place, tree: Node): readonly string[] {
  const { estimates } = tree as { estimates: MapOf };
  const texts = [current, beside, ...(kind.examples ?? [])].filter(
    (text) => typeof text === 'string',
  );
  const pool = [
    ...texts,
    ...texts.map(oneMore),
    ...(kind.const === undefined ? [] : [kind.const]),
    ...['HKD', 'FY2027', 'FY2026', 'changed'],
    ...Object.keys(estimates),
  ];
  return [...new Set(pool)].filter((text) => text !== current && accepts(kind, text));
}

/** Adds 1 to the first number of a literal: `30%` → `31%`, `FY2026Q1` → `FY2027Q1`. */
function oneMore(text: string): string {
  return text.replace(/\d+/, (digits) => String(Number(digits) + 1));
}

function accepts({ const: word, pattern }: Schema, text: string): boolean {
  if (word !== undefined) return text === word;
  return pattern === undefined ? text === 'changed' : new RegExp(pattern, 'u').test(text);
}

/** A `shape` needs a range: adds a low end. */
function withCompanion({ tree, path, beside }: Place): Node {
  return path.at(-1) === 'shape' ? withValue(tree, [...path.slice(0, -1), 'low'], beside) : tree;
}

/** What a user sees of a scenario, without places in the file. */
interface Outcome {
  /** Accepted, rejected for its meaning, or rejected for its syntax. */
  readonly state: 'good' | 'refused' | 'unread';
  /** The cells of the forecast, or the errors in their place. */
  readonly numbers: string;
  /** The diagnostics, and the document without its cells. */
  readonly words: string;
  readonly sheets: () => string;
}

const SPELLING: readonly DiagnosticCode[] = [
  'shape',
  'choice',
  'literal',
  'key-missing',
  'key-unknown',
];
/** A ledger without claims: every claim that a scenario names is rejected. */
const emptyLedger: ReadFile = ({ path }) =>
  success({ name: path, text: '{ sources: {}, claims: {} }' });

const outcomes = new Map<string, Outcome>();

function outcomeOf(tree: Node): Outcome {
  const text = JSON.stringify(tree);
  const known = outcomes.get(text) ?? outcomeOfText(text);
  outcomes.set(text, known);
  return known;
}

function outcomeOfText(text: string): Outcome {
  const { scenario, diagnostics } = load(text, { read: emptyLedger });
  const problems = without(diagnostics, 'span');
  if (!scenario) {
    const unread = diagnostics.some(({ code }) => SPELLING.includes(code));
    const state = unread ? 'unread' : 'refused';
    return { state, numbers: problems, words: problems, sheets: () => '' };
  }
  const { document } = answer(forecast, scenario);
  const { rows, ...rest } = document as { readonly rows: unknown };
  return {
    state: 'good',
    numbers: JSON.stringify(rows),
    words: problems + without(rest, 'line', 'column'),
    sheets: () => without(answer(show, scenario)) + without(failedChecks(scenario), 'span'),
  };
}

function without(value: unknown, ...keys: readonly string[]): string {
  return JSON.stringify(value, (key, inner: unknown) => (keys.includes(key) ? undefined : inner));
}

function answer(study: Study, scenario: Scenario): Answer {
  const result = study.run([scenario], {});
  return valueOf(result);
}

const EVERYTHING = parse(readFileSync('test/support/everything.yaml', 'utf8'), {
  schema: 'failsafe',
}) as Node;

/** Quantities have names of estimates, which are the names that the test tries. */
const FOLLOWING_UNITS: MapOf = {
  ...{ envelope: { from: 'counted' }, phasing: undefined, mix: undefined, simulation: undefined },
  'estimates.counted': {
    units: {
      house: { count: { FY2026: '8000', FY2027: '9000' }, unit: 'rack' },
      broker: { count: '7000' },
      switches: { per: 'house', ratio: { FY2026Q1: '2', FY2027: '3' } },
      optics: { per: 'broker', ratio: '5' },
    },
  },
  'estimates.recounted': {
    units: { switches: { count: '9' }, optics: { per: 'switches', ratio: '5' } },
  },
};

const PATH_BY_YEAR = { USD: { FY2026: '7.5', FY2027: '8' }, HKD: '1.1' };

/** Variants with keys that exclude others; without ledgers, any claim may be named. */
const VARIANTS: readonly Node[] = [
  EVERYTHING,
  ...[
    { phasing: { growth: '12%', per: 'year' }, actuals: undefined, simulation: undefined },
    { phasing: { growth: '12%', per: 'period' }, mix: { blend: { broker: '60%', house: 'rest' } } },
    { phasing: { years: { FY2026: '40%', FY2027: 'rest' } } },
    {
      phasing: { years: { FY2026: '40%', FY2027: '60%' } },
      mix: { FY2026: { blend: { broker: '60%', house: '40%' } } },
    },
    { phasing: { weights: ['1', '1', '2', '1', '1'] }, 'actuals.periods': { FY2026Q2: '9m CNY' } },
    { mix: 'house', 'fx.path': { USD: '7.5' }, 'actuals.reforecast': 'keep-envelope' },
    { mix: { blend: { broker: '60%', house: '40%' } }, 'fx.closure': 'scale' },
    FOLLOWING_UNITS,
    { ...inUnits('month'), 'actuals.periods': { FY2026M01: '50m CNY' } },
    {
      ...inUnits('year'),
      'calendar.to': 'FY2027',
      'actuals.periods': { FY2026: '500m CNY' },
      'fx.path': PATH_BY_YEAR,
    },
  ].map((changes) =>
    Object.entries<Node>(changes as MapOf).reduce<Node>(
      (tree, [path, value]) => withValue(tree, path.split('.'), value),
      withValue(EVERYTHING, ['evidence'], undefined),
    ),
  ),
];

/** The calendar and every lag in another unit of time. */
function inUnits(unit: string): MapOf {
  const components = JSON.stringify((EVERYTHING as MapOf)['components']);
  return {
    components: JSON.parse(components.replaceAll('"quarters"', `"${unit}s"`)) as Node,
    'calendar.period': unit,
  };
}

type Evidence = 'another output' | 'another diagnostic' | 'nothing';

/** The effect of changing a field, at every place of every variant that can have it. */
function evidence(field: Field): Evidence {
  let best: Evidence = 'nothing';
  for (const variant of VARIANTS) {
    for (const place of places(variant, field.steps)) {
      const start = withCompanion(place);
      const before = outcomeOf(start);
      if (before.state !== 'good') continue;
      for (const value of otherValues(field, place, variant)) {
        const after = outcomeOf(withValue(start, place.path, value));
        if (after.state === 'refused') best = 'another diagnostic';
        if (after.state === 'good' && differs(field, before, after)) return 'another output';
      }
    }
  }
  return best;
}

/** A field with an example has to change a cell; a printed field, or a word, has to change a text. */
function differs({ path, kind }: Field, before: Outcome, after: Outcome): boolean {
  if (kind.examples && !TOLD.test(path)) return before.numbers !== after.numbers;
  const isSame = before.words === after.words && before.numbers === after.numbers;
  return !isSame || before.sheets() !== after.sheets();
}

const whole = schemaFor('scenario');
const fields = fieldsOf(whole);

it('every variant is a valid scenario', () => {
  for (const variant of VARIANTS) {
    const { diagnostics } = load(JSON.stringify(variant), { read: emptyLedger });
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  }
});

/** `extends` is no field of a scenario: parents.test.ts tests it. */
const sections = Object.keys(whole.properties!).filter((key) => key !== 'extends');

describe.each(sections)('every field of %s', (section) => {
  const own = fields.filter(({ path }) => path.split('.')[0] === section);

  it('changes the forecast, or a diagnostic', () => {
    expect(own.length).toBeGreaterThan(0);
    const surprises = own.flatMap((field) => {
      const { path, kind } = field;
      const expected = REFUSED.includes(path) ? 'another diagnostic' : 'another output';
      const found = PENDING.includes(path) ? expected : evidence(field);
      return found === expected ? [] : [`${path} ${kind.const ?? ''}: ${found}`];
    });
    expect(surprises).toEqual([]);
  }, 300_000);
});

it('finds a field that only the schema knows', () => {
  const planted = { ...whole, properties: { colour: { type: 'string', minLength: 1 } } };
  expect(fieldsOf(planted).map(evidence)).toEqual(['nothing']);
});
