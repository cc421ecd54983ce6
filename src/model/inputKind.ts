/** Kinds of input: amounts, prices, shares, rates, …, each with its literal and its bounds. */
import type { Currency } from '../core/number/currency.js';
import { ONE, compare, equal, fraction, type Fraction } from '../core/number/fraction.js';
import {
  amount,
  countedUnit,
  fractionLiteral,
  number,
  quotient,
  toQuanta,
  unitCount,
  type Literal,
  type LiteralReading,
  type Money,
} from '../core/number/literal.js';
import { failure, success } from '../core/result.js';
import type { Word } from '../core/text/language.js';

/** The number of an input: amounts in quanta, prices in major units. */
export interface Quantity {
  readonly value: Fraction;
  readonly currency?: Currency;
  /** What is counted, where a number of units names it: `server`. */
  readonly unit?: string;
}

/** Whether two numbers are in one unit: of one currency, and of one thing where both name what is counted. */
export function areInOneUnit(a: Quantity, b: Quantity): boolean {
  const isOtherUnit = a.unit !== undefined && b.unit !== undefined && a.unit !== b.unit;
  return a.currency?.code === b.currency?.code && !isOtherUnit;
}

/** Whether two numbers are equal, and in one unit. */
export function areSame(a: Quantity, b: Quantity): boolean {
  return areInOneUnit(a, b) && equal(a.value, b.value);
}

/** A kind of input: the literal that spells it, restricted to its bounds. */
export interface InputKind extends Literal<Quantity> {
  readonly noun: Word;
}

const belowZero = ({ n }: Fraction) => (n < 0n ? 'is below zero' : undefined);
const notAboveZero = ({ n }: Fraction) => (n <= 0n ? 'is not above zero' : undefined);
const MINUS_ONE = fraction(-1n);

/** Money in quanta, from 0. */
export const AMOUNT = kind(amount, 'an amount of money', '380bn CNY', inQuanta, belowZero);
/** Money in major units, above 0. */
export const PRICE = kind(amount, 'a price', '1.5m CNY', inMajorUnits, notAboveZero);
/** A ratio from 0 to 1. */
export const SHARE = kind(
  fractionLiteral,
  'a share',
  '35%',
  plainNumber,
  (value) => (compare(value, ONE) > 0 ? 'is above 100%' : belowZero(value)),
  // 35 probably means 35%.
  (text) => (/^\d{1,2}(\.\d+)?$/.test(text) ? `${text}%` : undefined),
);
/** A ratio from 0. */
export const WEIGHT = kind(fractionLiteral, 'a weight', '1.2', plainNumber, belowZero);
/** The part of an estimate: an amount, or a ratio where the estimate has no total. */
export const PART: InputKind = {
  noun: 'a part (amount or share)',
  example: '50bn CNY',
  pattern: `${amount.pattern}|${fractionLiteral.pattern}`,
  read: readPart,
};

function readPart(text: string): LiteralReading<Quantity> {
  const isShare = !/\p{L}/u.test(text) || /^[\dxXeE.+-]+$/.test(text);
  const reading = (isShare ? SHARE : AMOUNT).read(text);
  if (reading.ok || !/^\d+(\.\d+)?$/.test(text)) return reading;
  const message = `\`${text}\` is neither an amount of money nor a share`;
  return failure({
    code: 'literal',
    message,
    hint: `write ${text}bn CNY or ${text}%, for example`,
  });
}

/** The figure of a claim on any subject: money in major units, or a plain number. */
export const FIGURE: InputKind = {
  noun: 'a figure (amount, ratio or rate)',
  example: '380bn CNY',
  pattern: `${amount.pattern}|${fractionLiteral.pattern}`,
  read: (text) => (/\p{L}/u.test(text) ? readMajorUnits(text) : readNumber(text)),
};

function readMajorUnits(text: string): LiteralReading<Quantity> {
  return amount.read(text, { noun: 'a figure', remedy: '380bn CNY, 41.67% or 7.1717' });
}

function readNumber(text: string): LiteralReading<Quantity> {
  const reading = fractionLiteral.read(text);
  return reading.ok ? plainNumber(reading.value) : reading;
}

