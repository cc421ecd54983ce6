/** Tables: in any form that a spreadsheet writes, a table means what its map would mean. */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printDecimal } from '../../../src/core/number/decimal.js';
import { success } from '../../../src/core/result.js';
import type { ReadFile } from '../../../src/core/text/fileRequest.js';
import { positionOf } from '../../../src/core/text/source.js';
import { writeDiagnostics } from '../../../src/formats/diagnosticText.js';
import { AMOUNT } from '../../../src/model/inputKind.js';
import { project } from '../../../src/projection/compile.js';
import { load } from '../../../src/scenario/load.js';
import { problemList } from '../../../src/scenario/reporter.js';
import { cellLiteral } from '../../../src/scenario/tables/cellLiterals.js';
import { readUnit } from '../../../src/scenario/tables/cellUnits.js';
import { readCsv } from '../../../src/scenario/tables/readCsv.js';
import { vary } from '../../../src/scenario/vary.js';
import { cases } from '../../support/cases.js';
import { cellsOf } from '../../support/cells.js';
import { readBeside } from '../../support/files.js';
import { toldOf } from '../../support/forecasts.js';

const BASE = `scenario: small
as_of: 2026-03-31
currency: CNY
calendar: { fiscal_year_ends: 3, from: FY2026Q1, to: FY2027Q4 }
envelope: 300bn CNY
estimates: { view: { split: { servers: 60%, open: rest } } }
mix: view
`;

/** A scenario with every part that may be a table. */
const PARTS = {
  phasing: '{ years: { FY2026: 45%, FY2027: rest } }',
  base: '{ USD: 7.1717, HKD: 0.92 }',
  path: '{ USD: { FY2026Q1: 7.1636, FY2026Q2: 7.1189 }, HKD: { FY2026Q1: 0.913 } }',
  periods: '{ FY2025Q4: 24.6bn CNY, FY2026Q1: 38.676bn CNY, FY2026Q2: 31.501bn CNY }',
  attributable: '{ FY2025Q4: 95%, FY2026Q2: 90% }',
  content: '{ FY2026: 40%, FY2027: 30% }',
  passThrough: '{ FY2026: 100%, FY2027Q3: 80% }',
  price: '{ FY2026: 3200 USD, FY2027: 1.5m CNY }',
  suppliers:
    '{ inspur: { share: { FY2026: 35%, FY2027: 40% } }, huaqin: { share: 1/3 }, others: rest }',
  revenue: '{ FY2025: 114.767bn CNY }',
};

type Parts = Partial<Record<keyof typeof PARTS, string>>;

function scenario(changes: Parts = {}): string {
  const parts = { ...PARTS, ...changes };
  return `${BASE}phasing: ${parts.phasing}
fx: { base: ${parts.base}, path: ${parts.path} }
actuals: { periods: ${parts.periods}, attributable: ${parts.attributable} }
components:
  servers:
    lag: { quarters: [60%, 40%] }
    pricing: { USD: { content: ${parts.content}, pass_through: ${parts.passThrough} } }
    price: { value: ${parts.price}, unit: server }
    suppliers: ${parts.suppliers}
suppliers: { inspur: { revenue: ${parts.revenue} } }
`;
}

const reads =
  (csv: string): ReadFile =>
  () =>
    success({ name: 'table.csv', text: csv });

/** What a forecast prints if this part of the scenario is a table with these lines. */
const tolds = (part: keyof Parts, table: string, csv: string) =>
  toldOf(scenario({ [part]: table }), [], reads(csv));

const USD = '{ USD: { file: t.csv, direction: CNY per USD }, HKD: { FY2026Q1: 0.913 } }';
const BOTH = '{ file: t.csv, direction: CNY per foreign }';

