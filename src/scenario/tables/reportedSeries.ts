/** Reported series as filings give them: on one basis, restated over time, for the year to date. */
import { nearest, type Problem } from '../../core/text/diagnostic.js';
import { date, printAmount, type CalendarDate } from '../../core/number/literal.js';
import { readPeriodKey, type PeriodKey } from '../../core/period.js';
import { listed } from '../../core/text/prose.js';
import type { Span } from '../../core/text/source.js';
import type { Located } from '../../model/field.js';
import { AMOUNT } from '../../model/inputKind.js';
import type { CsvCell } from './readCsv.js';
import type { TextReporter } from '../reporter.js';
import type { TableRow } from './tableRows.js';

function at({ fail }: TextReporter, { start, end }: Span, problem: Problem): void {
  fail('csv-series', start, end, problem);
}

/** The rows of one basis: of the one that is asked for, else of the only one. */
export function ofOneBasis(
  rows: readonly TableRow[],
  asked: Located<string> | undefined,
  reading: TextReporter,
  readingOfAsked: TextReporter,
): readonly TableRow[] | undefined {
  const bases = [...new Set(rows.flatMap(({ basis }) => basis?.text ?? []))];
  if (asked && bases.length > 0) {
    if (bases.includes(asked.value)) return rows.filter(({ basis }) => basis?.text === asked.value);
    const meant = nearest(asked.value, bases);
    readingOfAsked.fail('name-unknown', asked.span.start, asked.span.end, {
      message: `no row is on the basis \`${asked.value}\``,
      expected: `one of ${bases.join(', ')}`,
      hint: `write \`${meant ?? bases[0]!}\``,
    });
    return undefined;
  }
  const odd = rows.find(({ basis }) => basis?.text !== rows[0]?.basis?.text);
  if (!odd) return rows;
  const span = (odd.basis ?? odd.value).span;
  const named = bases.map((basis) => `\`${basis}\``);
  at(reading, span, {
    message: 'one series mixes amounts on several bases',
    expected: 'one definition of capex throughout: amounts on two cannot be summed',
    found: named.length > 1 ? listed(named, 'and') : `${named.join('')}, and rows without a basis`,
    hint: `write \`basis: ${bases[0]!}\` beside \`file\``,
  });
  return undefined;
}

/** Of several rows for one period the latest that was reported by a day; what came later is unknown. */
export function ofVintage(
  rows: readonly TableRow[],
  asOf: CalendarDate | undefined,
  reading: TextReporter,
): readonly TableRow[] | undefined {
  const latest = new Map<string, { readonly row: TableRow; readonly day: number }>();
  let isGood = true;
  for (const row of rows) {
    const day = row.reported ? dayOf(row.reported, reading) : -Infinity;
    if (day === undefined) isGood = false;
    if (day === undefined || (asOf && day > dayNumber(asOf))) continue;
    const { text, span } = row.keys.get('period')!;
    const known = latest.get(text);
    if (known?.day === day) {
      isGood = false;
      reading.fail('key-duplicate', span.start, span.end, twice(text, known.row, reading));
    }
    if (!known || known.day < day) latest.set(text, { row, day });
  }
  return isGood ? [...latest.values()].map(({ row }) => row) : undefined;
}

function twice(text: string, first: TableRow, { lineOf }: TextReporter): Problem {
  return {
    message: `\`${text}\` stands twice in this table`,
    expected: 'each once, or a column `reported` with the day of each',
    found: `the first one in line ${lineOf(first.keys.get('period')!.span.start)}`,
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

/** Rises with the day; it counts nothing. */
function dayNumber({ year, month, day }: CalendarDate): number {
  return (year * 12 + month) * 31 + day;
}

/** An amount as a literal, and the cell that it comes from. */
export interface ReportedAmount {
  readonly row: TableRow;
  readonly text: string;
}

/**
 * Amounts for the fiscal year to date as amounts of their own periods: each less the one before it
 * in the same year, exactly, to the last fen.
 */
export function differences(
  amounts: readonly ReportedAmount[],
  reading: TextReporter,
): readonly ReportedAmount[] | undefined {
  const known = new Map(amounts.map((amount) => [periodOf(amount.row).text, amount]));
  const found = amounts.map((amount) => ownAmount(amount, known, reading));
  return found.every((one) => one !== undefined) ? found : undefined;
}

function ownAmount(
  amount: ReportedAmount,
  known: ReadonlyMap<string, ReportedAmount>,
  reading: TextReporter,
): ReportedAmount | undefined {
  const { row, text } = amount;
  const period = periodOf(row);
  const before = beforeOf(readPeriodKey(period.text)!);
  if (before === undefined) return amount;
  const earlier = known.get(before);
  if (!earlier) {
    at(reading, period.span, {
      message: `the year to date of ${period.text} needs that of ${before}`,
      expected: 'every period of the year so far, each with its year to date',
      hint: `add a row for ${before}, or delete this one`,
    });
    return undefined;
  }
  const [whole, part] = [AMOUNT.read(text), AMOUNT.read(earlier.text)];
  // What is no amount is told by the field that reads it.
  if (!whole.ok || !part.ok) return amount;
  const { currency } = whole.value;
  if (currency!.code !== part.value.currency!.code) return undefined;
  const own = whole.value.value.n - part.value.value.n;
  if (own >= 0n) return { row, text: printAmount(own, currency!) };
  at(reading, row.value.span, {
    message: `the year to date falls by ${printAmount(-own, currency!)} in ${period.text}`,
    found: `${earlier.text} up to ${before}, then ${text}`,
    hint: 'correct one of them, or leave `cumulative` out',
  });
  return undefined;
}

function periodOf({ keys }: TableRow): CsvCell {
  return keys.get('period')!;
}

/** The key of the period before one in its fiscal year; nothing for the first, or for a whole year. */
function beforeOf({ year, part, index }: PeriodKey): string | undefined {
  if (index === 1) return undefined;
  const label = part === 'quarter' ? `Q${index - 1}` : `M${String(index - 1).padStart(2, '0')}`;
  return `FY${String(year).padStart(4, '0')}${label}`;
}
