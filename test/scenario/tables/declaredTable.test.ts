/** Somebody's table means what our own table with its figures would mean, once the scenario describes it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printFraction } from '../../../src/core/number/decimal.js';
import { success } from '../../../src/core/result.js';
import { isRest } from '../../../src/model/input.js';
import { load } from '../../../src/scenario/load.js';

interface Parts {
  readonly periods: string;
  readonly path: string;
  readonly suppliers: string;
  readonly price: string;
  readonly revenue: string;
}

/** What the tables of the tests say, in our own words. */
const OURS: Parts = {
  periods: '{ FY2025Q4: 24.6bn CNY, FY2026Q1: 38.676bn CNY, FY2026Q2: 31.501bn CNY }',
  path: '{ USD: { FY2026Q1: 7.1636, FY2026Q2: 7.1189 }, HKD: { FY2026Q1: 0.913, FY2026Q2: 0.912 } }',
  suppliers: '{ inspur: 35.5%, huaqin: 20.5%, others: 44% }',
  price: '{ FY2026: 3200 USD, FY2027: 3000 USD }',
  revenue: '{ FY2024: 114.767bn CNY, FY2025: 120bn CNY }',
};

const scenario = (changes: Partial<Parts>) => {
  const { periods, path, suppliers, price, revenue } = { ...OURS, ...changes };
  return `scenario: small
as_of: 2026-03-31
currency: CNY
calendar: { fiscal_year_ends: 3, from: FY2026Q1, to: FY2027Q4 }
envelope: 300bn CNY
phasing: even
estimates: { view: { split: { servers: 60%, open: rest } } }
mix: view
fx: { base: { USD: 7.1717, HKD: 0.92 }, path: ${path} }
actuals: { periods: ${periods} }
components:
  servers:
    pricing: { USD: { content: 40%, pass_through: 100% } }
    price: { value: ${price}, unit: server }
    suppliers: ${suppliers}
suppliers: { inspur: { fiscal_year_ends: 12, revenue: ${revenue} } }
`;
};

const reads = (csv: string) => () => success({ name: 't.csv', text: csv });

/** The numbers of a scenario, each with the path of its input. */
const numbersOf = (text: string, csv = '') => {
  const { scenario: found } = load(text, { read: reads(csv) });
  return found?.inputs
    .map((input) => `${input.path} ${isRest(input) ? 'rest' : printFraction(input.value)}`)
    .sort((a, b) => (a < b ? -1 : 1));
};

const numbersBy = (part: keyof Parts, table: string, csv: string) =>
  numbersOf(scenario({ [part]: table }), csv);

const problemsOf = (part: keyof Parts, table: string, csv: string) =>
  load(scenario({ [part]: table }), { read: reads(csv) }).diagnostics;

const WHOLE = numbersOf(scenario({}));

const MANY = `Capital spending of several buyers
"Source: company reports, in millions"

Company,Quarter,Currency,Scale,Amount,yoy
BABA,2025Q1,RMB,m,"24,600",121%
MSFT,2025Q1,USD,m,"16,745",
BABA,2025Q2,RMB,m,"38,676",220%
BABA,2025Q3,RMB,m,"31,501",
Total,2025Q3,RMB,m,"150,000",
"Note: cash paid"
`;
const COLUMNS = '{ period: Quarter, currency: Currency, unit: Scale, value: Amount }';

