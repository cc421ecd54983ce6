/** The workbook of a portfolio: totals over buyers, inputs that all buyers share, and the way back. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { success } from '../../src/core/result.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { forecast } from '../../src/studies/forecast/forecast.js';
import { exposure } from '../../src/studies/suppliers/exposure.js';
import { plans } from '../../src/studies/shared/reports.js';
import { ask, readOptions } from '../../src/studies/study.js';
import { workbook } from '../../src/workbook/book.js';
import { importChanges } from '../../src/workbook/import/importChanges.js';
import type { Workbook } from '../../src/workbook/workbook.js';
import { computed, type Computed } from '../support/ironcalc.js';
import { loadedAll, membersOf, portfolioCases } from '../support/portfolios.js';
import { valueOf } from '../support/results.js';
import { asEdited } from '../support/workbookEdits.js';

/** `CAPEX_PORTFOLIO_BOOKS=100 npx vitest run test/workbook/book.portfolio.test.ts` tries that many; IronCalc keeps 15 digits, so that the gate tries known ones. */
const MANY = process.env['CAPEX_PORTFOLIO_BOOKS'];
const RANDOM = MANY ? { numRuns: Number(MANY) } : { numRuns: 3, seed: 16 };

/** The workbook of `run --currency CODES`. */
function bookOf(scenarios: readonly Scenario[], currency: string, set: readonly string[] = []) {
  const { data } = readOptions(forecast, { currency });
  const args = ['--currency', currency, ...set.flatMap((one) => ['--set', one])];
  return workbook(valueOf(plans(scenarios, data!)), args);
}

/** The totals of the sheet Buyers: `innolight|2026|revenue|USD`, computed anew. */
function totalsIn({ sheets }: Workbook, engine: Computed, by: string): ReadonlyMap<string, number> {
  const { rows } = sheets.find(({ name }) => name === 'Buyers')!;
  const totals = new Map<string, number>();
  let heads: readonly string[] = [];
  rows.forEach((row, r) => {
    const words = row.map((cell) => (typeof cell?.content === 'string' ? cell.content : ''));
    if (words[2] === 'buyer') heads = words;
    if (words[2] !== 'all buyers' || heads[1] !== by) return;
    const [measure, unit] = heads[0]!.split(/, (?:shown in \S+ )?/u);
    for (let c = 3; c < heads.length - 1; c++) {
      const year = heads[c]!.replace(/, .*$/u, '');
      totals.set([words[1], year, measure, unit].join('|'), Number(engine.at('Buyers', r, c)));
    }
  });
  return totals;
}

/** What the sheet Check allows all cells of a measure and a unit to differ: `revenue|USD`. */
function tolerancesIn({ sheets }: Workbook): ReadonlyMap<string, number> {
  const { rows } = sheets.find(({ name }) => name === 'Check')!;
  const first = rows.findIndex(([cell]) => cell?.content === 'scenario') + 1;
  const sums = new Map<string, number>();
  for (const row of rows.slice(first)) {
    const key = [4, 5].map((c) => row[c]!.content as string).join('|');
    sums.set(key, (sums.get(key) ?? 1) + Number(row[9]!.content));
  }
  return sums;
}

/** The rows of `run --by calendar_year,…`. */
function rowsBy(scenarios: readonly Scenario[], by: string, currency: string) {
  const { table } = valueOf(ask(forecast, scenarios, { by: `calendar_year,${by}`, currency }));
  return [...table!.rows].map(([, year, key, measure, unit, value]) => {
    return { key: [key, year, measure, unit].join('|'), value: Number(value) };
  });
}

/** Every total of the workbook is that of `run`, but for the digits that formulas do not round. */
function expectTotals(
  book: Workbook,
  engine: Computed,
  scenarios: readonly Scenario[],
  currency: string,
) {
  const slack = tolerancesIn(book);
  for (const by of ['component', 'supplier']) {
    const totals = totalsIn(book, engine, by);
    const rows = rowsBy(scenarios, by, currency);
    expect(rows.length).toBeGreaterThan(0);
    for (const { key, value } of rows) {
      const found = totals.get(key);
      expect(found, key).toBeDefined();
      const most = slack.get(key.split('|').slice(2).join('|'))! + 1e-12 * Math.abs(value);
      expect(Math.abs(found! - value), key).toBeLessThanOrEqual(most);
    }
  }
}

