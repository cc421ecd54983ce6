/** The backtest: a forecast beside the amounts that were reported after its date. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { writeCsv } from '../../../src/formats/csv.js';
import { backtest } from '../../../src/studies/backtest/backtest.js';
import { loaded } from '../../support/cells.js';
import { diagnosticsOf } from '../../support/results.js';

const PLAN = `
scenario: plan
as_of: 2025-02-24
currency: CNY
calendar: { fiscal_year_ends: 3, from: FY2026Q1, to: FY2026Q4 }
envelope: 100 CNY
phasing: { weights: [1, 2, 3, 4] }
estimates: { mine: { split: { servers: 1/3, open: rest } } }
mix: mine
`;
const REPORTED = `period,capex (CNY)
FY2025Q2,7
FY2025Q3,16
FY2025Q4,90
FY2026Q1,20
FY2026Q2,15
FY2027Q1,1
`;

function ask(scenario: string, csv: string, given: Record<string, unknown> = {}) {
  const actuals = { name: 'reported.csv', text: csv };
  const options = backtest.options.parse({ actuals, ...given });
  const result = backtest.run([loaded(scenario)], options);
  if (!result.ok) return { messages: result.diagnostics.map(({ message }) => message) };
  const { table, notes } = result.value;
  return { rows: writeCsv(table!).split('\n').slice(1, -1), notes };
}

it('compares each reported period with scenario, last known quarter and even plan', () => {
  const { rows, notes } = ask(PLAN, REPORTED);
  expect(rows).toEqual([
    'plan,plan,FY2026Q1,period,CNY,20.00,10.00,-10.00,-50.00',
    'plan,plan,FY2026Q1,to_date,CNY,20.00,10.00,-10.00,-50.00',
    'plan,plan,FY2026Q2,period,CNY,15.00,20.00,5.00,33.33',
    'plan,plan,FY2026Q2,to_date,CNY,35.00,30.00,-5.00,-14.29',
    'plan,plan,all,bias,CNY,,,-2.50,-14.29',
    'plan,plan,all,absolute,CNY,,,7.50,42.86',
    // FY2025Q4 had not ended on the day of the scenario.
    'plan,FY2025Q3 held flat,FY2026Q1,period,CNY,20.00,16.00,-4.00,-20.00',
    'plan,FY2025Q3 held flat,FY2026Q1,to_date,CNY,20.00,16.00,-4.00,-20.00',
    'plan,FY2025Q3 held flat,FY2026Q2,period,CNY,15.00,16.00,1.00,6.67',
    'plan,FY2025Q3 held flat,FY2026Q2,to_date,CNY,35.00,32.00,-3.00,-8.57',
    'plan,FY2025Q3 held flat,all,bias,CNY,,,-1.50,-8.57',
    'plan,FY2025Q3 held flat,all,absolute,CNY,,,2.50,14.29',
    'plan,plan ÷ 4,FY2026Q1,period,CNY,20.00,25.00,5.00,25.00',
    'plan,plan ÷ 4,FY2026Q1,to_date,CNY,20.00,25.00,5.00,25.00',
    'plan,plan ÷ 4,FY2026Q2,period,CNY,15.00,25.00,10.00,66.67',
    'plan,plan ÷ 4,FY2026Q2,to_date,CNY,35.00,50.00,15.00,42.86',
    'plan,plan ÷ 4,all,bias,CNY,,,7.50,42.86',
    'plan,plan ÷ 4,all,absolute,CNY,,,7.50,42.86',
  ]);
  expect(notes![0]).toBe(
    'plan: bias -2.50 CNY (-14.29%) per period, mean absolute error 7.50 CNY (42.86%)',
  );
});

describe('the reported amount that is compared', () => {
  const first = (scenario: string, given = {}) => ask(scenario, REPORTED, given).rows![0];
  const known = (periods: string) =>
    `${PLAN.replace('2025-02-24', '2025-09-30')}actuals: { attributable: 60%, periods: { ${periods} } }\n`;

  it.each([
    ['all of them', first(PLAN), 'FY2026Q1,period,CNY,20.00,10.00'],
    ['the share that is asked for', first(PLAN, { attributable: '90%' }), 'CNY,18.00,10.00'],
    ['else the share of the scenario', first(known('FY2025Q3: 16 CNY')), 'CNY,12.00,10.00'],
  ])('is %s', (_, row, text) => {
    expect(row).toContain(text);
  });

  it('is none of the amounts in the scenario', () => {
    const rows = ask(known('FY2026Q1: 20 CNY'), REPORTED).rows!;
    expect(rows[0]).toContain('FY2026Q2');
    const messages = ask(known('FY2026Q1: 20 CNY, FY2026Q2: 15 CNY'), REPORTED).messages;
    expect(messages).toEqual([
      'the reported periods are either outside the window or already in `actuals`',
    ]);
  });

  it('is the latest report of a period, also after the date of the scenario', () => {
    const restated =
      'period,capex (CNY),reported\nFY2026Q1,19,2025-08-01\nFY2026Q1,20,2026-02-01\n';
    expect(ask(PLAN, restated).rows![0]).toContain('CNY,20.00,10.00');
  });

  it('has one basis, which has to be named if there are two', () => {
    const bases = 'period,capex (CNY),basis\nFY2026Q1,20,headline\nFY2026Q2,15,other\n';
    expect(ask(PLAN, bases).messages).toEqual(['the rows are on different bases']);
    expect(ask(PLAN, bases, { basis: 'other' }).rows![0]).toContain('FY2026Q2,period,CNY,15.00');
  });

  it('is that of the period if reports are for the year to date', () => {
    const toDate = 'period,capex (CNY)\nFY2026Q1,20\nFY2026Q2,35\n';
    expect(ask(PLAN, toDate, { cumulative: true }).rows![2]).toContain('Q2,period,CNY,15.00');
  });

  it('has the currency of the envelope', () => {
    const dollars = 'period,capex (USD)\nFY2026Q1,20\n';
    expect(ask(PLAN, dollars).messages).toEqual(['`20 USD` is not in CNY']);
  });
});

it.each([
  [{ unit: '亿美元x' }, '--unit', '亿美元x', 'write bn CNY, for example'],
  [{ basis: 'head' }, '--basis', 'head', 'write `headline`'],
  [{ attributable: '950%', basis: 'other' }, '--attributable', '950%', 'write a share such as 35%'],
  [{}, 'reported.csv', 'other', 'write `--basis headline`'],
])('names options for %j, not keys of a scenario', (given, name, at, hint) => {
  const bases = 'period,capex (CNY),basis\nFY2026Q1,20,headline\nFY2026Q2,15,other\n';
  const csv = 'unit' in given ? bases.replace(' (CNY)', '') : bases;
  const actuals = { name: 'reported.csv', text: csv };
  const options = backtest.options.parse({ actuals, ...given });
  const [problem] = diagnosticsOf(backtest.run([loaded(PLAN)], options));
  const { source, start, end } = problem!.span;
  expect([source.name, source.text.slice(start, end), problem!.hint]).toEqual([name, at, hint]);
});

it('without a date, holds the last quarter before the window and says so', () => {
  const { rows, notes } = ask(PLAN.replace('as_of: 2025-02-24\n', ''), REPORTED);
  expect(rows![6]).toContain('FY2025Q4 held flat');
  expect(notes!.at(-1)).toMatch(/no `as_of`/);
});

it('holds no quarter if none is known before the first one compared', () => {
  const { rows } = ask(PLAN, 'period,capex (CNY)\nFY2026Q1,20\n');
  expect(new Set(rows!.map((row) => row.split(',')[1]))).toEqual(new Set(['plan', 'plan ÷ 4']));
});

it('compares the shipped plan, 126.667bn, with the shipped reports, 126.177bn', () => {
  const scenario = readFileSync('scenarios/alibaba-380bn.yaml', 'utf8');
  const csv = readFileSync('scenarios/actuals/alibaba-capex.csv', 'utf8');
  const rows = ask(scenario, csv, { basis: 'headline' }).rows!;
  expect(rows.find((row) => row.includes('alibaba-380bn,FY2026Q4,to_date'))).toBe(
    'alibaba-380bn,alibaba-380bn,FY2026Q4,to_date,CNY,126177000000.00,126666666666.67,489666666.67,0.39',
  );
  expect(rows.find((row) => row.includes('held flat,FY2026Q1,period'))).toContain('31800000000.00');
});
