/** Decimal commas: a comma separates thousands, unless a number of the table proves that it does not. */
import type { Problem } from '../../core/text/diagnostic.js';
import type { TextReporter } from '../reporter.js';
import type { CsvCell } from './readCsv.js';
import type { TableRow } from './tableRows.js';

/** A table is written in one way, so that one number with a decimal comma tells how to read the others. */
export function decimalCommaIn(rows: readonly TableRow[]): CsvCell | undefined {
  for (const row of rows) {
    if (hasDecimalComma(row.value)) return row.value;
    const found = numbersBeside(row).find(hasDecimalComma);
    if (found) return found;
  }
  return undefined;
}

function hasDecimalComma({ text }: CsvCell): boolean {
  return text.includes(',') && isDecimalComma(digitsOf(text));
}

const NO_CELLS: readonly CsvCell[] = [];

function numbersBeside({ attributes }: TableRow): readonly CsvCell[] {
  if (attributes.size === 0) return NO_CELLS;
  return ['low', 'high'].flatMap((name) => attributes.get(name)?.cell ?? []);
}

/**
 * Why a number cannot be read: it has a decimal comma, or it can be read in two ways in a table with
 * decimal commas.
 *
 * @param proof a number of the table with a decimal comma, if there is one
 */
export function commaProblem(
  { text }: CsvCell,
  proof: CsvCell | undefined,
  { lineOf }: TextReporter,
): Problem | undefined {
  if (!proof && !text.includes(',')) return undefined;
  const digits = digitsOf(text);
  const whole = digits.replace(/[.,]/g, '');
  if (isDecimalComma(digits)) {
    const decimal = digits.replaceAll('.', '').replace(',', '.');
    return {
      message: `\`${text}\` has a decimal comma`,
      expected: 'a point before the decimals; a comma separates thousands',
      hint: `write ${text.replace(digits, decimal)}`,
    };
  }
  if (!proof || !isOpen(digits)) return undefined;
  return {
    message: `\`${text}\` can be read in two ways`,
    found: `a decimal comma in line ${lineOf(proof.span.start)}: \`${proof.text}\``,
    hint: `write ${digits.replace(',', '.')} or ${whole}, and every number of the table with a decimal point`,
  };
}

/** The one number of a cell, as it is written. */
function digitsOf(text: string): string {
  return /^[^\d]*(\d[\d.,]*)(?:[^\d.,][^\d]*)?$/u.exec(text)?.[1] ?? '';
}

/** Whether the comma of a number cannot separate thousands. */
function isDecimalComma(digits: string): boolean {
  return /^\d+(?:\.\d{3})*,\d+$/.test(digits) && !/^[1-9]\d{0,2},\d{3}$/.test(digits);
}

/** Whether the sign before three digits can separate either thousands or decimals. */
function isOpen(digits: string): boolean {
  return /^[1-9]\d{0,2}[.,]\d{3}$/.test(digits);
}
