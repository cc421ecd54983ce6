import { expect, it } from 'vitest';
import { capex, folder, lines, scenario } from '../support/capex.js';

/** The rows of a CSV without quotes, with the header as the first. */
async function rowsOf(args: string, files = { 'a.yaml': scenario() }): Promise<string[][]> {
  const { code, out, err } = await capex(['run', ...args.split(' '), '--quiet'], {
    cwd: folder(files),
  });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out.endsWith('\n') && !out.includes('\r')).toBe(true);
  return lines(out).map((line) => line.split(','));
}

const column = (rows: string[][], name: string) =>
  rows.slice(1).map((row) => row[rows[0]!.indexOf(name)]!);
const distinct = (values: string[]) => [...new Set(values)];

it.concurrent.each([
  ['', 'fiscal_year,period,component,supplier'],
  ['supplier,fiscal_year', 'fiscal_year,supplier'],
  ['component,period', 'period,component'],
  [
    'supplier,component,period,supplier_year,calendar_year,fiscal_year',
    'fiscal_year,calendar_year,supplier_year,period,component,supplier',
  ],
  ['calendar_year', 'calendar_year'],
  ['component', 'component'],
  ['period,period', 'period'],
])('puts the dimensions of --by %s in their fixed order', async (by, expected) => {
  const rows = await rowsOf(by === '' ? 'a.yaml' : `a.yaml --by ${by}`);
  expect(rows[0]!.join(',')).toBe(`scenario,${expected},measure,unit,value,grade`);
  expect(distinct(rows.map((row) => String(row.length)))).toHaveLength(1);
});

it.concurrent(
  'orders rows by period, component, supplier, measure, and currency as asked for',
  async () => {
    const rows = await rowsOf('a.yaml --currency USD,CNY');
    const periods = ['FY2026Q1', 'FY2026Q2', 'FY2026Q3', 'FY2026Q4'];
    const money = (measure: string) => [`${measure},USD`, `${measure},CNY`];
    const leaf = (path: string, measures: string[]) =>
      measures.map((measure) => `${path},${measure}`);
    const full = [...money('demand'), ...money('revenue'), 'units,server'];
    const inWindow = [
      ...leaf('servers,inspur', full),
      ...leaf('servers,maker', full),
      ...leaf('optics,unassigned', [...money('demand'), ...money('revenue')]),
    ];
    const tail = [
      ...leaf('servers,inspur', money('revenue')),
      ...leaf('servers,maker', money('revenue')),
    ];
    expect(rows.slice(1).map((row) => row.slice(1, -2).join(','))).toEqual([
      ...periods.flatMap((period) => inWindow.map((rest) => `FY2026,${period},${rest}`)),
      ...tail.map((rest) => `after FY2026,after FY2026Q4,${rest}`),
    ]);
  },
);

it.concurrent('orders components as the split does, not by alphabet or description', async () => {
  const swapped = scenario().replace('servers: 60%, optics: rest', 'optics: 40%, servers: rest');
  const rows = await rowsOf('a.yaml --by component', { 'a.yaml': swapped });
  expect(distinct(column(rows, 'component'))).toEqual(['optics', 'servers']);
});

it.concurrent('prints cells of zero within the window, and none after it', async () => {
  const rows = await rowsOf('a.yaml', { 'a.yaml': scenario({ envelope: '0' }) });
  expect(rows).toHaveLength(1 + 4 * 8);
  expect(distinct(column(rows, 'value'))).toEqual(['0.00', '0']);
  expect(distinct(column(rows, 'period'))).toHaveLength(4);
});

it.concurrent('prints a row of the tail for each cell that is not zero', async () => {
  const rows = await rowsOf('a.yaml --by fiscal_year,component');
  const tail = rows.filter((row) => row[1]!.startsWith('after'));
  expect(tail).toEqual([['small', 'after FY2026', 'servers', 'revenue', 'CNY', '75.00', 'none']]);
});

it.concurrent.each([
  ['JPY', '100000', /^\d+$/],
  ['CNY', '1000', /^\d+\.\d{2}$/],
  ['KWD', '1000', /^\d+\.\d{3}$/],
])('prints amounts with all decimal places of %s', async (currency, envelope, shape) => {
  const text = scenario({ currency, envelope });
  const rows = await rowsOf('a.yaml --measure demand --by component', { 'a.yaml': text });
  for (const value of column(rows, 'value')) expect(value).toMatch(shape);
  expect(distinct(column(rows, 'unit'))).toEqual([currency]);
});

it.concurrent.each([
  ['"=cmd()"', "'=cmd()"],
  [`'=19" rack, full'`, `"'=19"" rack, full"`],
])('prints the unit %s as %s', async (unit, written) => {
  const cwd = folder({ 'a.yaml': scenario({ unit }) });
  const { out } = await capex(['run', 'a.yaml', '--measure', 'units', '--by', 'period'], { cwd });
  expect(lines(out)[1]).toBe(`small,FY2026Q1,units,${written},15,none`);
});

