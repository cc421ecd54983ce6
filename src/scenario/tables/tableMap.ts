/** Turns a table into the map that it stands for, in steps: columns, rows, series, literals, nodes. */
import type { CalendarDate } from '../../core/number/literal.js';
import { currencyNamed } from '../../core/number/suggestions.js';
import { FOREIGN, type Direction, type TableText } from '../../model/tableReference.js';
import { textReporter, type ProblemList, type TextReporter } from '../reporter.js';
import type { MapNode, TreeNode } from '../tree.js';
import { cellLiteral, type Quote } from './cellLiterals.js';
import { NO_UNIT, readUnit, type TableUnit } from './cellUnits.js';
import type { CsvCell, CsvGrid } from './readCsv.js';
import { latestRows, periodAmounts, rowsOnOneBasis } from './reportedSeries.js';
import { columnsOf, type TableColumn, type TableSubject } from './tableColumns.js';
import { mapOf, type TableValue } from './tableNode.js';
import { rowsOf, unknownUnit, type TableRow } from './tableRows.js';

/** A table, and what the scenario says about it. */
export interface TableContext {
  readonly subject: TableSubject;
  readonly table: TableText;
  readonly asOf: CalendarDate | undefined;
  /** Reports problems in the CSV. */
  readonly csv: TextReporter;
  /** The currency of the envelope, if the scenario gives it. */
  readonly envelope: TreeNode | undefined;
  readonly problems: ProblemList;
}

/** The map that a table stands for; nothing if the table has an error. */
export function mapOfTable(
  grid: CsvGrid,
  path: string,
  context: TableContext,
): MapNode | undefined {
  const { subject, table, csv } = context;
  const unit = unitBeside(context);
  const columns = columnsOf(grid.header, subject, csv);
  const all = columns && rowsOf(grid, columns, subject, csv);
  if (!all || !unit) return undefined;
  const rows = isReported(columns, table) ? reportedRows(all, context) : all;
  const quoteOf = rows && quotesOf(rows, context);
  const literals = quoteOf && literalsOf(rows, unit, { subject, quoteOf, csv });
  const values = table.cumulative?.value ? literals && fromYearToDate(literals, csv) : literals;
  const isGiven = (key: string) => values?.some(({ row }) => row.keys.has(key as 'period'));
  const keys = subject.keys.filter((key, i) => i === 0 || isGiven(key));
  const valueKey = subject.keys[0] === 'supplier' ? 'share' : 'value';
  const node = { keys, valueKey, table, span: table.file.span } as const;
  return values && mapOf(values, path, node, csv);
}

/** The unit that the scenario gives beside `file`. */
function unitBeside({ table, problems }: TableContext): TableUnit | undefined {
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

/** The rows of a reported series that count: on one basis, as known on the day of the forecast. */
function reportedRows(rows: readonly TableRow[], { table, asOf, csv, problems }: TableContext) {
  const beside = textReporter(table.file.span.source, problems);
  const one = rowsOnOneBasis(rows, table.basis, csv, beside);
  return one && latestRows(one, asOf, csv);
}

/** What is needed to turn cells into literals. */
interface LiteralContext {
  readonly subject: TableSubject;
  readonly quoteOf: (row: TableRow) => Quote | undefined;
  readonly csv: TextReporter;
}

/** How the rate of each row is quoted; nothing if `direction` does not fit the currencies. */
function quotesOf(
  rows: readonly TableRow[],
  { subject, table, envelope, problems }: TableContext,
): LiteralContext['quoteOf'] | undefined {
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

/** How a direction quotes the rate of one currency; nothing if it is about other currencies. */
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

/** Turns every value into a literal of the scenario's grammar. */
function literalsOf(
  rows: readonly TableRow[],
  unit: TableUnit,
  { subject, quoteOf, csv }: LiteralContext,
): readonly TableValue[] | undefined {
  const reported = new Set<unknown>();
  const values = rows.flatMap((row): readonly TableValue[] => {
    const quote = quoteOf(row);
    const spelling = ({ text, span }: CsvCell): string => {
      const found = cellLiteral(text, [...row.units, unit], { value: subject.value, quote });
      if (found.ok) return found.value;
      const { code, problem } = found.diagnostics;
      // A header without a unit is one mistake, however many cells are below it.
      const what = code === 'csv-unit' ? problem.hint : span;
      if (!reported.has(what)) csv.fail(code, span.start, span.end, problem);
      reported.add(what);
      return '';
    };
    const oriented = quote?.isInverse ? withEndsSwapped(row) : row;
    const ends = ['low', 'high'].flatMap((name) => {
      const end = oriented.attributes.get(name);
      return end ? [[name, spelling(end.cell)] as const] : [];
    });
    return [{ row: oriented, text: spelling(row.value), range: new Map(ends) }];
  });
  return reported.size === 0 ? values : undefined;
}

/** One over the lowest rate is the highest. */
function withEndsSwapped(row: TableRow): TableRow {
  const other: Readonly<Record<string, string>> = { low: 'high', high: 'low' };
  const swapped = [...row.attributes].map(([name, value]) => [other[name] ?? name, value] as const);
  return { ...row, attributes: new Map(swapped) };
}

function fromYearToDate(
  values: readonly TableValue[],
  csv: TextReporter,
): readonly TableValue[] | undefined {
  const ranged = values.find(({ range }) => range.size > 0);
  if (ranged) {
    const [name] = ranged.range.keys();
    const { start, end } = ranged.row.attributes.get(name!)!.header.span;
    csv.fail('csv-series', start, end, {
      message: 'a range of a year-to-date amount cannot be split into periods',
      hint: `delete the column \`${name!}\``,
    });
    return undefined;
  }
  return periodAmounts(values, csv)?.map(({ row, text }) => ({ row, text, range: new Map() }));
}
