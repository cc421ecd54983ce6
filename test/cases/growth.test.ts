/** How work grows with what a user can type more of. */
import { afterAll, describe, expect, it } from 'vitest';
import { growthOf, stopCounting, workOf } from '../support/work.js';
import { caller } from '../../src/cell/caller.js';
import { project } from '../../src/projection/compile.js';
import { load } from '../../src/scenario/load.js';
import { problemList } from '../../src/scenario/reporter.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { readCsv } from '../../src/scenario/tables/readCsv.js';
import { checkScenarios } from '../../src/studies/check/check.js';
import { evidence } from '../../src/studies/evidence/evidence.js';
import { explain } from '../../src/studies/explain/explain.js';
import { show } from '../../src/studies/forecast/show.js';
import { sensitivity } from '../../src/studies/sensitivity/sensitivity.js';
import { ask } from '../../src/studies/study.js';
import { valueOf } from '../support/results.js';

afterAll(stopCounting);

/** A scenario of a text without errors; the other files are texts by their names. */
function scenarioOf(text: string, files: Readonly<Record<string, string>> = {}): Scenario {
  const { scenario, diagnostics } = load(text, {
    name: 'm.yaml',
    read: ({ path }) => ({ ok: true, value: { name: path, text: files[path]! } }),
  });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return scenario!;
}

const times = (size: number, item: (i: number) => string, between = ', ') =>
  Array.from({ length: size }, (_, i) => item(i)).join(between);

/** A scenario of one component, with more lines. */
const textOf = (lines: string, to = 'FY2026Q4') => `scenario: t
currency: CNY
calendar: { fiscal_year_ends: 12, from: FY2026Q1, to: ${to} }
envelope: 380bn CNY
estimates: { e: { split: { s: 100% } } }
mix: e
${lines}`;

const withSuppliers = (shares: string, to?: string) =>
  textOf(`phasing: even\ncomponents: { s: { suppliers: { ${shares} } } }`, to);

const withoutRest = (size: number) => withSuppliers(times(size, (i) => `s${i}: 1/${size}`));

const withRest = (size: number, to?: string) =>
  withSuppliers(`${times(size - 1, (i) => `s${i}: 1/${size}`)}, z: rest`, to);

const projected = (text: string, files?: Readonly<Record<string, string>>) => () => {
  project(scenarioOf(text, files));
};

const loaded = (text: string) => () => {
  load(text);
};

/** Of each scenario a chain of layers, each of which says the envelope anew. */
function layers(size: number): () => void {
  const files = Object.fromEntries(
    Array.from({ length: size }, (_, i) => [
      `${i}.yaml`,
      i === 0 ? withRest(4) : `extends: ${i - 1}.yaml\nenvelope: ${i}bn CNY`,
    ]),
  );
  return projected(`extends: ${size - 1}.yaml\nenvelope: 1bn CNY`, files);
}

function ledger(size: number): () => void {
  const claims = times(
    size,
    (i) => `  c${i}: { source: s, kind: share, entity: a, value: 1%, locator: p. ${i} }`,
    '\n',
  );
  const text = `sources:\n  s: { title: A, publisher: B, kind: filing, date: 2025-01-01 }\nclaims:\n${claims}`;
  return () => {
    load(`${withRest(4)}\nevidence: [ledger.yaml]`, {
      name: 'm.yaml',
      read: ({ path }) => ({ ok: true, value: { name: path, text } }),
    });
  };
}

function table(size: number): () => void {
  const rows = times(size, (i) => `s${i},1/${size}`, '\n');
  return projected(textOf('phasing: even\ncomponents: { s: { suppliers: { file: t.csv } } }'), {
    't.csv': `supplier,share\n${rows}\n`,
  });
}

function correlated(size: number): () => void {
  const parts = times(size, (i) => `c${i}: { value: 1/1000, low: 1/2000, high: 1/500 }`);
  const pairs = times(size, (i) => `[${times(i, (j) => path(i, j), '], [')}]`).replace('[], ', '');
  const text = textOf(`phasing: even\nsimulation: { correlations: [${pairs}] }`);
  return loaded(text.replace('s: 100%', `${parts}, s: rest`));
}

const path = (i: number, j: number) => `estimates.e.split.c${i}, estimates.e.split.c${j}, 0.1`;

/** The outputs that the envelope changes, each component and supplier. */
function uses(size: number): () => void {
  const parts = times(size, (i) => `c${i}: { part: 1/${size}, suppliers: { a: 40%, b: rest } }`);
  const scenario = textOf(`phasing: even\ncomponents: { s: { components: { ${parts} } } }`);
  return () => {
    valueOf(ask(explain, [scenarioOf(scenario)], { uses: 'envelope' }));
  };
}

