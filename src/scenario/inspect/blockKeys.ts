/** The keys of the block that reads somebody's table, with a question for what is not certain. */
import type { SpelledPeriod } from '../../core/periodSpellings.js';
import { yamlText } from '../../core/outline.js';
import { readPeriodKey } from '../../core/period.js';
import { daysIn } from '../../core/number/literal.js';
import { firstOf } from '../../core/text/prose.js';
import { TABLE_SHAPES, type TableShape } from '../../model/tableReference.js';
import type { CsvCell } from '../tables/readCsv.js';
import { columnOf } from '../tables/tableColumns.js';
import type { ColumnFacts, LikelyDecimal } from './columnFacts.js';
import { halvesAlone } from './countedLabels.js';
import type { PlainTable } from './tableLayout.js';
import { directionKey, namesKey, type BlockKey } from './ownerKeys.js';
import type { TableReading, TableUse } from './tableReading.js';
import { unitKey } from './unitKey.js';
import { outflowsKey, whereKey } from './whereKey.js';

export function blockKeys(
  table: PlainTable,
  facts: readonly ColumnFacts[],
  reading: TableReading,
  decimal: LikelyDecimal,
): readonly BlockKey[] {
  const isOurs = hasOurNames(table, reading);
  const keys = [
    isOurs ? undefined : columnsKey(facts, reading),
    isOurs ? basisKey(facts) : whereKey(reading),
    ...(isOurs && hasOurPeriods(reading) ? [] : labelKeys(table, reading)),
    namesKey(reading),
    headerKey(table),
    decimalKey(decimal),
    unitKey(table, facts, reading),
    outflowsKey(table, facts, reading, decimal.sign),
    reading.use === 'rates' ? directionKey(table, reading) : undefined,
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
  { use, period, conditions, counted }: TableReading,
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
  const isWhole = period === undefined || period.values.every((text) => counted.has(text));
  const isOne = conditions.every(isBasis) && isWhole && !period?.behind;
  return separator === ',' && isPeriodOurs && isOne && values.length < 2 && header.every(isOurs);
}

function isBasis({ name }: ColumnFacts): boolean {
  return /^(?:basis|口径)$/iu.test(name);
}

const ANY_CALENDAR = { endMonth: 12, unit: 'quarter' } as const;

function hasOurPeriods({ period }: TableReading): boolean {
  return period !== undefined && period.values.every((text) => readPeriodKey(text));
}

function basisKey(facts: readonly ColumnFacts[]): BlockKey | undefined {
  const basis = facts.find((one) => isBasis(one) && one.values.length > 1);
  if (!basis) return undefined;
  return {
    key: 'basis',
    text: yamlText(basis.values[0]!),
    question: `which basis? ${firstOf(basis.values, ' | ')}`,
  };
}

function columnsKey(facts: readonly ColumnFacts[], reading: TableReading): BlockKey {
  const { use, across, period, owner, value, reported, counted } = reading;
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
  const entries = named.flatMap(([ours, one]) => (one ? [`${ours}: ${namesOf(one)}`] : []));
  const isPart =
    across?.holds === 'period' && counted.size > 1 && counted.size < across.names.length;
  if (isPart) entries.push(`value: [${[...counted.keys()].map(yamlText).join(', ')}]`);
  const question = columnsQuestion(reading, isPart);
  return {
    key: 'columns',
    text: `{ ${entries.join(', ')} }`.replace('{  }', '{}'),
    ...(question && { question }),
  };
}

/** What is not certain of the columns: the first thing that an answer is needed for. */
function columnsQuestion(
  { use, across, period, value, others, unread, counted }: TableReading,
  isPart: boolean,
): string | undefined {
  if (value && others.length > 0) {
    const names = [value, ...others].map(({ name }) => name);
    return `which figure is meant? ${firstOf(names, ' | ')}`;
  }
  if (!value && !across && unread)
    return 'the figures are not read as they stand: look above for what to change in the table';
  if (!value && !across) return 'no column has numbers alone: which one has the values?';
  if (!period && !across && use !== 'shares')
    return 'no column has periods that can be read: which one has them, and how are they meant?';
  if (period && period.cells !== 'period')
    return 'its periods cannot be read: write them as 2024-09-30, 2024-09 or 2024Q3';
  if (!isPart) return undefined;
  const out = (across?.names ?? []).filter((name) => !counted.has(name));
  return `left out: ${firstOf(out)}; is it so?`;
}

/** One name, or those of two columns that are read as one; the part is behind its year where that can be read. */
function namesOf({ name, behind }: ColumnFacts): string {
  return behind ? `[${yamlText(name)}, ${yamlText(behind.name)}]` : yamlText(name);
}

/** How labels are meant, and whether amounts are for the year to date. */
function labelKeys(
  { titles, header }: PlainTable,
  { use, value, counted }: TableReading,
): readonly BlockKey[] {
  const spelled = [...counted.values()];
  if (spelled.length === 0) return [];
  const words = [...titles, ...header.map(({ text }) => text)].join(' ');
  const isToDate = spelled.some((one) => one.isToDate === true || one.part === 'half');
  const isSaid = /year[\s-]to[\s-]date|\bytd\b|cumulative|累计/iu.test(
    `${words} ${value?.name ?? ''}`,
  );
  const isMixed =
    spelled.some((one) => one.part === 'quarter' && !one.isToDate && one.index > 1) ||
    halvesAlone(counted).length > 0;
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
    if (spelled.every(({ day }) => day === 1)) {
      const question =
        'does a date lie in its period (date), or end the one before it (month_end)?';
      return { key, text: 'date', question };
    }
    return spelled.every(isNearMonthEnd)
      ? {
          key,
          text: 'month_end',
          question: 'does a date end its period (month_end), or lie in it (date)?',
        }
      : { key, text: 'date' };
  }
  if (spelled.every(({ part }) => part === 'month') && areEndsOfQuarters(spelled)) {
    const question = 'does a month end its quarter (month_end), or stand for itself (calendar)?';
    return { key, text: 'month_end', question };
  }
  const says = new Set(spelled.map((one) => one.says));
  if (says.size === 1 && !says.has(undefined)) return { key, text: spelled[0]!.says! };
  const isFiscal = says.has('fiscal') || /fiscal|\bFYE?\b|财年|财政年/iu.test(words);
  return {
    key,
    text: isFiscal ? 'fiscal' : 'calendar',
    question: 'are these periods of the calendar year (calendar) or of the fiscal year (fiscal)?',
  };
}

/** Whether months are three apart, or more. */
function areEndsOfQuarters(months: readonly SpelledPeriod[]): boolean {
  const inYear = new Set(months.map(({ index }) => index));
  return inYear.size > 1 && new Set([...inYear].map((month) => month % 3)).size === 1;
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
