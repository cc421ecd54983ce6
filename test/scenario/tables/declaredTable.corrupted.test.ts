/**
 * Tables that somebody damaged: what is read without a word is what stands in them.
 * `CAPEX_CORRUPTED=100000 npx vitest run test/scenario/tables/declaredTable.corrupted.test.ts` tries so many.
 */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { success } from '../../../src/core/result.js';
import { problemList } from '../../../src/scenario/reporter.js';
import { readTables } from '../../../src/scenario/tables/tables.js';
import type { MapNode, TreeNode } from '../../../src/scenario/tree.js';
import { readTree } from '../../../src/scenario/yaml/yaml.js';
import { ONE, naiveFigures, type NaiveTable } from '../../naive/table.js';

const COUNT = Number(process.env['CAPEX_CORRUPTED'] ?? 300);

/** A table, the block that reads it, and how a person reads it. */
interface Sample {
  readonly csv: string;
  /** What the scenario says beside `file`. */
  readonly block: string;
  readonly parents: string;
  readonly yearEnds?: number;
  readonly unit?: string;
  readonly how: NaiveTable;
}

const file = (name: string, encoding = 'utf-8') =>
  new TextDecoder(encoding).decode(readFileSync(`test/scenario/inspect/tables/${name}`));

const quarter = (label: string) => {
  const [, year, index] = /^(20\d\d)Q([1-4])E?$/.exec(label) ?? [];
  return index && `FY${year}Q${index}`;
};
const year = (label: string) => /^((?:19|20)\d\d)E?$/.exec(label)?.[1]?.replace(/^/, 'FY');
const toDate = (label: string) => {
  const [, ofYear, part = ''] =
    /^(20\d\d)(Q[1-4]|H1|年前三季度|)$/.exec(label.replace(/(?<=\d)E$/, '')) ?? [];
  const end = { H1: 'Q2', 年前三季度: 'Q3', '': 'Q4' }[part] ?? part;
  return ofYear && `FY${ofYear}${end}`;
};
/** The quarter that a day ends: within a week of it. */
const monthEnd = (label: string) => {
  const [, digits] = /^(\d{4}-\d\d-\d\d)$/.exec(label) ?? [];
  const day = new Date(`${digits ?? ''}T00:00:00Z`);
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== digits) return undefined;
  const [before, after] = [-7, 7].map((days) => new Date(day.getTime() + days * 86_400_000));
  const ends = [before!, after!].map(
    (one) => one.getUTCFullYear() * 4 + Math.floor(one.getUTCMonth() / 3),
  );
  const index = ends[0]!;
  return ends[1] === index + 1
    ? `FY${String(Math.floor(index / 4)).padStart(4, '0')}Q${(index % 4) + 1}`
    : undefined;
};
const monthDay = (label: string) => {
  const [, ofYear, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(label) ?? [];
  const first = new Date(`${ofYear}-${month}-01T00:00:00Z`);
  const length = new Date(
    Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0),
  ).getUTCDate();
  if (Number.isNaN(first.getTime()) || Number(day) < 1 || Number(day) > length) return undefined;
  if (length - Number(day) <= 7) return `FY${ofYear}M${month}`;
  const before = new Date(first.getTime() - 86_400_000).toISOString();
  return Number(day) <= 7 ? `FY${before.slice(0, 4)}M${before.slice(5, 7)}` : undefined;
};

const ACTUALS = 'actuals: { periods:';
const SUPPLIERS = 'components: { part: { suppliers:';
const MILLION = 1_000_000n;
const names = (theirs: Readonly<Record<string, string>>) => (text: string) => theirs[text];

