/** Tables as others make them: the block that is printed reads each, unedited, to the figures by hand. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { likelyText } from '../../../src/cli/inspectCommand.js';
import { printFraction } from '../../../src/core/number/decimal.js';
import { success } from '../../../src/core/result.js';
import type { Encoding } from '../../../src/core/text/fileRequest.js';
import { writeDiagnostics } from '../../../src/formats/diagnosticText.js';
import { readSheetTables } from '../../../src/formats/readXlsx.js';
import { sheetText } from '../../../src/formats/sheetText.js';
import { writeRemarked } from '../../../src/formats/text.js';
import { NAME } from '../../../src/model/field.js';
import { isRest } from '../../../src/model/input.js';
import { inspectTable } from '../../../src/scenario/inspect/inspectTable.js';
import type { TableUse } from '../../../src/scenario/inspect/tableReading.js';
import { load } from '../../../src/scenario/load.js';
import { cases } from '../../support/cases.js';

interface Inspected {
  /** What is printed. */
  readonly text: string;
  /** Without the comments above it. */
  readonly block: string;
  /** What is to be looked at. */
  readonly traps: readonly string[];
  readonly csv: string;
}

function inspectedFile(name: string, use?: TableUse): Inspected {
  const bytes = readFileSync(`test/scenario/inspect/tables/${name}`);
  const { encoding, text: csv } = likelyText(bytes)!;
  return inspectedText(name, csv, use, encoding === 'utf-8' ? undefined : encoding);
}

function inspectedText(
  name: string,
  csv: string,
  use?: TableUse,
  encoding?: Exclude<Encoding, 'utf-8'>,
): Inspected {
  const text = writeRemarked(inspectTable({ name, text: csv }, { use, encoding })!);
  const lines = text.split('\n');
  return {
    ...{ text, csv },
    block: lines.filter((line) => !line.startsWith('#')).join('\n'),
    traps: lines.flatMap(
      (line) => /^# - (?!.*: .*\b(?:numbers?|values?|periods|empty)\b)(.*)/u.exec(line)?.[1] ?? [],
    ),
  };
}

interface Frame {
  readonly currency: string;
  readonly yearEnds?: number;
  readonly unit?: string;
  readonly from: string;
  readonly to: string;
}

/** A scenario around a block. */
function around(
  block: string,
  { currency, yearEnds = 12, unit = 'quarter', from, to }: Frame,
): string {
  const head = `scenario: t
currency: ${currency}
calendar: { fiscal_year_ends: ${yearEnds}, from: ${from}, to: ${to}, period: ${unit} }
envelope: 900bn ${currency}
phasing: even
estimates: { e: { split: { part: 60%, other: rest } } }
mix: e
`;
  if (!/^(suppliers|price):/.test(block)) return `${head}${block}`;
  const inner = block
    .replace(/^(?=.)/gm, '    ')
    .replace(/^( +price:.*)$/m, '$1\n      unit: module');
  return `${head}components:\n  part:\n${inner}`;
}

/** The numbers below a path, by the rest of their paths. */
function numbersBelow(path: string, { block, csv }: Inspected, frame: Frame) {
  const text = around(block, frame);
  const { scenario, diagnostics } = load(text, {
    read: ({ path: name }) => success({ name, text: csv }),
  });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (!scenario) throw new Error(`${text}\n${writeDiagnostics(errors)}`);
  return Object.fromEntries(
    scenario.inputs
      .filter((input) => input.path.startsWith(`${path}.`))
      .map((input) => [
        input.path.slice(path.length + 1),
        isRest(input) ? 'rest' : printFraction(input.value),
      ]),
  );
}

const QUARTERS = { from: 'FY2024Q1', to: 'FY2026Q4' };

describe('the block, unedited, reads', () => {
  it.each<[string, TableUse | undefined, string, Frame, Record<string, string>]>([
    [
      'several-buyers.csv',
      undefined,
      'actuals.periods',
      { currency: 'USD', yearEnds: 6, from: 'FY2025Q1', to: 'FY2026Q4' },
      { FY2025Q1: '1492300000000', FY2025Q2: '1580400000000', FY2025Q3: '1674500000000' },
    ],
    [
      'year-to-date.csv',
      undefined,
      'actuals.periods',
      { currency: 'CNY', ...QUARTERS },
      {
        FY2024Q1: '1440000000000',
        FY2024Q2: '870000000000',
        FY2024Q3: '1710000000000',
        FY2024Q4: '3660000000000',
      },
    ],
    [
      'weeks.csv',
      undefined,
      'actuals.periods',
      { currency: 'USD', ...QUARTERS },
      {
        FY2024Q3: '290800000000',
        FY2024Q4: '294000000000',
        FY2025Q1: '307100000000',
        FY2025Q2: '346200000000',
      },
    ],
    [
      'gb18030.csv',
      undefined,
      'actuals.periods',
      { currency: 'CNY', yearEnds: 3, from: 'FY2025Q1', to: 'FY2026Q4' },
      { FY2025Q2: '1751800000000', FY2025Q3: '3177500000000', FY2025Q4: '2461200000000' },
    ],
    [
      'big5.csv',
      undefined,
      'actuals.periods',
      { currency: 'TWD', ...QUARTERS },
      { FY2025Q1: '33090000000000', FY2025Q2: '29710000000000' },
    ],
    [
      'definitions.csv',
      undefined,
      'actuals.periods',
      { currency: 'USD', yearEnds: 6, unit: 'year', from: 'FY2023', to: 'FY2026' },
      { FY2023: '3200000000000', FY2024: '5570000000000', FY2025: '8820000000000' },
    ],
    [
      'wide-shares.csv',
      undefined,
      'components.part.suppliers',
      { currency: 'CNY', unit: 'year', from: 'FY2023', to: 'FY2024' },
      {
        'zhongji-innolight.share.FY2023': '0.31',
        'zhongji-innolight.share.FY2024': '0.33',
        'zhongji-innolight.share.FY2025': '0.35',
        'eoptolink.share.FY2023': '0.14',
        'eoptolink.share.FY2024': '0.17',
        'eoptolink.share.FY2025': '0.19',
        'others.share.FY2023': '0.55',
        'others.share.FY2024': '0.5',
        'others.share.FY2025': '0.45',
      },
    ],
    [
      'suppliers-across.csv',
      'shares',
      'components.part.suppliers',
      { currency: 'CNY', unit: 'year', from: 'FY2025', to: 'FY2026' },
      {
        'inspur-浪潮.share.FY2025': '0.355',
        'inspur-浪潮.share.FY2026': '0.365',
        'huaqin.share.FY2025': '0.205',
        'huaqin.share.FY2026': '0.225',
        'others.share.FY2025': '0.44',
        'others.share.FY2026': '0.41',
      },
    ],
    [
      'prices.csv',
      'prices',
      'components.part.price.value',
      { currency: 'USD', unit: 'month', from: 'FY2025M01', to: 'FY2025M03' },
      { FY2025M01: '450', FY2025M02: '446.5', FY2025M03: '441' },
    ],
  ])('%s', (name, use, path, frame, figures) => {
    const found = numbersBelow(path, inspectedFile(name, use), frame);
    expect(found).toEqual(figures);
  });

  it('monthly rates of forty currencies', () => {
    const frame = { currency: 'CNY', unit: 'month', from: 'FY2025M01', to: 'FY2025M12' };
    const found = numbersBelow('fx.path', inspectedFile('rates.csv'), frame);
    expect(Object.keys(found)).toHaveLength(480);
    // The file has 0.137 for the first currency, twice that for the next, and 0.001 more each month.
    expect(found).toMatchObject({ 'AED.FY2025M01': '0.138', 'USD.FY2025M12': '5.355' });
  });
});