describe('a table equals the map in its place', () => {
  it.each<[name: string, part: keyof Parts, table: string, csv: string]>([
    ['rates, tidy', 'path', USD, 'period,rate\nFY2026Q1,7.1636\nFY2026Q2,7.1189\n'],
    [
      'rates with a byte order mark',
      'path',
      USD,
      '\uFEFFperiod,rate\nFY2026Q1,7.1636\nFY2026Q2,7.1189',
    ],
    [
      'rates by lines of Windows',
      'path',
      USD,
      'period,rate\r\nFY2026Q1,7.1636\r\nFY2026Q2,7.1189\r\n',
    ],
    [
      'rates in quotes',
      'path',
      USD,
      '"period","rate"\n"FY2026Q1","7.1636"\n"FY2026Q2"," 7.1189 "\n',
    ],
    [
      'rates of others besides',
      'path',
      USD,
      'currency,period,rate\nEUR,FY2026Q1,8.4\nUSD,FY2026Q1,7.1636\nUSD,FY2026Q2,7.1189\n',
    ],
    ['rates, a column for each period', 'path', USD, ',FY2026Q1,FY2026Q2\nUSD,7.1636,7.1189\n'],
    [
      'rates, a column for each currency',
      'path',
      USD,
      'quarter,USD,EUR\nFY2026Q1,7.1636,8.4\nFY2026Q2,7.1189,\n',
    ],
    [
      'all rates, tidy',
      'path',
      BOTH,
      'currency,period,rate\nUSD,FY2026Q1,7.1636\nUSD,FY2026Q2,7.1189\nHKD,FY2026Q1,0.913\n',
    ],
    [
      'all rates, a row for each currency',
      'path',
      BOTH,
      'ccy,FY2026Q1,FY2026Q2\nUSD,7.1636,7.1189\nHKD,0.913,\n',
    ],
    [
      'all rates, a row for each period',
      'path',
      BOTH,
      '季度,USD,HKD\nFY2026Q1,7.1636,0.913\nFY2026Q2,7.1189,\n',
    ],
    [
      'rows and columns that Excel leaves behind',
      'path',
      USD,
      'period,rate,,\n,,,\nFY2026Q1,7.1636,,\nFY2026Q2,7.1189,,\n,,,\n',
    ],
    ['base rates', 'base', BOTH, 'currency,rate\nUSD,7.1717\nHKD,0.92\n'],
    ['base rates, wide', 'base', BOTH, 'USD,HKD\n7.1717,0.92\n'],
    [
      'actuals, tidy',
      'periods',
      '{ file: t.csv }',
      'period,capex (RMB bn)\nFY2025Q4,24.6\nFY2026Q1,38.676\nFY2026Q2,31.501\n',
    ],
    [
      'actuals with thousands separators',
      'periods',
      '{ file: t.csv }',
      'period,"capex, RMB m"\nFY2025Q4,"24,600"\nFY2026Q1,"38,676"\nFY2026Q2,"31,501"\n',
    ],
    [
      'actuals in 亿元',
      'periods',
      '{ file: t.csv, unit: 亿元 }',
      '季度,资本开支\nFY2025Q4,246\nFY2026Q1,386.76\nFY2026Q2,315.01\n',
    ],
    [
      'actuals, wide',
      'periods',
      '{ file: t.csv, unit: bn CNY }',
      'FY2025Q4,FY2026Q1,FY2026Q2\n24.6,38.676,31.501\n',
    ],
    [
      'actuals, each with its unit',
      'periods',
      '{ file: t.csv }',
      'period,value\nFY2025Q4,246亿元\nFY2026Q1,RMB 38.676bn\nFY2026Q2,"31,501m CNY"\n',
    ],
    [
      'actuals with a column of units',
      'periods',
      '{ file: t.csv }',
      'period,value,unit\nFY2025Q4,24.6,bn CNY\nFY2026Q1,38.676,RMB bn\nFY2026Q2,31501,CNY million\n',
    ],
    [
      'shares that count',
      'attributable',
      '{ file: t.csv }',
      'period,share (%)\nFY2025Q4,95\nFY2026Q2,90\n',
    ],
    [
      'shares that count, as ratios',
      'attributable',
      '{ file: t.csv }',
      'period,share\nFY2025Q4,0.95\nFY2026Q2,90%\n',
    ],
    [
      'prices',
      'price',
      '{ file: t.csv }',
      'period,price,unit\nFY2026,"3,200",USD\nFY2027,1.5,CNY m\n',
    ],
    [
      'suppliers by period',
      'suppliers',
      '{ file: t.csv }',
      '供应商,period,份额\ninspur,FY2026,35%\ninspur,FY2027,40%\nhuaqin,FY2026,1/3\nothers,FY2026,rest\n',
    ],
    [
      'suppliers, wide',
      'suppliers',
      '{ file: t.csv }',
      ',FY2026,FY2027\ninspur,35%,40%\nhuaqin,1/3,\nothers,rest,\n',
    ],
    [
      'shares of one supplier',
      'suppliers',
      '{ inspur: { share: { file: t.csv } }, huaqin: 1/3, others: rest }',
      'supplier,period,share\nothers,FY2026,rest\ninspur,FY2026,35%\ninspur,FY2027,40%\n',
    ],
    [
      'content of one currency',
      'content',
      '{ file: t.csv }',
      '币种,period,content (%)\nHKD,FY2026,10\nUSD,FY2026,40\nUSD,FY2027,30\n',
    ],
    [
      'pass-through',
      'passThrough',
      '{ file: t.csv }',
      'quarter,pass_through\nFY2026Q1,1\nFY2027Q3,0.8\n',
    ],
    ['years', 'phasing', '{ years: { file: t.csv } }', 'year,share\nFY2026,45%\nFY2027,rest\n'],
    ['revenue', 'revenue', '{ file: t.csv }', '财年,收入（亿元）\nFY2025,"1,147.67"\n'],
  ])('%s', (_, part, table, csv) => {
    const { scenario: found, diagnostics } = load(scenario({ [part]: table }), {
      read: reads(csv),
    });
    if (!found) expect.fail(writeDiagnostics(diagnostics));
    expect(forecastOf(scenario({ [part]: table }), csv)).toEqual(forecastOf(scenario()));
  });
});

