/** Reads the first line of a table: what each column holds. */
import { currencyNamed } from '../../core/number/suggestions.js';
import { readPeriodKey } from '../../core/period.js';
import { spelledPeriod } from '../../core/periodSpellings.js';
import { nearest } from '../../core/text/diagnostic.js';
import type { TableKey, TableShape } from '../../model/tableReference.js';
import type { TextReporter } from '../reporter.js';
import { LONGEST_CELL, NO_UNIT, readUnit, type TableUnit } from './cellUnits.js';
import { keyOfLabel, type LabelMeaning } from './periodLabels.js';
import type { CsvCell } from './readCsv.js';

/** What a column holds. */
export type TableColumn =
  | { readonly holds: 'key'; readonly key: TableKey }
  /** Values; in a wide table, all of one period or of one currency. */
  | {
      readonly holds: 'value';
      readonly unit: TableUnit;
      readonly under?: { readonly key: TableKey; readonly name: string };
    }
  | { readonly holds: 'attribute' | 'unit'; readonly name: string }
  | { readonly holds: 'basis' | 'reported' };

/** The names that a column may have, by what it holds. */
const COLUMN_WORDS = {
  period: ['quarter', 'month', 'year', '期间', '季度', '财季', '月份', '财年'],
  currency: ['ccy', '币种', '货币'],
  supplier: ['供应商'],
  value: [
    ...['rate', 'share', 'part', 'price', 'amount', 'capex', 'revenue', 'fx'],
    ...['content', 'pass_through'],
    ...['数值', '汇率', '份额', '占比', '价格', '单价', '金额', '资本开支', '收入'],
  ],
  unit: ['单位'],
  basis: ['口径'],
  reported: ['as_of', '公布日期', '披露日期'],
  low: ['低'],
  high: ['高'],
  shape: [],
  evidence: ['证据', '出处'],
  range_evidence: [],
  assumption: ['假设'],
  note: ['备注', '说明'],
  name: ['名称'],
  date: ['日期'],
} as const;

const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries(COLUMN_WORDS).flatMap(([name, words]) =>
    [name, ...words].map((word) => [word, name]),
  ),
);

/** The keys of a table: those of its rows, and those that its path in the scenario gives. */
export interface TableSubject extends TableShape {
  readonly pinned: ReadonlyMap<TableKey, string>;
  /** How labels of periods are meant. */
  readonly meaning: LabelMeaning;
  /** The suppliers whose names in the table the scenario gives. */
  readonly suppliers: ReadonlySet<string>;
}

/** The columns of a header; nothing if one is unknown, missing or there twice. */
export function columnsOf(
  header: readonly CsvCell[],
  subject: TableSubject,
  { fail }: TextReporter,
): readonly TableColumn[] | undefined {
  const columns = header.map(({ text }, i) =>
    text === '' && i === 0 ? cornerOf(header, subject) : columnOf(text, subject),
  );
  const names = columns.map((column, i) => (column ? columnId(column) : `unknown ${i}`));
  const problems = columns.flatMap((column, i) => {
    const { text, span } = header[i]!;
    const first = names.indexOf(names[i]!);
    if (!column) return [{ span, ...unknownColumn(text, subject) }];
    return first < i ? [{ span, ...doubleColumn(text, header[first]!.text) }] : [];
  });
  const known = columns.filter((column) => column !== undefined);
  const missing = problems.length === 0 ? missingColumn(known, subject) : undefined;
  const all = missing ? [{ span: header[0]!.span, ...missing }] : problems;
  for (const { span, ...problem } of all) fail('csv-column', span.start, span.end, problem);
  return all.length === 0 ? known : undefined;
}

/** The column of a name; nothing if the name is unknown. */
export function columnOf(text: string, subject: TableSubject): TableColumn | undefined {
  const plain = text.normalize('NFKC').trim();
  if (plain === '' || plain.length > LONGEST_CELL) return undefined;
  const name = NAMES.get(plain.toLowerCase().replace(/[\s_]+/g, '_'));
  if (name !== undefined && name !== 'value') return namedColumn(name, subject);
  const [head, unit] = name === undefined ? splitUnit(plain, subject) : [plain, NO_UNIT];
  if (unit === undefined) return undefined;
  const key = spreadKey(head, subject);
  if (key) return { holds: 'value', unit, under: key };
  const isValue = head === '' || NAMES.get(head.toLowerCase()) === 'value';
  return isValue ? { holds: 'value', unit } : undefined;
}