describe('the block, unedited, reads tables of public shapes', () => {
  const quarters = (...values: string[]) =>
    Object.fromEntries(values.map((value, i) => [`FY2024Q${i + 1}`, `${value}00000000`]));

  it.each<[string, string, TableUse | undefined, string, Frame, Record<string, string>]>([
    [
      'quarters with halves and the year among them',
      'Quarter,Capex (US$m)\n1Q24,100\n2Q24,110\n1H24,210\n3Q24,120\n4Q24,130\n2H24,250\nFY24,460\n',
      undefined,
      'actuals.periods',
      { currency: 'USD', ...QUARTERS },
      quarters('100', '110', '120', '130'),
    ],
    [
      'a column for the year behind those of its quarters',
      'Company\tMetric\tUnit\t2024Q1\t2024Q2\tFY2024\nAlibaba\tRevenue\tRMB m\t900\t901\t1801\nAlibaba\tCapex\tRMB m\t100\t110\t210\n',
      undefined,
      'actuals.periods',
      { currency: 'CNY', ...QUARTERS },
      quarters('100', '110'),
    ],
    [
      'a column of items without a name, and amounts below zero',
      ',1Q24,2Q24\nNet income (US$m),50,(20)\nCapital expenditures (US$m),(100),(110)\n',
      undefined,
      'actuals.periods',
      { currency: 'USD', ...QUARTERS },
      quarters('100', '110'),
    ],
    [
      'amounts of a year, which are no months, behind those of its quarters',
      'Line,1Q24,2Q24,FY24\nRevenue (US$m),400,410,164501\nCapex (US$m),-100,-110,-372\n',
      undefined,
      'actuals.periods',
      { currency: 'USD', ...QUARTERS },
      quarters('100', '110'),
    ],
    [
      'reports of a year to date, in Chinese',
      '报告期,资本开支（亿元）\n2024一季报,100\n2024中报,210\n2024三季报,330\n2024年报,460\n',
      undefined,
      'actuals.periods',
      { currency: 'CNY', ...QUARTERS },
      {
        FY2024Q1: '1000000000000',
        FY2024Q2: '1100000000000',
        FY2024Q3: '1200000000000',
        FY2024Q4: '1300000000000',
      },
    ],
    [
      'one segment and its total',
      'Segment,Metric,1Q24,2Q24\nAWS,Revenue ($m),900,901\nAWS,Capex ($m),100,110\nTotal,Capex ($m),300,310\n',
      undefined,
      'actuals.periods',
      { currency: 'USD', ...QUARTERS },
      quarters('100', '110'),
    ],
    [
      'one item in two currencies',
      'Item,Unit,1Q24,2Q24\nCapex,US$ m,100,110\nCapex,RMB m,700,770\n',
      undefined,
      'actuals.periods',
      { currency: 'USD', ...QUARTERS },
      quarters('100', '110'),
    ],
    [
      'lines of a data service above the names',
      'Ticker,MSFT US Equity\nField,CAPEX\nCurrency,USD\nUnits,Millions\n\nDate,Value\n6/30/2024,-110\n3/31/2024,-100\n',
      'actuals',
      'actuals.periods',
      { currency: 'USD', ...QUARTERS },
      quarters('100', '110'),
    ],
    [
      'lines of a data service that gives no other names',
      '指标名称,阿里巴巴:资本开支:当季值\n频率,季\n单位,亿元\n来源,Wind\n2024-03-31,100\n2024-06-30,110\n',
      'actuals',
      'actuals.periods',
      { currency: 'CNY', ...QUARTERS },
      { FY2024Q1: '1000000000000', FY2024Q2: '1100000000000' },
    ],
    [
      'lines of a data service above several columns',
      '（单位：亿元）\n指标名称,资本开支,收入\n频率,季,季\n2024-03-31,100,900\n2024-06-30,110,901\n',
      'actuals',
      'actuals.periods',
      { currency: 'CNY', ...QUARTERS },
      { FY2024Q1: '1000000000000', FY2024Q2: '1100000000000' },
    ],
    [
      'a unit in two cells above the names',
      'Unit:,US$ m\nQuarter,Capex\n1Q24,100\n2Q24,110\n',
      undefined,
      'actuals.periods',
      { currency: 'USD', ...QUARTERS },
      quarters('100', '110'),
    ],
    [
      'semicolons between cells, below a title with a comma',
      'Investitionen, Mio. EUR\nQuartal;Capex\n2024Q1;100,0\n2024Q2;110,0\n',
      undefined,
      'actuals.periods',
      { currency: 'EUR', ...QUARTERS },
      quarters('100', '110'),
    ],
    [
      'semicolons between cells, and a decimal comma in each',
      'Quarter;Capex\n2024Q1;10,0 Mrd. €\n2024Q2;11,0 Mrd. €\nSumme;21,0 Mrd. €\n',
      undefined,
      'actuals.periods',
      { currency: 'EUR', ...QUARTERS },
      { FY2024Q1: '1000000000000', FY2024Q2: '1100000000000' },
    ],
    [
      'processors, which are neither halves of a year nor billions',
      'Year,H100,H200,B200\n2024,60%,30%,10%\n',
      'shares',
      'components.part.suppliers',
      { currency: 'CNY', unit: 'year', from: 'FY2024', to: 'FY2024' },
      { 'h100.share.FY2024': '0.6', 'h200.share.FY2024': '0.3', 'b200.share.FY2024': '0.1' },
    ],
    [
      'years and quarters in two columns',
      'Year,Quarter,Capex (US$m)\n2024,Q1,100\n2024,Q2,110\n',
      undefined,
      'actuals.periods',
      { currency: 'USD', ...QUARTERS },
      quarters('100', '110'),
    ],
    [
      'weeks that end on days with short years, the last twelve months, and a source with commas',
      'Quarter ended,Capex (US$m)\n30-Mar-24,100\n29-Jun-24,110\n28-Sep-24,120\nLTM,330\nSource: Apple, Inc.\n',
      undefined,
      'actuals.periods',
      { currency: 'USD', ...QUARTERS },
      quarters('100', '110', '120'),
    ],
    [
      'trimestres, and a unit with an apostrophe',
      "Trimestre;Capex (HK$'m)\n1T24;100\n2024T2;110\n3T 2024;120\n",
      undefined,
      'actuals.periods',
      { currency: 'HKD', ...QUARTERS },
      quarters('100', '110', '120'),
    ],
    [
      'what was reported, with estimates behind it',
      'Year,Capex (US$m)\n2024A,100\n2025E,110\n',
      undefined,
      'actuals.periods',
      { currency: 'USD', unit: 'year', from: 'FY2024', to: 'FY2026' },
      { FY2024: '10000000000' },
    ],
    [
      'a unit in a title of traditional Chinese',
      '資本支出（單位：新台幣億元）\n季度,台積電,聯電\n2024Q1,1,2\n2024Q2,1.1,2\n',
      undefined,
      'actuals.periods',
      { currency: 'TWD', ...QUARTERS },
      quarters('100', '110'),
    ],
    [
      'rates on the first day of their month',
      'DATE,USD,EUR\n2024-01-01,7.1,7.8\n2024-02-01,7.2,7.7\n',
      undefined,
      'fx.path',
      { currency: 'CNY', unit: 'month', from: 'FY2024M01', to: 'FY2024M12' },
      {
        'USD.FY2024M01': '7.1',
        'USD.FY2024M02': '7.2',
        'EUR.FY2024M01': '7.8',
        'EUR.FY2024M02': '7.7',
      },
    ],
    [
      'rates for 100 units, as the title says',
      '人民币汇率中间价（单位：人民币/100外币）\n日期,美元,日元\n2024-01-31,710,4.8\n2024-02-29,720,4.7\n',
      undefined,
      'fx.path',
      { currency: 'CNY', unit: 'month', from: 'FY2024M01', to: 'FY2024M12' },
      {
        'USD.FY2024M01': '7.1',
        'USD.FY2024M02': '7.2',
        'JPY.FY2024M01': '0.048',
        'JPY.FY2024M02': '0.047',
      },
    ],
    [
      'rows of pairs of which one is quoted in another way',
      'Month,Pair,Rate\n2024-01,USD/CNY,7.1\n2024-01,EUR/CNY,7.8\n2024-01,CNY/MYR,0.66\n',
      'rates',
      'fx.path',
      { currency: 'CNY', unit: 'month', from: 'FY2024M01', to: 'FY2024M12' },
      { 'USD.FY2024M01': '7.1', 'EUR.FY2024M01': '7.8' },
    ],
    [
      'pairs with the dollar, of which one is against another currency',
      'Month,EUR/USD,GBP/USD,USD/JPY\n2024-01,1.09,1.27,148\n',
      undefined,
      'fx.path',
      { currency: 'USD', unit: 'month', from: 'FY2024M01', to: 'FY2024M12' },
      { 'EUR.FY2024M01': '1.09', 'GBP.FY2024M01': '1.27' },
    ],
    [
      'columns that say how they are quoted',
      'Month,CNY per USD,CNY per 100 JPY,CNY per EUR\n2024-01,7.1,4.8,7.8\n2024-02,7.2,4.7,7.9\n',
      undefined,
      'fx.path',
      { currency: 'CNY', unit: 'month', from: 'FY2024M01', to: 'FY2024M12' },
      {
        'USD.FY2024M01': '7.1',
        'USD.FY2024M02': '7.2',
        'EUR.FY2024M01': '7.8',
        'EUR.FY2024M02': '7.9',
      },
    ],
    [
      'rows that say how they are quoted',
      'Month,Pair,Rate\n2024-01,USD per CNY,0.125\n2024-01,EUR per CNY,0.1\n',
      'rates',
      'fx.path',
      { currency: 'CNY', unit: 'month', from: 'FY2024M01', to: 'FY2024M12' },
      { 'USD.FY2024M01': '8', 'EUR.FY2024M01': '10' },
    ],
    [
      'a column that says for how many units each rate is',
      'currency,unit,2024-01,2024-02\nJPY,100,4.8,4.7\nUSD,1,7.1,7.2\nKRW,100,0.5,0.5\n',
      'rates',
      'fx.path',
      { currency: 'CNY', unit: 'month', from: 'FY2024M01', to: 'FY2024M12' },
      { 'USD.FY2024M01': '7.1', 'USD.FY2024M02': '7.2' },
    ],
    [
      'a column that says 100 for all rates',
      '日期,货币,单位,中间价\n2024-01-31,USD,100,710\n2024-01-31,JPY,100,4.8\n',
      'rates',
      'fx.path',
      { currency: 'CNY', unit: 'month', from: 'FY2024M01', to: 'FY2024M12' },
      { 'USD.FY2024M01': '7.1', 'JPY.FY2024M01': '0.048' },
    ],
    [
      'columns of which one is for 100 units',
      'Date,100 JPY,USD,EUR\n2024-01-31,4.8,7.1,7.8\n2024-02-29,4.7,7.2,7.9\n',
      undefined,
      'fx.path',
      { currency: 'CNY', unit: 'month', from: 'FY2024M01', to: 'FY2024M12' },
      {
        'USD.FY2024M01': '7.1',
        'USD.FY2024M02': '7.2',
        'EUR.FY2024M01': '7.8',
        'EUR.FY2024M02': '7.9',
      },
    ],
    [
      'years in a column named FY',
      'FY,Quarter,Capex (RMB m)\n2025,Q1,10\n2025,Q2,10\n2025,Q3,12\n',
      'actuals',
      'actuals.periods',
      { currency: 'CNY', unit: 'quarter', from: 'FY2025Q1', to: 'FY2025Q4', yearEnds: 3 },
      { FY2025Q1: '1000000000', FY2025Q2: '1000000000', FY2025Q3: '1200000000' },
    ],
    [
      'the rates of the Bank of China',
      '货币名称,日期,中行折算价\n美元,2024-01-31,710\n日元,2024-01-31,4.8\n',
      'rates',
      'fx.path',
      { currency: 'CNY', unit: 'month', from: 'FY2024M01', to: 'FY2024M12' },
      { 'USD.FY2024M01': '7.1', 'JPY.FY2024M01': '0.048' },
    ],
    [
      'units per yuan',
      'Month,Code,Units per CNY\n2024-01,USD,0.125\n2024-01,JPY,20\n',
      'rates',
      'fx.path',
      { currency: 'CNY', unit: 'month', from: 'FY2024M01', to: 'FY2024M12' },
      { 'USD.FY2024M01': '8', 'JPY.FY2024M01': '0.05' },
    ],
    [
      'the rates of one currency',
      'Month,EUR/CNY average\n2024-01,7.8\n2024-02,7.7\n',
      'rates',
      'fx.path',
      { currency: 'CNY', unit: 'month', from: 'FY2024M01', to: 'FY2024M12' },
      { 'EUR.FY2024M01': '7.8', 'EUR.FY2024M02': '7.7' },
    ],
    [
      'a column of suppliers without a name',
      ',2024,2025\nInnolight,30%,32%\nOthers,70%,68%\n',
      'shares',
      'components.part.suppliers',
      { currency: 'CNY', unit: 'year', from: 'FY2024', to: 'FY2025' },
      {
        'innolight.share.FY2024': '0.3',
        'innolight.share.FY2025': '0.32',
        'others.share.FY2024': '0.7',
        'others.share.FY2025': '0.68',
      },
    ],
  ])('%s', (_, csv, use, path, frame, figures) => {
    expect(numbersBelow(path, inspectedText('t.csv', csv, use), frame)).toEqual(figures);
  });
});