const SAMPLES: readonly Sample[] = [
  {
    csv: file('year-to-date.csv'),
    parents: ACTUALS,
    block:
      "columns: { period: period, value: capex_ytd (RMB bn) }, where: { company: Tencent }, labels: fiscal, cumulative: true, decimal: ','",
    how: {
      ...{ decimal: ',', period: 'period', value: 'capex_ytd (RMB bn)' },
      ...{ where: { company: ['Tencent'] }, keyOf: toDate, times: 1000n * MILLION },
      ...{ scale: 'bn', isToDate: true },
    },
  },
  {
    csv: file('weeks.csv'),
    parents: ACTUALS,
    block:
      'columns: { period: Quarter ended, value: Purchases of property and equipment ($ millions) }, labels: month_end',
    how: {
      ...{ decimal: '.', period: 'Quarter ended', keyOf: monthEnd, times: MILLION },
      value: 'Purchases of property and equipment ($ millions)',
    },
  },
  {
    csv: file('several-buyers.csv'),
    parents: ACTUALS,
    block:
      'header: 4, columns: { period: Quarter, value: Capex (US$m) }, where: { Company: [Alphabet] }, labels: calendar',
    how: {
      ...{ header: 4, decimal: '.', period: 'Quarter', value: 'Capex (US$m)' },
      ...{ where: { Company: ['Alphabet'] }, keyOf: quarter, times: MILLION },
    },
  },
  {
    csv: file('wide-shares.csv'),
    parents: SUPPLIERS,
    unit: 'year',
    block:
      'columns: { supplier: Vendor }, where: { Vendor: [Zhongji Innolight, Eoptolink, Others] }, names: { innolight: Zhongji Innolight, eoptolink: Eoptolink, others: Others }, labels: calendar',
    how: {
      ...{ decimal: '.', owner: 'Vendor', keyOf: year, times: 1n },
      where: { Vendor: ['Zhongji Innolight', 'Eoptolink', 'Others'] },
      nameOf: names({ 'Zhongji Innolight': 'innolight', Eoptolink: 'eoptolink', Others: 'others' }),
    },
  },
  {
    csv: file('suppliers-across.csv'),
    parents: SUPPLIERS,
    unit: 'year',
    block:
      "columns: { period: Year }, names: { inspur: Inspur 浪潮, huaqin: Huaqin, others: Others }, labels: calendar, decimal: ','",
    how: {
      ...{ decimal: ',', period: 'Year', keyOf: year, times: 1n },
      nameOf: names({ 'Inspur 浪潮': 'inspur', Huaqin: 'huaqin', Others: 'others' }),
    },
  },
  {
    csv: file('rates.csv')
      .split('\n')
      .slice(0, 6)
      .map((line) => line.split(',').slice(0, 6).join(','))
      .join('\n'),
    parents: 'fx: { path:',
    unit: 'month',
    block: 'columns: { period: Date }, labels: month_end, direction: CNY per foreign',
    how: {
      ...{ decimal: '.', period: 'Date', keyOf: monthDay, times: 1n },
      nameOf: (text) => (/^[A-Z]{3}$/.test(text) ? text : undefined),
    },
  },
];

const AMOUNTS = [
  'period,capex',
  ...['FY2025Q1,10.5bn CNY', 'FY2025Q2,23bn CNY', 'FY2025Q3,23.75bn CNY', 'FY2025Q4,40bn CNY'],
  ...['FY2026Q1,12bn CNY', 'FY2026Q2,30.25bn CNY'],
].join('\n');
const PARTS = [
  'quarter,kind,capex (RMB bn),note',
  ...['FY2025Q1,cash,30.5,', 'FY2025Q1,lease,8,new halls', 'FY2025Q1,other,1,'],
  ...['FY2025Q2,cash,31,', 'FY2025Q2,lease,7.25,', 'FY2025Q3,cash,33,', 'FY2025Q3,lease,9,'],
].join('\n');
const own = (label: string) => (/^FY20\d\dQ[1-4]$/.test(label) ? label : undefined);

/** Amounts of the year to date with their currency, and amounts of two parts. */
const OTHERS: readonly Sample[] = [
  {
    ...{ csv: AMOUNTS, parents: ACTUALS, block: 'cumulative: true' },
    how: {
      ...{ decimal: '.', period: 'period', value: 'capex', keyOf: own, isToDate: true },
      ...{ unit: 'bn CNY', times: 1000n * MILLION },
    },
  },
  {
    ...{ csv: PARTS, parents: ACTUALS },
    block:
      'columns: { period: quarter, value: capex (RMB bn) }, where: { kind: [cash, lease] }, labels: fiscal',
    how: {
      ...{ decimal: '.', period: 'quarter', value: 'capex (RMB bn)', part: 'kind', keyOf: own },
      ...{ where: { kind: ['cash', 'lease'] }, scale: 'bn', times: 1000n * MILLION },
    },
  },
];

