/** The strict grammar of numbers in a scenario file, read exactly from their source text. */
import { failure, success, type Result } from '../result.js';
import { printFraction, readDecimal, printShort, powerOfTen } from './decimal.js';
import { divide, multiply, type Fraction } from './fraction.js';
import { currencyOf, type Currency } from './currency.js';
import type { DiagnosticCode } from '../text/diagnostic.js';
import { meantCurrency, suggestSpellings } from './suggestions.js';

/**
 * The literal of a number that takes the place of another one: `35%` stays a percentage, `380bn CNY`
 * in billions, `50/120` a part of 120. Where that manner would be harder to read than the plain number,
 * it is the plain number, in the same currency.
 *
 * @param value a decimal: yuan where the old one is an amount, 0.35 where it is a percentage
 */
export function formatLike(old: string, value: Fraction): string {
  const [, number, suffix, currency] = /^(-?[\d.]+)(\p{L}*)( [A-Z]{3})$/u.exec(old) ?? [];
  if (currency !== undefined) return scaled(number!, suffix!, value) + currency;
  if (old.endsWith('%')) return `${printFraction(multiply(value, HUNDRED))}%`;
  const [over = '', under] = old.split('/');
  const part = under === undefined ? undefined : multiply(value, readDecimal(under));
  const keeps = part && placesOf(printFraction(part)) <= placesOf(over);
  return keeps ? `${printFraction(part)}/${under!}` : printFraction(value);
}

const HUNDRED: Fraction = { n: 100n, d: 1n };

/** `412.5bn`, unless it takes more decimals than people count. */
function scaled(old: string, suffix: string, value: Fraction): string {
  const unit = readDecimal('1', SHIFTS[suffix] ?? 0);
  const number = printFraction(divide(value, unit));
  const most = Math.max(MOST_DECIMALS, placesOf(old));
  return placesOf(number) <= most ? number + suffix : printFraction(value);
}

function placesOf(number: string): number {
  return number.split('.')[1]?.length ?? 0;
}

/** An amount of money in major units (yuan, not fen). */
export interface Money {
  readonly value: Fraction;
  readonly currency: Currency;
}

/** Year, month and day as integers. */
export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Why a text is no literal of the kind asked for. */
export interface LiteralRefusal {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint: string;
  /** Whether the text is right but for its spelling, which the hint corrects. */
  readonly isNear?: boolean;
}

/** The value that a text spells, or why it spells none. */
export type LiteralReading<T> = Result<T, LiteralRefusal>;

/** A kind of literal: how it is read, and how it is told to people and to editors. */
export interface Literal<T> {
  readonly noun: string;
  readonly example: string;
  /** What an editor accepts, as the source of a regular expression. */
  readonly pattern: string;
  readonly read: (text: string, words?: Words) => LiteralReading<T>;
}

/** How a refusal speaks of a literal: as what it is meant, and what to write. */
export interface Words {
  readonly noun: string;
  readonly remedy: string;
}

/** The power of ten of each suffix of an amount. */
export const SHIFTS: Readonly<Record<string, number>> = {
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
const QUOTIENT = `(${NUMBER})(?:/(${NUMBER}))?`;

/** Long enough for any literal, short enough that no later step meets a monster. */
const LONGEST = 90;
/** As much of a longer text as tells people which one is meant. */
const QUOTED = 40;

const readMoney = reader<Money>(AMOUNT, 'an amount', '380bn CNY', ([digits, suffix, code]) => {
  const currency = currencyOf(code!);
  if (!currency) return failure(unknownCurrency(code!));
  return success({ value: readDecimal(digits!, SHIFTS[suffix ?? ''] ?? 0), currency });
});

export const amount: Literal<Money> = {
  noun: 'an amount',
  example: '380bn CNY',
  pattern: `^${AMOUNT}$`,
  read: readAmount,
};

export const fractionLiteral: Literal<Fraction> = {
  noun: 'a ratio',
  example: '41.67%',
  pattern: `^${RATIO}$`,
  read: reader(RATIO, 'a ratio', '41.67%, 0.4167 or 50/120', ([digits, percent, under]) => {
    if (percent !== undefined) return success(readDecimal(digits!, -2));
    return quotientOf(digits!, under);
  }),
};

export const number: Literal<Fraction> = {
  noun: 'a plain decimal number',
  example: '7.1717',
  pattern: `^${NUMBER}$`,
  read: reader(`(${NUMBER})`, 'a plain decimal number', '7.1717', ([digits]) =>
    success(readDecimal(digits!)),
  ),
};

/** A decimal, or one over another: `1/0.1394` keeps the digits of a rate that is quoted inversely. */
export const quotient: Literal<Fraction> = {
  noun: 'a decimal number or a quotient',
  example: '7.1717',
  pattern: `^${QUOTIENT}$`,
  read: reader(QUOTIENT, 'a decimal number or a quotient', '7.1717', ([digits, under]) =>
    quotientOf(digits!, under),
  ),
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
    return success({ year, month, day });
  }),
};

