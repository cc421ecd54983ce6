/** The literals of a scenario file: amounts, ratios, rates and dates, read exactly from their text. */
import { failure, success, type Result } from '../result.js';
import type { DiagnosticCode } from '../text/diagnostic.js';
import { currencyOf, type Currency } from './currency.js';
import { powerOfTen, printFraction, printShort, readDecimal } from './decimal.js';
import { divide, multiply, type Fraction } from './fraction.js';
import { currencyNamed, meantCurrency, scaleNamed, suggestSpellings } from './suggestions.js';

/**
 * Formats a number like the literal that it replaces: `35%` stays a percentage, `380bn CNY` stays in
 * billions, `50/120` a part of 120, `9 years` in years. Where the plain number is easier to read, it is printed instead.
 *
 * @param value in yuan where the old literal is an amount, 0.35 where it is 35%
 */
export function formatLike(old: string, value: Fraction): string {
  const [, number, suffix, currency] = /^(-?[\d.]+)(\p{L}*)( [A-Z]{3})$/u.exec(old) ?? [];
  if (currency !== undefined) return scaled(number!, suffix!, value) + currency;
  if (old.endsWith('%')) return `${printFraction(multiply(value, HUNDRED))}%`;
  if (/^[\d.]+ \p{Ll}+$/u.test(old)) return old.replace(/^[\d.]+/, printFraction(value));
  const [over = '', under] = old.split('/');
  const part = under === undefined ? undefined : multiply(value, readDecimal(under));
  const keeps = part && placesOf(printFraction(part)) <= placesOf(over);
  return keeps ? `${printFraction(part)}/${under!}` : printFraction(value);
}

const HUNDRED: Fraction = { n: 100n, d: 1n };

/** `412.5bn`, unless that needs too many decimal places. */
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

/** A day of the calendar: year, month and day as integers. */
export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Why a text is not a literal of a kind. */
export interface LiteralRefusal {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint: string;
  /** Whether only the spelling is wrong, and the hint corrects it. */
  readonly isNear?: boolean;
}

/** The value of a text, or why it has none. */
export type LiteralReading<T> = Result<T, LiteralRefusal>;

/** A kind of literal: how it is read, and how diagnostics and editors describe it. */
export interface Literal<T> {
  readonly noun: string;
  readonly example: string;
  /** What an editor accepts, as the source of a regular expression. */
  readonly pattern: string;
  readonly read: (text: string, words?: Words) => LiteralReading<T>;
}

/** How diagnostics name a kind of literal, and what they tell the user to write. */
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
const SCALED = `(${NUMBER})(k|m|bn|tn|万亿|万|亿)?`;
const AMOUNT = `${SCALED} ([A-Z]{3})`;
const DATE = '(\\d{4})-(\\d{2})-(\\d{2})';
const RATIO = `(${NUMBER})(?:(%)|/(${NUMBER}))?`;
const QUOTIENT = `(${NUMBER})(?:/(${NUMBER}))?`;

/** Maximum length of a literal, which guards later steps against pathological input. */
const LONGEST = 90;
/** Length to which a longer text is cut in messages. */
const QUOTED = 40;

const readMoney = reader<Money>(AMOUNT, 'an amount', '380bn CNY', ([, digits, suffix, code]) => {
  const currency = currencyOf(code!);
  if (!currency) return failure(unknownCurrency(code!));
  return success({ value: scaledDecimal(digits!, suffix), currency });
});

function scaledDecimal(digits: string, suffix: string | undefined): Fraction {
  return readDecimal(digits, SHIFTS[suffix ?? ''] ?? 0);
}

/** An amount of money. */
export const amount: Literal<Money> = {
  noun: 'an amount',
  example: '380bn CNY',
  pattern: `^${AMOUNT}$`,
  read: readAmount,
};

/** A number of units with their name. */
export interface UnitCount {
  readonly value: Fraction;
  /** What is counted: `server`. */
  readonly unit: string;
}

const readCount = reader(SCALED, 'a number of units', '10000 server', ([, digits, suffix]) =>
  success(scaledDecimal(digits!, suffix)),
);

/** A number of units with their name: `10000 server`. */
export const unitCount: Literal<UnitCount> = {
  noun: 'a number of units',
  example: '10000 server',
  pattern: `^${SCALED} .*\\p{L}.*$`,
  read: (text, words) => {
    const unit = countedUnit(text) ?? '';
    const reading = readCount(text.slice(0, text.length - unit.length).trimEnd(), words);
    return reading.ok ? success({ value: reading.value, unit }) : reading;
  },
};

