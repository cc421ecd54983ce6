/** What is odd in the columns and rows of somebody's table, whatever its figures are. */
import { groupBy } from '../../core/group.js';
import { firstOf } from '../../core/text/prose.js';
import { isNotKnown, readNumber } from '../tables/cellUnits.js';
import { isForSeveral, pairsApart } from '../tables/currencyPairs.js';
import { isTotal, type ColumnFacts } from './columnFacts.js';
import { ofSeries } from './figures.js';
import { PERIOD_WORDS } from './namesOfColumns.js';
import { lineOf, type PlainTable } from './tableLayout.js';
import { currencyIn, type TableReading } from './tableReading.js';

const MOST_REMARKS = 5;

export function totalRows({ rows }: PlainTable, facts: readonly ColumnFacts[]): readonly string[] {
  const totals = new Set(facts.flatMap(({ values }) => values.filter(isTotal)));
  if (totals.size === 0) return [];
  const found = rows.filter((row) => row.some(({ text }) => totals.has(text)));
  return found.length > 0
    ? [`rows of totals, in ${linesText(found)}: \`where\` has to leave them out`]
    : [];
}

/** Two columns of one name, under heads of two lines say: neither can be named. */
export function sameNames({ header }: PlainTable): readonly string[] {
  const names = header.map(({ text }) => text).filter(Boolean);
  const twice = new Set(names.filter((name, i) => names.indexOf(name) < i));
  return [...twice].map(
    (name) => `several columns are named \`${name}\`: give them different names`,
  );
}

/** Cells that are empty because the cell above them holds for them, too; a figure may have lost its period. */
export function blankCells(
  { rows }: PlainTable,
  { conditions, owner, period, value }: TableReading,
): readonly string[] {
  const isLost = (row: PlainTable['rows'][number]) =>
    value && period && !isBlank(row, value) && isBlank(row, period);
  const lost = value && period ? rows.filter(isLost) : [];
  const isYear = period?.behind !== undefined;
  return [
    ...(period && lost.length > 0
      ? [
          `nothing in \`${period.name}\` in ${linesText(lost)}: ${isYear ? ABOVE : 'write its period there'}`,
        ]
      : []),
    ...[owner, ...conditions].flatMap((one) => {
      const blank = one ? rows.filter((row) => isBlank(row, one)) : [];
      return one && blank.length > 0
        ? [`nothing in \`${one.name}\` in ${linesText(blank)}: ${ABOVE}`]
        : [];
    }),
  ];
}

const ABOVE = 'if the row above is meant, write its text there';

function isBlank(row: PlainTable['rows'][number], { index }: ColumnFacts): boolean {
  return (row[index]?.text ?? '') === '';
}

/** A table without periods that can be read: `Jan-24` is a month, or a day. */
export function noPeriods(
  facts: readonly ColumnFacts[],
  { use, across, period, unread }: TableReading,
) {
  if (unread) return [];
  const named = period ?? facts.find(({ name }) => PERIOD_WORDS.test(name));
  const isFound = period?.cells === 'period' || across?.holds === 'period' || use === 'shares';
  if (isFound || !named) return [];
  const isSerial = named.values.every((text) => /^[34]\d{4}$/.test(text));
  const remedy = isSerial ? ', days as a spreadsheet counts them: show them there as dates' : '';
  return [`no periods that can be read in \`${named.name}\`: ${firstOf(named.values)}${remedy}`];
}

/** Pairs of currencies that need a direction of their own. */
export function otherPairs(
  facts: readonly ColumnFacts[],
  { use, owner, quantity }: TableReading,
): readonly string[] {
  if (use !== 'rates') return [];
  const names = owner?.values ?? facts.map(({ name }) => name);
  const found = [...pairsApart(names), ...names.filter(isForSeveral)];
  const unknown = names.filter(
    (name) => /^[A-Z]{3}(?:\/?[A-Z]{3})?$/u.test(name) && currencyIn(name) === undefined,
  );
  return [
    ...(quantity && quantity.values.length > 1
      ? [
          `\`${quantity.name}\`: for how many units a rate is: rows of ${firstOf(quantity.values.filter((text) => text !== '1'))} are left out: write \`path\` by currency, theirs with a \`where\` and a \`direction\` of its own`,
        ]
      : []),
    ...(unknown.length > 0 ? [`${firstOf(unknown)}: no currency of ISO 4217, left out`] : []),
    ...(found.length > 0
      ? [
          `${firstOf(found)}: quoted in another way than the others, left out: write \`path\` by currency, each with a \`file\` and a \`direction\` of its own`,
        ]
      : []),
  ];
}

