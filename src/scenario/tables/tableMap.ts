/** Turns a table into the map that it stands for, in steps: columns, rows, series, literals, nodes. */
import type { CalendarDate } from '../../core/number/literal.js';
import { currencyNamed } from '../../core/number/suggestions.js';
import { printDate } from '../../core/period.js';
import { remembered } from '../../core/remembered.js';
import { hasErrors, type DiagnosticCode, type Problem } from '../../core/text/diagnostic.js';
import {
  FOREIGN,
  type Direction,
  type TableKey,
  type TableText,
} from '../../model/tableReference.js';
import type { Span } from '../../core/text/source.js';
import { textReporter, type ProblemList, type TextReporter } from '../reporter.js';
import type { MapNode, TreeNode } from '../tree.js';
import { cellLiteral, type Quote } from './cellLiterals.js';
import { NO_UNIT, readUnit, type TableUnit } from './cellUnits.js';
import { commaProblem, decimalCommaIn } from './decimalCommas.js';
import { isTable } from './otherForms.js';
import type { CsvCell, CsvGrid } from './readCsv.js';
import { latestRows, periodAmounts, rowsOnOneBasis, sumsOfParts } from './reportedSeries.js';
import { columnsOf, type TableSubject } from './tableColumns.js';
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
  /** The problems of this table. */
  readonly problems: ProblemList;
}

/**
 * The map that a table stands for. Every problem of the table is reported; where there is one, the map
 * lacks what could not be read.
 */
export function mapOfTable(
  grid: CsvGrid,
  path: string,
  context: TableContext,
): MapNode | undefined {
  const { subject, table, csv, problems } = context;
  const unit = unitBeside(context);
  const columns = isTable(grid, subject, csv) ? columnsOf(grid.header, subject, csv) : undefined;
  if (!columns) return undefined;
  const { rows: all, unkeyed } = rowsOf(grid, columns, subject, csv);
  const rows = rowsThatCount(all, context);
  if (!hasErrors(problems.diagnostics)) warnOfLostRows(grid, all, rows, context);
  const values = literalsOf([...rows, ...unkeyed], unit, {
    subject,
    quoteOf: quotesOf(rows, context),
    decimal: table.decimal?.value,
    isOutflow: table.outflows?.value,
    proof: table.decimal?.value === ',' ? undefined : decimalCommaIn([...all, ...unkeyed]),
    csv,
    problems,
  });
  if (hasErrors(problems.diagnostics)) return undefined;
  const whole = withPartsAdded(values, grid.parts, csv);
  const own = table.cumulative?.value ? fromYearToDate(whole, csv) : whole;
  const isGiven = (key: TableKey) => own.some(({ row }) => row.keys[key] !== undefined);
  const keys = subject.keys.filter((key, i) => i === 0 || isGiven(key));
  const valueKey = subject.keys[0] === 'supplier' ? 'share' : 'value';
  return mapOf(own, path, { keys, valueKey, table, span: table.file.span }, csv);
}

/** The unit that the scenario gives beside `file`. */
function unitBeside({ table, problems }: TableContext): TableUnit {
  if (!table.unit) return NO_UNIT;
  const { value, span } = table.unit;
  const unit = readUnit(value);
  if (!unit) problems.error('csv-unit', span, unknownUnit(value));
  return unit ?? NO_UNIT;
}

/** The rows on one basis, as known on the day of the forecast; all of them if they are on several. */
function rowsThatCount(rows: readonly TableRow[], { table, asOf, csv, problems }: TableContext) {
  const beside = textReporter(table.file.span.source, problems);
  const one = rowsOnOneBasis(rows, table.basis, csv, beside);
  return one ? latestRows(one, asOf, csv) : rows;
}

/**
 * Warns of a currency or a supplier that the table names and no row that counts gives: without a word,
 * it would take another rate or share.
 */