/** The cells of a forecast in yuan and dollars. */
function forecastOf(text: string, csv = '') {
  const { scenario: found, diagnostics } = load(text, { read: reads(csv) });
  if (!found) expect.fail(writeDiagnostics(diagnostics));
  return cellsOf(project(found, { currencies: ['CNY', 'USD', 'HKD'] }));
}

/** Rates by currency and period, some of them empty; each currency has one or more. */
const rates = fc
  .array(
    fc.array(fc.option(fc.integer({ min: 1, max: 99_999_999 })), { minLength: 4, maxLength: 4 }),
    {
      minLength: 2,
      maxLength: 2,
    },
  )
  .filter((rows) => rows.every((row) => row.some((one) => one !== null)));

/** The forms in which a spreadsheet may write them. */
const spelling = fc.record({
  shape: fc.constantFrom('tidy', 'by period', 'by currency'),
  thousands: fc.boolean(),
  quoteAll: fc.boolean(),
  bom: fc.boolean(),
  end: fc.constantFrom('\n', '\r\n', '\r'),
  blank: fc.boolean(),
});

it('reads equal rates from every form of a table', () => {
  const [codes, periods] = [
    ['USD', 'HKD'],
    ['FY2026Q1', 'FY2026Q2', 'FY2026Q4', 'FY2027'],
  ];
  fc.assert(
    fc.property(rates, spelling, (counts, { shape, thousands, quoteAll, bom, end, blank }) => {
      const decimal = (count: number | null) => {
        if (count === null) return '';
        const [whole, rest] = [Math.floor(count / 10_000), String(count % 10_000).padStart(4, '0')];
        const grouped = thousands ? String(whole).replace(/\B(?=(\d{3})+$)/g, ',') : String(whole);
        return `${grouped}.${rest}`;
      };
      const value = (c: number, t: number) => decimal(counts[c]![t]!);
      const tables: Record<typeof shape, string[][]> = {
        tidy: [
          ['currency', 'period', 'rate'],
          ...codes.flatMap((code, c) => periods.map((period, t) => [code, period, value(c, t)])),
        ],
        'by period': [
          ['', ...periods],
          ...codes.map((code, c) => [code, ...periods.map((_, t) => value(c, t))]),
        ],
        'by currency': [
          ['季度', ...codes],
          ...periods.map((period, t) => [period, ...codes.map((_, c) => value(c, t))]),
        ],
      };
      const quoted = (cell: string) => (quoteAll || cell.includes(',') ? `"${cell}"` : cell);
      const lines = tables[shape].map((row) => row.map(quoted).join(','));
      const csv = `${bom ? '\uFEFF' : ''}${lines.join(end)}${blank ? end : ''}`;
      const maps = codes.map((code, c) => {
        const known = periods.flatMap((period, t) =>
          counts[c]![t] === null ? [] : [`${period}: ${value(c, t).replaceAll(',', '')}`],
        );
        return `${code}: { ${known.join(', ')} }`;
      });
      const map = scenario({ path: `{ ${maps.join(', ')} }` });
      expect(forecastOf(scenario({ path: BOTH }), csv)).toEqual(forecastOf(map));
    }),
    { numRuns: cases(150) },
  );
}, 60_000);