/** A bound of an output: an amount of money, or a number of units with or without their name. */
export const BOUND: InputKind = {
  noun: 'a bound (amount or number)',
  example: '1bn CNY',
  pattern: `${amount.pattern}|${number.pattern}|${unitCount.pattern}`,
  read: (text) => {
    if (!/\p{L}/u.test(text)) return UNITS.read(text);
    return (countedUnit(text) === undefined ? AMOUNT : NAMED_UNITS).read(text);
  },
};
/** A bound of a ratio of two outputs: a number, or an amount in major units for one unit. */
export const RATIO_BOUND: InputKind = {
  ...FIGURE,
  noun: 'a bound (amount or ratio)',
  example: '2.5',
};
const UNITS = kind(number, 'a number of units', '10000', plainNumber, belowZero);
const NAMED_UNITS = kind(unitCount, UNITS.noun, unitCount.example, success, belowZero);

/** A number of units, from 0. */
export const COUNT = kind(quotient, 'a number of units', '300', plainNumber, belowZero);
/** Units of one thing for each unit of another, from 0. */
export const RATIO = kind(fractionLiteral, 'a ratio of units', '2.5', plainNumber, belowZero);
/** A ratio from −1. */
export const GROWTH = kind(fractionLiteral, 'a growth rate', '12%', plainNumber, (value) =>
  compare(value, MINUS_ONE) < 0 ? 'is below -100%' : undefined,
);
/** A ratio below 1. */
export const EROSION = kind(fractionLiteral, 'a yearly erosion', '5%', plainNumber, (value) =>
  compare(value, ONE) >= 0 ? 'is 100% or more, which leaves no price' : undefined,
);
/** Units of one currency for one of another, above 0. */
export const RATE = kind(quotient, 'an exchange rate', '7.1717', plainNumber, notAboveZero);
/** The smallest number of units, above 0. */
export const QUANTUM = kind(number, 'a quantum', '1', plainNumber, notAboveZero);
/** A ratio from −1 to 1. */
export const CORRELATION = kind(fractionLiteral, 'a correlation', '0.3', plainNumber, (value) =>
  compare(value, ONE) > 0 || compare(value, MINUS_ONE) < 0 ? 'is not within -1 and 1' : undefined,
);

const LIFE_TEXT = /^([1-9]\d{0,3}) (month|quarter|year)s?$/;
/** A whole number of periods, or of years, with their name. */
export const LIFE: InputKind = {
  noun: 'a life',
  example: '20 quarters',
  pattern: '^[1-9]\\d{0,3} (month|quarter|year)s?$',
  read: (text) => {
    const [, count, unit] = LIFE_TEXT.exec(text) ?? [];
    if (count !== undefined) return success({ value: fraction(BigInt(count)), unit: `${unit!}s` });
    const message = `\`${text}\` is not a life`;
    return failure({
      code: 'literal',
      message,
      hint: 'write a whole number, such as 20 quarters or 5 years',
    });
  },
};

/**
 * A kind that is a literal within bounds.
 *
 * @param boundProblem how a number breaks the bounds: `is below zero`
 * @param suggest the literal that a text out of bounds probably means
 */
function kind<T>(
  literal: Literal<T>,
  noun: Word,
  example: string,
  toQuantity: (value: T, text: string) => LiteralReading<Quantity>,
  boundProblem: (value: Fraction) => string | undefined,
  suggest: (text: string) => string | undefined = () => undefined,
): InputKind {
  const words = { noun, remedy: `${noun} such as ${example}` };
  const read = (text: string): LiteralReading<Quantity> => {
    const reading = literal.read(text, words);
    if (!reading.ok) return reading;
    const quantity = toQuantity(reading.value, text);
    const problem = quantity.ok ? boundProblem(quantity.value.value) : undefined;
    if (problem === undefined) return quantity;
    const message = `${noun} of \`${text}\` ${problem}`;
    const hint = `write ${suggest(text) ?? words.remedy}`;
    return failure({ code: 'bounds', message, hint });
  };
  return { noun, example, pattern: literal.pattern, read };
}

function plainNumber(value: Fraction): LiteralReading<Quantity> {
  return success({ value });
}

function inMajorUnits(money: Money): LiteralReading<Quantity> {
  return success(money);
}

function inQuanta(money: Money, text: string): LiteralReading<Quantity> {
  const { currency } = money;
  const value = toQuanta(money);
  if (value) return success({ value, currency });
  const { code, places } = currency;
  const quantum = places === 0 ? `1 ${code}` : `0.${'1'.padStart(places, '0')} ${code}`;
  const message = `\`${text}\` is finer than ${quantum}, the smallest unit`;
  const hint = `round it to ${quantum}`;
  return failure({ code: 'amount-quantum', message, hint });
}
