/** How the file of a portfolio is read, and what its buyers take from it. */
import { describe, expect, it } from 'vitest';
import { amountOf } from '../../../src/model/estimate/envelope.js';
import { printFraction } from '../../../src/core/number/decimal.js';
import { rateAt } from '../../../src/model/fx.js';
import { writeRemarked } from '../../../src/formats/text.js';
import { effectivePortfolio } from '../../../src/scenario/effective.js';
import { loadScenarios } from '../../../src/scenario/portfolio/loadScenarios.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { vary } from '../../../src/scenario/vary.js';
import { forecast } from '../../../src/studies/forecast/forecast.js';
import { ask } from '../../../src/studies/study.js';
import { buyerText } from '../../support/portfolios.js';
import { diagnosticsOf, valueOf } from '../../support/results.js';

const scenario = (currency: string, ends: number, lines: string) =>
  buyerText(currency, `fiscal_year_ends: ${ends}, from: FY2026Q1, to: FY2026Q4`, lines);

const FILES: Readonly<Record<string, string>> = {
  'cny.yaml': scenario('CNY', 3, 'fx: { base: { USD: 7 } }'),
  'usd.yaml': scenario('USD', 12, 'fx: { base: { CNY: 1/7 } }'),
  'ledger.yaml': `sources: { s: { title: T, publisher: P, date: 2025-01-02, kind: news } }
claims: { parity: { source: s, about: parity, says: 7.2, basis: reported } }
`,
  'rates.csv': 'period,rate\nFY2025Q3,7.1\nFY2026Q1,7.3\n',
};

function loadAll(
  text: string,
  set: readonly string[] = [],
  others: Readonly<Record<string, string>> = {},
) {
  const files = { ...FILES, ...others };
  return loadScenarios(`portfolio: both\ncurrency: CNY\n${text}`, {
    name: 'both.yaml',
    set,
    read: ({ path }) => ({ ok: true, value: { name: path, text: files[path]! } }),
  });
}

const BUYERS = 'buyers: { alibaba: cny.yaml, meta: usd.yaml }\n';

/** The rates of a currency by period. */
const ratesOf = (one: Scenario, code: string) =>
  one.window.periods.map(
    ({ label }, t) => `${label} ${printFraction(rateAt(one, code, t)!.value)}`,
  );

it('leaves the scenario of a buyer with its buyer, when it is varied', () => {
  const [alibaba] = loadAll(BUYERS).scenarios;
  const { scenario: varied } = vary(alibaba!, ['envelope=3bn CNY']);
  expect(varied!.buyer).toBe(alibaba!.buyer);
  expect(varied!.set).toEqual(['envelope=3bn CNY']);
});

it.each([
  ['alibab.envelope=3bn CNY', 'write `alibaba`'],
  ['envelope=3bn CNY', 'write `alibaba.envelope`'],
  ['fix.base.USD=7', 'write `fx`'],
])('says what --set %s could mean', (typed, hint) => {
  const [problem, ...more] = loadAll(BUYERS, [typed]).diagnostics;
  expect(more).toEqual([]);
  expect(problem).toMatchObject({ code: 'path-unknown', hint });
});