function namedColumn(name: string, { keys, pinned }: TableSubject): TableColumn {
  const isKey = (key: string): key is TableKey =>
    key === 'period' || keys.includes(key as TableKey) || pinned.has(key as TableKey);
  if (isKey(name)) return { holds: 'key', key: name };
  // For amounts and prices, the currency is a part of the unit.
  if (name === 'currency' || name === 'unit') return { holds: 'unit', name };
  if (name === 'basis' || name === 'reported') return { holds: name };
  return { holds: 'attribute', name };
}

/** Splits `capex (RMB bn)`, `资本开支（亿元）`, `share %` or `RMB bn` into a name, which may be empty, and a unit. */
function splitUnit(text: string, subject: TableSubject): readonly [string, TableUnit | undefined] {
  const [, before, inner] = /^(.*?)\s*[([](.+)[)\]]$/u.exec(text) ?? [];
  if (inner !== undefined) return [before!, readUnit(inner)];
  const [, word, rest] = /^(\S+?)[\s,:_]+(.+)$/u.exec(text) ?? [];
  const unit = word !== undefined && isHead(word, subject) ? readUnit(rest!) : undefined;
  if (unit) return [word!, unit];
  return isHead(text, subject) ? [text, NO_UNIT] : ['', readUnit(text)];
}

function isHead(word: string, subject: TableSubject): boolean {
  return NAMES.get(word.toLowerCase()) === 'value' || spreadKey(word, subject) !== undefined;
}

/** The period, the supplier, or in a table of rates the currency, that has a column of its own. */
function spreadKey(head: string, { keys, pinned, value, suppliers }: TableSubject) {
  if (readPeriodKey(head)) return { key: 'period' as const, name: head };
  if (keys.includes('supplier') && suppliers.has(head))
    return { key: 'supplier' as const, name: head };
  const code = value === 'rate' ? currencyNamed(head) : undefined;
  const isTold = keys.includes('currency') || pinned.has('currency');
  return code !== undefined && isTold ? { key: 'currency' as const, name: code } : undefined;
}

/** The first head of a wide table may be empty: its column holds the key that no other column gives. */
function cornerOf(header: readonly CsvCell[], subject: TableSubject): TableColumn | undefined {
  const others = header.slice(1).map(({ text }) => columnOf(text, subject));
  const found = others.flatMap((column) => keysOf(column));
  const key = [...subject.keys, ...subject.pinned.keys()].find((one) => !found.includes(one));
  return key && { holds: 'key', key };
}

function keysOf(column: TableColumn | undefined): readonly TableKey[] {
  if (column?.holds === 'key') return [column.key];
  return column?.holds === 'value' && column.under ? [column.under.key] : [];
}

function columnId(column: TableColumn): string {
  if (column.holds === 'attribute' || column.holds === 'unit') return column.name;
  return column.holds === 'value'
    ? `value ${column.under?.name ?? ''}`
    : (keysOf(column)[0] ?? column.holds);
}

function missingColumn(columns: readonly TableColumn[], { keys }: TableSubject) {
  const found = new Set(columns.flatMap(keysOf));
  const [first] = keys;
  if (!found.has(first!)) {
    return { message: `no column for the ${first!}`, hint: `name a column \`${first!}\`` };
  }
  const values = columns.filter((column) => column.holds === 'value');
  const spread = values.filter(({ under }) => under);
  if (values.length === 0) {
    return { message: 'no column has values', hint: 'name a column `value`' };
  }
  if (spread.length > 0 && spread.length < values.length) {
    const hint = 'keep either one column of values, or one for each period or currency';
    return {
      message: 'the table has both one column of values and columns by period or currency',
      hint,
    };
  }
  return undefined;
}

function unknownColumn(text: string, { meaning }: TableSubject) {
  if (text === '') {
    return { message: 'this column has no name', hint: 'name it, or delete it' };
  }
  const label = keyOfLabel(text, meaning);
  if (!label.ok && spelledPeriod(text)) return label.diagnostics;
  const meant = nearest(text, NAMES.keys());
  return {
    message: `a table has no column \`${text}\``,
    expected: `${Object.keys(COLUMN_WORDS).join(', ')}; or a period, or a currency`,
    hint: meant === undefined ? 'rename it, or delete it' : `write \`${meant}\``,
  };
}

function doubleColumn(text: string, other: string) {
  const hint = 'delete one of the two';
  return { message: `\`${text}\` means the same as the column \`${other}\` before it`, hint };
}
