/** What the columns of somebody's table are for: its periods, its values, and how its rows are told apart. */
import { currencyNamed } from '../../core/number/suggestions.js';
import { spelledPeriod } from '../../core/periodSpellings.js';
import { isTotal, meaningOf, type ColumnFacts } from './columnFacts.js';
import { countedLabels, type CountedPeriods } from './countedLabels.js';
import { pairIn } from '../tables/currencyPairs.js';
import { PERIOD_WORDS } from './namesOfColumns.js';
import type { PlainTable } from './tableLayout.js';
import { isPartAlone, unreadColumns, type UnreadColumns, type Across } from './unreadColumns.js';

/** What a table is for. */
export const TABLE_USES = ['actuals', 'rates', 'shares', 'prices'] as const;
export type TableUse = (typeof TABLE_USES)[number];

/** How a table is read for one use. */
export interface TableReading {
  readonly use: TableUse;
  /** Whether the use is the reader's own word; else it is what the columns look like. */
  readonly isUseGiven: boolean;
  readonly across: Across | undefined;
  readonly period: ColumnFacts | undefined;
  readonly value: ColumnFacts | undefined;
  /** Other columns that can have the values. */
  readonly others: readonly ColumnFacts[];
  readonly unread: UnreadColumns | undefined;
  /** The column of currencies or suppliers. */
  readonly owner: ColumnFacts | undefined;
  /** The day on which a row was reported. */
  readonly reported: ColumnFacts | undefined;
  /** The column that says for how many units of its currency a rate is. */
  readonly quantity: ColumnFacts | undefined;
  /** Columns by which rows are chosen. */
  readonly conditions: readonly ColumnFacts[];
  /** The periods that one series can have; others are left out. */
  readonly counted: CountedPeriods;
}

/** Finds what each column is for; what cannot be told is asked in the block. */
export function readingOf(
  table: PlainTable,
  facts: readonly ColumnFacts[],
  wanted: TableUse | undefined,
): TableReading {
  const likely = acrossOf(table, wanted);
  const use = wanted ?? useOf(table, facts, likely);
  const inRows = periodColumn(table, facts);
  const unread = unreadColumns(use !== 'shares', facts, likely, inRows);
  const named = unread ? undefined : likely;
  const known = facts.filter(({ name }) => !unread?.names.has(name));
  const dated = facts.find(({ cells, name }) => cells === 'period' && REPORTED.test(name));
  const period = inRows ?? namedPeriod(use, known, likely) ?? dayAlone(use, dated, likely);
  const reported = period === dated ? undefined : dated;
  const owner = ownerColumn(use, facts, named);
  const across = named ?? suppliersAcross(use, known, owner);
  const quantity = use === 'rates' ? facts.find(isQuantity) : undefined;
  const figures = valueColumns(use, known).filter((one) => one !== period && one !== quantity);
  const value = across ? undefined : figures[0];
  const others = across ? [] : figures.slice(1);
  const roles = { across, period, owner, value, others, reported, unread, quantity };
  const chosen = { use, isUseGiven: wanted !== undefined, ...roles };
  const labels = across?.holds === 'period' ? across.names : (period?.values ?? []);
  const counted = countedLabels(labels, use === 'actuals');
  return { ...chosen, counted, conditions: conditionsOf(table, facts, chosen) };
}

function acrossOf({ header }: PlainTable, wanted: TableUse | undefined): Across | undefined {
  const names = header.map(({ text }) => text);
  const periods = names.filter((name) => spelledPeriod(name));
  if (periods.length > 1) return { holds: 'period', names: periods };
  const currencies = names.filter((name) => currencyIn(name));
  const least = wanted === 'rates' ? 1 : 2;
  return currencies.length >= least ? { holds: 'currency', names: currencies } : undefined;
}

function isQuantity({ name, cells, values }: ColumnFacts): boolean {
  return (
    cells === 'number' && QUANTITY.test(name) && values.every((text) => /^10{0,3}$/.test(text))
  );
}

const QUANTITY = /^(?:units?|per|quantity|nominal|multiplier|单位|單位|数量|數量|面值)$/iu;