describe('reads', () => {
  it.each<[name: string, part: keyof Parts, table: string, csv: string]>([
    [
      'one buyer of a table with several, a title above it and a note below it',
      'periods',
      `{ file: t.csv, header: 4, columns: ${COLUMNS}, where: { Company: BABA }, labels: calendar }`,
      MANY,
    ],
    [
      'days of reports as filings write them, and a note that begins with a number',
      'periods',
      '{ file: t.csv, columns: { period: q, value: RMB bn, reported: Filed }, labels: fiscal }',
      `q,RMB bn,Filed
FY25Q4,24.6,15/05/2025\nFY26Q1,38.6,"August 29, 2025"\nFY26Q2,31.501,2025年11月25日
FY26Q1,38.676,25 Nov 2025\n(1) includes finance leases,,\n`,
    ],
    [
      'semicolons and decimal commas',
      'periods',
      "{ file: t.csv, decimal: ',', columns: { period: Quartal, value: Betrag (Mrd CNY) }, unit: bn CNY, labels: fiscal }",
      'Quartal;Betrag (Mrd CNY)\nFY25 Q4;24,6\nFY26 Q1;38,676\nFY26 Q2;31,501\n',
    ],
    [
      'tabs, and thousands apart by blanks',
      'periods',
      '{ file: t.csv, columns: { period: Quarter, value: Capex in RMB m }, labels: fiscal }',
      'Quarter\tCapex in RMB m\n4QFY25\t24 600\n1QFY26\t38\u00A0676\n2QFY26\t31\u202F501\n',
    ],
    [
      'days that end a quarter, within a week',
      'periods',
      '{ file: t.csv, columns: { period: ended, value: 资本开支（亿元） }, labels: month_end }',
      'ended,资本开支（亿元）,同比\n2025/3/29,246,12%\n2025-07-05,386.76,\n2025年9月30日,315.01,\n',
    ],
    [
      'parts of one amount, which are added',
      'periods',
      '{ file: t.csv, columns: { period: q, value: RMB bn }, where: { kind: [cash, lease] }, labels: fiscal }',
      `q,kind,RMB bn
FY25Q4,cash,20\nFY25Q4,lease,4.6\nFY25Q4,orders,90
FY26Q1,lease,8.676\nFY26Q1,cash,30\nFY26Q2,cash,31.5\nFY26Q2,lease,0.001\n`,
    ],
    [
      'a column for each period',
      'periods',
      '{ file: t.csv, where: { Item: Capex }, columns: {}, labels: calendar, unit: RMB bn }',
      'Item,2025Q1,2025Q2A,2025Q3E,CAGR\nRevenue,90,91,92,2%\nCapex,24.6,38.676,31.501,9%\n',
    ],
    [
      'semicolons, years above quarters',
      'periods',
      "{ file: t.csv, header: 2-3, decimal: ',', where: { Item: Capex }, columns: {}, labels: calendar, unit: Mrd. CNY }",
      'Konzern\n;2025;;\nItem;Q1;Q2;Q3\nRevenue;90;91;92\nCapex;24,6;38,676;31,501\n',
    ],
    [
      'some of the columns of periods, and a column without a name',
      'periods',
      '{ file: t.csv, where: { A: Capex }, columns: { value: [2025Q1, 2025Q2, 2025Q3] }, labels: calendar, unit: RMB bn }',
      ',2025Q1,1H25,2025Q2,2025Q3,FY2025\nRevenue,90,181,91,92,273\nCapex,24.6,63.276,38.676,31.501,94.777\n',
    ],
    [
      'years and quarters in two columns, and what is paid below zero',
      'periods',
      '{ file: t.csv, columns: { period: [Year, Quarter], value: Purchases of PP&E (RMB m) }, labels: calendar, outflows: true }',
      'Year,Quarter,Purchases of PP&E (RMB m)\n2025,Q1,"(24,600)"\n2025,Q2,"−38,676"\n2025,Q3,"-31,501"\n',
    ],
    [
      'a source below the table with commas in it',
      'periods',
      '{ file: t.csv, columns: { period: q, value: RMB bn }, labels: fiscal }',
      'q,RMB bn,who\nFY25Q4,24.6,BABA\nFY26Q1,38.676,BABA\nFY26Q2,31.501,BABA\nSource: Alibaba Group Holding, Ltd.\n',
    ],
    [
      'companies above figures',
      'periods',
      '{ file: t.csv, header: 1-2, columns: { period: Quarter, value: Alibaba Capex (RMBbn) }, labels: calendar }',
      ',Tencent,,Alibaba,\nQuarter,R&D,Capex,R&D,Capex (RMBbn)\n2025Q1,1,2,3,24.6\n2025 2Q,1,2,3,38.676\n2025Q3,1,2,3,31.501\n',
    ],
    [
      'rates by day, a column for each currency',
      'path',
      '{ file: t.csv, direction: CNY per foreign, columns: { period: Date }, labels: month_end, names: { USD: USD/CNY, HKD: HKD/CNY } }',
      'Date,USD/CNY,HKD/CNY,Gold\n2025-06-30,7.1636,0.913,3300\n2025-09-30,7.1189,0.912,3800\n',
    ],
    [
      'rates in a column whose name ends with a currency',
      'path',
      '{ file: t.csv, direction: CNY per foreign, columns: { period: Q, currency: Code, value: Rate in CNY }, labels: fiscal }',
      'Q,Code,Rate in CNY\n1QFY26,USD,7.1636\n1QFY26,HKD,0.913\n2QFY26,USD,7.1189\n2QFY26,HKD,0.912\n',
    ],
    [
      'shares by names of suppliers',
      'suppliers',
      "{ file: t.csv, decimal: ',', columns: { supplier: Vendor, value: Share }, unit: '%', names: { inspur: Inspur 浪潮, huaqin: Huaqin Technology, others: Others } }",
      'Vendor;Share;Rank\nInspur 浪潮;35,5;1\nHuaqin Technology;20,5;2\nOthers;44;\n',
    ],
    [
      'shares, a column for each supplier',
      'suppliers',
      '{ file: t.csv, columns: {}, where: { Year: 2025 }, names: { inspur: Inspur, huaqin: Huaqin, others: Others } }',
      'Year,Inspur,Huaqin,Others,Sum\n2024,30%,30%,40%,100%\n2025,35.5%,20.5%,44%,100%\n',
    ],
    [
      'prices for a unit',
      'price',
      '{ file: t.csv, columns: { period: Year, value: ASP (US$ per server) }, labels: fiscal }',
      'Year,ASP (US$ per server)\nFY26,"3,200"\nFY27,"3,000"\n',
    ],
    [
      'prices by fiscal year',
      'price',
      '{ file: t.csv, columns: { period: Year, value: ASP ($) }, labels: fiscal }',
      'Year,ASP ($),Units\nFY26,"3,200",10\nFY27E,"3,000",20\n',
    ],
    [
      "revenue by the supplier's own years",
      'revenue',
      '{ file: t.csv, columns: { period: 年度, value: 营业收入（亿元） }, labels: calendar }',
      '年度,营业收入（亿元）,占比\n2024年,"1,147.67",90%\n2025年,1200,\n',
    ],
  ])('%s', (_, part, table, csv) => {
    expect(problemsOf(part, table, csv)).toEqual([]);
    expect(numbersBy(part, table, csv)).toEqual(WHOLE);
  });
});