function quotientOf(digits: string, under: string | undefined): LiteralReading<Fraction> {
  if (under === undefined) return success(readDecimal(digits));
  const divisor = readDecimal(under);
  if (divisor.n === 0n)
    return refuse('literal', `\`${digits}/${under}\` is a ratio over zero`, '50/120');
  return success(divide(readDecimal(digits), divisor));
}

/** Money as an integer count of quanta, or nothing where it is finer than the quantum. */
export function toQuanta({ value, currency }: Money): Fraction | undefined {
  const count = multiply(value, { n: powerOfTen(currency.places), d: 1n });
  return count.d === 1n ? count : undefined;
}

/** What one more in the last digit of an amount comes to: a billion in `53bn USD`. */
export function lastDigitOf(text: string): Fraction {
  const [, decimals = '', suffix = ''] = /^-?\d+(?:\.(\d+))?(\p{L}*)/u.exec(text)!;
  return readDecimal('1', (SHIFTS[suffix] ?? 0) - decimals.length);
}

/** A count of quanta as people write an amount: `19.177bn CNY`, to the last digit. */
export function printAmount(count: bigint, { code, places }: Currency): string {
  for (const suffix of ['tn', 'bn', 'm', 'k']) {
    const scaled = printShort(count, places + SHIFTS[suffix]!);
    const [whole, decimals = ''] = scaled.split('.');
    const isShort = decimals.length <= MOST_DECIMALS;
    if (!/^-?0$/.test(whole!) && isShort) return `${scaled}${suffix} ${code}`;
  }
  return `${printShort(count, places)} ${code}`;
}

/** With more decimals the plain number is easier to read. */
export const MOST_DECIMALS = 6;

function reader<T>(
  grammar: string,
  noun: string,
  remedy: string,
  convert: (parts: readonly (string | undefined)[]) => LiteralReading<T>,
): Literal<T>['read'] {
  const whole = new RegExp(`^${grammar}$`, 'u');
  const isRight = (text: string) => whole.test(text) && !hasTooManyDigits(text);
  return (text, words = { noun, remedy }) => {
    if (hasTooManyDigits(text)) return tooManyDigits();
    const match = text.length <= LONGEST ? whole.exec(text) : null;
    if (match) return convert(match.slice(1));
    const respelt = text.length <= LONGEST ? suggestSpellings(text).filter(isRight) : [];
    const message = `\`${quoted(text)}\` is not ${words.noun}`;
    if (respelt.length === 0) return refuse('literal', message, words.remedy);
    return refuse('literal', message, respelt.join(' or '), true);
  };
}

/** Where nothing is missing but the currency, the refusal says so. */
function readAmount(text: string, words?: Words): LiteralReading<Money> {
  const reading = readMoney(text, words);
  if (reading.ok || text.length > LONGEST) return reading;
  const complete = suggestSpellings(`${text} CNY`).find((one) => readMoney(one).ok);
  if (complete === undefined) return reading;
  return refuse('literal', `\`${text}\` has no currency`, complete, true);
}

function refuse(
  code: DiagnosticCode,
  message: string,
  remedy: string,
  isNear = false,
): LiteralReading<never> {
  return failure({ code, message, hint: `write ${remedy}`, ...(isNear && { isNear }) });
}

export function unknownCurrency(code: string): LiteralRefusal {
  const hint = `write ${meantCurrency(code) ?? 'CNY, USD, …'}`;
  return { code: 'currency-unknown', message: `\`${code}\` is no ISO 4217 currency`, hint };
}

function tooManyDigits(): LiteralReading<never> {
  return failure({
    code: 'literal-size',
    message: 'a number has at most 18 digits before the point and 18 after',
    hint: 'shorten the number',
  });
}

/** A run of digits, which separators do not shorten. */
function hasTooManyDigits(text: string): boolean {
  return /\d{19}/.test(text);
}

function quoted(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, QUOTED)}…`;
}

function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}