/** In a table of shares without a column of names, the columns of numbers are suppliers. */
function suppliersAcross(
  use: TableUse,
  facts: readonly ColumnFacts[],
  owner: ColumnFacts | undefined,
): Across | undefined {
  const isOwner = ({ cells, meaning, name }: ColumnFacts) =>
    cells === 'number' && meaning !== 'growth' && !isTotal(name);
  const numbers = facts.filter(isOwner);
  if (use !== 'shares' || owner || numbers.length < 2) return undefined;
  return { holds: 'supplier', names: numbers.map(({ name }) => name) };
}

/** The foreign currency of a name: `USD`, `USD/CNY`, 美元; nothing if it is none. */
export function currencyIn(name: string, home = 'CNY'): string | undefined {
  const own = currencyNamed(name.trim());
  if (own !== undefined) return own;
  const pair = pairIn(name);
  return pair && (pair.first === home ? pair.second : pair.first);
}

function useOf(
  { titles }: PlainTable,
  facts: readonly ColumnFacts[],
  across: Across | undefined,
): TableUse {
  const hasMeaning = (meaning: ColumnFacts['meaning']) =>
    facts.some((one) => one.meaning === meaning && one.cells === 'number');
  if (across?.holds === 'currency') return 'rates';
  const isPercent = (one: ColumnFacts) =>
    one.cells === 'number' &&
    one.meaning !== 'growth' &&
    one.values.some((text) => text.includes('%'));
  if (hasMeaning('spending')) return 'actuals';
  if (facts.some(isPercent)) return 'shares';
  if (hasMeaning('price')) return 'prices';
  if (hasMeaning('rate') && facts.some(({ cells }) => cells === 'currency')) return 'rates';
  if (hasMeaning('share')) return 'shares';
  const said = titles.map(meaningOf);
  return TABLE_USES.find((use) => said.includes(MEANINGS_OF[use])) ?? 'actuals';
}

function periodColumn(table: PlainTable, facts: readonly ColumnFacts[]): ColumnFacts | undefined {
  const all = facts.filter(({ cells, name }) => cells === 'period' && !REPORTED.test(name));
  const rankOf = ({ name }: ColumnFacts) => Number(BEGINNING.test(name));
  const [first] = all.toSorted(
    (a, b) => rankOf(a) - rankOf(b) || b.values.length - a.values.length,
  );
  if (first?.values.every((text) => spelledPeriod(text)?.part === 'year') !== true) return first;
  const behind = facts.find(({ cells, values }) => cells === 'text' && values.every(isPartAlone));
  if (!behind) return first;
  const values = new Set(table.rows.map((row) => joinedLabel(row, { ...first, behind })));
  return { ...first, behind, values: [...values] };
}

/** Names of columns of the days on which periods begin. */
const BEGINNING = /\bstart|\bbegin|^from$|起始|开始/iu;

/** The label of a row, of one column or of two. */
export function joinedLabel(
  row: PlainTable['rows'][number],
  { index, behind }: Pick<ColumnFacts, 'index' | 'behind'>,
): string {
  const own = row[index]?.text ?? '';
  return behind ? `${own} ${row[behind.index]?.text ?? ''}`.trim() : own;
}

/** A column that is named as periods are, where none has labels that can be read. */
function namedPeriod(
  use: TableUse,
  facts: readonly ColumnFacts[],
  across: Across | undefined,
): ColumnFacts | undefined {
  if (use === 'shares' || across?.holds === 'period') return undefined;
  const figures = valueColumns(use, facts);
  return facts.find((one) => {
    const { name, meaning, cells } = one;
    const isOther = REPORTED.test(name) || YEAR_ENDS.test(name) || cells === 'empty';
    // The only column of numbers has the values.
    const isValue = figures.length === 1 && figures[0] === one;
    return PERIOD_WORDS.test(name) && meaning === 'other' && !isOther && !isValue;
  });
}

/** Where no other column has periods, a day of report is the period: shares alone need none. */
function dayAlone(use: TableUse, dated: ColumnFacts | undefined, across: Across | undefined) {
  return use === 'shares' || across?.holds === 'period' ? undefined : dated;
}

/** Names of columns that say when a fiscal year ends. */
export const YEAR_ENDS = /(?:year|\bfy)[\s_-]*ends?\b|\bfye\b|财年截止|财年末/iu;