describe('reports', () => {
  const block = (more: string) =>
    `{ file: t.csv, columns: { period: q, value: capex }, unit: bn CNY, ${more} }`;
  const CSV = 'q,capex,who,同比\nFY25Q4,24.6,BABA\nFY26Q1,38.676,BABA\nFY26Q2,31.501,Tencent\n';

  it.each<[name: string, table: string, message: string, hint: string]>([
    [
      'a column that the table does not have',
      '{ file: t.csv, columns: { period: quarter, value: capex }, unit: bn CNY }',
      'the table has no column `quarter`',
      'write the name as it stands in the table',
    ],
    [
      'a table of which nothing is named',
      '{ file: t.csv, columns: {}, unit: bn CNY }',
      'no column of this table is named, and none is for one period, currency or supplier',
      'name them beside `file`: columns: { period: …, value: … }',
    ],
    [
      'one of several columns of values that is no period',
      '{ file: t.csv, columns: { value: [who, capex] }, unit: bn CNY }',
      '`capex` is named beside other columns of values, and is no period, currency or supplier',
      'name one column alone, or say by `labels` or `names` what each is of',
    ],
    [
      'a misspelt column',
      '{ file: t.csv, columns: { period: q, value: capx }, unit: bn CNY }',
      'the table has no column `capx`',
      'write `capex`',
    ],
    [
      'a column for two of ours',
      '{ file: t.csv, columns: { period: q, value: q }, unit: bn CNY }',
      '`q` is named twice',
      'name a column of the table once',
    ],
    [
      'a value that no row has',
      block('labels: fiscal, where: { who: BABBA }'),
      'no row has `BABBA` in this column',
      'write `BABA`',
    ],
    [
      'a column of a condition that the table does not have',
      block('labels: fiscal, where: { Company: BABA }'),
      'the table has no column `Company`',
      'write the name as it stands in the table',
    ],
    [
      'conditions that no row meets together',
      block('labels: fiscal, where: { who: BABA, q: FY26Q2 }'),
      'no row has all that `where` asks for',
      'look up which rows the table has, and correct one of the conditions',
    ],
    [
      'growth in the place of a share, without a suggestion',
      '{ file: t.csv, columns: { period: q, value: who }, where: { 占比: x } }',
      'the table has no column `占比`',
      'write the name as it stands in the table',
    ],
    [
      'a label that is of another year than the scenario says',
      block('labels: calendar, where: { who: BABA }'),
      '`FY25Q4` is of a fiscal year, and `labels: calendar` says that the labels are not',
      'write `labels: fiscal`, or leave the row out by `where`',
    ],
  ])('%s', (_, table, message, hint) => {
    const [first] = problemsOf('periods', table, CSV);
    expect({ message: first?.message, hint: first?.hint }).toEqual({ message, hint });
  });

  it('a name without a certain unit', () => {
    const told = problemsOf(
      'periods',
      '{ file: t.csv, columns: { period: q, value: capex_cny_bn }, labels: fiscal }',
      'q,capex_cny_bn\nFY26Q1,38.676\n',
    );
    expect(told.map(({ code }) => code)).toEqual(['csv-unit']);
  });

  it('a part that one amount lacks', () => {
    const table =
      '{ file: t.csv, columns: { period: q, value: RMB bn }, where: { kind: [cash, lease] }, labels: fiscal }';
    const csv = 'q,kind,RMB bn\nFY26Q1,cash,30\nFY26Q1,lease,8\nFY26Q2,cash,31\n';
    expect(problemsOf('periods', table, csv).map(({ message }) => message)).toEqual([
      '`FY2026Q2` has no row for `lease`',
    ]);
  });

  it.each([
    ['3bn USD', 'the parts of `FY2026Q1` are not in one currency'],
    ['n/a', '`FY2026Q1` has no row for `lease`'],
    ['', '`FY2026Q1` has no row for `lease`'],
    ['abc', '`abc` is not an amount of money'],
  ])('a part that is `%s`', (lease, message) => {
    const table =
      '{ file: t.csv, columns: { period: q, value: capex }, where: { kind: [cash, lease] }, labels: fiscal }';
    const csv = `q,kind,capex\nFY26Q1,cash,30bn CNY\nFY26Q1,lease,${lease}\n`;
    const [first] = problemsOf('periods', table, csv);
    expect(first?.message).toContain(message);
  });

  it('a period twice, where no condition tells the rows apart', () => {
    const csv = 'q,capex,who\nFY26Q1,38.676,BABA\nFY26Q1,31.501,Tencent\n';
    expect(problemsOf('periods', block('labels: fiscal'), csv).map(({ code }) => code)).toEqual([
      'key-duplicate',
    ]);
  });

  it.each<[name: string, part: keyof Parts, table: string, csv: string, message: string]>([
    [
      'two columns of one name',
      'periods',
      '{ file: t.csv, columns: { period: q, value: RMB bn }, labels: fiscal }',
      'q,RMB bn,RMB bn\nFY26Q1,38,39\n',
      'several columns of the table are named `RMB bn`',
    ],
    [
      'rows that leave out the name of the row above',
      'periods',
      '{ file: t.csv, columns: { period: q, value: RMB bn }, where: { who: BABA }, labels: fiscal }',
      'who,q,RMB bn\nBABA,FY26Q1,38\n,FY26Q2,39\n',
      'a row has numbers, and nothing in a column of `where`',
    ],
    [
      'a name that the table does not have',
      'suppliers',
      '{ file: t.csv, columns: { supplier: Vendor, value: Share }, names: { inspur: Inspurr } }',
      'Vendor,Share\nInspur,40%\nothers,60%\n',
      'the table does not have the name `Inspurr`',
    ],
    [
      'pairs that are quoted in opposite ways',
      'path',
      '{ file: t.csv, direction: CNY per foreign, columns: { period: m }, labels: month_end, names: { USD: USD/CNY, MYR: CNY/MYR } }',
      'm,USD/CNY,CNY/MYR\n2025-06,7.1,0.6\n',
      '`USD/CNY` and `CNY/MYR` are quoted in opposite ways, and `direction` is one for all',
    ],
    [
      'a pair without the currency of the direction',
      'path',
      '{ file: t.csv, direction: CNY per foreign, columns: { period: m }, labels: month_end, names: { HKD: HKD/CNY, USD: USD/JPY } }',
      'm,HKD/CNY,USD/JPY\n2025-06,0.9,148\n',
      '`USD/JPY` is no rate of CNY',
    ],
    [
      'a pair that says another direction',
      'path',
      '{ file: t.csv, direction: foreign per CNY, columns: { period: m }, labels: month_end, names: { USD: CNY per USD } }',
      'm,CNY per USD\n2025-06,7.1\n',
      '`CNY per USD` is not `foreign per CNY`, as `direction` says',
    ],
    [
      'a pair that says one unit',
      'path',
      '{ file: t.csv, direction: CNY per 100 foreign, columns: { period: m }, labels: month_end, names: { USD: CNY per USD } }',
      'm,CNY per USD\n2025-06,7.1\n',
      '`CNY per USD` is for one unit, and `direction` is for 100 units',
    ],
    [
      'a pair for 100 units',
      'path',
      '{ file: t.csv, direction: CNY per foreign, columns: { period: m }, labels: month_end, names: { USD: USD/CNY, JPY: 100JPY/CNY } }',
      'm,USD/CNY,100JPY/CNY\n2025-06,7.1,4.8\n',
      '`100JPY/CNY` is for 100 units, and `direction` is for one unit',
    ],
    [
      'a row that is longer than the line of the names',
      'periods',
      '{ file: t.csv, columns: { period: q, value: RMB bn }, labels: fiscal }',
      'q,RMB bn\nFY26Q1,38,676\n',
      'this row has 3 cells',
    ],
    [
      'names that stand one column beside their numbers',
      'periods',
      '{ file: t.csv, columns: { period: q, value: RMB bn }, labels: fiscal }',
      'q,,RMB bn,who\nFY26Q1,38,39,BABA\n',
      'a column without a name has numbers, which are passed over',
    ],
    [
      'two percent signs',
      'suppliers',
      '{ file: t.csv, columns: { supplier: Vendor, value: Share } }',
      'Vendor,Share\nInspur,40%%\nothers,60%\n',
      '`40%%` is not a share',
    ],
    [
      'a sign before a period',
      'periods',
      '{ file: t.csv, columns: { period: q, value: RMB bn }, labels: fiscal }',
      'q,RMB bn\n-2026Q1,38\n',
      '`-2026Q1` is not a period',
    ],
    [
      'years that are two numbers',
      'periods',
      '{ file: t.csv, columns: { period: q, value: RMB bn }, labels: fiscal }',
      'q,RMB bn\n19/20,38\n',
      '`19/20` is not a period',
    ],
  ])('%s', (_, part, table, csv, message) => {
    expect(problemsOf(part, table, csv).map((one) => one.message)).toContain(message);
  });

  it('warns of a column that may be a misspelt period', () => {
    const table = '{ file: t.csv, columns: {}, labels: calendar, unit: RMB bn }';
    const told = problemsOf('periods', table, '2025Q1,2025Q5\n24.6,38.676\n');
    expect(told.map(({ message }) => message)).toEqual(['the column `2025Q5` gives no value']);
  });
});

