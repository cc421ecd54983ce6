/** Somebody's table in our words: its columns, rows and labels as the scenario says that they are meant. */
import { currencyNamed } from '../../core/number/suggestions.js';
import { printDate } from '../../core/period.js';
import { spelledPeriod } from '../../core/periodSpellings.js';
import { remembered } from '../../core/remembered.js';
import { success, type Result } from '../../core/result.js';
import { nearest, type Problem } from '../../core/text/diagnostic.js';
import type { TableColumnName, TableText } from '../../model/tableReference.js';
import type { ProblemList, TextReporter } from '../reporter.js';
import { NO_UNIT, isNotKnown, readUnit } from './cellUnits.js';
import { pairIn, pairProblem } from './currencyPairs.js';
import { areInWidth } from './otherForms.js';
import { keyOfLabel } from './periodLabels.js';
import type { CsvCell, CsvGrid, CsvLayout } from './readCsv.js';
import { columnOf, type TableSubject } from './tableColumns.js';
import {
  columnAt,
  conditionsOf,
  isFootnote,
  plainName,
  rowsThatMeet,
  type RowCondition,
} from './tableConditions.js';

/** What is needed to read a table that was not made for us. */
export interface DeclaredContext {
  readonly subject: TableSubject;
  readonly table: TableText;
  readonly csv: TextReporter;
  readonly problems: ProblemList;
}

/** What the scenario says of the layout of a table. */
export function layoutOf(table: TableText): CsvLayout {
  const { columns, where, labels, names, header, decimal } = table;
  const theirs = [...Object.values(columns ?? {}), ...(names?.values() ?? [])];
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

/** What the cells of a column are, where they are not kept as they stand. */
type Content = 'period' | 'supplier' | 'currency' | 'day' | 'other';

/** A column that is kept, and its name in our words. */
interface KeptColumn {
  readonly index: number;
  readonly header: CsvCell;
  readonly holds: Content;
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
  const readers = kept.map(({ index, holds }) => ({ index, oursOf: texts[holds] }));
  return {
    source: grid.source,
    header: kept.map(({ header }) => header),
    rows: rows.map((row) =>
      readers.map(({ index, oursOf }) => ourCell(row[index]!, oursOf, context.csv)),
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

/** The columns that count, in the order of the table; nothing if one that is named is missing. */
function keptColumns(
  { header }: CsvGrid,
  conditions: readonly RowCondition[] | undefined,
  context: DeclaredContext,
): readonly KeptColumn[] | undefined {
  const { table, problems } = context;
  const named = new Map<number, TableColumnName>();
  for (const [ours, theirs] of Object.entries(table.columns ?? {})) {
    const index = columnAt(header, theirs, problems);
    if (index === undefined) continue;
    if (named.has(index)) problems.error('csv-column', theirs.span, namedTwice(theirs.text));
    else named.set(index, ours as TableColumnName);
  }
  if (named.size < Object.keys(table.columns ?? {}).length) return undefined;
  const isTall = table.columns?.value !== undefined;
  const isConditional = (index: number) => conditions?.some((one) => one.index === index);
  return header.flatMap((cell, index): readonly KeptColumn[] => {
    const ours = named.get(index);
    if (ours !== undefined) return [{ index, header: renamed(cell, ours), holds: heldBy(ours) }];
    const across = isTall ? undefined : acrossHeader(cell, context);
    if (across) return [{ index, header: across, holds: 'other' }];
    if (!isTall && table.columns && /\d\d/.test(cell.text)) warnOfPeriod(cell, problems);
    if (table.columns || isConditional(index)) return [];
    const column = columnOf(cell.text, context.subject);
    return [{ index, header: cell, holds: column?.holds === 'key' ? heldBy(column.key) : 'other' }];
  });
}

/** In a table with a column for each period, a misspelt period would be lost without a word. */
function warnOfPeriod({ text, span }: CsvCell, problems: ProblemList): void {
  problems.warn('csv-empty', span, {
    message: `the column \`${text}\` gives no value`,
    found: 'a name that is no period, and has a number in it',
    hint: 'if it is a period, say by `labels` how it is meant; else it needs no change',
  });
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

function heldBy(name: string): Content {
  if (name === 'reported' || name === 'date') return 'day';
  return name === 'period' || name === 'supplier' || name === 'currency' ? name : 'other';
}

function namedTwice(name: string) {
  return { message: `\`${name}\` is named twice`, hint: 'name a column of the table once' };
}

/** Our name for a column, with the unit that their name gives: `Capex (US$m)` is `value (US$m)`. */
function renamed({ text, span }: CsvCell, ours: TableColumnName): CsvCell {
  const unit = ours === 'value' ? unitIn(text) : '';
  return { text: unit === '' ? ours : `${ours} (${unit})`, span };
}

/** The unit at the end of a name; empty if it has none that is certain: `capex_usd_m` has none. */
export function unitIn(text: string): string {
  const plain = text.normalize('NFKC').trim();
  const [, inner] = /[([]([^()[\]]+)[)\]]$/u.exec(plain) ?? [];
  if (inner !== undefined) return isUnit(inner) ? inner : '';
  const words = plain.split(/[\s,:]+/u);
  const endings = words.map((_, i) => words.slice(i).join(' '));
  return endings.find(isUnit) ?? '';
}

function isUnit(text: string): boolean {
  const unit = readUnit(text);
  return unit !== undefined && unit !== NO_UNIT;
}

/** A header that is a period, a currency or a supplier, in our spelling; nothing for other headers. */
function acrossHeader(cell: CsvCell, context: DeclaredContext): CsvCell | undefined {
  const { subject, table } = context;
  const name = ourName(cell.text, table);
  if (subject.suppliers.has(name)) return { text: name, span: cell.span };
  const key = table.labels && keyOfLabel(cell.text, subject.meaning);
  if (key?.ok) return { text: key.value, span: cell.span };
  const column = columnOf(name, subject);
  const isAcross = column?.holds === 'value' && column.under !== undefined;
  return isAcross ? { text: name, span: cell.span } : undefined;
}

/** A day as the scenario writes it; the text itself if it is no day, or can be two. */
function plainDay(text: string): string {
  const spelled = spelledPeriod(text);
  if (spelled?.day === undefined) return text;
  const { year, index: month, day } = spelled;
  return printDate({ year, month, day });
}

/** Our name for a name of the table; the name itself if the scenario says nothing about it. */
function ourName(text: string, { names }: TableText): string {
  const found = [...(names ?? [])].find(([, theirs]) => theirs.text.normalize('NFC') === text);
  return found?.[0] ?? text;
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