describe('the attributes of a row belong to its value', () => {
  it.each<[part: keyof Parts, table: string, csv: string, map: string]>([
    [
      'path',
      USD,
      'period,rate,low,high,name,date,evidence,note\nFY2026Q1,7.1636,7,7.3,convenience rate,2025-06-30,filing,"a, b"\nFY2026Q2,7.1189,,,,,,\n',
      '{ USD: { FY2026Q1: { value: 7.1636, low: 7, high: 7.3, name: convenience rate, date: 2025-06-30, evidence: filing, note: "a, b" }, FY2026Q2: 7.1189 }, HKD: { FY2026Q1: 0.913 } }',
    ],
    [
      'suppliers',
      '{ file: t.csv, assumption: a view, note: all }',
      'supplier,share (%),low,high,evidence\ninspur,35,30,40,call\nhuaqin,20,,,\nothers,rest,,,\n',
      '{ inspur: { share: 35%, low: 30%, high: 40%, evidence: call, note: all }, huaqin: { share: 20%, assumption: a view, note: all }, others: rest }',
    ],
  ])('%s', (part, table, csv, map) => {
    expect(tolds(part, table, csv)).toEqual(toldOf(scenario({ [part]: map })));
  });
});

describe('the direction of rates', () => {
  const inverse = (direction: string) =>
    `{ USD: { file: t.csv, direction: ${direction} }, HKD: 0.9 }`;
  it.each([
    ['CNY per USD', '7.1636', '7.1636'],
    ['CNY per foreign', '7.1636', '7.1636'],
    ['CNY per 100 USD', '716.36', '716.36/100'],
    ['USD per CNY', '0.1396', '1/0.1396'],
    ['foreign per CNY', '0.1396', '1/0.1396'],
    ['USD per 100 CNY', '13.96', '100/13.96'],
  ])('reads %s %s as %s', (direction, cell, rate) => {
    const told = tolds('path', inverse(direction), `period,rate\nFY2026,${cell}\n`);
    expect(told).toEqual(toldOf(scenario({ path: `{ USD: { FY2026: ${rate} }, HKD: 0.9 }` })));
  });

  it('swaps low and high of an inverse rate', () => {
    const csv = 'period,rate,low,high\nFY2026,0.14,0.13,0.15\n';
    const map = '{ USD: { FY2026: { value: 1/0.14, low: 1/0.15, high: 1/0.13 } }, HKD: 0.9 }';
    expect(tolds('path', inverse('USD per CNY'), csv)).toEqual(toldOf(scenario({ path: map })));
  });
});

