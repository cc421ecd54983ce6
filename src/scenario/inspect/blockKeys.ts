/** The keys of the block that reads somebody's table, with a question for what is not certain. */
import { spelledPeriod, type SpelledPeriod } from '../../core/periodSpellings.js';
import { yamlText } from '../../core/outline.js';
import { readPeriodKey } from '../../core/period.js';
import { readDecimal } from '../../core/number/decimal.js';
import { ONE, compare } from '../../core/number/fraction.js';
import { daysIn } from '../../core/number/literal.js';
import { firstOf } from '../../core/text/prose.js';
import { TABLE_SHAPES, type TableShape } from '../../model/tableReference.js';
import { isNotKnown, readUnit } from '../tables/cellUnits.js';
import { unitIn } from '../tables/declaredTable.js';
import type { CsvCell } from '../tables/readCsv.js';
import { columnOf } from '../tables/tableColumns.js';
import { isTotal, meaningOf, type ColumnFacts, type LikelyDecimal } from './columnFacts.js';
import type { PlainTable } from './tableLayout.js';
import { directionKey, namesKey, type BlockKey } from './ownerKeys.js';
import { MEANINGS_OF, valueColumns, type TableReading, type TableUse } from './tableReading.js';

export function blockKeys(
  table: PlainTable,
  facts: readonly ColumnFacts[],
  reading: TableReading,
  decimal: LikelyDecimal,
): readonly BlockKey[] {
  const isOurs = hasOurNames(table, reading);
  const keys = [
    isOurs ? undefined : columnsKey(facts, reading),
    isOurs ? basisKey(reading) : whereKey(reading),
    ...(isOurs && hasOurPeriods(reading) ? [] : labelKeys(table, reading)),
    namesKey(reading),
    headerKey(table),
    decimalKey(decimal),
    unitKey(table, facts, reading),
    reading.use === 'rates' ? directionKey(table) : undefined,
  ];
  return keys.filter((one) => one !== undefined);
}

function decimalKey({ sign, open }: LikelyDecimal): BlockKey | undefined {
  if (open !== undefined) {
    const question = `is \`${open}\` with thousands apart, or with decimals? '.' | ','`;
    return { key: 'decimal', text: "'.'", question };
  }
  return sign === ',' ? { key: 'decimal', text: "','" } : undefined;
}

const SHAPE_OF: Readonly<Record<TableUse, TableShape>> = {
  actuals: TABLE_SHAPES['reported amounts by period'],
  rates: TABLE_SHAPES['rates by currency and period'],
  shares: TABLE_SHAPES['shares by supplier'],
  prices: TABLE_SHAPES['prices by period'],
};

/** Whether all columns have names that the engine knows for what they hold: then nothing has to be said of them. */
function hasOurNames(
  { header, separator }: PlainTable,
  { use, period, conditions }: TableReading,
): boolean {
  const meaning = { labels: undefined, calendar: ANY_CALENDAR, isToDate: false };
  const subject = { ...SHAPE_OF[use], pinned: new Map(), suppliers: new Set<string>(), meaning };
  const ofPeriod = period && columnOf(period.name, subject);
  const isPeriodOurs = !ofPeriod || (ofPeriod.holds === 'key' && ofPeriod.key === 'period');
  const isOurs = ({ text }: CsvCell) => columnOf(text, subject) !== undefined;
  const values = header.filter(({ text }) => {
    const column = columnOf(text, subject);
    return column?.holds === 'value' && column.under === undefined;
  });
  const isOne = conditions.every(isBasis) && !period?.values.some(isTotal);
  return separator === ',' && isPeriodOurs && isOne && values.length < 2 && header.every(isOurs);
}

function isBasis({ name }: ColumnFacts): boolean {
  return /^(?:basis|口径)$/iu.test(name);
}

const ANY_CALENDAR = { endMonth: 12, unit: 'quarter' } as const;

function hasOurPeriods({ period }: TableReading): boolean {
  return period !== undefined && period.values.every((text) => readPeriodKey(text));
}

function basisKey({ conditions }: TableReading): BlockKey | undefined {
  const basis = conditions.find(isBasis);
  if (!basis) return undefined;
  return {
    key: 'basis',
    text: yamlText(basis.values[0]!),
    question: `which basis? ${firstOf(basis.values, ' | ')}`,
  };
}

