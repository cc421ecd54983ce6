/** A table that was read → the map that it stands for: columns, rows, series, literals, nodes. */
import { textReporter, type ProblemList, type TextReporter } from '../reporter.js';
import type { CalendarDate } from '../../core/number/literal.js';
import { currencyNamed } from '../../core/number/suggestions.js';
import { FOREIGN, type Direction, type TableText } from '../../model/tableReference.js';
import type { CsvCell, CsvGrid } from './readCsv.js';
import { differences, ofOneBasis, ofVintage } from './reportedSeries.js';
import { columnsOf, type TableColumn, type Subject } from './tableColumns.js';
import { mapOf, type TableValue } from './tableNode.js';
import { rowsOf, unknownUnit, type TableRow } from './tableRows.js';
import { cellLiteral, type Quote } from './cellLiterals.js';
import { NO_UNIT, readUnit, type TableUnit } from './cellUnits.js';
import type { MapNode, TreeNode } from '../tree.js';

/** What a table is read for. */
export interface Purpose {
  readonly subject: Subject;
  readonly table: TableText;
  readonly asOf: CalendarDate | undefined;
  /** Of the CSV. */
  readonly reading: TextReporter;
  /** The currency of the envelope, where the same file says it. */
  readonly envelope: TreeNode | undefined;
  readonly problems: ProblemList;
}

/** The map that a table stands for, or nothing: its problems are told then. */
export function tableMap(grid: CsvGrid, path: string, purpose: Purpose): MapNode | undefined {
  const { subject, table, reading } = purpose;
  const unit = unitBeside(purpose);
  const columns = columnsOf(grid.header, subject, reading);
  const all = columns && rowsOf(grid, columns, subject, reading);
  if (!all || !unit) return undefined;
  const rows = isReported(columns, table) ? known(all, purpose) : all;
  const quoteOf = rows && quotes(rows, purpose);
  const spelled = quoteOf && spelledRows(rows, unit, { subject, quoteOf, reading });
  const values = table.cumulative?.value ? spelled && toDate(spelled, reading) : spelled;
  const given = (key: string) => values?.some(({ row }) => row.keys.has(key as 'period'));
  const keys = subject.keys.filter((key, i) => i === 0 || given(key));
  const valueKey = subject.keys[0] === 'supplier' ? 'share' : 'value';
  const setting = { keys, valueKey, table, span: table.file.span } as const;
  return values && mapOf(values, path, setting, reading);
}

/** The unit that the scenario says of a table. */
function unitBeside({ table, problems }: Purpose): TableUnit | undefined {
  if (!table.unit) return NO_UNIT;
  const { value, span } = table.unit;
  const unit = readUnit(value);
  if (!unit) {
    const { source, start, end } = span;
    textReporter(source, problems).fail('csv-unit', start, end, unknownUnit(value));
  }
  return unit;
}

function isReported(columns: readonly TableColumn[], { basis }: TableText): boolean {
  return (
    basis !== undefined || columns.some(({ holds }) => holds === 'basis' || holds === 'reported')
  );
}

/** The rows of a reported series that count: on one basis, as they were known on the day. */
function known(rows: readonly TableRow[], { table, asOf, reading, problems }: Purpose) {
  const beside = textReporter(table.file.span.source, problems);
  const one = ofOneBasis(rows, table.basis, reading, beside);
  return one && ofVintage(one, asOf, reading);
}

/** What rows are spelled with. */
interface Spelled {
  readonly subject: Subject;
  readonly quoteOf: (row: TableRow) => Quote | undefined;
  readonly reading: TextReporter;
}

/** How the rates of a table are quoted, by their rows; nothing where its `direction` does not fit. */
function quotes(
  rows: readonly TableRow[],
  { subject, table, envelope, problems }: Purpose,
): Spelled['quoteOf'] | undefined {
  const { direction } = table;
  if (!direction) return () => undefined;
  const codeOf = ({ keys }: TableRow) =>
    keys.get('currency')?.text ?? subject.pinned.get('currency')!;
  const home = envelope?.kind === 'scalar' ? envelope.text : undefined;
  const odd = rows.map(codeOf).find((code) => !quoteOf(direction.value, code, home));
  if (odd === undefined) return (row) => quoteOf(direction.value, codeOf(row), home);
  const { source, start, end } = direction.span;
  textReporter(source, problems).fail('currency-mismatch', start, end, {
    message: `\`${direction.text}\` does not say how ${odd} is quoted`,
    expected: `${home ?? 'the envelope currency'} and ${odd}, or \`${FOREIGN}\` for several currencies`,
    hint: `write ${home ?? 'CNY'} per ${new Set(rows.map(codeOf)).size > 1 ? FOREIGN : odd}, or the other way round`,
  });
  return undefined;
}

/** How the rate of one currency is quoted under a direction; nothing where it speaks of others. */
function quoteOf(
  { over, count, under }: Direction,
  code: string,
  home: string | undefined,
): Quote | undefined {
  const isForeign = (one: string) => one === FOREIGN || one === code;
  const isHome = (one: string) =>
    one !== FOREIGN &&
    one !== code &&
    (home === undefined || currencyNamed(one) === currencyNamed(home));
  if (isHome(over) && isForeign(under)) return { count, isInverse: false };
  return isForeign(over) && isHome(under) ? { count, isInverse: true } : undefined;
}

/** Every value as a literal of the scenario's own grammar. */
function spelledRows(
  rows: readonly TableRow[],
  unit: TableUnit,
  { subject, quoteOf, reading }: Spelled,
): readonly TableValue[] | undefined {
  const told = new Set<unknown>();
  const values = rows.flatMap((row): readonly TableValue[] => {
    const quote = quoteOf(row);
    const spelling = ({ text, span }: CsvCell): string => {
      const found = cellLiteral(text, [...row.units, unit], { value: subject.value, quote });
      if (found.ok) return found.value;
      const { code, problem } = found.diagnostics;
      // A header without a unit is one mistake, however many cells stand below it.
      const what = code === 'csv-unit' ? problem.hint : span;
      if (!told.has(what)) reading.fail(code, span.start, span.end, problem);
      told.add(what);
      return '';
    };
    const said = quote?.isInverse ? withEndsSwapped(row) : row;
    const ends = ['low', 'high'].flatMap((name) => {
      const end = said.attributes.get(name);
      return end ? [[name, spelling(end.cell)] as const] : [];
    });
    return [{ row: said, text: spelling(row.value), range: new Map(ends) }];
  });
  return told.size === 0 ? values : undefined;
}

/** One over the lowest rate is the highest. */
function withEndsSwapped(row: TableRow): TableRow {
  const other: Readonly<Record<string, string>> = { low: 'high', high: 'low' };
  const swapped = [...row.attributes].map(([name, said]) => [other[name] ?? name, said] as const);
  return { ...row, attributes: new Map(swapped) };
}

function toDate(
  values: readonly TableValue[],
  reading: TextReporter,
): readonly TableValue[] | undefined {
  const ranged = values.find(({ range }) => range.size > 0);
  if (ranged) {
    const [name] = ranged.range.keys();
    const { start, end } = ranged.row.attributes.get(name!)!.header.span;
    reading.fail('csv-series', start, end, {
      message: 'a range of the year to date says nothing about one period',
      hint: `delete the column \`${name!}\``,
    });
    return undefined;
  }
  return differences(values, reading)?.map(({ row, text }) => ({ row, text, range: new Map() }));
}