describe('a reported series', () => {
  const RESTATED =
    'period,RMB bn,reported\nFY2026Q1,38,2025-08-29\nFY2026Q1,38.676,2025-11-25\nFY2026Q2,31.501,2025-11-25\n';
  it.each([
    ['2025-12-31', '{ FY2026Q1: 38.676bn CNY, FY2026Q2: 31.501bn CNY }'],
    ['2025-11-25', '{ FY2026Q1: 38.676bn CNY, FY2026Q2: 31.501bn CNY }'],
    ['2025-11-24', '{ FY2026Q1: 38bn CNY }'],
  ])('has on %s the amounts reported by that day', (day, map) => {
    const on = (text: string) => text.replace('2026-03-31', day);
    const table = on(scenario({ periods: '{ file: t.csv }' }));
    expect(toldOf(table, [], reads(RESTATED))).toEqual(toldOf(on(scenario({ periods: map }))));
  });

  it('has the amounts of the chosen basis', () => {
    const csv = 'period,RMB bn,basis\nFY2025Q3,31.8,headline\nFY2025Q3,31.4,other\n';
    for (const [basis, amount] of [
      ['headline', '31.8'],
      ['other', '31.4'],
    ] as const) {
      const table = `{ file: t.csv, basis: ${basis} }`;
      expect(tolds('periods', table, csv)).toEqual(
        toldOf(scenario({ periods: `{ FY2025Q3: ${amount}bn CNY }` })),
      );
    }
  });

  it('to date gives exact differences, and each period keeps its cell', () => {
    const csv = 'period,CNY\nFY2026Q1,0.10\nFY2026Q2,0.30\nFY2026Q3,0.33\n';
    const text = scenario({ periods: '{ file: t.csv, cumulative: true }' });
    const { inputs } = load(text, { read: reads(csv) }).scenario!;
    const own = inputs.filter(({ path }) => path.startsWith('actuals.periods.'));
    expect(own.map(({ text: literal, span }) => [literal, positionOf(span)])).toEqual([
      ['0.10 CNY', { line: 2, column: 10 }],
      ['0.2 CNY', { line: 3, column: 10 }],
      ['0.03 CNY', { line: 4, column: 10 }],
    ]);
  });
});

describe('GB18030, as a Chinese Excel saves it', () => {
  const FOLDER = 'test/support/tables/scenario.yaml';
  const table = (file: string, more = '') => `{ file: ${file}.csv, encoding: gb18030${more} }`;
  const chinese = scenario({
    path: `{ USD: ${table('rates', ', direction: CNY per USD')} }`,
    periods: table('capex', ', basis: 总口径'),
    suppliers: table('shares'),
  });

  it('equals the YAML', () => {
    const rate = (value: string) => `{ value: ${value}, name: 中间价 }`;
    const wallet = (value: string) => `{ value: ${value}, assumption: 专家访谈 }`;
    const written = scenario({
      path: `{ USD: { FY2026Q1: ${rate('7.1636')}, FY2026Q2: ${rate('7.1189')} } }`,
      periods:
        '{ FY2025Q4: 246亿 CNY, FY2026Q1: { value: 386.76亿 CNY, note: 首季 }, FY2026Q2: 0.031501万亿 CNY }',
      suppliers: `{ 浪潮: { share: { FY2026Q1: ${wallet('35%')}, FY2026Q3: ${wallet('40%')} } }, 其他: { share: { FY2026Q1: rest } } }`,
    });
    const { scenario: found, diagnostics } = load(chinese, { name: FOLDER, read: readBeside });
    if (!found) expect.fail(writeDiagnostics(diagnostics));
    const read: ReadFile = (request) => readBeside({ ...request, from: FOLDER });
    expect(toldOf(chinese, [], read)).toEqual(toldOf(written));
  });

  it('is rejected without its encoding', () => {
    const { diagnostics } = load(chinese.replaceAll(', encoding: gb18030', ''), {
      name: FOLDER,
      read: readBeside,
    });
    expect(diagnostics.map(({ code }) => code)).toContain('file-unread');
  });
});

