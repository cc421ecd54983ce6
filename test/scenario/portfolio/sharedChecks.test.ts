/** What a portfolio gives for all its buyers is checked, whatever their currencies, and read by what holds in the end. */
import { describe, expect, it } from 'vitest';
import { loadScenarios } from '../../../src/scenario/portfolio/loadScenarios.js';
import { buyerText } from '../../support/portfolios.js';

const QUARTERS = 'fiscal_year_ends: 3, from: FY2026Q1, to: FY2026Q4';
const FILES: Readonly<Record<string, string>> = {
  'cny.yaml': buyerText('CNY', QUARTERS, 'fx: { base: { USD: 7 } }'),
  'usd.yaml': buyerText('USD', QUARTERS),
  'january.yaml': buyerText('CNY', 'fiscal_year_ends: 1, from: FY2026Q1, to: FY2026Q4'),
  'ledger.yaml': `sources: { s: { title: T, publisher: P, date: 2025-09-10, kind: news } }
claims: { late: { source: s, about: parity, says: 7.2, basis: reported } }
`,
  'rates.csv': 'period,rate,reported\nFY2025Q2,7.1,2025-04-01\nFY2025Q2,7.9,2025-09-01\n',
  'yen.csv': 'currency,rate\nJPY,0.05\n',
  'revenue.csv': 'year,value\n2024-06-30,1000m CNY\n2023-06-30,500m CNY\n',
};

function loadAll(
  buyers: string,
  lines: string,
  set: readonly string[] = [],
  others: Readonly<Record<string, string>> = {},
) {
  const files = { ...FILES, ...others };
  return loadScenarios(`portfolio: p\ncurrency: CNY\nbuyers: { ${buyers} }\n${lines}`, {
    name: 'p.yaml',
    set,
    read: ({ path }) => ({ ok: true, value: { name: path, text: files[path]! } }),
  });
}

const problemsOf = (...given: Parameters<typeof loadAll>) =>
  loadAll(...given).diagnostics.map(({ code, span }) => `${code} ${span.source.name}`);

describe('a rate of a portfolio', () => {
  it.each([
    ['{ value: 7.2, date: 2025-09-10, assumption: x }', 'look-ahead'],
    ['{ value: 7.2, evidence: late }', 'evidence-late'],
    ['{ value: 7.1, evidence: late }', 'evidence-late'],
    ['{ value: 7.2, low: 8, high: 9 }', 'range-order'],
    ['{ value: 7.2, evidence: nosuch }', 'name-unknown'],
  ])('%s is wrong for a buyer in any currency', (rate, code) => {
    const lines = `as_of: 2025-06-30\nevidence: [ledger.yaml]\nfx: { base: { USD: ${rate} } }\n`;
    for (const one of ['a: cny.yaml', 'b: usd.yaml', 'a: cny.yaml, b: usd.yaml']) {
      expect(problemsOf(one, lines)).toContain(`${code} p.yaml`);
    }
  });

  it('is of another currency than its own', () => {
    const lines = 'fx: { base: { USD: 7, CNY: 0.15 } }\n';
    for (const one of ['a: cny.yaml', 'b: usd.yaml']) {
      const [problem, ...more] = loadAll(one, lines).diagnostics;
      expect(more).toEqual([]);
      expect(problem).toMatchObject({ code: 'currency-mismatch', hint: 'delete CNY' });
    }
  });

  it('that begins inside a period of a buyer is told, with the rate that the period keeps', () => {
    const lines = 'fx: { base: { USD: 7 }, path: { USD: { FY2025Q1: 7, FY2025Q2: 7.5 } } }\n';
    expect(problemsOf('a: cny.yaml', lines)).toEqual([]);
    const [problem, ...more] = loadAll('a: january.yaml', lines).diagnostics;
    expect(more).toEqual([]);
    expect(problem).toMatchObject({ code: 'period-key', severity: 'warning' });
    expect(problem!.message).toContain('begins inside quarters of `a`');
  });

  it('after every window is told', () => {
    const lines = 'fx: { base: { USD: 7 }, path: { USD: { FY2025Q1: 7, FY2030Q1: 9 } } }\n';
    expect(problemsOf('a: cny.yaml, b: usd.yaml', lines)).toEqual(['unused p.yaml']);
  });
});