function columnsKey(
  facts: readonly ColumnFacts[],
  { use, across, period, owner, value, reported }: TableReading,
): BlockKey {
  const isMoney = use === 'actuals' || use === 'prices';
  const unit = isMoney ? facts.find(({ cells }) => cells === 'unit') : undefined;
  const currency = isMoney ? facts.find(({ cells }) => cells === 'currency') : undefined;
  const named: readonly (readonly [string, ColumnFacts | undefined])[] = [
    ['period', period],
    [use === 'rates' ? 'currency' : 'supplier', owner],
    ['currency', currency],
    ['unit', unit],
    ['value', value],
    ['reported', reported],
  ];
  const entries = named.flatMap(([ours, one]) => (one ? [`${ours}: ${yamlText(one.name)}`] : []));
  const others = value ? valueColumns(use, facts).filter((one) => one !== value) : [];
  const question =
    others.length > 0
      ? `which figure is meant? ${firstOf(
          [value!, ...others].map(({ name }) => name),
          ' | ',
        )}`
      : value === undefined && !across
        ? 'no column has numbers alone: which one has the values?'
        : period === undefined && !across && use !== 'shares'
          ? 'no column has periods that can be read: which one has them, and how are they meant?'
          : undefined;
  return {
    key: 'columns',
    text: `{ ${entries.join(', ')} }`.replace('{  }', '{}'),
    ...(question && { question }),
  };
}

function whereKey({ use, period, owner, conditions }: TableReading): BlockKey | undefined {
  const chosen = conditions.map((one) => {
    const others = one.values.filter((text) => !isTotal(text));
    return { one, value: likelyValue(one, use), others };
  });
  const wanted = [
    ...chosen.map(({ one, value }) => `${yamlText(one.name)}: ${yamlText(value)}`),
    ...[period, owner].flatMap((one) => (one ? (withoutTotals(one) ?? []) : [])),
  ];
  if (wanted.length === 0) return undefined;
  const open = chosen.filter(({ others }) => others.length > 1);
  const question = open
    .map(({ one, others }) => `which ${one.name}? ${firstOf(others, ' | ')}`)
    .join('; ');
  return { key: 'where', text: `{ ${wanted.join(', ')} }`, ...(question && { question }) };
}

/** The value of a condition that is proposed: one that is named as the figures are, else the first. */
function likelyValue({ values }: ColumnFacts, use: TableUse): string {
  const own = values.filter((text) => !isTotal(text));
  const likely = own.find((text) => meaningOf(text) === MEANINGS_OF[use]);
  return likely ?? own[0] ?? values[0]!;
}

/** The values of a column that are no totals, as a condition; nothing if it has no totals. */
function withoutTotals({ name, values }: ColumnFacts): string | undefined {
  const own = values.filter((text) => !isTotal(text));
  const isWhole = own.length === values.length;
  return isWhole ? undefined : `${yamlText(name)}: [${own.map(yamlText).join(', ')}]`;
}

/** How labels are meant, and whether amounts are for the year to date. */
function labelKeys(
  { titles, header }: PlainTable,
  { use, across, period, value }: TableReading,
): readonly BlockKey[] {
  const labels = across?.holds === 'period' ? across.names : (period?.values ?? []);
  const spelled = labels.flatMap((text) => spelledPeriod(text) ?? []);
  if (spelled.length === 0) return [];
  const words = [...titles, ...header.map(({ text }) => text)].join(' ');
  const isToDate = spelled.some((one) => one.isToDate === true || one.part === 'half');
  const isSaid = /year[\s-]to[\s-]date|\bytd\b|cumulative|累计/iu.test(
    `${words} ${value?.name ?? ''}`,
  );
  const isMixed = spelled.some((one) => one.part === 'quarter' && !one.isToDate && one.index > 1);
  const cumulative: readonly BlockKey[] =
    use === 'actuals' && ((isToDate && !isMixed) || isSaid)
      ? [
          {
            key: 'cumulative',
            text: 'true',
            question:
              'are the amounts for the year to date? If each is of its own period, delete the line',
          },
        ]
      : [];
  return [labelsKey(spelled, words), ...cumulative];
}