describe('the file of a portfolio', () => {
  it('gives the scenario of each buyer, in the order of the file', () => {
    const { scenarios, diagnostics } = loadAll(BUYERS);
    expect(diagnostics).toEqual([]);
    expect(scenarios.map(({ id, buyer }) => [buyer!.key, buyer!.portfolio.id, id])).toEqual([
      ['alibaba', 'both', 'of-cny'],
      ['meta', 'both', 'of-usd'],
    ]);
  });

  it('changes a buyer by the file, and then by the command line', () => {
    const file = 'buyers: { alibaba: { file: cny.yaml, set: { envelope: 3bn CNY, title: A } } }\n';
    const titleAndEnvelope = (set: readonly string[]) =>
      loadAll(file, set).scenarios.map(
        ({ title, envelope }) => `${title} ${amountOf(envelope)!.text}`,
      );
    expect(titleAndEnvelope([])).toEqual(['A 3bn CNY']);
    expect(titleAndEnvelope(['alibaba.envelope=4bn CNY'])).toEqual(['A 4bn CNY']);
  });

  it('quotes its rates in the currency of each buyer, and counts their periods by the calendar', () => {
    const fx =
      'fx: { base: { USD: 7.2, EUR: 8 }, path: { USD: { FY2025Q3: 7.1, FY2026Q1: 7.3 } } }\n';
    const [alibaba, meta] = loadAll(BUYERS + fx).scenarios;
    expect(ratesOf(alibaba!, 'USD')).toEqual([
      'FY2026Q1 7.2',
      'FY2026Q2 7.1',
      'FY2026Q3 7.1',
      'FY2026Q4 7.3',
    ]);
    expect(ratesOf(meta!, 'CNY')[0]).toBe('FY2026Q1 10/73');
    expect(ratesOf(meta!, 'EUR')[0]).toBe('FY2026Q1 80/73');
  });

  it('has rates from a table, and from claims of its own ledger', () => {
    const base = '{ USD: { value: 7.2, evidence: parity } }';
    const table = `evidence: [ledger.yaml]\nfx: { base: ${base}, path: { USD: { file: rates.csv, direction: CNY per USD } } }\n`;
    const { scenarios, diagnostics } = loadAll(BUYERS + table);
    expect(diagnostics).toEqual([]);
    expect(ratesOf(scenarios[0]!, 'USD').at(-1)).toBe('FY2026Q4 7.3');
  });

  it('adds its ledgers to the claims that a buyer holds itself', () => {
    const own = `evidence: { sources: { t: { title: U, publisher: P, date: 2025-01-03, kind: news } }, claims: { seen: { source: t, about: plan, says: 100bn CNY, basis: reported } } }\n`;
    const ledgers =
      'evidence: [ledger.yaml]\nfx: { base: { USD: { value: 7.2, evidence: parity } } }\n';
    const files: Readonly<Record<string, string>> = {
      ...FILES,
      'cny.yaml': `${FILES['cny.yaml']!}\n${own}`.replace(
        'envelope: 100bn CNY',
        'envelope: { value: 100bn CNY, evidence: seen }',
      ),
    };
    const read = (missing = '') =>
      loadScenarios(`portfolio: both\ncurrency: CNY\nbuyers: { alibaba: cny.yaml }\n${ledgers}`, {
        read: ({ path }) =>
          path === missing
            ? { ok: false, diagnostics: { message: 'not there', hint: 'write it' } }
            : { ok: true, value: { name: path, text: files[path]! } },
      });
    const { scenarios, diagnostics } = read();
    expect(diagnostics).toEqual([]);
    expect([...scenarios[0]!.ledger.claims.keys()]).toEqual(['seen', 'parity']);
    expect(read('ledger.yaml').diagnostics[0]).toMatchObject({ code: 'file-unread' });
  });

  it.each([
    ['the same', 7.2, []],
    ['something else', 7.3, ['key-duplicate cny.yaml']],
  ])('takes an id that a buyer holds itself and that says %s', (_, says, expected) => {
    const held = `evidence: { sources: { s: { kind: news, title: T, publisher: P, date: 2025-01-02 } }, claims: { parity: { source: s, about: parity, says: ${says}, basis: reported } } }\n`;
    const files = { ...FILES, 'cny.yaml': `${FILES['cny.yaml']!}\n${held}` };
    const text =
      'portfolio: both\ncurrency: CNY\nbuyers: { alibaba: cny.yaml }\nevidence: [ledger.yaml]\n';
    const { diagnostics } = loadScenarios(text, {
      read: ({ path }) => ({
        ok: true,
        value: { name: path, text: (files as Record<string, string>)[path]! },
      }),
    });
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ code, span }) => `${code} ${span.source.name}`)).toEqual(expected);
  });

  it('describes a supplier for all buyers, and none that a buyer does not have', () => {
    const suppliers =
      'suppliers: { inspur: { name: Inspur, currency: CNY, fiscal_year_ends: 6 }, h3c: { name: H3C } }\n';
    const { scenarios } = loadAll(BUYERS + suppliers);
    const known = scenarios.map((one) => [
      one.suppliers.get('inspur')!.yearEndMonth,
      one.suppliers.has('h3c'),
    ]);
    expect(known).toEqual([
      [6, false],
      [6, false],
    ]);
  });

  it('says nothing of a supplier that a buyer names in a component without a part', () => {
    const extra = 'components: { spare: { suppliers: { spare_parts: 40%, others: rest } },';
    const text = FILES['cny.yaml']!.replace('components: {', extra);
    const { diagnostics } = loadAll(`${BUYERS}suppliers: { spare_parts: { name: S } }\n`, [], {
      'cny.yaml': text,
    });
    expect(diagnostics.map(({ code, span }) => `${code} ${span.source.name}`)).toEqual([
      'unused cny.yaml',
    ]);
  });

  it('gives the rates of a buyer that has none itself', () => {
    const pricing = 'components: { servers: { pricing: { USD: { content: 40% } },';
    const text = FILES['cny.yaml']!.replace('fx: { base: { USD: 7 } }', '').replace(
      'components: { servers: {',
      pricing,
    );
    const load = (fx: string) => loadAll(BUYERS + fx, [], { 'cny.yaml': text });
    expect(load('').diagnostics.map(({ code }) => code)).toEqual(['rate-missing']);
    const { scenarios, diagnostics } = load('fx: { base: { USD: 7.2 } }\n');
    expect(diagnostics).toEqual([]);
    expect(ratesOf(scenarios[0]!, 'USD')[0]).toBe('FY2026Q1 7.2');
  });

  it('reads the tables of a buyer by the day of the portfolio', () => {
    const days = ['2025-07-20', '2025-08-20', '2025-11-20'];
    const table = `period,value,reported\n${days.map((day, i) => `FY2026Q1,${90 + i}bn CNY,${day}`).join('\n')}\n`;
    const actuals = 'actuals: { periods: { file: capex.csv }, reforecast: keep-envelope }';
    const own = `${FILES['cny.yaml']!}\n${actuals}\nas_of: 2026-03-31\n`;
    const read = (day: string, set: readonly string[] = []) => {
      const files = { 'cny.yaml': own, 'capex.csv': table };
      const text = `buyers: { alibaba: cny.yaml }\nas_of: ${day}\n`;
      const { scenarios, diagnostics } = loadAll(text, set, files);
      expect(diagnostics).toEqual([]);
      return scenarios[0]!.inputs.find(({ path }) => path.startsWith('actuals.periods'))!.text;
    };
    expect(days.map((day) => read(day))).toEqual(['90bn CNY', '91bn CNY', '92bn CNY']);
    expect(read(days[0]!, ['alibaba.as_of=2025-09-01'])).toBe('91bn CNY');
  });

  it('says a problem of what it shares once', () => {
    const { diagnostics } = loadAll(`${BUYERS}fx: { base: { USD: 7.2, XYZ: 1 } }\n`);
    expect(diagnostics.map(({ code, span }) => [code, span.source.name])).toEqual([
      ['currency-unknown', 'both.yaml'],
    ]);
  });
});