describe('tables are read by what holds in the end', () => {
  const path =
    'fx: { base: { USD: 7 }, path: { USD: { file: rates.csv, direction: CNY per USD } } }\n';
  const rateOf = (lines: string, set: readonly string[]) =>
    loadAll('b: usd.yaml', lines, set).scenarios[0]!.inputs.find(({ path: at }) =>
      at.startsWith('fx.path.CNY'),
    )!.text;

  it('rates of a portfolio by its day, in the file or on the command line', () => {
    for (const day of ['2025-06-30', '2025-12-31']) {
      const inFile = rateOf(`as_of: ${day}\n${path}`, []);
      expect(rateOf(`as_of: 2026-03-31\n${path}`, [`as_of=${day}`])).toBe(inFile);
    }
    expect(rateOf(`as_of: 2025-06-30\n${path}`, [])).toBe('1/7.1');
  });

  it('rates of a portfolio by its currency', () => {
    const lines = 'fx: { base: { file: yen.csv, direction: CNY per foreign } }\n';
    expect(problemsOf('a: cny.yaml', lines, ['currency=USD'])).toContain(
      'currency-mismatch p.yaml',
    );
  });

  it('revenue of a supplier by the year that the portfolio gives', () => {
    const revenue = 'suppliers: { inspur: { revenue: { file: revenue.csv, labels: date } } }';
    const yearsOf = (lines: string, ends: string) => {
      const text = buyerText(
        'CNY',
        QUARTERS,
        `${revenue.replace('{ revenue', `{ ${ends}revenue`)}\n`,
      );
      const { scenarios } = loadAll('a: cny.yaml', lines, [], { 'cny.yaml': text });
      return [...scenarios[0]!.suppliers.get('inspur')!.revenue.keys()];
    };
    const ofPortfolio = 'suppliers: { inspur: { fiscal_year_ends: 3 } }\n';
    expect(yearsOf(ofPortfolio, '')).toEqual(yearsOf('', 'fiscal_year_ends: 3, '));
    expect(yearsOf(ofPortfolio, '')).toEqual(['FY2025', 'FY2024']);
  });
});

describe('what has no effect is told', () => {
  it.each([
    ['fx: { closure: volume }', 'fx.closure: budget'],
    ['suppliers: { inspur: { currency: USD } }', 'suppliers.inspur.currency: CNY'],
    ['fx: { base: { USD: 7 } }', 'fx: "{ base: { USD: 9 } }"'],
  ])('%s replaces %s of a buyer', (lines, change) => {
    const inFile = `a: { file: cny.yaml, set: { ${change} } }`;
    expect(problemsOf(inFile, `${lines}\n`)).toContain('keys-conflict p.yaml');
    const typed = `a.${change.replace(': ', '=').replaceAll('"', '')}`;
    expect(problemsOf('a: cny.yaml', `${lines}\n`, [typed])).toContain('keys-conflict --set');
    expect(problemsOf(inFile, '')).not.toContain('keys-conflict p.yaml');
  });

  it('a supplier that no buyer names, with the one that is meant', () => {
    const lines = 'suppliers: { inspru: { name: I } }\n';
    const { diagnostics } = loadAll('a: cny.yaml, b: usd.yaml', lines);
    expect(diagnostics.map(({ hint }) => hint)).toContain('did you mean `inspur`?');
  });

  it('a change of a buyer by the portfolio', () => {
    const change = 'a: { file: cny.yaml, set: { fx.path.USD.FY2030: 9 } }';
    expect(problemsOf(change, '')).toContain('unused p.yaml');
  });
});
