/** Two portfolios, or two states of one: rows are sums over buyers, and the bridge is the sum of the buyers' bridges. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { textRecordsOf } from '../../../src/core/table.js';
import { loadScenarios } from '../../../src/scenario/portfolio/loadScenarios.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { forecast } from '../../../src/studies/forecast/forecast.js';
import { compare } from '../../../src/studies/compare/compare.js';
import { ask } from '../../../src/studies/study.js';
import { loaded } from '../../support/cells.js';
import { readBeside } from '../../support/files.js';
import {
  membersOf,
  portfolioCases,
  rowsOf,
  sumsOf,
  type PortfolioCase,
} from '../../support/portfolios.js';
import { diagnosticsOf, valueOf } from '../../support/results.js';
import { scenarioText } from '../../support/scenarios.js';

const numRuns = Number(process.env['CAPEX_PORTFOLIOS'] ?? 2);

const name = 'test/cases/three-buyers/portfolio.yaml';
const state = (set: readonly string[] = [], text = readFileSync(name, 'utf8')) =>
  loadScenarios(text, { name, read: readBeside, set }).scenarios;

const answerTo = (scenarios: readonly Scenario[], options: object) =>
  valueOf(ask(compare, scenarios, options));
const recordsOf = (scenarios: readonly Scenario[], options: object) =>
  textRecordsOf(answerTo(scenarios, options).table!);

const INNOLIGHT = { where: ['supplier=innolight'], measure: 'revenue', currency: 'USD' };

it('puts two states of one portfolio side by side, and names them by their files', () => {
  const both = [...state(), ...state(['bytedance.envelope=600bn CNY'])];
  const rows = recordsOf(both, { ...INNOLIGHT, by: 'calendar_year' });
  expect(rows[1]).toMatchObject({
    ...{ calendar_year: '2026', scenario: `${name} (2)` },
    ...{ base: '702511989.50', value: '769442038.30', difference: '66930048.80', relative: '9.53' },
  });
});

it('keeps the buyer if it is asked for', () => {
  const both = [...state(), ...state(['bytedance.envelope=600bn CNY'])];
  const rows = recordsOf(both, { ...INNOLIGHT, by: 'calendar_year,buyer' });
  const in2026 = rows.filter((row) => row['calendar_year'] === '2026');
  expect(in2026.map(({ buyer, difference }) => [buyer, difference])).toEqual([
    ['alibaba', '0.00'],
    ['tencent', '0.00'],
    ['bytedance', '66930048.80'],
  ]);
});

it('bridges from one state to the other, and lists the inputs that differ by buyer', () => {
  const both = [...state(), ...state(['bytedance.envelope=600bn CNY', 'tencent.fx.base.USD=7'])];
  const options = { ...INNOLIGHT, by: 'calendar_year', bridge: true };
  const rows = recordsOf(both, options).filter((row) => row['calendar_year'] === '2026');
  const at = (group: string) => rows.find((row) => row['group'] === group)!['value'];
  expect(at('from')).toBe('702511989.50');
  expect(at('envelope')).toBe('66930048.80');
  expect(at('fx')).toBe('3944092.16');
  const inputs = recordsOf(both, { inputs: true });
  expect(inputs.map(({ path, group, base, value }) => [path, group, base, value])).toEqual([
    ['tencent.fx.base.USD', 'fx', '7.15', '7'],
    ['bytedance.envelope', 'envelope', '480bn CNY', '600bn CNY'],
  ]);
  const { sheets } = answerTo(both, { ...options, show: true });
  expect(sheets![0]!.title).toBe(`${name} → ${name} (2)`);
  expect(sheets![0]!.rows.map(({ label }) => label)).toContain('envelope');
});

it('names a change that the portfolio lists for one buyer by that buyer, and a rate of all once', () => {
  const text = readFileSync(name, 'utf8');
  const changed = text.replace(
    'tencent: tencent.yaml',
    'tencent: { file: tencent.yaml, set: { envelope: 400bn CNY } }',
  );
  const rate = (usd: string) => `fx: { base: { USD: ${usd} } }\n`;
  const both = [...state([], text + rate('7.1')), ...state([], changed + rate('7.2'))];
  const inputs = recordsOf(both, { inputs: true });
  expect(inputs.map(({ path, base, value }) => [path, base, value])).toEqual([
    ['fx.base.USD', '7.1', '7.2'],
    ['tencent.envelope', '330bn CNY', '400bn CNY'],
  ]);
});

it('says which buyer only one of the portfolios has, where a bridge is asked for', () => {
  const two = readFileSync(name, 'utf8').replace(/ {2}bytedance.*\n/, '');
  const both = [...state(), ...state([], two)];
  const [problem] = diagnosticsOf(ask(compare, both, { bridge: true }));
  expect(problem).toMatchObject({ code: 'not-comparable', found: `only ${name} has bytedance` });
  const inputs = recordsOf(both, { inputs: true });
  expect(inputs.every(({ path, value }) => path!.startsWith('bytedance.') && value === '')).toBe(
    true,
  );
});

const inDollars = readFileSync(name, 'utf8').replace('currency: CNY', 'currency: USD');
const APART = /^the totals are in different currencies/;

it('tells of portfolios that are reported in different currencies', () => {
  const both = [...state(), ...state([], inDollars)];
  for (const typed of [{}, { show: true }])
    expect(answerTo(both, typed).notes).toContain(
      'the totals are in different currencies: CNY, USD; choose one with `--currency`',
    );
  const together = answerTo(both, { currency: 'USD', measure: 'demand' });
  expect(together.notes.filter((note) => APART.test(note))).toEqual([]);
  const differences = textRecordsOf(together.table!).map(({ difference }) => difference);
  expect(new Set(differences)).toEqual(new Set(['0.00']));
});

it('refuses a bridge between them, and makes it in a currency that is asked for', () => {
  const both = [...state(), ...state([], inDollars)];
  const problems = diagnosticsOf(ask(compare, both, { bridge: true }));
  expect(problems).toMatchObject([
    {
      ...{ code: 'not-comparable', message: 'a bridge needs totals in one currency' },
      ...{ expected: `${name}: CNY`, found: `${name} (2): USD` },
    },
  ]);
  expect(answerTo(both, { bridge: true, currency: 'USD' }).notes).toContain(
    'groups of inputs that differ: none',
  );
});

it('refuses a bridge from a scenario to a portfolio in another currency', () => {
  const alone = loaded(readFileSync('test/cases/three-buyers/alibaba.yaml', 'utf8'));
  const only = inDollars.replace(/ {2}(?:tencent|bytedance).*\n/g, '');
  const [problem, ...others] = diagnosticsOf(
    ask(compare, [alone, ...state([], only)], { bridge: true }),
  );
  expect(problem).toMatchObject({ expected: 'alibaba: CNY', found: 'three-buyers: USD' });
  expect(others).toEqual([]);
});

it('has totals in one currency in two states of a portfolio, whatever the currencies of the buyers', () => {
  const law = fc.property(portfolioCases({ min: 2, max: 3 }), (one) => {
    const states = [...membersOf(one), ...membersOf(one, undefined, changesOf(one))];
    const { currency } = one.shared;
    fc.pre(one.shared.fx !== undefined);
    const { notes } = answerTo(states, { by: 'calendar_year' });
    expect(notes.filter((note) => APART.test(note))).toEqual([]);
    const rows = (options: object) => recordsOf(states, { by: 'calendar_year', ...options });
    expect(rows({ bridge: true })).toEqual(rows({ bridge: true, currency }));
  });
  fc.assert(law, { numRuns });
}, 3_600_000);

it('compares a portfolio with a scenario', () => {
  const alone = loaded(readFileSync('test/cases/three-buyers/alibaba.yaml', 'utf8'));
  const rows = recordsOf([...state(), alone], { ...INNOLIGHT, by: 'calendar_year' });
  expect(rows[1]).toMatchObject({
    base: '702511989.50',
    value: '250734160.10',
    scenario: 'alibaba',
  });
});

it('refuses fiscal years that buyers do not share', () => {
  const both = [...state(), ...state()];
  const [problem] = diagnosticsOf(ask(compare, both, { by: 'fiscal_year' }));
  expect(problem!.message).toBe(
    'alibaba and tencent have different fiscal years, which cannot be summed',
  );
});

it('refuses one portfolio alone', () => {
  const [problem] = diagnosticsOf(ask(compare, state(), {}));
  expect(problem!.message).toBe('one portfolio alone cannot be compared');
  const [other] = diagnosticsOf(ask(compare, [loaded(scenarioText({}))], {}));
  expect(other!.message).toBe('one scenario alone cannot be compared');
});

/** Another state of a portfolio: one buyer spends more, and a rate of all is another one. */
const changesOf = ({ specs, shared }: PortfolioCase) => [
  `b0.envelope=2000000000000000bn ${specs[0]!.currency}`,
  ...(shared.fx ? ['fx.base.HKD=0.913'] : []),
];