describe('the forecast of a portfolio', () => {
  const { scenarios } = loadAll(BUYERS);

  it('is reported in the currency of the portfolio', () => {
    const { table } = valueOf(ask(forecast, scenarios, { by: 'calendar_year', measure: 'demand' }));
    expect([...table!.rows]).toEqual([
      ['both', '2025', 'demand', 'CNY', '75000000000.00', 'none'],
      ['both', '2026', 'demand', 'CNY', '725000000000.00', 'none'],
    ]);
  });

  it.each([
    [{ by: 'fiscal_year' }, 'write calendar_year, or add buyer to --by'],
    [{ by: 'period' }, 'write calendar_quarter, or add buyer to --by'],
    [{ where: ['buyer=metta'] }, 'write buyer=meta'],
  ])('refuses %j', (options, hint) => {
    expect(diagnosticsOf(ask(forecast, scenarios, options)).map((one) => one.hint)).toEqual([hint]);
  });

  it('has derived columns by buyer', () => {
    const options = {
      by: 'buyer,fiscal_quarter',
      measure: 'demand',
      with: 'qoq',
      where: ['buyer=meta'],
    };
    const { table } = valueOf(ask(forecast, scenarios, options));
    expect([...table!.rows].map((row) => row.at(-2))).toEqual([
      '',
      '0.000000',
      '0.000000',
      '0.000000',
    ]);
  });
});

it('refuses what check --resolved prints in one sentence, which leads to the same forecast', () => {
  const { scenarios, tree } = loadAll('buyers: { a: cny.yaml, b: usd.yaml }\n');
  const text = writeRemarked(effectivePortfolio(tree!, scenarios));
  for (const saved of [text, text.replaceAll('\n', '\r\n')]) {
    const { diagnostics } = loadScenarios(saved, { name: 'saved.yaml' });
    expect(diagnostics.map(({ code }) => code)).toEqual(['portfolio']);
  }
  const [own, ...parts] = text.split(/^# file: (.+)\n/mu);
  const files = new Map(parts.flatMap((name, i) => (i % 2 === 0 ? [[name, parts[i + 1]!]] : [])));
  const again = loadScenarios(own!, {
    name: 'saved.yaml',
    read: ({ path }) => ({ ok: true, value: { name: path, text: files.get(path)! } }),
  });
  const rowsOf = (all: readonly Scenario[]) => [...valueOf(ask(forecast, all, {})).table!.rows];
  expect(again.diagnostics).toEqual([]);
  expect(rowsOf(again.scenarios)).toEqual(rowsOf(scenarios));
});
