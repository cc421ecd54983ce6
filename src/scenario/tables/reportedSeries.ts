/** Which rows of a table count: those on one basis, the latest of each key; and year-to-date amounts. */
import { groupBy } from '../../core/group.js';
import { date, printAmount, type CalendarDate } from '../../core/number/literal.js';
import { readPeriodKey, type PeriodKey } from '../../core/period.js';
import { nearest, type Problem } from '../../core/text/diagnostic.js';
import { oddCharacterIn } from '../../core/text/oddCharacters.js';
import { listed } from '../../core/text/prose.js';
import type { Span } from '../../core/text/source.js';
import type { Located } from '../../model/field.js';
import { AMOUNT, areInOneUnit, type Quantity } from '../../model/inputKind.js';
import type { TextReporter } from '../reporter.js';
import type { CsvCell } from './readCsv.js';
import type { TableRow } from './tableRows.js';

function failAt({ fail }: TextReporter, { start, end }: Span, problem: Problem): void {
  fail('csv-series', start, end, problem);
}

/** The rows on one basis: the one that the scenario names, else the only one. If there is none, that is reported. */
export function rowsOnOneBasis(
  rows: readonly TableRow[],
  basisWanted: Located<string> | undefined,
  csv: TextReporter,
  scenarioFile: TextReporter,
): readonly TableRow[] | undefined {
  const basesOf = () => [...new Set(rows.flatMap(({ basis }) => basis?.text ?? []))];
  if (basisWanted && rows.length > 0) {
    const chosen = rows.filter(({ basis }) => basis?.text === basisWanted.value);
    if (chosen.length > 0) return chosen;
    failBasis(basisWanted, basesOf(), scenarioFile);
    return undefined;
  }
  const other = rows.find(({ basis }) => basis?.text !== rows[0]?.basis?.text);
  if (!other) return rows;
  const odd = rows.find(({ basis }) => basis && oddCharacterIn(basis.text)) ?? other;
  const span = (odd.basis ?? odd.value).span;
  const bases = basesOf();
  const named = bases.map((basis) => `\`${basis}\``);
  failAt(csv, span, {
    message: 'the rows are on different bases',
    expected: 'one basis: values on different bases are not one series',
    found: named.length > 1 ? listed(named, 'and') : `${named.join('')}, and rows without a basis`,
    hint: `write \`basis: ${bases[0]!}\` beside \`file\``,
  });
  return undefined;
}

function failBasis({ value, span }: Located<string>, bases: readonly string[], file: TextReporter) {
  const meant = nearest(value, bases) ?? bases[0];
  file.fail('name-unknown', span.start, span.end, {
    message: `no row has the basis \`${value}\``,
    expected: bases.length > 0 ? `one of ${bases.join(', ')}` : 'a column `basis` in the file',
    hint: meant === undefined ? 'delete `basis`' : `write \`${meant}\``,
  });
}

/**
 * Of the rows with equal keys the one that was reported last by a day: later ones were not known yet.
 * A row is known by all of its keys, so that a restated rate of one currency replaces no other.
 */
export function latestRows(
  rows: readonly TableRow[],
  asOf: CalendarDate | undefined,
  csv: TextReporter,
): readonly TableRow[] {
  const latest = new Map<string, TableRow>();
  const days = new Map<CsvCell, number | undefined>();
  const repeated = new Set<Span>();
  const dayOfRow = ({ reported }: TableRow) => (reported ? days.get(reported) : -Infinity);
  for (const row of rows) {
    const { reported } = row;
    if (reported && !days.has(reported)) days.set(reported, dayOf(reported, csv));
    const day = dayOfRow(row);
    if (day === undefined || (asOf && day > dayNumber(asOf))) continue;
    const name = identityOf(row);
    const known = latest.get(name);
    const knownDay = known && dayOfRow(known);
    if (known && knownDay === day) failRepeated(row, known, repeated, csv);
    if (knownDay === undefined || knownDay < day) latest.set(name, row);
  }
  return [...latest.values()];
}

/** What no two rows have alike that count: all keys and the part. No key contains a space. */
function identityOf({ keys: { currency, period, supplier }, part }: TableRow): string {
  return `${currency?.text ?? ''} ${period?.text ?? ''} ${supplier?.text ?? ''} ${part ?? ''}`;
}

/** All keys of a row as people read them, in the order of the columns, and its part. */
function nameOf({ keys, part }: TableRow): string {
  const names = Object.values(keys).map(({ text }) => text);
  return [...names, ...(part === undefined ? [] : [part])].join(' ');
}

/** The first of its keys; the value if it has none. */
function keyPlace({ keys, value }: TableRow): CsvCell {
  return Object.values(keys)[0] ?? value;
}

/** @param repeated keys of rows that are reported already: a wide table has many values in one row */
function failRepeated(
  row: TableRow,
  first: TableRow,
  repeated: Set<Span>,
  { fail, lineOf }: TextReporter,
): void {
  const { span } = keyPlace(row);
  if (repeated.has(span)) return;
  repeated.add(span);
  fail('key-duplicate', span.start, span.end, {
    message: `\`${nameOf(row)}\` appears twice in this table`,
    expected: `one row for each ${listed(Object.keys(row.keys), 'and')}, or a column \`reported\` with the date of each row`,
    found: `the first is in line ${lineOf(keyPlace(first).span.start)}`,
    hint: 'delete one of the two',
  });
}