function warnOfLostRows(
  { header, rows: { length } }: CsvGrid,
  all: readonly TableRow[],
  counted: readonly TableRow[],
  { asOf, problems }: TableContext,
): void {
  if (all.length === 0) {
    problems.warn('csv-empty', header[0]!.span, {
      message: 'this table gives no value',
      found: length === 0 ? 'no row below the names of the columns' : 'no row with a value',
      hint: 'add a row, or take the table out of the scenario',
    });
  }
  const known = new Set(counted.map(ownerOf));
  for (const row of all) {
    const owner = ownerOf(row);
    if (known.has(owner)) continue;
    known.add(owner);
    const isLate = asOf !== undefined && row.reported !== undefined;
    problems.warn('csv-empty', (row.reported ?? row.basis ?? row.value).span, {
      message: `no row ${owner === '' ? 'of this table' : `for \`${owner}\``} counts`,
      found: isLate
        ? `rows that were reported after ${printDate(asOf)}, the day of the forecast`
        : 'rows on another basis',
      hint: isLate ? 'correct `as_of`, or add what was known by then' : 'correct `basis`',
    });
  }
}

/** Whose value a row has: a currency's or a supplier's; nothing where rows differ by period alone. */
function ownerOf({ keys }: TableRow): string {
  return (keys.currency ?? keys.supplier)?.text ?? '';
}

/** What is needed to turn cells into literals. */
interface LiteralContext {
  readonly subject: TableSubject;
  readonly quoteOf: (row: TableRow) => Quote | undefined;
  readonly decimal: '.' | ',' | undefined;
  readonly isOutflow: boolean | undefined;
  /** A number with a decimal comma, where a point is before decimals. */
  readonly proof: CsvCell | undefined;
  readonly csv: TextReporter;
  readonly problems: ProblemList;
}

/** How the rate of each row is quoted. A `direction` that does not fit the currencies is reported. */
function quotesOf(
  rows: readonly TableRow[],
  { subject, table, envelope, problems }: TableContext,
): LiteralContext['quoteOf'] {
  const { direction } = table;
  if (!direction) return () => undefined;
  const codeOf = ({ keys }: TableRow) => keys.currency?.text ?? subject.pinned.get('currency')!;
  const home = envelope?.kind === 'scalar' ? envelope.text : undefined;
  const quoteOfCode = remembered((code) => quoteOf(direction.value, code, home));
  const oddRow = rows.find((row) => !quoteOfCode(codeOf(row)));
  if (oddRow) {
    const odd = codeOf(oddRow);
    const several = new Set(rows.map(codeOf)).size > 1;
    problems.error('currency-mismatch', direction.span, {
      message: `\`${direction.text}\` does not say how ${odd} is quoted`,
      expected: `${home ?? 'the envelope currency'} and ${odd}, or \`${FOREIGN}\` for several currencies`,
      hint: `write ${home ?? 'CNY'} per ${several ? FOREIGN : odd}, or the other way round`,
    });
  }
  return (row) => quoteOfCode(codeOf(row));
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

/** Turns every value into a literal of the scenario's grammar; a cell that is none is reported. */
function literalsOf(
  rows: readonly TableRow[],
  unit: TableUnit,
  { subject, quoteOf, decimal, isOutflow, proof, csv, problems }: LiteralContext,
): readonly TableValue[] {
  // A wrong unit beside `file` or in a row is told already.
  const isUnitKnown = problems.diagnostics.every(({ code }) => code !== 'csv-unit');
  const reported = new Set<string | undefined>();
  const own = [unit];
  const fail = (code: DiagnosticCode, { start, end }: Span, problem: Problem): string => {
    // A header without a unit is one mistake, however many cells are below it.
    const what = code === 'csv-unit' ? problem.hint : `${start}`;
    const isTold = reported.has(what) || (code === 'csv-unit' && !isUnitKnown);
    if (!isTold) csv.fail(code, start, end, problem);
    reported.add(what);
    return '';
  };
  const spelling = (cell: CsvCell, { units }: TableRow, quote: Quote | undefined): string => {
    const comma = decimal === ',' ? undefined : commaProblem(cell, proof, csv);
    if (comma) return fail('csv-cell', cell.span, comma);
    const style = { value: subject.value, quote, decimal, isOutflow };
    const found = cellLiteral(cell.text, units.length === 0 ? own : [...units, unit], style);
    if (found.ok) return found.value;
    return fail(found.diagnostics.code, cell.span, found.diagnostics.problem);
  };
  return rows.map((row) => {
    const quote = quoteOf(row);
    const text = spelling(row.value, row, quote);
    if (row.attributes.size === 0) return { row, text, range: NO_RANGE };
    const oriented = quote?.isInverse ? withEndsSwapped(row) : row;
    const ends = ['low', 'high'].flatMap((name) => {
      const end = oriented.attributes.get(name);
      return end ? [[name, spelling(end.cell, row, quote)] as const] : [];
    });
    return { row: oriented, text, range: new Map(ends) };
  });
}

const NO_RANGE: TableValue['range'] = new Map();

/** One over the lowest rate is the highest. */
function withEndsSwapped(row: TableRow): TableRow {
  const other: Readonly<Record<string, string>> = { low: 'high', high: 'low' };
  const swapped = [...row.attributes].map(([name, value]) => [other[name] ?? name, value] as const);
  return { ...row, attributes: new Map(swapped) };
}

/** A sum has no range of its own: the ranges of its parts are not added. */
function withPartsAdded(
  values: readonly TableValue[],
  parts: CsvGrid['parts'],
  csv: TextReporter,
): readonly TableValue[] {
  if (!parts) return values;
  return sumsOfParts(values, [...new Set(parts)], csv).map(({ row, text }) => ({
    row,
    text,
    range: NO_RANGE,
  }));
}

function fromYearToDate(values: readonly TableValue[], csv: TextReporter): readonly TableValue[] {
  const ranged = values.find(({ range }) => range.size > 0);
  if (ranged) {
    const [name] = ranged.range.keys();
    const { start, end } = ranged.row.attributes.get(name!)!.header.span;
    csv.fail('csv-series', start, end, {
      message: 'a range of a year-to-date amount cannot be split into periods',
      hint: `delete the column \`${name!}\``,
    });
  }
  return periodAmounts(values, csv).map(({ row, text }) => ({ row, text, range: NO_RANGE }));
}
