/** Somebody's table in our words: its columns, rows and labels as the scenario says that they are meant. */
import { currencyNamed } from '../../core/number/suggestions.js';
import { nearest } from '../../core/text/diagnostic.js';
import { firstOf } from '../../core/text/prose.js';
import type { Located } from '../../model/field.js';
import type { TableColumnName, TableText } from '../../model/tableReference.js';
import type { ProblemList, TextReporter } from '../reporter.js';
import { NO_UNIT, isNotKnown, readUnit } from './cellUnits.js';
import { keyOfLabel } from './periodLabels.js';
import type { CsvCell, CsvGrid, CsvLayout } from './readCsv.js';
import { columnOf, type TableSubject } from './tableColumns.js';

/** What is needed to read a table that was not made for us. */
export interface DeclaredContext {
  readonly subject: TableSubject;
  readonly table: TableText;
  readonly csv: TextReporter;
  readonly problems: ProblemList;
}

/** What the scenario says of the layout of a table. */
export function layoutOf({ columns, where, header, decimal }: TableText): CsvLayout {
  return {
    names: [
      ...Object.values(columns ?? {}).map(({ text }) => plainName(text)),
      ...[...(where?.keys() ?? [])].map(plainName),
    ],
    decimal: decimal?.value,
    header: header?.value,
  };
}

/** A column that is kept, and its name in our words. */
interface KeptColumn {
  readonly index: number;
  readonly header: CsvCell;
  /** Whether its cells are labels of periods, or names of suppliers and currencies. */
  readonly holds: 'period' | 'name' | 'other';
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
  const conditions = conditionsOf(grid, context);
  const kept = keptColumns(grid, conditions, context);
  if (!conditions || !kept) return undefined;
  const counted = rowsThatMeet(grid, conditions, context);
  if (!counted) return undefined;
  const rows = counted.filter((row) => !isFootnote(row));
  const keyIndices = new Set(
    kept.filter(({ holds }) => holds !== 'other').map(({ index }) => index),
  );
  const isSum = context.subject.value === 'amount';
  const partColumns = conditions
    .filter(({ wanted, index }) => isSum && wanted.length > 1 && !keyIndices.has(index))
    .map(({ index }) => index);
  return {
    source: grid.source,
    header: kept.map(({ header }) => header),
    rows: rows.map((row) => kept.map((column) => oursOf(row[column.index]!, column, context))),
    ...(partColumns.length > 0 && {
      parts: rows.map((row) => partColumns.map((index) => row[index]!.text).join(', ')),
    }),
  };
}

/** A condition on a column: what the rows that count have in it. */
interface Condition {
  readonly index: number;
  readonly wanted: readonly Located<string>[];
}

function conditionsOf(
  { header }: CsvGrid,
  { table, problems }: DeclaredContext,
): readonly Condition[] | undefined {
  const found: Condition[] = [];
  for (const [name, wanted] of table.where ?? []) {
    const index = indexOf(header, name);
    if (index >= 0) found.push({ index, wanted });
    else problems.error('name-unknown', wanted[0]!.span, missing(name, header));
  }
  return found.length === (table.where?.size ?? 0) ? found : undefined;
}

function indexOf(header: readonly CsvCell[], name: string): number {
  return header.findIndex(({ text }) => text === plainName(name));
}

/** A name as cells have it. */
function plainName(name: string): string {
  return name.normalize('NFC').trim();
}

function missing(name: string, header: readonly CsvCell[]) {
  const names = header.map(({ text }) => text).filter((text) => text !== '');
  const meant = nearest(name, names);
  return {
    message: `the table has no column \`${name}\``,
    expected: `one of its columns: ${firstOf(new Set(names))}`,
    hint: meant === undefined ? 'write the name as it stands in the table' : `write \`${meant}\``,
  };
}

/** The rows that have what the conditions ask for; nothing if no row has a value that is asked for. */
function rowsThatMeet(
  { rows }: CsvGrid,
  conditions: readonly Condition[],
  { problems }: DeclaredContext,
): CsvGrid['rows'] | undefined {
  let isGood = true;
  for (const { index, wanted } of conditions) {
    const values = new Set(rows.map((row) => row[index]!.text));
    for (const { value, span } of wanted) {
      if (values.has(value)) continue;
      isGood = false;
      const meant = nearest(value, values);
      problems.error('name-unknown', span, {
        message: `no row has \`${value}\` in this column`,
        found: `the column has ${firstOf(values)}`,
        hint: meant === undefined ? 'write one of these' : `write \`${meant}\``,
      });
    }
  }
  if (!isGood) return undefined;
  return rows.filter((row) =>
    conditions.every(({ index, wanted }) => wanted.some(({ value }) => value === row[index]!.text)),
  );
}

/** A line of words below a table, such as its source: one cell that is no number. */
export function isFootnote(row: readonly CsvCell[]): boolean {
  const [only, ...others] = row.filter(({ text }) => text !== '');
  return only !== undefined && others.length === 0 && !/^[-+(]?[\p{Sc}\d]/u.test(only.text);
}

/** The columns that count, in the order of the table; nothing if one that is named is missing. */
function keptColumns(
  { header }: CsvGrid,
  conditions: readonly Condition[] | undefined,
  context: DeclaredContext,
): readonly KeptColumn[] | undefined {
  const { table, problems } = context;
  const named = new Map<number, TableColumnName>();
  for (const [ours, theirs] of Object.entries(table.columns ?? {})) {
    const index = indexOf(header, theirs.text.trim());
    if (index < 0) problems.error('name-unknown', theirs.span, missing(theirs.text, header));
    else if (named.has(index)) problems.error('csv-column', theirs.span, namedTwice(theirs.text));
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

function heldBy(name: string): KeptColumn['holds'] {
  if (name === 'period') return 'period';
  return name === 'supplier' || name === 'currency' ? 'name' : 'other';
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

/** Our name for a name of the table; the name itself if the scenario says nothing about it. */
function ourName(text: string, { names }: TableText): string {
  const found = [...(names ?? [])].find(([, theirs]) => theirs.text.normalize('NFC') === text);
  return found?.[0] ?? text;
}

/** A cell with our name or our period key; a label that has none is reported. */
function oursOf(cell: CsvCell, { holds }: KeptColumn, context: DeclaredContext): CsvCell {
  const { text, span } = cell;
  const { subject, table, csv } = context;
  if (isNotKnown(text)) return { text: '', span };
  if (holds === 'other' || text === '') return cell;
  if (holds === 'name') return { text: currencyNamed(text) ?? ourName(text, table), span };
  if (!table.labels) return cell;
  const key = keyOfLabel(text, subject.meaning);
  if (key.ok) return { text: key.value, span };
  csv.fail('period-key', span.start, span.end, key.diagnostics);
  return { ...cell, isReported: true };
}
