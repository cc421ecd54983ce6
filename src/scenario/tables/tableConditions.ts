/** The rows of somebody's table that count: what they have in their columns, by `where`. */
import { spelledPeriod } from '../../core/periodSpellings.js';
import { nearest } from '../../core/text/diagnostic.js';
import { firstOf } from '../../core/text/prose.js';
import { columnName } from '../../core/text/source.js';
import type { Located } from '../../model/field.js';
import type { TableText } from '../../model/tableReference.js';
import type { ProblemList } from '../reporter.js';
import { readNumber } from './cellUnits.js';
import type { CsvCell, CsvGrid } from './readCsv.js';

/** A condition on a column: what the rows that count have in it. */
export interface RowCondition {
  readonly index: number;
  readonly wanted: readonly Located<string>[];
}

export function conditionsOf(
  { header }: CsvGrid,
  table: TableText,
  problems: ProblemList,
): readonly RowCondition[] | undefined {
  const found: RowCondition[] = [];
  for (const [name, wanted] of table.where ?? []) {
    const index = columnAt(header, { text: name, span: wanted[0]!.span }, problems);
    if (index !== undefined) found.push({ index, wanted });
  }
  return found.length === (table.where?.size ?? 0) ? found : undefined;
}

/** The place of the column of a name; nothing, and a report, if no column or several have it. */
export function columnAt(
  header: readonly CsvCell[],
  { text: name, span }: Pick<Located<string>, 'text' | 'span'>,
  problems: ProblemList,
): number | undefined {
  const isMeant = ({ text }: CsvCell) => text === plainName(name);
  const index = header.findIndex(isMeant);
  const other = header.slice(index + 1).find(isMeant);
  if (index >= 0 && !other) return index;
  const nameless = header.findIndex(
    (cell, i) => cell.text === '' && nameOfColumn(cell, i) === name,
  );
  if (index < 0 && nameless >= 0) return nameless;
  if (other) problems.error('csv-column', span, SEVERAL(name));
  else problems.error('name-unknown', span, missing(name, header));
  return undefined;
}

/** The name by which a scenario knows a column; without one, its letter in a spreadsheet: `A`. */
export function nameOfColumn({ text, span }: CsvCell, index: number): string {
  return text === '' ? columnName(index + (span.source.sheet?.column ?? 0)) : text;
}

const SEVERAL = (name: string) => ({
  message: `several columns of the table are named \`${name}\``,
  hint: 'give them different names in the table, or read one of them by the `range` of a workbook',
});

/** A name as cells have it. */
export function plainName(name: string): string {
  return name.normalize('NFC').trim();
}

function missing(name: string, header: readonly CsvCell[]) {
  const names = header.map(({ text }) => text).filter((text) => text !== '');
  // Of three letters one more or less is another word: `yoy` is no `qoq`.
  const meant = name.length > 3 ? nearest(name, names) : undefined;
  return {
    message: `the table has no column \`${name}\``,
    expected: `one of its columns: ${firstOf(new Set(names))}`,
    hint: meant === undefined ? 'write the name as it stands in the table' : `write \`${meant}\``,
  };
}

/** The rows that have what the conditions ask for; nothing if no row has a value that is asked for. */
export function rowsThatMeet(
  { rows }: CsvGrid,
  conditions: readonly RowCondition[],
  problems: ProblemList,
): CsvGrid['rows'] | undefined {
  if (conditions.length === 0) return rows;
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
  for (const condition of conditions) warnOfBlanks(rows, condition, problems);
  const met = rows.filter((row) =>
    conditions.every(({ index, wanted }) => wanted.some(({ value }) => value === row[index]!.text)),
  );
  if (met.length > 0) return met;
  problems.error('name-unknown', conditions.at(-1)!.wanted[0]!.span, {
    message: 'no row has all that `where` asks for',
    found: 'rows that meet one condition, and none that meets all of them',
    hint: 'look up which rows the table has, and correct one of the conditions',
  });
  return undefined;
}

/** Many tables name a company in the first of its rows alone: the others would be lost without a word. */
function warnOfBlanks(
  rows: CsvGrid['rows'],
  { index, wanted }: RowCondition,
  problems: ProblemList,
): void {
  const isWanted = wanted.some(({ value }) => value === '');
  const blank = rows.filter(
    (row) => row[index]!.text === '' && !isFootnote(row) && row.some(({ text }) => /\d/.test(text)),
  );
  const [first] = blank;
  if (!first || isWanted) return;
  problems.warn('csv-empty', first[index]!.span, {
    message: `${blank.length === 1 ? 'a row has' : `${blank.length} rows have`} numbers, and nothing in a column of \`where\``,
    found: `an empty cell, where rows that count have ${firstOf(wanted.map(({ value }) => value))}`,
    hint: 'if the row above is meant, write its text in the empty cells; else it needs no change',
  });
}

/**
 * A line of words below a table: one cell that is neither a number nor a period, or a source or a note, whose
 * commas may have made cells of it.
 */
export function isFootnote(row: readonly CsvCell[]): boolean {
  if (row[0] && NOTE.test(row[0].text)) return true;
  let only: CsvCell | undefined;
  for (const cell of row) {
    if (cell.text === '') continue;
    if (only) return false;
    only = cell;
  }
  if (only === undefined || spelledPeriod(only.text) || readNumber(only.text)) return false;
  return SENTENCE.test(only.text) || !/^[-+(−~≈<>]?\s?[\p{Sc}\d]/u.test(only.text);
}

const NOTE =
  /^(?:sources?|notes?|quellen?|fuentes?|資料來源|资料来源|数据来源|來源|来源|注|註|备注|備註)\s*[:：]/iu;

/** Several words: `(1) includes finance leases`. */
const SENTENCE = /\p{L}{2,}\s+\p{L}{2,}|\p{Script=Han}{4,}/u;