it('a total below the periods is left out', () => {
  const csv =
    'Investitionen\n\nQuartal;Investitionen (Mio. EUR)\n2024Q1;1.234,5\n2024Q2;1.300\n2024Q3;1.301,25\nSumme;3.835,75\n';
  const inspected = inspectedText('t.csv', csv);
  expect(inspected.block).toContain('where: { Quartal: [2024Q1, 2024Q2, 2024Q3] }');
  const found = numbersBelow('actuals.periods', inspected, { currency: 'EUR', ...QUARTERS });
  expect(found).toEqual({
    FY2024Q1: '123450000000',
    FY2024Q2: '130000000000',
    FY2024Q3: '130125000000',
  });
});

it('errors and formulas without a value are named, and the figures are found', () => {
  const csv = 'Quarter,Capex (RMB m),Who\n2024Q1,1000.1,a\n2024Q2,#REF!,b\n2024Q3,=A1+B1,c\n';
  const { block, traps } = inspectedText('t.csv', csv);
  expect(block).toContain('columns: { period: Quarter, value: Capex (RMB m) }');
  expect(traps).toContain('no number in `Capex (RMB m)`: `#REF!` (line 3), `=A1+B1` (line 4)');
});

it('of several items the likely one is proposed, and of several suppliers one is asked', () => {
  const items = 'Item,2024Q1,2024Q2\nRevenue (RMB bn),90,91\nCapex (RMB bn),10,11\n';
  const found = inspectedText('t.csv', items);
  expect(found.block).toContain('where: { Item: Capex (RMB bn) }');
  expect(numbersBelow('actuals.periods', found, { currency: 'CNY', ...QUARTERS })).toEqual({
    FY2024Q1: '1000000000000',
    FY2024Q2: '1100000000000',
  });
  const prices = 'Supplier,Year,Price (USD)\nA,2024,450\nA,2025,430\nB,2024,440\nB,2025,425\n';
  expect(inspectedText('t.csv', prices, 'prices').block).toMatch(
    /where: \{ Supplier: A \} +# which Supplier\? A \| B/u,
  );
});

