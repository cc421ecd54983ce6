/** Somebody's table in our words: its columns, rows and labels as the scenario says that they are meant. */
import { currencyNamed } from '../../core/number/suggestions.js';
import { printDate } from '../../core/period.js';
import { spelledPeriod } from '../../core/periodSpellings.js';
import { remembered } from '../../core/remembered.js';
import { success, type Result } from '../../core/result.js';
import { nearest, type Problem } from '../../core/text/diagnostic.js';
import type { TableText } from '../../model/tableReference.js';
import type { ProblemList, TextReporter } from '../reporter.js';
import { isNotKnown } from './cellUnits.js';
import { pairIn, pairProblem } from './currencyPairs.js';
import {
  keptColumns,
  ourName,
  type Content,
  type DeclaredContext,
  type KeptColumn,
} from './keptColumns.js';
import { areInWidth } from './otherForms.js';
import { keyOfLabel } from './periodLabels.js';
import type { CsvCell, CsvGrid, CsvLayout } from './readCsv.js';
import { conditionsOf, isFootnote, plainName, rowsThatMeet } from './tableConditions.js';

/** What the scenario says of the layout of a table. */
export function layoutOf(table: TableText): CsvLayout {
  const { columns, where, labels, names, header, decimal } = table;
  const theirs = [...Object.values(columns ?? {}).flat(), ...(names?.values() ?? [])];
  const known = new Set(
    [...theirs.map(({ text }) => text), ...(where?.keys() ?? [])].map(plainName),
  );
  // A table with a column for each period has no names that the scenario gives.
  const isName = (text: string) => known.has(text) || spelledPeriod(text) !== undefined;
  return {
    ...((columns ?? where ?? labels ?? names) && { isName }),
    decimal: decimal?.value,
    header: header?.value,
  };
}

/**
 * A table with our names of columns, periods, suppliers and currencies, of the rows that count. A cell
 * keeps its place. What the scenario says and the table does not have is reported.
 *
 * @returns the grid itself if the scenario says nothing about it; nothing if a column is missing
 */
export function declaredTable(grid: CsvGrid, context: DeclaredContext): CsvGrid | undefined {
  const { columns, where, labels, names } = context.table;
  if (!columns && !where && !labels && !names) return grid;
  const conditions = conditionsOf(grid, context.table, context.problems);
  const kept = keptColumns(grid, conditions, context);
  if (!conditions || !kept) return undefined;
  if (kept.length === 0) {
    const { start, end } = grid.header[0]!.span;
    context.csv.fail('csv-column', start, end, NOTHING_KEPT);
    return undefined;
  }
  checkNames(grid, kept, context);
  warnOfNameless(grid, context.problems);
  const counted = rowsThatMeet(grid, conditions, context.problems);
  if (!counted) return undefined;
  const rows = counted.filter((row) => !isFootnote(row));
  if (!areInWidth({ ...grid, rows }, context.csv)) return undefined;
  const keyIndices = new Set(
    kept.filter(({ holds }) => holds !== 'other').map(({ index }) => index),
  );
  const isSum = context.subject.value === 'amount';
  const partColumns = conditions
    .filter(({ wanted, index }) => isSum && wanted.length > 1 && !keyIndices.has(index))
    .map(({ index }) => index);
  const texts = ourTexts(context);
  const readers = kept.map(({ index, others, holds }) => ({ index, others, oursOf: texts[holds] }));
  return {
    source: grid.source,
    header: kept.map(({ header }) => header),
    rows: rows.map((row) =>
      readers.map(({ index, others, oursOf }) =>
        ourCell(others ? joinedCell(row, [index, ...others]) : row[index]!, oursOf, context.csv),
      ),
    ),
    ...(partColumns.length > 0 && {
      parts: rows.map((row) => partColumns.map((index) => row[index]!.text).join(', ')),
    }),
  };
}

const NOTHING_KEPT = {
  message: 'no column of this table is named, and none is for one period, currency or supplier',
  hint: 'name them beside `file`: columns: { period: …, value: … }',
};

/** Reports names that the table does not have, and pairs of currencies for which one direction is not true. */
function checkNames(
  { header, rows }: CsvGrid,
  kept: readonly KeptColumn[],
  { table: { names, direction }, problems }: DeclaredContext,
): void {
  if (!names) return;
  const owners = kept.filter(({ holds }) => holds === 'supplier' || holds === 'currency');
  const cells = owners.flatMap(({ index }) => rows.map((row) => row[index]!.text));
  const known = new Set([...header.map(({ text }) => text), ...cells]);
  for (const { text, span } of names.values()) {
    if (known.has(plainName(text))) continue;
    const meant = nearest(text, known);
    problems.error('name-unknown', span, {
      message: `the table does not have the name \`${text}\``,
      hint: meant === undefined ? 'write the name as it stands in the table' : `write \`${meant}\``,
    });
  }
  const pairs = [...names].flatMap(([code, { text }]) => {
    const pair = pairIn(text);
    return pair ? [[code, pair] as const] : [];
  });
  const problem = direction && pairProblem(pairs, direction.value);
  if (problem) problems.error('currency-mismatch', direction.span, problem);
}

/** The texts of several columns as one: `2024` and `Q1` are `2024 Q1`. */
function joinedCell(row: readonly CsvCell[], indices: readonly number[]): CsvCell {
  const texts = indices.map((index) => row[index]!.text).filter((text) => text !== '');
  return { ...row[indices[0]!]!, text: texts.join(' ') };
}

/** A column without a name, with numbers: often the names stand one column beside their numbers. */
function warnOfNameless({ header, rows }: CsvGrid, problems: ProblemList): void {
  const index = header.findIndex(
    ({ text }, i) => i > 0 && text === '' && rows.some((row) => /\d/.test(row[i]!.text)),
  );
  if (index < 0) return;
  problems.warn('csv-empty', header[index]!.span, {
    message: 'a column without a name has numbers, which are passed over',
    found: rows.find((row) => /\d/.test(row[index]!.text))![index]!.text,
    hint: 'check that every name stands above its numbers',
  });
}

/** A day as the scenario writes it; the text itself if it is no day, or can be two. */
function plainDay(text: string): string {
  const spelled = spelledPeriod(text);
  if (spelled?.day === undefined) return text;
  const { year, index: month, day } = spelled;
  return printDate({ year, month, day });
}

/** Turns a text of the table into ours: a name, a period key, a day. */
type TextReader = (text: string) => Result<string, Problem>;

/** A cell with our text; a label that has none is reported. */
function ourCell(cell: CsvCell, oursOf: TextReader, csv: TextReporter): CsvCell {
  const { text, span } = cell;
  const ours = oursOf(text);
  if (ours.ok) return ours.value === text ? cell : { text: ours.value, span };
  csv.fail('period-key', span.start, span.end, ours.diagnostics);
  return { ...cell, isReported: true };
}

/** How the texts of each kind of column become ours. A text that says that nothing is known becomes empty. */
function ourTexts({ table, subject }: DeclaredContext): Readonly<Record<Content, TextReader>> {
  const ifKnown = (read: TextReader) => (text: string) =>
    text === '' || isNotKnown(text) ? NO_TEXT : read(text);
  const each = (read: TextReader) => remembered(ifKnown(read));
  return {
    supplier: each((text) => success(ourName(text, table))),
    currency: each((text) => success(currencyNamed(text) ?? ourName(text, table))),
    day: each((text) => success(plainDay(text))),
    period: each((text) => (table.labels ? keyOfLabel(text, subject.meaning) : success(text))),
    other: ifKnown(success),
  };
}

const NO_TEXT = success('');