/** How a table may write quarters of years that end in March, by what is said of its labels. */
const SPELLINGS = {
  fiscal: (year: number, q: number) => [
    `FY${year}Q${q}`,
    `${q}QFY${year % 100}`,
    `Q${q} ${year}`,
    `${year}财年第${q}季度`,
  ],
  calendar: (year: number, q: number) => {
    const [own, index] = q === 4 ? [year, 1] : [year - 1, q + 1];
    return [
      `${own}Q${index}`,
      `CY${own}-Q${index}`,
      `${index}Q${own % 100}`,
      `${own}年第${index}季度`,
    ];
  },
  month_end: (year: number, q: number) => {
    const [own, month] = q === 4 ? [year, 3] : [year - 1, 3 * q + 3];
    const two = String(month).padStart(2, '0');
    return [`${own}-${two}-28`, `${own}/${month}/30`, `${own}年${month}月`, `${own}${two}29`];
  },
};

const NUMBERS: Readonly<Record<string, (digits: string) => string>> = {
  '.': (digits) => `"${digits.replace(/\B(?=(\d{3})+$)/g, ',')}.5"`,
  ',': (digits) => `"${digits.replace(/\B(?=(\d{3})+$)/g, '.')},5"`,
};

it('means what our own table means, however it spells periods and numbers', () => {
  const law = fc.property(
    fc.constantFrom('fiscal', 'calendar', 'month_end'),
    fc.constantFrom(',', ';', '\t'),
    fc.constantFrom('.', ','),
    fc.array(fc.tuple(fc.integer({ min: 1000, max: 9_999_999 }), fc.nat({ max: 3 })), {
      minLength: 3,
      maxLength: 3,
    }),
    fc.boolean(),
    (labels, separator, decimal, values, isFirst) => {
      const quarters = [
        [2025, 4],
        [2026, 1],
        [2026, 2],
      ] as const;
      const rows = quarters.map(([year, q], i) => {
        const [number, spelling] = values[i]!;
        const label = SPELLINGS[labels](year, q)[spelling]!;
        const cells = [`BABA`, label, NUMBERS[decimal]!(String(number)), 'x 2024'];
        return (isFirst ? cells : cells.toReversed()).join(separator);
      });
      const header = ['Company', 'Period', 'Capex (RMB m)', 'Remark'];
      const csv = [(isFirst ? header : header.toReversed()).join(separator), ...rows].join('\r\n');
      const table = `{ file: t.csv, columns: { period: Period, value: Capex (RMB m) }, where: { Company: BABA }, labels: ${labels}, decimal: '${decimal}' }`;
      const ours = quarters.map(([year, q], i) => `FY${year}Q${q}: ${values[i]![0]}.5m CNY`);
      expect(numbersBy('periods', table, csv)).toEqual(
        numbersOf(scenario({ periods: `{ ${ours.join(', ')} }` })),
      );
    },
  );
  fc.assert(law, { numRuns: 100 });
});