it('names on two lines mean what they mean on one', () => {
  const years = fc.integer({ min: 1, max: 3 });
  const figures = fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 12, maxLength: 12 });
  const law = fc.property(
    years,
    figures,
    fc.constantFrom(',', ';', '\t'),
    (count, numbers, sign) => {
      const groups = Array.from({ length: count + 1 }, (_, i) => String(2024 + i));
      const quarters = ['Q1', 'Q2', 'Q3', 'Q4'];
      const values = numbers.slice(0, 4 * groups.length);
      const own = groups.slice(0, Math.ceil(values.length / 4));
      const row = ['Capex (RMB bn)', ...values].join(sign);
      const above = ['Company', ...own.flatMap((year) => [year, '', '', ''])].join(sign);
      const below = ['', ...own.flatMap(() => quarters)].join(sign);
      const names = own.flatMap((year) => quarters.map((quarter) => `${year} ${quarter}`));
      const unit = '      unit: bn CNY\n';
      const frame = { currency: 'CNY', from: 'FY2024Q1', to: 'FY2026Q4' };
      const read = (text: string) => {
        const inspected = inspectedText('t.csv', `${text}\n${row}\n`, 'actuals');
        return numbersBelow(
          'actuals.periods',
          { ...inspected, block: `${inspected.block}${unit.slice(2)}` },
          frame,
        );
      };
      const onTwo = read(`${above}\n${below}`);
      expect(onTwo).toEqual(read(['Company', ...names].join(sign)));
      expect(Object.values(onTwo)).toEqual(values.map((value) => `${value}00000000000`));
    },
  );
  fc.assert(law, { numRuns: 30 });
});