it('has in every row the sum that each portfolio has by itself', () => {
  const law = fc.property(portfolioCases({ min: 2, max: 3 }), (one) => {
    const [a, b] = [membersOf(one), membersOf(one, undefined, changesOf(one))];
    for (const by of ['calendar_year,component,supplier', 'buyer,calendar_quarter']) {
      const options = { by, currency: one.asked };
      const rows = recordsOf([...a, ...b], options);
      const sumOf = (end: string) =>
        sumsOf(
          rows.map((row) => {
            const places = [...by.split(','), 'measure', 'unit'].map((column) => row[column]!);
            return { key: places.join('|'), value: row[end]! };
          }),
        );
      // A row after the window that only one side has is 0 on the other.
      const notZero = (sums: ReadonlyMap<string, string>) =>
        [...sums].filter(([, sum]) => sum !== '0/1').sort();
      expect(notZero(sumOf('base'))).toEqual(notZero(sumsOf(rowsOf(a, options))));
      expect(notZero(sumOf('value'))).toEqual(notZero(sumsOf(rowsOf(b, options))));
    }
  });
  fc.assert(law, { numRuns });
}, 3_600_000);

it("adds up the buyers' own bridges, and the bridge back has every sign the other way", () => {
  const law = fc.property(portfolioCases({ min: 2, max: 3 }), (one) => {
    const [a, b] = [membersOf(one), membersOf(one, undefined, changesOf(one))];
    const options = { by: 'calendar_year,component', currency: one.asked, bridge: true };
    const piecesOf = (from: readonly Scenario[], to: readonly Scenario[]) =>
      recordsOf([...from, ...to], options).map(({ value, ...row }) => {
        const places = ['calendar_year', 'component', 'measure', 'unit', 'group'];
        return { key: places.map((column) => row[column]!).join('|'), value: value! };
      });
    const alone = (scenario: Scenario): Scenario => {
      const { buyer, ...own } = scenario;
      return { ...own, id: `${buyer!.key} ${scenario.set.join()}` };
    };
    const parts = a.flatMap((member, i) =>
      piecesOf([alone(member)], [{ ...alone(b[i]!), id: 'b' }]),
    );
    const whole = piecesOf(a, b);
    // A buyer without any life has no row of it by itself, and a row of 0 beside one that has.
    const moved = (pieces: typeof whole) =>
      [...sumsOf(pieces)].filter(([key, sum]) => !(key.endsWith('|life') && sum === '0/1')).sort();
    expect(moved(whole)).toEqual(moved(parts));
    const isPiece = ({ key }: { readonly key: string }) => !/\|(?:from|to)$/.test(key);
    const back = piecesOf(b, a).filter(isPiece);
    const negated = back.map(({ key, value }) => {
      return { key, value: value.startsWith('-') ? value.slice(1) : `-${value}` };
    });
    expect(sumsOf(negated)).toEqual(sumsOf(whole.filter(isPiece)));
  });
  fc.assert(law, { numRuns });
}, 3_600_000);

