/** The columns of somebody's table that count, and what each of them is in our words. */
import { spelledPeriod } from '../../core/periodSpellings.js';
import type { Problem } from '../../core/text/diagnostic.js';
import type { Located } from '../../model/field.js';
import type { TableColumnName, TableText } from '../../model/tableReference.js';
import type { ProblemList, TextReporter } from '../reporter.js';
import { NO_UNIT, readUnit } from './cellUnits.js';
import { pairIn } from './currencyPairs.js';
import { keyOfLabel } from './periodLabels.js';
import type { CsvCell, CsvGrid } from './readCsv.js';
import { columnOf, type TableSubject } from './tableColumns.js';
import { columnAt, type RowCondition } from './tableConditions.js';

/** What is needed to read a table that was not made for us. */
export interface DeclaredContext {
  readonly subject: TableSubject;
  readonly table: TableText;
  readonly csv: TextReporter;
  readonly problems: ProblemList;
}

/** What the cells of a column are, where they are not kept as they stand. */
export type Content = 'period' | 'supplier' | 'currency' | 'day' | 'other';

/** A column that is kept, and its name in our words. */
export interface KeptColumn {
  readonly index: number;
  /** Where several columns are read as one: the others. */
  readonly others?: readonly number[];
  readonly header: CsvCell;
  readonly holds: Content;
}

/** The columns that count, in the order of the table; nothing if one that is named is missing. */
export function keptColumns(
  { header }: CsvGrid,
  conditions: readonly RowCondition[] | undefined,
  context: DeclaredContext,
): readonly KeptColumn[] | undefined {
  const { table, problems } = context;
  const named = new Map<number, TableColumnName>();
  const entries = Object.entries(table.columns ?? {}) as [TableColumnName, Located<string>[]][];
  const places = entries.map(([ours, theirs]) =>
    theirs.flatMap((one) => {
      const index = columnAt(header, one, problems);
      if (index === undefined) return [];
      if (named.has(index)) problems.error('csv-column', one.span, namedTwice(one.text));
      else named.set(index, ours);
      return [index];
    }),
  );
  if (named.size < entries.flatMap(([, theirs]) => theirs).length) return undefined;
  const values = table.columns?.value ?? [];
  const isTall = values.length === 1;
  const listed = isTall ? [] : header.filter((_, index) => named.get(index) === 'value');
  const odd = listed.filter((cell) => !acrossHeader(cell, context));
  for (const cell of odd)
    context.csv.fail('csv-column', cell.span.start, cell.span.end, noneAcross(cell, context));
  if (odd.length > 0) return undefined;
  const isConditional = (index: number) => conditions?.some((one) => one.index === index);
  return header.flatMap((cell, index): readonly KeptColumn[] => {
    const ours = named.get(index);
    const isOneOfValues = ours === 'value' && !isTall;
    if (ours !== undefined && !isOneOfValues) {
      const [first, ...others] = places.find((one) => one.includes(index))!;
      const own = { index, header: renamed(cell, ours, context.subject), holds: heldBy(ours) };
      if (first !== index) return [];
      return [others.length > 0 ? { ...own, others } : own];
    }
    const across =
      isTall || (values.length > 0 && !isOneOfValues) ? undefined : acrossHeader(cell, context);
    if (across) return [{ index, header: across, holds: 'other' }];
    if (values.length === 0 && table.columns && /\d\d/.test(cell.text) && !pairIn(cell.text))
      warnOfPeriod(cell, context);
    if (table.columns || isConditional(index)) return [];
    const column = columnOf(cell.text, context.subject);
    return [{ index, header: cell, holds: column?.holds === 'key' ? heldBy(column.key) : 'other' }];
  });
}

/** In a table with a column for each period, a misspelt period would be lost without a word. */
function warnOfPeriod(
  { text, span }: CsvCell,
  { table, subject, problems }: DeclaredContext,
): void {
  const key = table.labels && keyOfLabel(text, subject.meaning);
  const isPeriod = key && !key.ok && spelledPeriod(text) !== undefined;
  problems.warn('csv-empty', span, {
    message: `the column \`${text}\` gives no value`,
    found: isPeriod ? key.diagnostics.message : 'a name that is no period, and has a number in it',
    hint: isPeriod
      ? 'if it is not meant, it needs no change'
      : 'if it is a period, say by `labels` how it is meant; else it needs no change',
  });
}

/** Why one of several columns of values cannot be read. */
function noneAcross({ text }: CsvCell, { table, subject }: DeclaredContext): Problem {
  const key = keyOfLabel(text, subject.meaning);
  if (table.labels && !key.ok && spelledPeriod(text)) return key.diagnostics;
  return {
    message: `\`${text}\` is named beside other columns of values, and is no period, currency or supplier`,
    hint: 'name one column alone, or say by `labels` or `names` what each is of',
  };
}

function heldBy(name: string): Content {
  if (name === 'reported' || name === 'date') return 'day';
  return name === 'period' || name === 'supplier' || name === 'currency' ? name : 'other';
}

function namedTwice(name: string) {
  return { message: `\`${name}\` is named twice`, hint: 'name a column of the table once' };
}

/** Our name for a column, with the unit that their name gives: `Capex (US$m)` is `value (US$m)`. */
function renamed({ text, span }: CsvCell, ours: TableColumnName, { value }: TableSubject): CsvCell {
  // Of a rate `direction` says it: `Units per CNY`.
  const unit = ours === 'value' && value !== 'rate' ? unitIn(text, value === 'price') : '';
  return { text: unit === '' ? ours : `${ours} (${unit})`, span };
}

/** What a price is for. */
const PER_UNIT =
  /\s*(?:\/|\bper )\s*(?:unit|piece|pcs?|server|module|card|chip|GPU|[台只个個颗顆块塊件支])(?=[)\]]?$)/iu;

/**
 * The unit at the end of a name; empty if it has none that is certain: `capex_usd_m` has none.
 *
 * @param isPrice whether it may say what it is for: `US$/unit`
 */
export function unitIn(text: string, isPrice = false): string {
  const whole = text.normalize('NFKC').trim();
  const plain = isPrice ? whole.replace(PER_UNIT, '') : whole;
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
export function ourName(text: string, { names }: TableText): string {
  const found = [...(names ?? [])].find(([, theirs]) => theirs.text.normalize('NFC') === text);
  return found?.[0] ?? text;
}