const REPORTED = /report|publish|filed|released|as[\s_-]?of|公布|披露|发布/iu;
const SUPPLIER = /supplier|vendor|maker|manufacturer|company|brand|供应商|厂商|公司|企业/iu;

/** The column of currencies or suppliers. */
function ownerColumn(use: TableUse, facts: readonly ColumnFacts[], across: Across | undefined) {
  if (use === 'rates') {
    return across?.holds === 'currency' ? undefined : facts.find((one) => one.cells === 'currency');
  }
  if (use !== 'shares') return undefined;
  const texts = facts.filter(({ cells }) => cells === 'text');
  return texts.find(({ name }) => SUPPLIER.test(name)) ?? texts[0];
}

export const MEANINGS_OF: Readonly<Record<TableUse, ColumnFacts['meaning']>> = {
  actuals: 'spending',
  rates: 'rate',
  shares: 'share',
  prices: 'price',
};

/** Columns that can have the values, the likely ones first. */
function valueColumns(use: TableUse, facts: readonly ColumnFacts[]): readonly ColumnFacts[] {
  const numbers = facts.filter(({ cells }) => cells === 'number');
  const named = numbers.filter(({ meaning }) => meaning === MEANINGS_OF[use]);
  const all = named.length > 0 ? named : numbers.filter(({ meaning }) => meaning === 'other');
  return all.toSorted((a, b) => Number(isTotal(a.name)) - Number(isTotal(b.name)));
}

/** The columns that tell rows with equal keys apart, each needed. */
function conditionsOf(
  table: PlainTable,
  facts: readonly ColumnFacts[],
  {
    period,
    owner,
    reported,
    value,
    unread,
    quantity,
  }: Omit<TableReading, 'conditions' | 'counted'>,
) {
  const keys = [period, period?.behind, owner, reported].filter((one) => one !== undefined);
  const isKey = new Set(keys.map(({ index }) => index));
  const isOther = ({ index, name }: ColumnFacts) => !isKey.has(index) && !unread?.names.has(name);
  const isFree = (one: ColumnFacts) =>
    isOther(one) && one !== value && (one.cells === 'text' || one.cells === 'period');
  // Whose figure a row has is always told: by `reported` alone, one company would restate another.
  const isSeries = (one: ColumnFacts) =>
    one.cells === 'text' &&
    SERIES.test(one.name) &&
    one.values.filter((text) => !isTotal(text)).length > 1;
  const isMixed = (one: ColumnFacts) => one === quantity && one.values.length > 1;
  const conditions = facts.filter((one) => isMixed(one) || (isFree(one) && isSeries(one)));
  const addNeeded = (rows: PlainTable['rows'], columns: readonly ColumnFacts[]) => {
    const others = columns.filter((one) => !conditions.includes(one));
    if (others.length === 0) return;
    let known = keysWith(rows, [...keys, ...conditions]);
    for (const one of others.toSorted((a, b) => a.values.length - b.values.length)) {
      if (known === rows.length) break;
      const more = keysWith(rows, [...keys, ...conditions, one]);
      if (more > known) conditions.push(one);
      known = Math.max(known, more);
    }
  };
  const isUnit = (one: ColumnFacts) =>
    isOther(one) && (one.cells === 'unit' || one.cells === 'currency');
  if (!facts.some((one) => isFree(one) || isUnit(one))) return conditions;
  const rows = table.rows.filter((row) => !row.some(({ text }) => isTotal(text)));
  addNeeded(rows, facts.filter(isFree));
  // The same figure may stand there in several currencies.
  addNeeded(rows, facts.filter(isUnit));
  // Of a column with one value and a total, the total is to be left out.
  addNeeded(
    table.rows,
    facts.filter((one) => isFree(one) && one.values.some(isTotal)),
  );
  return conditions.toSorted((a, b) => a.index - b.index);
}

const SERIES =
  /company|\bfirm\b|issuer|ticker|buyer|customer|\bitem\b|metric|\bline\b|segment|公司|企业|客户|项目|科目|指标/iu;

function keysWith(rows: PlainTable['rows'], columns: readonly ColumnFacts[]): number {
  return new Set(rows.map((row) => columns.map(({ index }) => row[index]?.text).join('\n'))).size;
}