/** A tornado over a part of each of many components, with all suppliers at 100%: no low has a number. */
function refusedRanges(size: number): () => void {
  const parts = times(
    size,
    (i) => `c${i}: { part: 1/${size}, suppliers: { a: { share: 100%, low: 90%, high: 100% } } }`,
  );
  const scenario = textOf(`phasing: even\ncomponents: { s: { components: { ${parts} } } }`);
  return () => {
    const { notes } = valueOf(ask(sensitivity, [scenarioOf(scenario)], {}));
    expect(notes.at(-1)).toBe(`${size - 20} more lows and highs have no result`);
  };
}

const ladder = (size: number) => withRest(size, 'FY2027Q4');

/** What a user can type more of: how much of it at the least, and what is done with it. */
const GROWING: readonly (readonly [string, number, (size: number) => () => void])[] = [
  ['suppliers with `rest`', 250, (size) => projected(withRest(size))],
  ['suppliers without `rest`', 250, (size) => projected(withoutRest(size))],
  [
    'keys of one map',
    1000,
    (size) => loaded(textOf(`suppliers: { ${times(size, (i) => `s${i}: {}`)} }`)),
  ],
  ['unknown keys', 1000, (size) => loaded(textOf(times(size, (i) => `k${i}: 1`, '\n')))],
  ['claims', 500, ledger],
  ['rows of a table', 500, table],
  ['layers', 32, layers],
  [
    'blank lines of a table',
    2000,
    (size) => () => {
      readCsv({ name: 't.csv', text: `a,b\n${'\n'.repeat(size)}` }, problemList());
    },
  ],
  [
    'years from the day of a price',
    250,
    (size) =>
      projected(
        textOf(
          `phasing: even\ncomponents: { s: { price: { value: 1m CNY, unit: u, at: FY${2026 - size}, erosion: 12.3456% } } }`,
        ),
      ),
  ],
  [
    'periods with growth of 18 digits',
    100,
    (size) =>
      projected(
        textOf('phasing: { growth: 0.123456789012345678, per: period }', `FY${2025 + size / 4}Q4`),
      ),
  ],
  [
    'periods with weights of long denominators',
    100,
    (size) =>
      projected(
        textOf(
          `phasing: { weights: [${times(size, (i) => `1/${10n ** 18n - BigInt(11 + 7918 * i)}`)}] }`,
          `FY${2025 + size / 4}Q4`,
        ),
      ),
  ],
  [
    'letters of a name',
    4000,
    (size) =>
      loaded(
        textOf(
          `phasing: even\ncomponents: { s: {}, k${'y'.repeat(size)}: {}, k${'y'.repeat(size - 1)}z: {} }`,
        ),
      ),
  ],
  [
    'suppliers in `show`',
    100,
    (size) => () => {
      valueOf(ask(show, [scenarioOf(ladder(size))], {}));
    },
  ],
  [
    'suppliers in `evidence`',
    100,
    (size) => () => {
      valueOf(ask(evidence, [scenarioOf(ladder(size))], {}));
    },
  ],
  ['components in `explain --uses`', 50, uses],
  ['ranges that `sensitivity` refuses', 100, refusedRanges],
  [
    'suppliers in `check`',
    100,
    (size) => () => {
      checkScenarios([scenarioOf(ladder(size))]);
    },
  ],
];

describe('work grows in proportion to', () => {
  it.each(GROWING)('%s', (_, size, taskOf) => {
    // Sorting costs a little more than in proportion, and so do longer numbers; squares would give 16.
    expect(growthOf(size, taskOf)).toBeLessThan(5.5);
  });

  it('pairs of correlated inputs, but for the factor of their matrix', () => {
    const [few, many] = [workOf(correlated(12)), workOf(correlated(48))];
    expect(many / few).toBeLessThan(16 * 2);
  });
});

describe('a cell', () => {
  const call = caller();
  const text = withRest(40);
  const demand = (envelope: string, first = text) => {
    const result = call('DEMAND', [first, 's/s1', '', [['envelope', envelope]]]);
    expect(result.ok).toBe(true);
  };

  it('reads and compiles a scenario at the first call alone', () => {
    demand('1bn CNY', withRest(41)); // The code itself is ready.
    const first = workOf(() => demand('380bn CNY'));
    demand('381bn CNY');
    const other = workOf(() => demand('382bn CNY'));
    expect(first / other).toBeGreaterThan(20);
  });
});

describe('the count of work', () => {
  const list = (size: number) => Array.from({ length: size }, (_, i) => i);

  it('is the same each time, to a hundredth', () => {
    const task = projected(withRest(50));
    workOf(task);
    expect(workOf(task) / workOf(task)).toBeCloseTo(1, 2);
  });

  it.each([
    [
      'a search in a list for each of its items',
      (all: number[]) => all.map((one) => all.indexOf(one)),
    ],
    [
      'a condition on each item for each item',
      (all: number[]) => all.map((one) => all.find((other) => other === one)),
    ],
    [
      'a loop in a loop',
      (all: number[]) => {
        let n = 0;
        for (const a of all) for (const b of all) n += a < b ? 1 : 0;
        return n;
      },
    ],
  ])('sees %s', (_, run) => {
    expect(growthOf(1000, (size) => () => void run(list(size)))).toBeGreaterThan(10);
  });
});