describe('the files of a scenario', () => {
  it('are kept, and varying reads none again', () => {
    let count = 0;
    const read: ReadFile = () => {
      count++;
      return success({ name: 't.csv', text: 'period,rate\nFY2026Q1,7.1636\n' });
    };
    const { scenario: found } = load(scenario({ path: USD }), { read });
    expect(found!.files.map(({ request }) => [request.path, request.confined])).toEqual([
      ['t.csv', true],
    ]);
    const varied = vary(found!, ['fx.path.USD.FY2026Q1=7.5']).scenario!;
    expect(varied.inputs.find(({ path }) => path === 'fx.path.USD.FY2026Q1')?.text).toBe('7.5');
    expect(varied.files).toEqual(found!.files);
    expect(count).toBe(1);
  });

  it('are rejected outside the folder, also by links', () => {
    const name = 'test/support/tables/scenario.yaml';
    const path = USD.replace('t.csv', '../tables.test.ts');
    const { diagnostics } = load(scenario({ path }), { name, read: readBeside });
    expect(diagnostics.map(({ code }) => code)).toEqual(['file-unread']);
  });
});

it('a supplier may be called `file`', () => {
  const suppliers = '{ file: 35%, others: rest }';
  const { scenario: found } = load(scenario({ suppliers }));
  expect(found!.leaves[0]!.suppliers).toEqual(['file', 'others']);
});

it.each([
  ['bn CNY', { scale: 'bn', currency: 'CNY' }],
  ['RMB bn', { scale: 'bn', currency: 'CNY' }],
  ['人民币亿元', { scale: '亿', currency: 'CNY' }],
  ['万亿元', { scale: '万亿', currency: 'CNY' }],
  ['US$ million', { scale: 'm', currency: 'USD' }],
  ['亿美元', { scale: '亿', currency: 'USD' }],
  ['百万元', { scale: 'm', currency: 'CNY' }],
  ['INR crore', { scale: 'crore', currency: 'INR' }],
  ['₹ cr', { scale: 'crore', currency: 'INR' }],
  ['₹ lakhs', { scale: 'lakh', currency: 'INR' }],
  ['Mio. EUR', { scale: 'm', currency: 'EUR' }],
  ['Mrd. €', { scale: 'bn', currency: 'EUR' }],
  ['Tsd. EUR', { scale: 'k', currency: 'EUR' }],
  ['Mn. USD', { scale: 'm', currency: 'USD' }],
  ['USDm', { scale: 'm', currency: 'USD' }],
  ['RMBbn', { scale: 'bn', currency: 'CNY' }],
  ['k€', { scale: 'k', currency: 'EUR' }],
  ['RMB in millions', { scale: 'm', currency: 'CNY' }],
  ['in millions of US dollars', { scale: 'm', currency: 'USD' }],
  ['百万円', { scale: 'm', currency: 'JPY' }],
  ['cr', undefined],
  ['lakh crore INR', undefined],
  ['Rs. crore', undefined],
  ['constructor', undefined],
  ['％', { isPercent: true }],
  ['', {}],
  ['bn m', undefined],
  ['CNY USD', undefined],
  ['CNX', undefined],
  ['about bn', undefined],
  ['% CNY', undefined],
])('reads the unit %j as %j', (text, unit) => {
  expect(readUnit(text)).toEqual(unit);
});

it('moves the point of lakhs and crores, exactly', () => {
  const places: Readonly<Record<string, number>> = { lakh: 5, crore: 7 };
  const decimal = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 10n }), fc.integer({ min: 0, max: 6 }));
  const law = fc.property(decimal, fc.constantFrom('lakh', 'crore'), ([n, after], scale) => {
    const text = printDecimal(n, after);
    const read = cellLiteral(text, [readUnit(`INR ${scale}`)!], { value: 'amount' });
    const quanta = AMOUNT.read(read.ok ? read.value : '');
    const expected = (n * 10n ** BigInt(places[scale]! + 2)) / 10n ** BigInt(after);
    expect(quanta.ok && quanta.value.value.n).toBe(expected);
  });
  fc.assert(law, { numRuns: 100 });
});