it.concurrent('prints units once, whatever the currencies', async () => {
  const rows = await rowsOf('a.yaml --by component --currency CNY,USD');
  expect(rows.slice(1).map((row) => row.slice(1, -1).join(','))).toEqual([
    'servers,demand,CNY,600.00',
    'servers,demand,USD,120.00',
    'servers,revenue,CNY,600.00',
    'servers,revenue,USD,120.00',
    'servers,units,server,60',
    'optics,demand,CNY,400.00',
    'optics,demand,USD,80.00',
    'optics,revenue,CNY,400.00',
    'optics,revenue,USD,80.00',
  ]);
});

it.concurrent(
  '--currency supplier uses the currency of each supplier, else of the envelope',
  async () => {
    const rows = await rowsOf('a.yaml --by supplier --currency supplier --measure demand,units');
    expect(rows.slice(1).map((row) => row.slice(1, -1).join(','))).toEqual([
      'inspur,demand,CNY,180.00',
      'inspur,units,server,20',
      'maker,demand,USD,84.00',
      'maker,units,server,40',
      'unassigned,demand,CNY,400.00',
    ]);
  },
);

it.concurrent('reads RMB as CNY, and prints a currency once that is typed twice', async () => {
  const rows = await rowsOf('a.yaml --by component --currency RMB,CNY --measure demand');
  expect(column(rows, 'unit')).toEqual(['CNY', 'CNY']);
});

it.concurrent.each([
  ['units', ['units']],
  ['units,demand', ['demand', 'units']],
  ['revenue', ['revenue']],
])('--measure %s keeps these measures, in their fixed order', async (measure, kept) => {
  const rows = await rowsOf(`a.yaml --by component --measure ${measure}`);
  expect(distinct(column(rows, 'measure'))).toEqual(kept);
});

it.concurrent('--wide has one column for each period, the tail last, and all numbers', async () => {
  const rows = await rowsOf('a.yaml --wide --by period,component');
  expect(rows).toEqual(
    [
      'scenario,component,measure,unit,FY2026Q1,FY2026Q2,FY2026Q3,FY2026Q4,after FY2026Q4,grade',
      'small,servers,demand,CNY,150.00,150.00,150.00,150.00,,none',
      'small,servers,revenue,CNY,75.00,150.00,150.00,150.00,75.00,none',
      'small,servers,units,server,15,15,15,15,,none',
      'small,optics,demand,CNY,100.00,100.00,100.00,100.00,,none',
      'small,optics,revenue,CNY,100.00,100.00,100.00,100.00,,none',
    ].map((line) => line.split(',')),
  );
});

it.concurrent('--wide by year has one column for each year', async () => {
  const rows = await rowsOf('a.yaml --wide --by fiscal_year,supplier --measure revenue');
  expect(rows.map((row) => row.join(','))).toEqual([
    'scenario,supplier,measure,unit,FY2026,after FY2026,grade',
    'small,inspur,revenue,CNY,157.50,22.50,none',
    'small,maker,revenue,CNY,367.50,52.50,none',
    'small,unassigned,revenue,CNY,400.00,,none',
  ]);
});

it.concurrent('a wide row has the weakest grade of its numbers', async () => {
  const known = scenario()
    .replace('envelope: 1000 CNY', 'envelope: { value: 1000 CNY, assumption: a plan }')
    .replace('servers: 60%', 'servers: { value: 60%, assumption: a split }')
    .replace(', assumption: a quarter', '');
  const rows = await rowsOf('a.yaml --wide --by period,component', { 'a.yaml': known });
  expect(column(rows, 'grade')).toEqual([
    ...['assumption', 'none', 'assumption'],
    ...['assumption', 'assumption'],
  ]);
});

it.concurrent('--set changes an input; of two for one input the last counts', async () => {
  const rows = await rowsOf(
    'a.yaml --by component --measure demand ' +
      '--set estimates.view.split.servers=10% --set estimates.view.split.servers=25%',
  );
  expect(column(rows, 'value')).toEqual(['250.00', '750.00']);
});

it.concurrent('--closure decides whether a dearer dollar raises demand', async () => {
  const text = scenario()
    .replace(
      '    lag:',
      '    pricing: { USD: { content: { value: 50%, assumption: a part } } }\n    lag:',
    )
    .replace(
      'name: a rate } }',
      'name: a rate } }, path: { USD: { FY2026: { value: 10, name: a rate } } }',
    );
  const totals = async (closure: string) =>
    column(
      await rowsOf(`a.yaml --by fiscal_year --measure demand --closure ${closure}`, {
        'a.yaml': text,
      }),
      'value',
    );
  expect(await totals('budget')).toEqual(['1000.00']);
  expect(await totals('volume')).toEqual(['1300.00']);
  expect(await totals('scale')).toEqual(['1000.00']);
});

it.concurrent(
  'prints several files one after the other, with the scenario in the first column',
  async () => {
    const files = {
      'a.yaml': scenario({ id: 'one' }),
      'b.yaml': scenario({ id: 'two', envelope: '500' }),
    };
    const rows = await rowsOf('b.yaml a.yaml --by component --measure demand', files);
    expect(rows.slice(1).map((row) => row.join(','))).toEqual([
      'two,servers,demand,CNY,300.00,none',
      'two,optics,demand,CNY,200.00,none',
      'one,servers,demand,CNY,600.00,none',
      'one,optics,demand,CNY,400.00,none',
    ]);
  },
);