const FILES: Readonly<Record<string, string>> = {
  'one.yaml': `scenario: one
currency: CNY
calendar: { fiscal_year_ends: 3, from: FY2026, to: FY2028, period: year }
envelope: { value: 400bn CNY, assumption: a plan }
phasing: { growth: 10%, per: year }
estimates: { view: { split: { servers: 60%, modules: rest } } }
mix: view
components:
  servers: { suppliers: { maker: 35%, others: rest } }
  modules: { price: { value: 450 USD, unit: module }, suppliers: { lights: 40%, others: rest } }
fx: { base: { USD: 7 } }
`,
  'two.yaml': `scenario: two
currency: USD
calendar: { fiscal_year_ends: 1, from: FY2026Q1, to: FY2027Q4 }
envelope: { value: 30bn USD, assumption: a plan }
phasing: even
estimates: { view: { split: { servers: 1/3, modules: rest } } }
mix: view
components:
  servers: { pricing: { CNY: { content: 20% } }, suppliers: { maker: 20%, others: rest } }
  modules: { suppliers: { lights: 30%, others: rest } }
fx: { base: { CNY: 0.14 } }
`,
};
const PORTFOLIO = `portfolio: both
currency: CNY
buyers: { one: one.yaml, two: { file: two.yaml, set: { envelope: 33bn USD } } }
suppliers: { maker: { name: A maker, currency: USD, fiscal_year_ends: 6, revenue: { FY2025: 9bn USD } } }
fx: { base: { USD: { value: 7.2, low: 6.9, high: 7.5, assumption: a rate } } }
`;

const read = ({ path }: { readonly path: string }) => success({ name: path, text: FILES[path]! });
const both = (set: readonly string[] = []) => loadedAll(PORTFOLIO, read, set);