function dayOf({ text, span }: CsvCell, { fail }: TextReporter): number | undefined {
  const reading = date.read(text);
  if (reading.ok) return dayNumber(reading.value);
  const { message, hint } = reading.diagnostics;
  fail('csv-cell', span.start, span.end, { message, hint });
  return undefined;
}

/** A number that grows with the date; only its order has a meaning. */
function dayNumber({ year, month, day }: CalendarDate): number {
  return (year * 12 + month) * 31 + day;
}

/** An amount as a literal, and the row that it comes from. */
export interface ReportedAmount {
  readonly row: TableRow;
  readonly text: string;
}

/**
 * Adds the parts of each value, exactly: spending in cash and by leases, say. A value that lacks a part of
 * the others is reported.
 *
 * @param parts all that the table has, also those without an amount
 */
export function sumsOfParts(
  amounts: readonly ReportedAmount[],
  parts: readonly string[],
  csv: TextReporter,
): readonly ReportedAmount[] {
  const groups = [
    ...groupBy(amounts, ({ row }) => identityOf({ ...row, part: undefined })).values(),
  ];
  return groups.map((group) => {
    const { row } = group[0];
    const missing = parts.find((part) => group.every((one) => one.row.part !== part));
    if (missing !== undefined) failPart(row, missing, csv);
    return { row, text: sumOf(group, csv) };
  });
}

function failPart(row: TableRow, part: string, csv: TextReporter): void {
  failAt(csv, keyPlace(row).span, {
    message: `\`${nameOf({ ...row, part: undefined })}\` has no row for \`${part}\``,
    expected: 'every part of each value that is added',
    hint: 'add the row, or name one part alone in `where`',
  });
}

/** The sum of the parts of a value as a literal; a part that is no amount, which its field reports. */
function sumOf(parts: readonly [ReportedAmount, ...ReportedAmount[]], csv: TextReporter): string {
  const readings = parts.map(({ text }) => AMOUNT.read(text));
  const values = readings.flatMap((one) => (one.ok ? [one.value] : []));
  if (values.length < parts.length) return parts[readings.findIndex(({ ok }) => !ok)]!.text;
  const [first] = values as [Quantity];
  const other = values.findIndex((one) => !areInOneUnit(one, first));
  if (other >= 0) failCurrency(parts[0], parts[other]!, csv);
  return printAmount(
    values.reduce((sum, { value }) => sum + value.n, 0n),
    first.currency!,
  );
}

function failCurrency(first: ReportedAmount, other: ReportedAmount, csv: TextReporter): void {
  failAt(csv, other.row.value.span, {
    message: `the parts of \`${nameOf({ ...first.row, part: undefined })}\` are not in one currency`,
    found: `${first.text} for \`${first.row.part}\`, ${other.text} for \`${other.row.part}\``,
    hint: 'write all parts in one currency, or name one part alone in `where`',
  });
}

/**
 * Turns year-to-date amounts into amounts of single periods: each less the one before it in the same
 * fiscal year, exactly.
 */
export function periodAmounts(
  amounts: readonly ReportedAmount[],
  csv: TextReporter,
): readonly ReportedAmount[] {
  const known = new Map(amounts.map((amount) => [periodOf(amount.row).text, amount]));
  return amounts.flatMap((amount) => ownAmount(amount, known, csv) ?? []);
}

function ownAmount(
  amount: ReportedAmount,
  known: ReadonlyMap<string, ReportedAmount>,
  csv: TextReporter,
): ReportedAmount | undefined {
  const { row, text } = amount;
  const period = periodOf(row);
  const before = beforeOf(readPeriodKey(period.text)!);
  if (before === undefined) return amount;
  const earlier = known.get(before);
  if (!earlier) {
    failAt(csv, period.span, {
      message: `the year-to-date amount of ${period.text} needs that of ${before}`,
      expected: 'a row for every period of the year so far',
      hint: `add a row for ${before}, or delete this one`,
    });
    return undefined;
  }
  const [whole, part] = [AMOUNT.read(text), AMOUNT.read(earlier.text)];
  // If it is not an amount, the field that reads it reports that.
  if (!whole.ok || !part.ok) return amount;
  const { currency } = whole.value;
  if (!areInOneUnit(whole.value, part.value)) {
    failAt(csv, row.value.span, {
      message: `the year-to-date amount of ${period.text} is not in the currency of that of ${before}`,
      found: `${earlier.text} up to ${before}, then ${text}`,
      hint: 'write both in one currency',
    });
    return undefined;
  }
  const own = whole.value.value.n - part.value.value.n;
  if (own >= 0n) return { row, text: printAmount(own, currency!) };
  failAt(csv, row.value.span, {
    message: `the year-to-date amount falls by ${printAmount(-own, currency!)} in ${period.text}`,
    found: `${earlier.text} up to ${before}, then ${text}`,
    hint: 'correct one of them, or delete `cumulative`',
  });
  return undefined;
}

function periodOf({ keys }: TableRow): CsvCell {
  return keys.period!;
}

/** The key of the previous period in the same fiscal year; nothing for the first, or for a whole year. */
function beforeOf({ year, part, index }: PeriodKey): string | undefined {
  if (index === 1) return undefined;
  const label = part === 'quarter' ? `Q${index - 1}` : `M${String(index - 1).padStart(2, '0')}`;
  return `FY${String(year).padStart(4, '0')}${label}`;
}
