/** Reported series as filings give them: on several bases, restated later, for the year to date. */
import { date, printAmount, type CalendarDate } from '../../core/number/literal.js';
import { readPeriodKey, type PeriodKey } from '../../core/period.js';
import { nearest, type Problem } from '../../core/text/diagnostic.js';
import { listed } from '../../core/text/prose.js';
import type { Span } from '../../core/text/source.js';
import type { Located } from '../../model/field.js';
import { AMOUNT } from '../../model/inputKind.js';
import type { TextReporter } from '../reporter.js';
import type { CsvCell } from './readCsv.js';
import type { TableRow } from './tableRows.js';

function failAt({ fail }: TextReporter, { start, end }: Span, problem: Problem): void {
  fail('csv-series', start, end, problem);
}

/** The rows on one basis: the one that the scenario names, else the only one. */
export function rowsOnOneBasis(
  rows: readonly TableRow[],
  basisWanted: Located<string> | undefined,
  csv: TextReporter,
  scenarioFile: TextReporter,
): readonly TableRow[] | undefined {
  const bases = [...new Set(rows.flatMap(({ basis }) => basis?.text ?? []))];
  if (basisWanted && bases.length > 0) {
    if (bases.includes(basisWanted.value))
      return rows.filter(({ basis }) => basis?.text === basisWanted.value);
    const meant = nearest(basisWanted.value, bases);
    scenarioFile.fail('name-unknown', basisWanted.span.start, basisWanted.span.end, {
      message: `no row has the basis \`${basisWanted.value}\``,
      expected: `one of ${bases.join(', ')}`,
      hint: `write \`${meant ?? bases[0]!}\``,
    });
    return undefined;
  }
  const odd = rows.find(({ basis }) => basis?.text !== rows[0]?.basis?.text);
  if (!odd) return rows;
  const span = (odd.basis ?? odd.value).span;
  const named = bases.map((basis) => `\`${basis}\``);
  failAt(csv, span, {
    message: 'the series mixes amounts on different bases',
    expected: 'one definition of capex: amounts on different bases cannot be added',
    found: named.length > 1 ? listed(named, 'and') : `${named.join('')}, and rows without a basis`,
    hint: `write \`basis: ${bases[0]!}\` beside \`file\``,
  });
  return undefined;
}

/** For each period the latest row that was reported by a day; later rows were not known yet. */
export function latestRows(
  rows: readonly TableRow[],
  asOf: CalendarDate | undefined,
  csv: TextReporter,
): readonly TableRow[] | undefined {
  const latest = new Map<string, { readonly row: TableRow; readonly day: number }>();
  let isGood = true;
  for (const row of rows) {
    const day = row.reported ? dayOf(row.reported, csv) : -Infinity;
    if (day === undefined) isGood = false;
    if (day === undefined || (asOf && day > dayNumber(asOf))) continue;
    const { text, span } = row.keys.get('period')!;
    const known = latest.get(text);
    if (known?.day === day) {
      isGood = false;
      csv.fail('key-duplicate', span.start, span.end, repeatedPeriod(text, known.row, csv));
    }
    if (!known || known.day < day) latest.set(text, { row, day });
  }
  return isGood ? [...latest.values()].map(({ row }) => row) : undefined;
}

function repeatedPeriod(text: string, first: TableRow, { lineOf }: TextReporter): Problem {
  return {
    message: `\`${text}\` appears twice in this table`,
    expected: 'one row for each period, or a column `reported` with the date of each row',
    found: `the first is in line ${lineOf(first.keys.get('period')!.span.start)}`,
    hint: 'delete one of the two',
  };
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
 * Turns year-to-date amounts into amounts of single periods: each less the one before it in the same
 * fiscal year, exactly.
 */
export function periodAmounts(
  amounts: readonly ReportedAmount[],
  csv: TextReporter,
): readonly ReportedAmount[] | undefined {
  const known = new Map(amounts.map((amount) => [periodOf(amount.row).text, amount]));
  const found = amounts.map((amount) => ownAmount(amount, known, csv));
  return found.every((one) => one !== undefined) ? found : undefined;
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
  if (currency!.code !== part.value.currency!.code) return undefined;
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
  return keys.get('period')!;
}

/** The key of the previous period in the same fiscal year; nothing for the first, or for a whole year. */
function beforeOf({ year, part, index }: PeriodKey): string | undefined {
  if (index === 1) return undefined;
  const label = part === 'quarter' ? `Q${index - 1}` : `M${String(index - 1).padStart(2, '0')}`;
  return `FY${String(year).padStart(4, '0')}${label}`;
}
