/** Derived columns in files and on the terminal: printed, described, and with a reason where they are empty. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { writeCsv } from '../../../src/formats/csv.js';
import { forecast } from '../../../src/studies/forecast/forecast.js';
import { show } from '../../../src/studies/forecast/show.js';
import { fieldOf } from '../../../src/studies/shared/columns.js';
import { ask } from '../../../src/studies/study.js';
import { loaded } from '../../support/cells.js';
import { valueOf } from '../../support/results.js';
import { scenarioText } from '../../support/scenarios.js';

const ALIBABA = loaded(readFileSync('scenarios/alibaba-380bn.yaml', 'utf8'));
const ROLLING = loaded(readFileSync('scenarios/alibaba-rolling.yaml', 'utf8'));
const DEMAND = { measure: 'demand' };

const csvOf = (options: object, scenario = ALIBABA) =>
  writeCsv(valueOf(ask(forecast, [scenario], { ...DEMAND, ...options })).table!);
const notesOf = (options: object, scenario = ALIBABA) =>
  valueOf(ask(forecast, [scenario], { ...DEMAND, ...options })).table!.notes;

it('stands beside the value, in the order asked', () => {
  expect(
    csvOf({ by: 'fiscal_year,component', with: 'share,yoy,name' }).split('\n').slice(0, 2),
  ).toEqual([
    'scenario,fiscal_year,component,measure,unit,value,share,yoy,component_name,grade',
    'alibaba-380bn,FY2026,servers,demand,CNY,52777777777.79,0.416667,,Servers 服务器,broker',
  ]);
});

it('dates the groups of time inside the window', () => {
  expect(csvOf({ by: 'calendar_year', with: 'start,end,months' })).toBe(
    `scenario,calendar_year,measure,unit,value,start,end,months,grade
alibaba-380bn,2025,demand,CNY,95000000000.01,2025-04-01,2025-12-31,9,guided
alibaba-380bn,2026,demand,CNY,126666666666.67,2026-01-01,2026-12-31,12,guided
alibaba-380bn,2027,demand,CNY,126666666666.66,2027-01-01,2027-12-31,12,guided
alibaba-380bn,2028,demand,CNY,31666666666.66,2028-01-01,2028-03-31,3,guided
`,
  );
});

it('says once for each reason why cells are empty', () => {
  expect(notesOf({ by: 'calendar_year,component', with: 'yoy,ttm' })).toEqual([
    'yoy is empty in 2025: the months to compare with are neither in the window nor reported',
    'ttm is empty in 2025, 2028: the twelve months up to the end of the group are not all known',
    'yoy is empty in 2026, 2028: the group to compare with does not have the same months',
  ]);
  expect(notesOf({ by: 'component', with: 'qoq' })).toEqual([
    'qoq is empty: no dimension of time is kept',
  ]);
  expect(notesOf({ by: 'fiscal_year,calendar_year', with: 'yoy' })).toEqual([
    expect.stringMatching(/^yoy is empty in .*none lies inside the others$/),
  ]);
});

it('counts reported quarters for the whole forecast, not for the rows that are kept', () => {
  const quarter = (options: object) =>
    csvOf({ by: 'fiscal_quarter', with: 'qoq', ...options }, ROLLING).split('\n')[1];
  expect(quarter({})).toMatch(/,0\.572195,/);
  expect(quarter({ where: ['component=optical_modules'] })).toMatch(/,,/);
});

it('is computed from exact numbers where printed ones are rounded', () => {
  const exact = csvOf({ by: 'fiscal_quarter', with: 'yoy,qoq' }, ROLLING).split('\n');
  const rounded = csvOf(
    { by: 'fiscal_quarter', with: 'yoy,qoq', in: 'bn', decimals: '0' },
    ROLLING,
  );
  const ratios = (line: string) => line.split(',').slice(5, 7);
  expect(rounded.split('\n').map(ratios)).toEqual(exact.map(ratios));
});

it('follows each number of a wide table', () => {
  const [head, first] = csvOf({
    ...{ by: 'fiscal_year,component', with: 'yoy,cagr', wide: true, in: 'bn', decimals: '2' },
  }).split('\n');
  expect(head).toBe(
    'scenario,component,measure,unit,cagr,FY2026,FY2026_yoy,FY2027,FY2027_yoy,FY2028,FY2028_yoy,grade',
  );
  expect(first).toBe(
    'alibaba-380bn,servers,demand,CNY bn,0.000000,52.78,,52.78,0.000000,52.78,0.000000,broker',
  );
});

it('has a description of its own in a data package', () => {
  const { columns } = valueOf(ask(forecast, [ALIBABA], { with: 'share,months' })).table!;
  const share = columns.find(({ name }) => name === 'share')!;
  expect(fieldOf(share)).toMatchObject({
    description: expect.stringMatching(/as a part of/) as string,
  });
});

it('shows growth and shares in percent below each number', () => {
  const { sheets } = valueOf(
    ask(show, [ALIBABA], { ...DEMAND, by: 'fiscal_year,component', with: 'yoy,share,cagr,months' }),
  );
  const { rows } = sheets![0]!;
  expect(rows.slice(0, 4).map(({ label, depth, cells }) => [label, depth, ...cells])).toEqual([
    ['Servers 服务器', 0, '52.78', '52.78', '52.78', '158.34'],
    ['yoy', 1, '', '0.0%', '0.0%', ''],
    ['share', 1, '41.7%', '41.7%', '41.7%', '41.7%'],
    ['cagr', 1, '', '', '', '0.0%'],
  ]);
  expect(rows.at(-1)).toMatchObject({ label: 'months', cells: ['12', '12', '12', ''] });
});

it('shows shares that add up on every level', () => {
  const by = 'fiscal_year,component,supplier';
  const { sheets } = valueOf(ask(show, [ALIBABA], { ...DEMAND, by, with: 'share' }));
  const shares = sheets![0]!.rows.filter(({ label }) => label === 'share');
  const sumAt = (depth: number, column: number) =>
    shares
      .filter((row) => row.depth === depth)
      .reduce(
        (sum, { cells }) => sum + Math.round(Number(cells[column]!.replace('%', '')) * 10),
        0,
      );
  // Depth 1 has the four components and the total, depth 2 the suppliers of three components.
  for (const column of [0, 1, 2, 3]) {
    expect([sumAt(1, column), sumAt(2, column)]).toEqual([2000, 3000]);
  }
});

it('shows days below each line where every supplier has groups of its own', () => {
  const scenario = loaded(
    scenarioText({
      components: '{ servers: { suppliers: { a: 40%, b: rest } } }',
      suppliers: '{ a: { fiscal_year_ends: 12 }, b: { fiscal_year_ends: 6 } }',
    }),
  );
  const daysBy = (by: string) =>
    valueOf(ask(show, [scenario], { ...DEMAND, by, with: 'months' })).sheets![0]!.rows.flatMap(
      ({ label, cells }, i, rows) => (label === 'months' ? [[rows[i - 1]!.label, ...cells]] : []),
    );
  expect(daysBy('supplier_year,supplier')).toEqual([
    ['a', '9', '3', ''],
    ['b', '3', '9', ''],
    ['unassigned', '9', '3', ''],
  ]);
  expect(daysBy('calendar_year,supplier')).toEqual([['total', '9', '3', '']]);
});

it('lists the periods that are split in JSON', () => {
  const scenario = loaded(
    scenarioText({ calendar: '{ fiscal_year_ends: 1, from: FY2026Q1, to: FY2026Q4 }' }),
  );
  const documentOf = (by: string) => valueOf(ask(forecast, [scenario], { ...DEMAND, by })).document;
  expect(documentOf('calendar_quarter')).toMatchObject({
    split: [
      {
        ...{ scenario: 'small', dimension: 'calendar_quarter', suppliers: [] },
        periods: ['FY2026Q1', 'FY2026Q2', 'FY2026Q3', 'FY2026Q4'],
      },
    ],
  });
  expect(documentOf('fiscal_quarter')).not.toHaveProperty('split');
});

it('refuses a column that does not exist', () => {
  expect(ask(forecast, [ALIBABA], { with: 'yov' })).toMatchObject({
    diagnostics: [{ message: '`yov` is not a derived column; write `yoy`' }],
  });
});