it('the names of companies may stand above those of their figures', () => {
  const csv =
    ',Alibaba,,Tencent,\nQuarter,Capex (RMB bn),R&D,Capex (RMB bn),R&D\n2025Q1,24.6,14,27.5,19\n2025Q2,38.7,15,19.1,20\n';
  const inspected = inspectedText('t.csv', csv);
  expect(inspected.block).toMatch(/^ +header: 1-2 +# do the names stand on these lines\?$/mu);
  const frame = { currency: 'CNY', from: 'FY2025Q1', to: 'FY2026Q4' };
  const found = numbersBelow('actuals.periods', inspected, frame);
  expect(found).toEqual({ FY2025Q1: '2460000000000', FY2025Q2: '3870000000000' });
  const other = { ...inspected, block: inspected.block.replace('Alibaba Capex', 'Tencent Capex') };
  expect(numbersBelow('actuals.periods', other, frame)).toEqual({
    FY2025Q1: '2750000000000',
    FY2025Q2: '1910000000000',
  });
});

it('the block of a sheet, unedited, reads its figures', async () => {
  const tables = (await readSheetTables(readFileSync('test/scenario/inspect/tables/inputs.xlsx')))!;
  const source = sheetText('inputs.xlsx', tables, { sheet: 'Inputs' });
  const sheet = source.ok ? source.value : expect.unreachable();
  const block = writeRemarked(inspectTable(sheet, { hiddenRows: 1 })!);
  expect(block).toContain('# - hidden rows, 1, which are read\n');
  const text = around(block, { currency: 'CNY', yearEnds: 3, from: 'FY2026Q1', to: 'FY2026Q4' });
  const { scenario } = load(text, { read: () => success(sheet) });
  const actuals = scenario!.inputs.filter(({ path }) => path.startsWith('actuals.periods.'));
  expect(actuals.map(({ path, text: literal }) => `${path} ${literal}`)).toEqual([
    'actuals.periods.FY2026Q1 38.676bn CNY',
    'actuals.periods.FY2026Q2 31.501bn CNY',
    'actuals.periods.FY2026Q3 0.3bn CNY',
  ]);
});

describe('says what to look at', () => {
  it.each<[string, TableUse | undefined, string[]]>([
    [
      'several-buyers.csv',
      undefined,
      [
        'rows of totals, in lines 11, 12, 13: `where` has to leave them out',
        '`yoy`: growth, which is passed over',
      ],
    ],
    ['year-to-date.csv', undefined, ['no row for 2024 up to Q2 of Baidu']],
    ['gb18030.csv', undefined, ['`同比`: growth, which is passed over']],
    ['big5.csv', undefined, ['`年增率`: growth, which is passed over']],
    ['weeks.csv', undefined, []],
    [
      'wide-shares.csv',
      undefined,
      ['rows of totals, in line 5: `where` has to leave them out', 'the shares of 2025E sum to 99'],
    ],
    [
      'definitions.csv',
      undefined,
      [
        'several columns may be the figure: `Capex incl. finance leases (US$m)`, ' +
          '`Cash paid for property (US$m)`, `Capex guided (US$m)`, `Additions to PP&E (US$m)`, ' +
          '`Capital expenditure per 10-K (US$m)`',
      ],
    ],
  ])('of %s', (name, use, traps) => {
    expect(inspectedFile(name, use).traps).toEqual(traps);
  });

  const trapsOf = (csv: string, use?: TableUse) => inspectedText('t.csv', csv, use).traps;

  it.each<[string, string, TableUse | undefined, string]>([
    [
      'a missing quarter',
      'Quarter,Capex (RMB bn)\n2024Q1,10\n2024Q2,11\n2024Q4,12\n',
      undefined,
      'no row for 2024Q3',
    ],
    [
      'a figure for the year to date among quarters',
      'Quarter,Capex (RMB bn)\n2024Q1,10\n2024Q2,11\n2024Q3,12\n2024Q4,45\n',
      undefined,
      '2024Q4 (line 5) is above all quarters before it in its year together: a figure for the year to date among quarters?',
    ],
    [
      "rows that repeat another company's figures",
      'Company,Quarter,Capex (RMB bn)\nA,2024Q1,10\nA,2024Q2,11\nA,2024Q3,12\nB,2024Q1,10\nB,2024Q2,11\nB,2024Q3,12\n',
      undefined,
      'A and B have the same figures in 3 periods',
    ],
    [
      'a row twice',
      'Quarter,Capex (RMB bn)\n2024Q1,10\n2024Q1,10\n2024Q2,11\n',
      undefined,
      '2024Q1 stands 2 times, in lines 2, 3',
    ],
    [
      'a restated figure',
      'Quarter,Capex (RMB bn),Reported\n2024Q1,10,2024-05-14\n2024Q1,10.5,2025-05-14\n',
      undefined,
      '2024Q1 is restated, in lines 2, 3: the latest up to `as_of` counts',
    ],
    [
      'a definition that changes',
      'Quarter,Capex (RMB bn),Definition\n2024Q1,10,cash\n2024Q2,10,with leases\n',
      undefined,
      'the definition changes in `Definition`: cash, with leases',
    ],
    [
      'shares that sum to 101',
      'Vendor,Share\nInnolight,60\nOthers,41\n',
      'shares',
      'the shares sum to 101',
    ],
    [
      'a cell that is no number',
      'Quarter,Capex (RMB bn)\n2024Q1,10\n2024Q2,11\n2024Q3,12\n2024Q4,13\n2025Q1,14\n2025Q2,15\n2025Q3,16\n2025Q4,17\n2026Q1,18\n2026Q2,c. 19\n',
      undefined,
      'no number in `Capex (RMB bn)`: `c. 19` (line 11)',
    ],
    [
      'two columns of one name',
      'Quarter,Capex (RMB bn),Capex (RMB bn)\n2024Q1,10,1\n2024Q2,11,2\n',
      undefined,
      'several columns are named `Capex (RMB bn)`: give them different names',
    ],
    [
      'a company that stands in the first of its rows alone',
      'Company,Quarter,Capex (RMB bn)\nA,2024Q1,10\n,2024Q2,11\nB,2024Q1,12\n,2024Q2,13\n',
      undefined,
      'nothing in `Company` in lines 3, 5: if the row above is meant, write its text there',
    ],
    [
      'a year that stands in the first of its rows alone',
      'Year,Quarter,Capex (RMB bn)\n2024,Q1,10\n,Q2,11\n2025,Q1,12\n',
      undefined,
      'nothing in `Year` in line 3: if the row above is meant, write its text there',
    ],
    [
      'a figure without its period',
      'Quarter,Capex (RMB bn)\n2024Q1,10\n,11\n2024Q3,12\n',
      undefined,
      'nothing in `Quarter` in line 3: write its period there',
    ],
    [
      'a row whose cells are shifted',
      'US$ bn,1Q24,2Q24,3Q24,Note\nAmazon,,14.9,17.6,22.6\nMeta,6.7,8.5,,3\nApple,1,2,3,\n',
      undefined,
      'a number in `Note`, and an empty cell before it, in line 2: are the cells of the row shifted by one?',
    ],
    [
      'pairs that are quoted in another way',
      'Date,USD/CNY,EUR/CNY,100JPY/CNY,CNY/MYR\n2024-01-31,7.1,7.7,4.8,0.6\n',
      undefined,
      '100JPY/CNY, CNY/MYR: quoted in another way than the others, left out: write `path` by currency, each with a `file` and a `direction` of its own',
    ],
    [
      'years among quarters',
      'Quarter,Capex (RMB bn)\n2023,40\n2024Q1,10\n2024Q2,11\n',
      undefined,
      '2023 are years among shorter periods: left out',
    ],
    [
      'quarters among figures for the year to date',
      '季度,资本开支（亿元）\n2024年第一季度,10\n2024年第二季度,11\n2024年前三季度,33\n',
      undefined,
      '2024年前三季度 are for the year to date, a half or a quarter among others: left out',
    ],
    [
      'months that may be days',
      'Month,Price ($)\nJan-24,410\nFeb-24,405\n',
      'prices',
      'no periods that can be read in `Month`: Jan-24, Feb-24',
    ],
    [
      'notes in the cells of figures',
      'Quarter,Capex (RMB bn)\n2024Q1,10*\n2024Q2,11 (1)\n2024Q3,12\n',
      undefined,
      'no number in `Capex (RMB bn)`: `10*` (line 2), `11 (1)` (line 3)',
    ],
    [
      'halves of years',
      '期間,資本開支（百萬港元）\n2024年上半年,500\n2024年下半年,700\n',
      undefined,
      '2024年下半年: halves of years, which no scenario has: give the amounts of their quarters',
    ],
    [
      'a year to date that begins with two months',
      '时间,投资累计值（亿元）\n2024年1-2月,10\n2024年1-3月,20\n',
      undefined,
      'no row for 2024 up to M1',
    ],
    [
      'rates of every day',
      'Date,USD,EUR\n2024-01-02,7.1,7.8\n2024-01-03,7.1,7.8\n',
      undefined,
      'several days of 2024-01: keep one row for each period, its last day or its average',
    ],
    [
      'years that end in different months, by another name',
      'Company,FY end,Period,Capex (RMB bn)\nA,June,FY24,10\nB,May,FY24,11\n',
      undefined,
      'fiscal years end in different months, in `FY end`: June, May',
    ],
    [
      'amounts below zero among others',
      'Quarter,Capex (RMB bn)\n2024Q1,10\n2024Q2,(1)\n2024Q3,12\n',
      undefined,
      'amounts below zero, in line 3: what is spent is above it',
    ],
    [
      'a row that is no period',
      'Quarter,Capex (RMB bn)\n2024Q1,10\n2024Q2,11\nAverage,10.5\n',
      undefined,
      'no period in `Quarter`, left out: Average',
    ],
    [
      'growth from month to month',
      'Month,Price ($),MoM\n2024-01,410,1%\n2024-02,405,2%\n',
      'prices',
      '`MoM`: growth, which is passed over',
    ],
    [
      'fiscal years that end in different months',
      'Company,Year end,Period,Capex (RMB bn)\nA,3,FY24,10\nB,12,FY24,11\nC,6,FY24,12\n',
      undefined,
      'fiscal years end in different months, in `Year end`: 3, 12, 6',
    ],
  ])('%s', (_, csv, use, trap) => {
    expect(trapsOf(csv, use)).toContain(trap);
  });
});

describe('columns whose periods are not read are told, and no answer offers them', () => {
  const AMONG_WORDS = 'each column is of one period, which is read only where it is the whole name';
  it.each<[string, string, TableUse | undefined, string, string]>([
    [
      'a period above each figure',
      ',1Q24,,2Q24,\n,US$m,YoY,US$m,YoY\nAmazon,14925,50%,17620,54%\nMeta,6700,-5%,8500,31%\n',
      undefined,
      `\`1Q24 US$m\`, \`2Q24 US$m\`: ${AMONG_WORDS}`,
      '{}',
    ],
    [
      'a company above each period',
      ',Amazon,,Meta,\n,1Q24,2Q24,1Q24,2Q24\nCapex (US$ bn),14.9,17.6,6.7,8.5\n',
      undefined,
      `\`Amazon 1Q24\`, \`Amazon 2Q24\`, \`Meta 1Q24\`, \`Meta 2Q24\`: ${AMONG_WORDS}`,
      '{}',
    ],
    [
      'a name of two lines',
      'US$ m,"Quarter ended\n31 Mar 2024","Quarter ended\n30 Jun 2024"\nCapex,14925,17620\n',
      undefined,
      `\`Quarter ended↵31 Mar 2024\`, \`Quarter ended↵30 Jun 2024\`: ${AMONG_WORDS}`,
      '{}',
    ],
    [
      'quarters across and years down',
      'Year,Q1,Q2\n2023,14.2,11.5\n2024,14.9,17.6\n',
      undefined,
      '`Q1`, `Q2`: parts of the years in the rows, which are not read so',
      '{ period: Year }',
    ],
    [
      'months across and years down, with their total',
      'Year,Jan,Feb,Total\n2023,1,2,3\n2024,3,4,7\n',
      undefined,
      '`Jan`, `Feb`: parts of the years in the rows, which are not read so',
      '{ period: Year, value: Total }',
    ],
    [
      'months down and years across',
      'Month,2023,2024\nJan,6.79,7.17\nFeb,6.83,7.19\n',
      'rates',
      '`2023`, `2024`: years of the parts in `Month`, which are not read so',
      '{}',
    ],
  ])('%s', (_, csv, use, remark, columns) => {
    const { block, traps } = inspectedText('t.csv', csv, use);
    expect(traps.filter((one) => one.startsWith(remark))).toHaveLength(1);
    expect(block.split('\n').map((one) => one.trim().replace(/\s+#.*/, ''))).toContain(
      `columns: ${columns}`,
    );
  });

  it('the only column of numbers is no period, whatever it is called', () => {
    const { block } = inspectedText('t.csv', 'Item,FY2024 budget\nCapex (US$ m),14925\n');
    expect(block).toContain('columns: { value: FY2024 budget }');
  });
});

it('quarters whose year is not written are neither left out nor missing', () => {
  const csv = 'Year,Quarter,Capex (RMB bn)\n2024,Q1,10\n,Q2,11\n,Q3,11\n,Q4,12\n2025,Q1,12\n';
  expect(inspectedText('t.csv', csv).traps).toEqual([
    'nothing in `Year` in lines 3, 4, 5: if the row above is meant, write its text there',
  ]);
});

it('what is left of all is a supplier, and what all have is a total', () => {
  const csv = 'Vendor,Share\nDell,30%\nAll other vendors,20%\nAll others,50%\nAll vendors,100%\n';
  const inspected = inspectedText('t.csv', csv);
  expect(inspected.traps).toEqual(['rows of totals, in line 5: `where` has to leave them out']);
  const frame = { currency: 'CNY', unit: 'year', from: 'FY2024', to: 'FY2024' };
  expect(numbersBelow('components.part.suppliers', inspected, frame)).toEqual({
    dell: '0.3',
    'all-other-vendors': '0.2',
    'all-others': '0.5',
  });
});

it('suppliers have different names, whatever they are called', () => {
  const text = fc
    .array(fc.constantFrom('x', 'X', 'y', '&', ' ', '-', '2', '中', 'ａ'), { minLength: 1 })
    .map((signs) => signs.join('').trim())
    .filter((one) => one !== '');
  const law = fc.property(fc.uniqueArray(text, { minLength: 2, maxLength: 8 }), (own) => {
    const texts = [...own, 'Dell', 'ODM Direct'];
    const csv = `Vendor,Share\n${texts.map((one) => `"${one}",10%`).join('\n')}\n`;
    const { suppliers } = parse(inspectedText('t.csv', csv, 'shares').block) as {
      suppliers: { names: Record<string, string> };
    };
    expect(Object.values(suppliers.names).map(String).sort()).toEqual(texts.sort());
    for (const name of Object.keys(suppliers.names)) expect(name).toMatch(NAME);
  });
  fc.assert(law, { numRuns: cases(300) });
});

it('no text of a table leaves its comment or its value', () => {
  const HOSTILE = [
    '\u001b[2J',
    '\n',
    '\nscenario: other\n',
    '\u202e',
    '\u2028',
    '# ',
    ': ',
    '", }',
  ];
  const hostile = fc.array(fc.constantFrom(...HOSTILE, 'Capex', 'x', ' '), { minLength: 1 });
  const texts = fc
    .tuple(hostile, hostile, hostile, hostile)
    .map((all) => all.map((one) => one.join('')));
  const inQuotes = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const law = fc.property(texts, ([title, name, company, remark]) => {
    const header = ['Quarter', `${name!} (RMB bn)`, 'Company'].map(inQuotes).join(',');
    const rows = ['2024Q1', '2024Q2'].flatMap((quarter) =>
      [company!, `${remark!} 2`].map((one) => [quarter, '10', one].map(inQuotes).join(',')),
    );
    const { text } = inspectedText('t.csv', [inQuotes(title!), header, ...rows].join('\n'));
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\p{Bidi_Control}|[\u2028\u2029]/u);
    const { actuals, ...others } = parse(text) as Record<string, { periods: object }>;
    expect(others).toEqual({});
    expect(actuals!.periods).toMatchObject({
      columns: { period: 'Quarter', value: `${name!} (RMB bn)`.trim().normalize('NFC') },
    });
  });
  fc.assert(law, { numRuns: cases(100) });
});

describe('asks', () => {
  it.each<[string, string, TableUse | undefined, string]>([
    [
      'for the meaning of labels',
      'Quarter,Capex (RMB bn)\n2024Q1,10\n2024Q2,11\n',
      undefined,
      'labels: calendar # are these periods of the calendar year (calendar) or of the fiscal year (fiscal)?',
    ],
    [
      'for the unit',
      'Quarter,Capex\n2024Q1,10\n2024Q2,11\n',
      undefined,
      '# unit: bn CNY # which currency, and which scale (k, m, bn, 亿)? The table does not say it',
    ],
    [
      'whether the parts of a name are the unit',
      'Quarter,capex_usd_m\n2024Q1,10\n2024Q2,11\n',
      undefined,
      'unit: m USD # from the name `capex_usd_m`: is it so?',
    ],
    [
      'whether a unit above the table is of its numbers',
      '资本开支（单位：亿元）\n季度,数值\n2024Q1,10\n2024Q2,11\n',
      undefined,
      'unit: 亿元 # the table says so; is it of these numbers?',
    ],
    [
      'which company',
      'Company,Quarter,Capex (RMB bn)\nA,2024Q1,10\nB,2024Q1,11\n',
      undefined,
      'where: { Company: A } # which Company? A | B',
    ],
    [
      'which company, where the day of the report tells the rows apart',
      'Company,Quarter,Capex (RMB bn),Reported\nA,2024Q1,10,2024-04-25\nB,2024Q1,11,2024-05-14\n',
      undefined,
      'where: { Company: A } # which Company? A | B',
    ],
    [
      'whether a point is before decimals',
      'Quarter;Capex (RMB m)\n2024Q1;1.234\n2024Q2;2.345\n',
      undefined,
      "decimal: '.' # is `1.234` with thousands apart, or with decimals? '.' | ','",
    ],
    [
      'how pairs are quoted that have the yuan first',
      'Date,CNY/USD,CNY/EUR\n2024-01-31,0.14,0.13\n2024-02-29,0.14,0.13\n',
      undefined,
      'direction: foreign per CNY # `CNY/USD` has CNY first: foreign per CNY | CNY per foreign',
    ],
    [
      'what rows of pairs are called',
      'Month,Pair,Rate\n2024-01,USD/CNY,7.1\n2024-01,EUR/CNY,7.7\n',
      'rates',
      'names: { USD: USD/CNY, EUR: EUR/CNY }',
    ],
    [
      'what is meant where no period can be read',
      'Month,Price ($)\nJan-24,410\nFeb-24,405\n',
      'prices',
      'columns: { period: Month, value: "Price ($)" } # its periods cannot be read: write them as 2024-09-30, 2024-09 or 2024Q3',
    ],
    [
      'which definition, in our own words',
      'Quarter,Capex (RMB bn),Basis\n2024Q1,10,accrual\n2024Q2,11,cash\n',
      undefined,
      'basis: accrual # which basis? accrual | cash',
    ],
    [
      'which definition, cash before leases',
      'Quarter,Kind,Capex (RMB bn)\n2024Q1,cash,10\n2024Q1,with leases,12\n',
      undefined,
      'where: { Kind: cash } # which Kind? cash | with leases',
    ],
    [
      'whether what is left out is meant',
      'Quarter,Capex (RMB bn)\n2023,40\n2024Q1,10\n2024Q2,11\n',
      undefined,
      'where: { Quarter: [2024Q1, 2024Q2] } # left out: 2023; is it so?',
    ],
    [
      'how rates are quoted',
      'Date,USD,EUR\n2024-01-31,7.1,7.7\n2024-02-29,7.1,7.7\n',
      undefined,
      'direction: CNY per foreign # how are the rates quoted? CNY per foreign | foreign per CNY | CNY per 100 foreign',
    ],
  ])('%s', (_, csv, use, line) => {
    const lines = inspectedText('t.csv', csv, use).text.split('\n');
    expect(lines.map((one) => one.trim().replace(/\s+#/, ' #'))).toContain(line);
  });

  it('nothing of a table in our own words', () => {
    const text = readFileSync('scenarios/actuals/alibaba-capex.csv', 'utf8');
    const { block } = inspectedText('alibaba-capex.csv', text, 'actuals');
    expect(block.replace(/ +#.*/, '')).toBe(
      'actuals:\n  periods:\n    file: alibaba-capex.csv\n    basis: headline\n',
    );
  });

  it('a text without a table gives nothing', () => {
    for (const text of ['', '\n\n', 'one word', 'a sentence\nand another\n']) {
      expect(inspectTable({ name: 't.csv', text })).toBeUndefined();
    }
  });
});

describe('what a table says is asked, and what is odd is told', () => {
  const quarters = (labels: readonly string[], values: readonly string[], name: string) =>
    `Quarter,${name}\n${labels.map((label, i) => `${label},"${values[i]!}"`).join('\n')}\n`;
  const FOUR = ['2024Q1', '2024Q2', '2024Q3', '2024Q4'];
  const EIGHT = [...FOUR.map((one) => one.replace('4Q', '3Q')), ...FOUR];
  const toDate = ['6471', '16421', '24364', '47407', '11153', '23088', '40104', '85972'];

  it.each([
    [
      'Currency,Period,Capex\nCNY,2024Q1,10581\nCNY,2024Q2,11932\n',
      'Capital expenditure (in millions)',
      'unit: m ',
    ],
    [
      'Ccy,Quarter,"Capex (in millions, local currency)"\nCNY,2024Q1,1\nCNY,2024Q2,2\n',
      '',
      'unit: m ',
    ],
    ['Quarter,Currency,Capex\n,,(millions)\n1Q24,USD,14925\n2Q24,USD,17620\n', '', 'unit: m '],
    ['Quarter,Capex\n1Q24,"$ 10,952"\n2Q24,"$ 13,873"\n', '(In millions)', 'unit: m '],
    ['Quarter,Capex\n1Q24,10952\n2Q24,13873\n', '单位：千元 币种：人民币', 'unit: 千元 '],
    ['Quarter,Scale,Capex\n2024Q1,Millions,14925\n2024Q2,Millions,1\n', 'Capex, USD', 'unit: USD '],
    ['Quarter,Capex\n1Q24,10952\n2Q24,13873\n', '(in millions)', '# unit: m CNY '],
    ['Quarter ended,"Capex, US$ m"\nMar 2024,1\nJun 2024,2\n', '', 'labels: month_end '],
    ['Company,Period,Capex (RMB m)\nA,FY25Q1,1\nB,2024Q3,2\n', '', 'labels: fiscal '],
    [
      'As of date,USD/CNY,EUR/CNY\n2024-03-29,7.2,7.7\n2024-06-28,7.3,7.8\n',
      '',
      'period: As of date',
    ],
    [
      'start,end,value (m USD)\n2024-01-01,2024-03-31,1\n2024-01-01,2024-06-30,2\n',
      '',
      'period: end',
    ],
  ])('%s below “%s”: %s', (csv, title, line) => {
    const { block } = inspectedText('t.csv', title === '' ? csv : `"${title}"\n${csv}`);
    const found = block.split('\n').find((one) => one.includes(line))!;
    expect(found).toMatch(/: .*#|period: /u);
  });

  it('numbers of other columns make no percentages of shares', () => {
    const csv = 'Rank,Vendor,Share\n1,A,0.6\n2,B,0.4\n';
    expect(inspectedText('t.csv', csv, 'shares').block).not.toContain("'%'");
  });

  it.each([
    [quarters(EIGHT, toDate, 'Capex (m CNY)'), /rise within each year/u],
    [
      'Period ended,Capex (m CNY)\n2022-12-31,63\n2023-12-31,52\n2024-12-31,82\n',
      /end 12 months apart/u,
    ],
    [
      'Period ended,Capex (m CNY)\n2023-06-30,63\n2023-12-31,52\n2024-06-30,82\n',
      /end 6 months apart/u,
    ],
    [
      'Period ended,Capex (m CNY)\n2023-03-31,63\n2023-06-30,52\n2023-12-31,82\n',
      /no row for 2023Q3/u,
    ],
    [
      'US$ bn,1Q24,2Q24,3Q24\nAmazon,,14.9,17.6\nMeta,6.7,8.5,9.2\n',
      /no figure for 1Q24 of Amazon/u,
    ],
    [
      quarters(FOUR, ['14.925', '17,620', '22.620', '27.8'], 'Capex (bn USD)'),
      /17620 for 2024Q2, in line 3/u,
    ],
    ['US$ bn,3Q24,4Q24e\nA,1.5,2\nB,2.5,3\n', /4Q24e are estimates/u],
  ])('%s', (csv, remark) => {
    expect(inspectedText('t.csv', csv).traps.filter((one) => remark.test(one))).toHaveLength(1);
  });

  it('a figure that has lost its period is no note below the table', () => {
    const csv = quarters(
      ['2024Q1', '2024Q2', '', '2024Q4'],
      ['RMB 1m', 'RMB 2m', 'RMB 3m', 'RMB 4m'],
      'Capex',
    );
    const { block } = inspectedText('t.csv', csv);
    expect(block).toContain('file: t.csv');
    const frame = { currency: 'CNY', from: 'FY2024Q1', to: 'FY2024Q4' };
    const { diagnostics } = load(around(block, frame), {
      read: () => success({ name: 't.csv', text: csv }),
    });
    expect(diagnostics.map(({ message }) => message)).toContain('this value has no period');
  });
});