/** Takes a table apart into cells, quotes and all. */
const cellsOf = (csv: string) => {
  const sign = [';', '\t', ','].find((one) =>
    csv.split('\n').some((line) => line.split(one).length > 2),
  )!;
  const pattern = new RegExp(`(?:"(?:[^"]|"")*"|[^${sign}])+|(?<=^|${sign})(?=${sign}|$)`, 'g');
  const lines = csv.trimEnd().split(/\r?\n/);
  return { sign, cells: lines.map((line) => line.match(pattern) ?? []) };
};

type Cells = readonly (readonly string[])[];
type Damage = (cells: Cells, row: number, column: number, other: number) => Cells;

const MARKS = ['*', ' (1)', '%', ' bn', '亿', 'E', 'x', '.0', ',5', '0', ' '];

const changed = (cells: Cells, row: number, column: number, change: (text: string) => string) =>
  cells.map((line, i) => line.map((text, j) => (i === row && j === column ? change(text) : text)));
const digit = (text: string, other: number) => {
  const at = [...text.matchAll(/\d/g)][other % 7]?.index;
  return at === undefined ? text : `${text.slice(0, at)}${other % 10}${text.slice(at + 1)}`;
};

/** What people and programs do to a table. */
const DAMAGES: readonly Damage[] = [
  (cells, row, column, other) => {
    const from = cells[row]!;
    const target = other % from.length;
    const line = from.with(column, from[target]!).with(target, from[column]!);
    return cells.with(row, line);
  },
  (cells, row, column, other) => {
    const target = other % cells.length;
    const swapped = changed(cells, row, column, () => cells[target]![column] ?? '');
    return changed(swapped, target, column, () => cells[row]![column] ?? '');
  },
  (cells, row, column) => cells.with(row, cells[row]!.toSpliced(column, 0, '')),
  (cells, row, column) => cells.with(row, cells[row]!.toSpliced(column, 1)),
  (cells, row) => cells.toSpliced(row, 0, cells[row]!),
  (cells, row) => (cells.length > 2 ? cells.toSpliced(row, 1) : cells),
  (cells, row, column) => changed(cells, row, column, () => ''),
  (cells, row, column, other) => changed(cells, row, column, (text) => digit(text, other)),
  (cells, row, column) =>
    changed(cells, row, column, (text) =>
      text.replace(/[.,]/g, (sign) => (sign === ',' ? '.' : ',')),
    ),
  (cells, row, column) => changed(cells, row, column, (text) => text.replace(/[.,]/, '')),
  (cells, row, column) => changed(cells, row, column, (text) => text.replace(/,/g, ' ')),
  (cells, row, column) => changed(cells, row, column, (text) => text.replace('CNY', 'USD')),
  (cells, row, column) => changed(cells, row, column, (text) => text.replace(/^"?/, '$&-')),
  (cells, row, column) => changed(cells, row, column, (text) => `(${text.replaceAll('"', '')})`),
  (cells, row, column) => changed(cells, row, column, () => 'n/a'),
  (cells, row, column, other) =>
    changed(cells, row, column, (text) => text.replace(/"?$/, `${MARKS[other % MARKS.length]!}$&`)),
  (cells, _, column, other) =>
    changed(cells, 0, column, () => cells[0]![other % cells[0]!.length] ?? ''),
  (cells, _, column) => changed(cells, 0, column, (text) => text.toUpperCase()),
  (cells) => cells.map((line) => line.toReversed()),
  (cells, row, column) => changed(cells, row, column, (text) => `"${text.replaceAll('"', '')}"`),
];

/** How the cells are put together again. */
const ENDS = ['\n', '\r\n', '\r'];
const ENCODINGS = ['utf8', 'utf8', 'utf8', 'latin1', 'utf16le'] as const;

const damageOf = fc.record({
  sample: fc.constantFrom(...SAMPLES, ...OTHERS),
  damages: fc.array(fc.tuple(fc.constantFrom(...DAMAGES), fc.nat(), fc.nat(), fc.nat(1000)), {
    minLength: 1,
    maxLength: 3,
  }),
  sign: fc.constantFrom(undefined, undefined, undefined, ',', ';', '\t'),
  end: fc.constantFrom(...ENDS),
  encoding: fc.constantFrom(...ENCODINGS),
  hasMark: fc.boolean(),
});

/** The damaged text; nothing if its bytes are no UTF-8. */
function damagedText({
  sample,
  damages,
  sign,
  end,
  encoding,
  hasMark,
}: typeof damageOf extends fc.Arbitrary<infer T> ? T : never): string | undefined {
  const whole = cellsOf(sample.csv);
  const cells = damages.reduce<Cells>((all, [damage, row, column, other]) => {
    const at = row % all.length;
    const width = all[at]!.length;
    return width === 0 ? all : damage(all, at, column % width, other);
  }, whole.cells);
  const text = cells.map((line) => line.join(sign ?? whole.sign)).join(end);
  const bytes = Buffer.from(`${hasMark ? '\uFEFF' : ''}${text}${end}`, encoding);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The literal of a figure, times `ONE`. */
function plainFigure(literal: string): bigint {
  const [, minus, whole, decimals = '', scale = '', percent] =
    /^(-?)(\d+)(?:\.(\d+))?(bn|m|)(?: [A-Z]{3})?(%?)$/.exec(literal) ?? [];
  const times = { bn: 1_000_000_000n, m: MILLION, '': 1n }[scale]!;
  const digits = BigInt(`${whole!}${decimals}`) * times * (percent ? ONE / 100n : ONE);
  return (minus ? -1n : 1n) * (digits / 10n ** BigInt(decimals.length));
}

/** The figures of a map that a table became, by its keys. */
function figuresIn(node: TreeNode, keys: readonly string[]): (readonly [string, bigint])[] {
  if (node.kind === 'scalar') return [[keys.join(' '), plainFigure(node.text)]];
  if (node.kind === 'list') return [];
  return [...node.entries].flatMap(([key, { node: inner }]) =>
    figuresIn(inner, key === 'share' || key === 'value' ? keys : [...keys, key]),
  );
}

function readBy({ parents, block, yearEnds = 12, unit = 'quarter' }: Sample, csv: string) {
  const table = `${parents} { file: t.csv, ${block} }${' }'.repeat(parents.split('{').length - 1)}`;
  const text = `currency: CNY\ncalendar: { fiscal_year_ends: ${yearEnds}, period: ${unit} }\n${table}\n`;
  const problems = problemList();
  const root = readTree({ name: 't.yaml', text }, problems) as MapNode;
  const whole = readTables(root, () => success({ name: 't.csv', text: csv }), problems);
  const steps = parents.match(/\w+(?=:)/g)!;
  const node = steps.reduce<TreeNode>((at, step) => (at as MapNode).entries.get(step)!.node, whole);
  const figures = figuresIn(node, []);
  const isRefused = problems.diagnostics.some(({ severity }) => severity === 'error');
  // A number below zero is refused where the map is read, as in a map that the scenario writes out.
  const isNegative = figures.some(([, figure]) => figure < 0n);
  return { figures, diagnostics: problems.diagnostics, isRefused: isRefused || isNegative };
}

it('every sample is read to the figures of a person', () => {
  for (const sample of [...SAMPLES, ...OTHERS]) {
    const { figures, diagnostics } = readBy(sample, sample.csv);
    expect(diagnostics).toEqual([]);
    expect(figures.length).toBeGreaterThan(2);
    expect(new Map(figures)).toEqual(naiveFigures(sample.csv, sample.how));
  }
});

it('what is read without a word stands in the table', () => {
  let [silent, refused] = [0, 0];
  const law = fc.property(damageOf, (damage) => {
    const text = damagedText(damage);
    if (text === undefined) return;
    const { figures, diagnostics, isRefused } = readBy(damage.sample, text);
    if (isRefused) {
      refused++;
      return;
    }
    const naive = naiveFigures(text, damage.sample.how);
    if (diagnostics.length === 0) {
      silent++;
      expect(new Map(figures), JSON.stringify(text)).toEqual(naive);
    }
    for (const [key, figure] of figures) expect(naive?.get(key), text).toBe(figure);
  });
  fc.assert(law, { numRuns: COUNT, seed: COUNT === 300 ? 20_261_129 : undefined });
  expect(silent).toBeGreaterThan(COUNT / 10);
  expect(refused).toBeGreaterThan(COUNT / 10);
}, 3_600_000);