it('has the derived columns that each portfolio has by itself', () => {
  const law = fc.property(portfolioCases({ min: 2, max: 3 }), (one) => {
    const [a, b] = [membersOf(one), membersOf(one, undefined, changesOf(one))];
    const names = ['yoy', 'qoq', 'ttm', 'ytd', 'cumulative', 'share', 'cagr', 'months'];
    const options = { by: 'calendar_year,component', currency: one.asked, with: names.join(',') };
    const keyOf = (row: Record<string, string>) =>
      ['calendar_year', 'component', 'measure', 'unit'].map((column) => row[column]).join('|');
    const rows = new Map(recordsOf([...a, ...b], options).map((row) => [keyOf(row), row]));
    for (const [end, members] of [
      ['base', a],
      ['value', b],
    ] as const) {
      for (const own of textRecordsOf(valueOf(ask(forecast, members, options)).table!)) {
        const row = rows.get(keyOf(own))!;
        expect(names.map((name) => row[`${end}_${name}`])).toEqual(names.map((name) => own[name]));
      }
    }
  });
  fc.assert(law, { numRuns });
}, 3_600_000);

it('shows the growth of the sums below each row', () => {
  const both = [...state(), ...state(['bytedance.envelope=600bn CNY'])];
  const options = { ...INNOLIGHT, by: 'calendar_year', with: 'yoy', show: true };
  const { sheets } = answerTo(both, options);
  const at2027 = sheets![0]!.rows.findIndex(({ label }) => label === '2027');
  expect(sheets![0]!.rows[at2027 + 1]).toMatchObject({
    ...{ label: 'yoy', cells: ['10.0%', '10.0%', '', ''] },
  });
});