describe('a portfolio of a yearly plan in yuan and a quarterly one in dollars', () => {
  const book = bookOf(both(), 'CNY,USD');
  const engine = computed(book);

  /** The row of an input, as spreadsheets count. */
  const rowOf = (sheet: string, path: string) => {
    const { rows } = book.sheets.find(({ name }) => name === sheet)!;
    return String(rows.findIndex(([first]) => first?.content === path) + 1);
  };

  it('says OK, and has the totals of run', () => {
    expect(engine.at('Check', 2, 1)).toBe('OK');
    expectTotals(book, engine, both(), 'CNY,USD');
  });

  it('has the shares of exposure', () => {
    const { table } = valueOf(ask(exposure, both(), { by: 'calendar_year', currency: 'CNY' }));
    const names = table!.columns.map(({ name }) => name);
    const rows = [...table!.rows].map((row) =>
      Object.fromEntries(row.map((cell, c) => [names[c]!, cell])),
    );
    const { rows: cells } = book.sheets.find(({ name }) => name === 'Exposure')!;
    const at = (key: string, label: string, year: string) => {
      const first = cells.findIndex(([, cell]) => cell?.content === key);
      const heads = cells[first - 1]!.map((cell) => cell!.content as string);
      const column = heads.findIndex((one) => one.startsWith(year));
      const row = cells.findIndex(
        (own, r) => r >= first && own.some((cell) => cell?.content === label),
      );
      return engine.at('Exposure', row, column);
    };
    for (const buyer of ['one', 'two']) {
      const [own] = rows.filter(
        (row) =>
          row['supplier'] === 'maker' && row['buyer'] === buyer && row['calendar_year'] === '2026',
      );
      expect(Number(at('maker', buyer, '2026'))).toBeCloseTo(Number(own!['share']), 5);
      expect(Number(at('maker', 'Herfindahl index', '2026'))).toBeCloseTo(
        Number(own!['herfindahl']),
        5,
      );
    }
  });

  it('has each input that the portfolio gives in one blue cell', () => {
    const cellsOf = (path: string) =>
      book.sheets.flatMap(({ name, rows }) => {
        if (!name.includes('nputs')) return [];
        const row = rows.find(([first]) => first?.content === path);
        return row ? [`${name}: ${row[1]!.look}`] : [];
      });
    expect(cellsOf('fx.base.USD')).toEqual(['Shared inputs: input', 'Inputs 1 one: number']);
    expect(cellsOf('fx.base.CNY')).toEqual(['Inputs 2 two: number']);
    expect(cellsOf('suppliers.maker.revenue.FY2025')).toEqual([
      ...['Shared inputs: input', 'Inputs 1 one: number', 'Inputs 2 two: number'],
    ]);
  });

  it('a rate that is typed once moves all buyers, as --set does', () => {
    engine.type('Shared inputs', 3 + 1, 1, '7.35');
    expect(engine.at('Check', 2, 1)).toBe('CHANGED');
    expectTotals(book, engine, both(['fx.base.USD=7.35']), 'CNY,USD');
    engine.type('Shared inputs', 3 + 1, 1, 'seven');
    expect(engine.at('Check', 2, 1)).toBe('INVALID');
    engine.restore('Shared inputs', 3 + 1, 1);
    expect(engine.at('Check', 2, 1)).toBe('OK');
  });

  it('brings changes back to the file of the portfolio, and to those of its buyers', () => {
    const edited = asEdited(book, [
      ['Shared inputs', 'B', '5', '7.35'],
      ['Shared inputs', 'D', '5', '7'],
      ['Inputs 1 one', 'B', '4', '410000000000'],
      ['Inputs 2 two', 'B', '4', '35000000000'],
      ['Inputs 2 two', 'B', rowOf('Inputs 2 two', 'components.servers.suppliers.maker'), '0.25'],
    ]);
    const onto = [{ name: 'p.yaml', text: PORTFOLIO }];
    const { files, diagnostics } = importChanges(edited, onto, read);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const texts = Object.fromEntries(files.map(({ source, text }) => [source.name, text]));
    expect(Object.keys(texts).sort()).toEqual(['one.yaml', 'p.yaml', 'two.yaml']);
    const after = loadedAll(texts['p.yaml']!, ({ path }) =>
      success({ name: path, text: texts[path] ?? FILES[path]! }),
    );
    const set = [
      ...['one.envelope=410bn CNY', 'two.envelope=35bn USD', 'fx.base.USD=7.35'],
      'two.components.servers.suppliers.maker=25%',
    ];
    expect(rowsBy(after, 'supplier', 'CNY')).toEqual(rowsBy(both(set), 'supplier', 'CNY'));
    expect(texts['p.yaml']).toContain('{ value: 7.35, low: 7, high: 7.5, assumption: a rate }');
  });

  it('refuses a change of a formula that refers to a shared input, and the file of one buyer', () => {
    const typed = asEdited(book, [
      ['Inputs 1 one', 'B', rowOf('Inputs 1 one', 'fx.base.USD'), '7.35'],
    ]);
    const onto = (name: string, text: string) =>
      importChanges(typed, [{ name, text }], read).diagnostics.map(({ code }) => code);
    expect(onto('p.yaml', PORTFOLIO)).toEqual(['workbook-cell']);
    expect(onto('one.yaml', FILES['one.yaml']!)).toEqual(['workbook-version']);
  });
});

it('random portfolios: the verdict is OK, and every total is that of run', () => {
  fc.assert(
    fc.property(portfolioCases({ min: 1, max: 3 }), (one) => {
      const members = membersOf(one);
      const book = bookOf(members, one.asked);
      const engine = computed(book);
      expect(engine.at('Check', 2, 1)).toBe('OK');
      if (members.length > 1) expectTotals(book, engine, members, one.asked);
      engine.free();
    }),
    { ...RANDOM, endOnFailure: true },
  );
}, 3_600_000);
