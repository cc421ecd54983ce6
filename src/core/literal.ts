/** The strict grammar of numbers in a scenario file, read exactly from their source text. */
import { currencyOf, type Currency } from './currency.js';
import { readDecimal } from './decimal.js';
import type { DiagnosticCode } from './diagnostic.js';
import { divide, multiply, type Ratio } from './ratio.js';

/** An amount of money in major units (yuan, not fen). */
export interface Money {
  readonly value: Ratio;
  readonly currency: Currency;
}

/** Year, month and day as integers. */
export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Why a text is no literal of the kind asked for. */
export interface Refusal {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint: string;
}

export type Reading<T> = { readonly value: T } | { readonly refusal: Refusal };

/** A kind of literal: how it is read, and how it is told to people and to editors. */
export interface Literal<T> {
  readonly noun: string;
  readonly example: string;
  /** What an editor accepts, as the source of a regular expression. */
  readonly pattern: string;
  readonly read: (text: string, words?: Words) => Reading<T>;
}

/** How a refusal speaks of a literal: as what it is meant, and what to write. */
export interface Words {
  readonly noun: string;
  readonly remedy: string;
}

const SHIFTS: Readonly<Record<string, number>> = {
  k: 3,
  m: 6,
  bn: 9,
  tn: 12,
  万: 4,
  亿: 8,
  万亿: 12,
};
const NUMBER = '-?(?:0|[1-9]\\d*)(?:\\.\\d+)?';
const AMOUNT = `(${NUMBER})(k|m|bn|tn|万亿|万|亿)? ([A-Z]{3})`;
const DATE = '(\\d{4})-(\\d{2})-(\\d{2})';
const RATIO = `(${NUMBER})(?:(%)|/(${NUMBER}))?`;

/** Long enough for any literal, short enough that no later step meets a monster. */
const LONGEST = 90;
/** As much of a longer text as tells people which one is meant. */
const QUOTED = 40;

export const amount: Literal<Money> = {
  noun: 'an amount',
  example: '380bn CNY',
  pattern: `^${AMOUNT}$`,
  read: reader(AMOUNT, 'an amount', '380bn CNY', ([digits, suffix, code]) => {
    const currency = currencyOf(code!);
    if (!currency)
      return { refusal: unknownCurrency(code!) };
    return { value: { value: readDecimal(digits!, SHIFTS[suffix ?? ''] ?? 0), currency } };
  }),
};

export const fraction: Literal<Ratio> = {
  noun: 'a ratio',
  example: '41.67%',
  pattern: `^${RATIO}$`,
  read: reader(RATIO, 'a ratio', '41.67%, 0.4167 or 50/120', ([digits, percent, under]) => {
    const over = readDecimal(digits!);
    if (percent !== undefined) return { value: readDecimal(digits!, -2) };
    if (under === undefined) return { value: over };
    const divisor = readDecimal(under);
    if (divisor.n === 0n) return refuse('literal', 'a ratio over zero', '50/120');
    return { value: divide(over, divisor) };
  }),
};

export const number: Literal<Ratio> = {
  noun: 'a plain decimal number',
  example: '7.1717',
  pattern: `^${NUMBER}$`,
  read: reader(`(${NUMBER})`, 'a plain decimal number', '7.1717', ([digits]) => ({
    value: readDecimal(digits!),
  })),
};

export const date: Literal<CalendarDate> = {
  noun: 'a date',
  example: '2025-02-24',
  pattern: `^${DATE}$`,
  read: reader(DATE, 'a date', 'a date such as 2025-02-24', (parts) => {
    const [year, month, day] = parts.map(Number) as [number, number, number];
    if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) {
      return refuse('literal', 'there is no such day', 'a day of the calendar, such as 2025-02-24');
    }
    return { value: { year, month, day } };
  }),
};

/** Money as an integer count of quanta, or nothing where it is finer than the quantum. */
export function toQuanta({ value, currency }: Money): Ratio | undefined {
  const count = multiply(value, { n: 10n ** BigInt(currency.places), d: 1n });
  return count.d === 1n ? count : undefined;
}

function reader<T>(
  grammar: string,
  noun: string,
  example: string,
  convert: (parts: readonly (string | undefined)[]) => Reading<T>,
): (text: string) => Reading<T> {
  const whole = new RegExp(`^${grammar}$`, 'u');
  return (text) => {
    if (text.length > LONGEST) return tooLong();
    const match = whole.exec(text);
    if (match) return hasTooManyDigits(text) ? tooLong() : convert(match.slice(1));
    const respelt = respell(text).find((candidate) => whole.test(candidate) && !hasTooManyDigits(candidate));
    return refuse('literal', `\`${text}\` is not ${noun}`, respelt ?? example);
  };
}

function refuse(code: DiagnosticCode, message: string, example: string): { refusal: Refusal } {
  return { refusal: { code, message, hint: `write ${example}` } };
}

function tooLong(): { refusal: Refusal } {
  const limit = 'at most 18 digits before the point and 18 after';
  return {
    refusal: { code: 'literal-size', message: `a number has ${limit}`, hint: 'shorten the number' },
  };
}

function hasTooManyDigits(text: string): boolean {
  return /\d{19}/.test(text);
}

/** Spellings of the same number that the grammar may know: what the writer most likely meant. */
function respell(text: string): string[] {
  const plain = text
    .normalize('NFKC')
    .trim()
    .replace(/(?<=\d)[_,'](?=\d)/g, '')
    .replace(/^\+/, '')
    .replace(/(?<![\d.])0+(?=\d)/g, '')
    .replace(/(?<!\d)\.(?=\d)/g, '0.')
    .replace(/(?<=\d)\.(?!\d)/g, '')
    .replace(/\s+(?=%)/g, '')
    .replace(/\s*\/\s*/g, '/');
  const suffixed = plain.replace(
    /(?<=\d)\s*(k|mn|m|bn|b|tn|t|万亿|万|亿)\s*([a-z]{3})$/iu,
    (_, suffix: string, code: string) => `${suffixOf(suffix)} ${code.toUpperCase()}`,
  );
  const spaced = plain.replace(
    /(?<=\d)\s*([a-z]{3})$/iu,
    (_, code: string) => ` ${code.toUpperCase()}`,
  );
  const symbol = plain.replace(/^[¥￥]\s*(.*)$/u, '$1 CNY').replace(/^\$\s*(.*)$/u, '$1 USD');
  return [plain, suffixed, spaced, symbol, withoutExponent(plain)];
}

function suffixOf(written: string): string {
  const word = written.toLowerCase();
  return { mn: 'm', b: 'bn', t: 'tn' }[word] ?? word;
}

/** `1e9` written out; hexadecimal as decimal; left alone where the result would be absurd. */
function withoutExponent(text: string): string {
  if (/^0x[0-9a-f]{1,12}$/i.test(text)) return BigInt(text).toString();
  const match = /^(-?)(\d{1,18})(?:\.(\d{1,18}))?e\+?(\d{1,2})(?!\d)(.*)$/i.exec(text);
  if (!match) return text;
  const [, sign, whole, decimals = '', exponent, tail] = match;
  const digits = decimals.padEnd(Number(exponent), '0');
  const shifted = `${whole}${digits.slice(0, Number(exponent))}`.replace(/^0+(?=\d)/, '');
  const remaining = digits.slice(Number(exponent));
  return `${sign}${shifted}${remaining ? `.${remaining}` : ''}${tail}`;
}

function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}