function labelsKey(spelled: readonly SpelledPeriod[], words: string): BlockKey {
  const key = 'labels';
  if (spelled.some(({ part }) => part === 'day')) {
    return spelled.every(isNearMonthEnd)
      ? {
          key,
          text: 'month_end',
          question: 'does a date end its period (month_end), or lie in it (date)?',
        }
      : { key, text: 'date' };
  }
  const says = new Set(spelled.map((one) => one.says));
  if (says.size === 1 && !says.has(undefined)) return { key, text: spelled[0]!.says! };
  if (says.has('fiscal')) return { key, text: 'fiscal' };
  const isFiscal = /fiscal|财年|财政年/iu.test(words);
  return {
    key,
    text: isFiscal ? 'fiscal' : 'calendar',
    question: 'are these periods of the calendar year (calendar) or of the fiscal year (fiscal)?',
  };
}

function isNearMonthEnd({ year, part, index, day = 0 }: SpelledPeriod): boolean {
  return part !== 'day' || day <= 7 || daysIn(year, index) - day <= 7;
}

function headerKey({ headerLines: { first, last }, titles }: PlainTable): BlockKey | undefined {
  const key = 'header';
  if (first < last)
    return { key, text: `${first}-${last}`, question: 'do the names stand on these lines?' };
  return titles.length > 0 ? { key, text: String(last) } : undefined;
}

/** A number without thousands apart and without a unit. */
const DECIMAL = /^\d+(?:[.,]\d+)?$/u;

/** The unit of bare numbers, where neither the name of the column nor the cells give it. */
function unitKey(
  { titles, header }: PlainTable,
  facts: readonly ColumnFacts[],
  { use, value, conditions }: TableReading,
): BlockKey | undefined {
  const key = 'unit';
  const texts = facts.flatMap(({ cells, values }) => (cells === 'number' ? values : []));
  if (use === 'rates') return undefined;
  if (use === 'shares') {
    const isBare = (text: string) =>
      DECIMAL.test(text) && compare(readDecimal(text.replace(',', '.')), ONE) > 0;
    const isHundred = !/%/.test(value?.name ?? '') && texts.some(isBare);
    return isHundred ? { key, text: "'%'" } : undefined;
  }
  const hasColumns = facts.some(({ cells }) => cells === 'unit' || cells === 'currency');
  const isInName = value !== undefined && unitIn(value.name) !== '';
  const known = (value?.values ?? texts).filter((text) => !isNotKnown(text));
  const isInCells = known.some((text) => /[\p{L}\p{Sc}]/u.test(text));
  if (hasColumns || isInName || isInCells) return undefined;
  const rows = conditions.map((one) => likelyValue(one, use));
  const words = [...rows, ...titles, ...header.map(({ text }) => text)];
  const said = words.flatMap((text) => unitsIn(text));
  if (said.length > 0)
    return {
      key,
      text: yamlText(said[0]!),
      question: 'the table says so; is it of these numbers?',
    };
  const parts = value && unitOfWord(value.name);
  if (parts) return { key, text: parts, question: `from the name \`${value.name}\`: is it so?` };
  const question = 'which currency, and which scale (k, m, bn, 亿)? The table does not say it';
  return { key: '# unit', text: 'bn CNY', question };
}

/** Units in a text: `(in RMB millions)`, （单位：亿元）, `US$m`. */
function unitsIn(text: string): readonly string[] {
  const plain = text.normalize('NFKC');
  const inner = [...plain.matchAll(/[([]([^()[\]]+)[)\]]/gu)].map(([, one]) => one!);
  const after = /(?:单位:?|\bin )\s*(.+)$/iu.exec(plain)?.[1];
  return [...inner, ...(after === undefined ? [] : [after])].flatMap((one) => {
    const words = one
      .trim()
      .replace(/^(?:单位:?|in)\s*/iu, '')
      .replace(/[。.]$/u, '');
    const unit = readUnit(words);
    return unit?.currency !== undefined ? [words] : [];
  });
}

/** The unit in the parts of one word: `capex_usd_m` is `m USD`. */
function unitOfWord(name: string): string | undefined {
  const words = name.split(/[_\s-]+/u);
  const units = words.flatMap((word) => readUnit(word) ?? readUnit(word.toUpperCase()) ?? []);
  const currency = units.find((one) => one.currency !== undefined)?.currency;
  const scale = units.find((one) => one.scale !== undefined)?.scale;
  return currency === undefined ? undefined : [scale, currency].filter(Boolean).join(' ');
}
