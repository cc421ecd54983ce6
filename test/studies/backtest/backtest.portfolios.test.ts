/** The backtest of a portfolio: each buyer that has reported, and their sum. */
import { expect, it } from 'vitest';
import type { ReadFile } from '../../../src/core/text/fileRequest.js';
import { textRecordsOf } from '../../../src/core/table.js';
import { backtest } from '../../../src/studies/backtest/backtest.js';
import { ask } from '../../../src/studies/study.js';
import { loaded } from '../../support/cells.js';
import { loadedAll } from '../../support/portfolios.js';
import { diagnosticsOf, valueOf } from '../../support/results.js';

const plan = (id: string, more: { readonly ends?: number; readonly currency?: string } = {}) => {
  const { ends = 3, currency = 'CNY' } = more;
  return `
scenario: ${id}
as_of: 2025-02-24
currency: ${currency}
calendar: { fiscal_year_ends: ${ends}, from: FY2026Q1, to: FY2026Q4 }
envelope: 100 ${currency}
phasing: { weights: [1, 2, 3, 4] }
estimates: { mine: { split: { servers: 1/3, open: rest } } }
mix: mine
`;
};

const PORTFOLIO = 'portfolio: all\ncurrency: CNY\nbuyers: { a: a.yaml, b: b.yaml, c: c.yaml }\n';

const portfolioOf = (b = plan('b')) => {
  const texts: Record<string, string> = { 'a.yaml': plan('a'), 'b.yaml': b, 'c.yaml': plan('c') };
  const read: ReadFile = ({ path }) => ({ ok: true, value: { name: path, text: texts[path]! } });
  return loadedAll(PORTFOLIO, read);
};

const FILE = `buyer,period,capex (CNY)
a,FY2026Q1,20
a,FY2026Q2,15
b,FY2025Q3,30
b,FY2026Q2,25
b,FY2026Q3,40
`;

const answerTo = (csv: string, b?: string, typed = {}) =>
  ask(backtest, portfolioOf(b), { actuals: { name: 'r.csv', text: csv }, ...typed });
const rowsOf = (csv: string, b?: string) => textRecordsOf(valueOf(answerTo(csv, b)).table!);

it('has the rows of each buyer that has reported, as its scenario has them by itself', () => {
  const rows = rowsOf(FILE);
  for (const key of ['a', 'b']) {
    const own = rows.filter(({ buyer }) => buyer === key);
    const [head, ...lines] = FILE.trim().split('\n');
    const csv = [head, ...lines.filter((line) => line.startsWith(key))].join('\n');
    const text = csv.replace(/^\w+,/gm, '');
    const alone = ask(backtest, [loaded(plan(key))], { actuals: { name: 'r.csv', text } });
    const expected = textRecordsOf(valueOf(alone).table!);
    expect(own).toEqual(expected.map((row) => ({ ...row, scenario: 'all', buyer: key })));
  }
  expect(rows.filter(({ buyer }) => buyer === 'c')).toEqual([]);
});

it('adds up the periods that all of them have reported', () => {
  const sum = rowsOf(FILE).filter(({ buyer, span }) => buyer === '' && span === 'period');
  expect(
    sum.map(({ method, period, reported, forecast }) => [method, period, reported, forecast]),
  ).toEqual([
    ['all', 'FY2026Q2', '40.00', '40.00'],
    // No quarter of `a` is known before the first one compared.
    ['plan ÷ 4', 'FY2026Q2', '40.00', '50.00'],
  ]);
});

it('finds the same months in two calendars, and names them by that of the year', () => {
  const b = plan('b', { ends: 12 }).replace('FY2026Q1, to: FY2026Q4', 'FY2025Q1, to: FY2025Q4');
  const rows = rowsOf('buyer,period,capex (CNY)\na,FY2026Q1,20\nb,FY2025Q2,30\n', b);
  const [first] = rows.filter(({ buyer }) => buyer === '');
  expect(first).toMatchObject({ period: '2025Q2', reported: '50.00', forecast: '30.00' });
});

it('says why there is no sum', () => {
  const notesOf = (csv: string, b?: string) => valueOf(answerTo(csv, b)).notes;
  expect(notesOf('buyer,period,capex (CNY)\na,FY2026Q1,20\nb,FY2026Q2,30\n')).toContain(
    'no sum over buyers: no reported period has the same months for all of them',
  );
  const foreign = 'buyer,period,capex\na,FY2026Q1,20 CNY\nb,FY2026Q1,30 USD\n';
  expect(notesOf(foreign, plan('b', { currency: 'USD' }))).toContain(
    'no sum over buyers: their envelopes are in different currencies',
  );
});

it('names the methods of a sum by all buyers where they differ', () => {
  const csv =
    'buyer,period,capex (CNY)\na,FY2025Q2,7\na,FY2026Q1,20\nb,FY2025Q3,9\nb,FY2026Q1,30\n';
  const rows = rowsOf(csv).filter(({ buyer, span }) => buyer === '' && span === 'period');
  expect(rows.map(({ method, forecast }) => [method, forecast])).toEqual([
    ['all', '20.00'],
    ['the last reported period of each held flat', '16.00'],
    ['plan ÷ 4', '50.00'],
  ]);
});

it('names the buyer where people read', () => {
  const { sheets, notes } = valueOf(answerTo(FILE, undefined, { show: true }));
  expect(sheets!.map(({ title }) => title)).toEqual([
    ...['reported → a: a', 'reported → a: plan ÷ 4'],
    ...['reported → b: b', 'reported → b: FY2025Q3 held flat', 'reported → b: plan ÷ 4'],
    ...['reported → all', 'reported → plan ÷ 4'],
  ]);
  expect(notes[0]).toMatch(/^a: a: bias/);
});

it.each([
  ['period,capex (CNY)\nFY2026Q1,20\n', 'no column `buyer` says whose amounts a row has'],
  ['buyer,period,capex (CNY)\nd,FY2026Q1,20\n', '`d` is no buyer of the portfolio'],
  ['buyer,period,capex (CNY)\na,FY2026Q9,20\n', '`FY2026Q9`'],
  [
    'buyer,period,capex (CNY)\na,FY2027Q1,20\n',
    'the reported periods are either outside the window or already in `actuals`',
  ],
])('refuses %j', (csv, message) => {
  const [problem] = diagnosticsOf(answerTo(csv));
  expect(problem!.message).toContain(message);
});