/** The name of what a text counts: `server` of `10000 server`. No currency is counted, and no word of scale. */
export function countedUnit(text: string): string | undefined {
  const end = text.search(/\s/);
  const unit = text.slice(end).trimStart();
  if (end < 0 || !/\d/.test(text.slice(0, end)) || !/\p{L}/u.test(unit)) return undefined;
  const words = unit.split(/\s+/);
  const [first, last] = [words[0]!, words.at(-1)!];
  const isMoney = currencyOf(currencyNamed(last) ?? last.normalize('NFKC').toUpperCase());
  return isMoney || scaleNamed(first) !== undefined ? undefined : unit;
}

/** A ratio: a decimal, a percentage, or a quotient. */
export const fractionLiteral: Literal<Fraction> = {
  noun: 'a ratio',
  example: '41.67%',
  pattern: `^${RATIO}$`,
  read: reader(RATIO, 'a ratio', '41.67%, 0.4167 or 50/120', ([, digits, percent, under]) => {
    if (percent !== undefined) return success(readDecimal(digits!, -2));
    return quotientOf(digits!, under);
  }),
};

/** A decimal. */
export const number: Literal<Fraction> = {
  noun: 'a plain decimal number',
  example: '7.1717',
  pattern: `^${NUMBER}$`,
  read: reader(`(${NUMBER})`, 'a plain decimal number', '7.1717', ([, digits]) =>
    success(readDecimal(digits!)),
  ),
};

/** A decimal, or a quotient of two: `1/0.1394` keeps the digits of a rate that is quoted inversely. */
export const quotient: Literal<Fraction> = {
  noun: 'a decimal number or a quotient',
  example: '7.1717',
  pattern: `^${QUOTIENT}$`,
  read: reader(QUOTIENT, 'a decimal number or a quotient', '7.1717', ([, digits, under]) =>
    quotientOf(digits!, under),
  ),
};

/** A day: `2025-02-24`. */
export const date: Literal<CalendarDate> = {
  noun: 'a date',
  example: '2025-02-24',
  pattern: `^${DATE}$`,
  read: reader(DATE, 'a date', 'a date such as 2025-02-24', (parts) => {
    const [, year, month, day] = parts.map(Number) as [number, number, number, number];
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

/** Money as an integer number of quanta; nothing where it is finer than the quantum. */
export function toQuanta({ value, currency }: Money): Fraction | undefined {
  const count = multiply(value, { n: powerOfTen(currency.places), d: 1n });
  return count.d === 1n ? count : undefined;
}

/** The value of one unit in the last digit of an amount: a billion in `53bn USD`. */
export function lastDigitOf(text: string): Fraction {
  const [, decimals = '', suffix = ''] = /^-?\d+(?:\.(\d+))?(\p{L}*)/u.exec(text)!;
  return readDecimal('1', (SHIFTS[suffix] ?? 0) - decimals.length);
}

const SUFFIXES: readonly string[] = ['tn', 'bn', 'm', 'k'];

/** A count of quanta as an amount, exactly: `19.177bn CNY`. */
export function printAmount(count: bigint, { code, places }: Currency, suffixes = SUFFIXES) {
  for (const suffix of suffixes) {
    const scaled = printShort(count, places + SHIFTS[suffix]!);
    const [whole, decimals = ''] = scaled.split('.');
    const isShort = decimals.length <= MOST_DECIMALS;
    if (!/^-?0$/.test(whole!) && isShort) return `${scaled}${suffix} ${code}`;
  }
  return `${printShort(count, places)} ${code}`;
}

/** With more decimal places the plain number is easier to read than one with a suffix. */
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
    if (match) return convert(match);
    const suggestions = text.length <= LONGEST ? suggestSpellings(text).filter(isRight) : [];
    const message = `\`${quoted(text)}\` is not ${words.noun}`;
    if (suggestions.length === 0) return refuse('literal', message, words.remedy);
    return refuse('literal', message, suggestions.join(' or '), true);
  };
}

/** Reads an amount; where only the currency is missing, the message says so. */
function readAmount(text: string, words?: Words): LiteralReading<Money> {
  const reading = readMoney(text, words);
  if (reading.ok || reading.diagnostics.isNear || text.length > LONGEST) return reading;
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

/** The refusal of a code that is not a currency. */
export function unknownCurrency(code: string): LiteralRefusal {
  const hint = `write ${meantCurrency(code) ?? 'CNY, USD, …'}`;
  return { code: 'currency-unknown', message: `\`${code}\` is not an ISO 4217 currency`, hint };
}

function tooManyDigits(): LiteralReading<never> {
  return failure({
    code: 'literal-size',
    message: 'a number has at most 18 digits before the point and 18 after',
    hint: 'shorten the number',
  });
}

/** Whether there is a run of more than 18 digits. */
function hasTooManyDigits(text: string): boolean {
  return text.length >= 19 && /\d{19}/.test(text);
}

function quoted(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, QUOTED)}…`;
}

/** The number of days of a month, from 1. */
export function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}