const piece = fc.constantFrom(
  'FY2026Q1',
  '7.1636',
  '31,800',
  'a "b"',
  '季度',
  ' x ',
  '',
  'y\nz',
  ';',
);

it('finds the cells that csv-parse finds, each at its place', () => {
  const grids = fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 5 }))
    .chain(([width, height]) =>
      fc.array(fc.array(piece, { minLength: width, maxLength: width }), {
        minLength: height,
        maxLength: height,
      }),
    );
  const spelled = fc.record({
    rows: grids,
    quoteAll: fc.boolean(),
    bom: fc.boolean(),
    end: fc.constantFrom('\n', '\r\n'),
    last: fc.boolean(),
  });
  fc.assert(
    fc.property(spelled, ({ rows, quoteAll, bom, end, last }) => {
      const quoted = (cell: string) =>
        quoteAll || /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
      const lines = rows.map((row) => row.map(quoted).join(','));
      const text = `${bom ? '\uFEFF' : ''}${lines.join(end)}${last ? end : ''}`;
      const problems = problemList();
      const grid = readCsv({ name: 'x.csv', text }, problems);
      const cells: string[][] = parse(text, { bom: true, skip_empty_lines: true });
      const filled = cells
        .map((row) => row.map((cell) => cell.trim()))
        .filter((row) => row.some((cell) => cell !== ''));
      const width = Math.max(0, ...filled.map((row) => row.findLastIndex((one) => one !== '') + 1));
      const expected = filled.map((row) => row.slice(0, width));
      expect(
        grid ? [grid.header, ...grid.rows].map((row) => row.map((cell) => cell.text)) : [],
      ).toEqual(expected);
      for (const { text: cell, span } of grid ? [grid.header, ...grid.rows].flat() : []) {
        const there = text.slice(span.start, span.end).replace(/^"\s*|\s*"$/g, '');
        if (cell !== '') expect(there.replaceAll('""', '"').trim()).toBe(cell);
      }
    }),
    { numRuns: cases(500) },
  );
});

it('accepts or rejects any file, and never throws', () => {
  const csv = fc
    .array(
      fc.constantFrom(
        'period',
        'rate',
        'USD',
        'FY2026Q1',
        '7.1',
        '"',
        ',',
        '\n',
        '\r',
        ' ',
        '(',
        'bn',
        '-',
        '\ud800',
        '\0',
      ),
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(
      csv,
      fc.constantFrom<keyof Parts>('path', 'periods', 'suppliers', 'price', 'content'),
      (text, part) => {
        const table = part === 'path' ? BOTH : '{ file: t.csv }';
        const { scenario: found, diagnostics } = load(scenario({ [part]: table }), {
          read: reads(text),
        });
        expect(found !== undefined || diagnostics.length > 0).toBe(true);
        for (const { span } of diagnostics) {
          expect(span.start).toBeLessThanOrEqual(span.source.text.length);
        }
        writeDiagnostics(diagnostics);
      },
    ),
    { numRuns: cases(1000) },
  );
}, 60_000);

it('reads 200,000 lines in seconds', () => {
  const lines = Array.from({ length: 200_000 }, (_, i) => `FY${1000 + (i % 9000)}Q1,7.1,${i}`);
  const start = performance.now();
  const problems = problemList();
  readCsv({ name: 'x.csv', text: `period,rate,note\n${lines.join('\n')}` }, problems);
  readCsv({ name: 'x.csv', text: `period,"${'x"",'.repeat(500_000)}` }, problems);
  expect(problems.diagnostics.map(({ code }) => code)).toEqual(['csv-syntax']);
  expect((performance.now() - start) / 1000).toBeLessThan(30);
});