/** A column of definitions in which one company changes over time. */
export function changedDefinitions(
  { rows }: PlainTable,
  facts: readonly ColumnFacts[],
  { period, conditions, owner }: TableReading,
): readonly string[] {
  const definition = facts.find(
    (one) => one.cells === 'text' && DEFINITION.test(one.name) && !conditions.includes(one),
  );
  if (!definition || definition.values.length < 2 || !period) return [];
  const names = [owner, ...conditions].filter((one) => one !== undefined);
  const groups = groupBy(rows, (row) => names.map(({ index }) => row[index]?.text).join(', '));
  return [...groups]
    .flatMap(([name, own]) => {
      const kinds = new Set(own.map((row) => row[definition.index]?.text ?? ''));
      return kinds.size > 1
        ? [`the definition${ofSeries(name)} changes in \`${definition.name}\`: ${firstOf(kinds)}`]
        : [];
    })
    .slice(0, MOST_REMARKS);
}

const DEFINITION = /definition|basis|kind|type|scope|method|口径|定义|范围/iu;

export function growthColumns(facts: readonly ColumnFacts[]): readonly string[] {
  const found = facts
    .filter(({ meaning }) => meaning === 'growth')
    .map(({ name }) => `\`${name}\``);
  return found.length > 0 ? [`${firstOf(found)}: growth, which is passed over`] : [];
}

export function severalFigures({ value, others }: TableReading): readonly string[] {
  const all = value ? [value, ...others] : [];
  return all.length > 1
    ? [`several columns may be the figure: ${firstOf(all.map(({ name }) => `\`${name}\``))}`]
    : [];
}

/** Cells of the column of values that are no number. */
export function unreadCells(
  { rows }: PlainTable,
  facts: readonly ColumnFacts[],
  { value }: TableReading,
  decimal: '.' | ',',
): readonly string[] {
  if (!value || facts.length === 0) return [];
  const textOf = (row: (typeof rows)[number]) => row[value.index]?.text ?? '';
  const odd = rows.filter((row) => {
    const text = textOf(row);
    return text !== '' && !isNotKnown(text) && !readNumber(text, decimal);
  });
  const said = odd.map((row) => `\`${textOf(row)}\` (line ${lineOf(row)})`);
  return odd.length > 0 ? [`no number in \`${value.name}\`: ${firstOf(said)}`] : [];
}

/** Numbers among words behind the columns of periods, in rows with an empty period: their cells are shifted. */
export function shiftedCells(
  { rows }: PlainTable,
  facts: readonly ColumnFacts[],
  { across }: TableReading,
  decimal: '.' | ',',
): readonly string[] {
  if (across?.holds !== 'period') return [];
  const periods = facts.filter(({ name }) => across.names.includes(name));
  const last = periods.at(-1)!;
  const ofWords = facts.filter(
    ({ index, name, cells }) => index > last.index && (cells === 'text' || NOTES.test(name)),
  );
  return ofWords.flatMap((one) => {
    const isNumber = (text: string) => !isNotKnown(text) && readNumber(text, decimal) !== undefined;
    const found = rows.filter((row) => {
      const hasGap = !isBlank(row, last) && periods.some((period) => isBlank(row, period));
      return hasGap && isNumber(row[one.index]?.text ?? '');
    });
    return found.length > 0
      ? [
          `a number in \`${one.name}\`, and an empty cell before it, in ${linesText(found)}: are the cells of the row shifted by one?`,
        ]
      : [];
  });
}

/** Names of columns of words. */
const NOTES = /\bnotes?\b|comment|remark|source|备注|備註|附注|附註|说明|說明|来源|來源/iu;

export function linesText(rows: PlainTable['rows']): string {
  return `${new Set(rows).size === 1 ? 'line' : 'lines'} ${firstOf(new Set(rows.map((row) => String(lineOf(row)))))}`;
}
