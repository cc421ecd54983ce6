/** Inputs as studies use them: found by path, their range and grid, and their values in print. */
import { greatest } from '../../core/lists.js';
import type { Currency } from '../../core/number/currency.js';
import {
  grouped,
  percent,
  powerOfTen,
  printDecimal,
  printFraction,
  printShort,
} from '../../core/number/decimal.js';
import {
  type Fraction,
  add,
  divide,
  floor,
  fraction,
  multiply,
  subtract,
} from '../../core/number/fraction.js';
import { formatLike, printAmount } from '../../core/number/literal.js';
import { type Result, failure, success } from '../../core/result.js';
import { type Problem, nearest } from '../../core/text/diagnostic.js';
import type { Language } from '../../core/text/language.js';
import type { Fx } from '../../model/fx.js';
import { type Input, type Share, inputPathsFor, isRest } from '../../model/input.js';
import { COUNT, PRICE, RATE, RATIO, SHARE } from '../../model/inputKind.js';
import type { Scenario } from '../../scenario/scenario.js';

/** The inputs that paths name, and the rates that a path may stand for. */
interface NamedInputs extends Pick<Scenario, 'inputs'> {
  readonly fx: Pick<Fx, 'base' | 'path'>;
}

/**
 * The input at a path, as `--set` takes it. A path `fx.path.USD` that the file does not have is the
 * base rate of the currency, with its value and range.
 */
export function inputAt({ inputs, fx }: NamedInputs, path: string): Result<Input, Problem> {
  const byPath = inputsByPath(inputs);
  const [found] = inputPathsFor(path).flatMap((name) => byPath.get(name) ?? []);
  if (found && !isRest(found)) return success(found);
  if (found) {
    const message = `\`${path}\` is \`rest\`: it is what the others leave`;
    return failure({ message, hint: 'name one of the others' });
  }
  const [, code] = /^fx\.path\.([A-Z]{3})$/.exec(path) ?? [];
  const base = code !== undefined && !fx.path.has(code) ? fx.base.get(code) : undefined;
  if (base) return success({ ...base, path });
  const steps = inputs.filter((one) => one.path.startsWith(`${path}.FY`));
  if (steps[0]) {
    return failure({
      message: `\`${path}\` changes by period`,
      hint: `write \`${steps[0].path}\``,
    });
  }
  const known = inputs.filter((one) => !isRest(one)).map((one) => one.path);
  const meant = nearest(path, known);
  const hint = meant ? `write \`${meant}\`` : 'write the keys of the file, joined by dots';
  return failure({ message: `\`${path}\` is not an input`, hint });
}

const indexed = new WeakMap<readonly Share[], ReadonlyMap<string, Share>>();

/** The inputs of a scenario by their paths, indexed once: a study asks for hundreds of them. */
export function inputsByPath(inputs: readonly Share[]): ReadonlyMap<string, Share> {
  const known = indexed.get(inputs) ?? new Map(inputs.map((input) => [input.path, input]));
  indexed.set(inputs, known);
  return known;
}

/** The values index × step, from the first index to the last. */
export interface InputGrid {
  readonly step: Fraction;
  readonly first: bigint;
  readonly last: bigint;
}

/** The grid of an input from low to high, with both ends where the step meets them. */
export function gridBetween(
  input: Input,
  low: Fraction,
  high: Fraction,
): Result<InputGrid, Problem> {
  const step = stepOf(input);
  if (step.n <= 0n) return failure({ message: `the step of \`${input.path}\` is not above zero` });
  const first = -floor(divide({ n: -low.n, d: low.d }, step));
  const last = floor(divide(high, step));
  if (first <= last) return success({ step, first, last });
  const message = `no multiple of the step lies between low and high of \`${input.path}\``;
  return failure({ message, hint: 'widen the range, or give it a finer step' });
}

/** Whether an input is a price, in major units; every other amount is in quanta. */
export function isPrice({ kind }: Input): boolean {
  return kind === PRICE;
}

/** Kinds of numbers that people do not read as a percentage. */
const PLAIN = new Set([RATE, COUNT, RATIO]);

/** Whether an input is an exchange rate, which people do not read as a percentage. */
export function isRate({ kind }: Input): boolean {
  return kind === RATE;
}

/** How many of an input's own units make one major unit: 100 fen are a yuan. */
function unitsIn(input: Input): Fraction {
  const { currency } = input;
  return fraction(currency && !isPrice(input) ? powerOfTen(currency.places) : 1n);
}

/** As many digits as a literal may have before the point, and after it. */
const MOST_DIGITS = 18;
/** The least number with more digits. */
const LONGEST = powerOfTen(MOST_DIGITS);
const DECIMAL = /^-?\d{1,18}(\.\d{1,18})?$/;

/** The literal of a value of an input, exactly; nothing if no literal can express it. */
export function literalOf(input: Input, value: Fraction): string | undefined {
  const exact = divide(value, unitsIn(input));
  const decimal = printFraction(exact);
  const { currency, unit } = input;
  if (unit !== undefined) return `${decimal} ${unit}`;
  if (DECIMAL.test(decimal)) return currency ? `${decimal} ${currency.code}` : decimal;
  return currency ? undefined : quotientLiteral(exact);
}

/**
 * The literal of a value between the low and the high of an input, spelled like its own value: `412.5bn CNY`. A bound
 * that is not given is the value itself.
 *
 * @param step how many steps above the low, of as many as there are up to the high
 */
export function literalBetween(input: Input, step: number, steps: number): string | undefined {
  const { low = input.value, high = input.value } = rangeOf(input);
  const part = multiply(subtract(high, low), fraction(BigInt(step), BigInt(steps)));
  const value = add(low, part);
  // Amounts are whole quanta, and lives whole times.
  const isWhole = input.unit !== undefined || (input.currency !== undefined && !isPrice(input));
  const count = isWhole ? fraction(floor(value)) : value;
  const literal = formatLike(input.text, divide(count, unitsIn(input)));
  return input.kind.read(literal).ok ? literal : literalOf(input, count);
}

/** `20/3`, with as many decimals on both sides as the longer one needs: `1/0.123456789012345678`. */
function quotientLiteral({ n, d }: Fraction): string | undefined {
  const longest = greatest([n, d].map((side) => String(side).replace('-', '').length));
  const places = Math.max(0, longest - MOST_DIGITS);
  const sides = [n, d].map((side) => printShort(side, places));
  return sides.every((side) => DECIMAL.test(side)) ? sides.join('/') : undefined;
}

/** Whether an input can have a value: a literal expresses it, and it is within the bounds of the input. */
export function canHave(input: Input, value: Fraction): boolean {
  const { n, d } = value;
  // A study sets thousands of shares: most are short, and need not be written to be checked.
  if (input.kind === SHARE && n < LONGEST && d < LONGEST) return 0n <= n && n <= d;
  const literal = literalOf(input, value);
  return literal !== undefined && input.kind.read(literal).ok;
}

/** Prints a value of an input for a tidy table: a plain decimal, amounts to the quantum. */
export function tidyValue(input: Input, value: Fraction): string {
  const { currency } = input;
  if (currency && !isPrice(input) && value.d === 1n) return printDecimal(value.n, currency.places);
  return printFraction(divide(value, unitsIn(input)));
}

/** Prints a value of an input for people: `380bn CNY`, in Chinese `3800亿 CNY`; `37.5%`, `7.1717`. */
export function valueText(input: Input, value: Fraction, language?: Language): string {
  const { currency, unit } = input;
  if (unit !== undefined) return `${printFraction(value)} ${unit}`;
  if (!currency) return PLAIN.has(input.kind) ? printFraction(value) : percent(value);
  const { n, d } = isPrice(input) ? multiply(value, fraction(powerOfTen(currency.places))) : value;
  return d === 1n
    ? amountText(n, currency, language)
    : `${tidyValue(input, value)} ${currency.code}`;
}

/** Prints an amount for people: `60bn CNY`, or `59,999,941,666.68 CNY` where that is easier to read. */
export function amountText(count: bigint, currency: Currency, language?: Language): string {
  const short = printAmount(count, currency, language === 'zh' ? ['亿', '万'] : undefined);
  if (/^-?(?:\d{1,3}(\.\d{1,3})?[a-z]+|\d{1,4}(\.\d{1,4})?[万亿]) /.test(short)) return short;
  return `${grouped(printDecimal(count, currency.places))} ${currency.code}`;
}

/**
 * The step between values of an input that `solve` and `simulate` try, in the input's own units: its
 * `step`, else the quantum of its currency, or 10^-6.
 */
export function stepOf(input: Input): Fraction {
  const { step } = input.attributes;
  if (step) return step.value.value;
  if (input.unit !== undefined) return fraction(1n);
  if (!input.currency) return fraction(1n, 1_000_000n);
  return isPrice(input) ? fraction(1n, powerOfTen(input.currency.places)) : fraction(1n);
}

/** The low and the high of an input, if it has them. */
export function rangeOf({ attributes: { low, high } }: Input): {
  readonly low: Fraction | undefined;
  readonly high: Fraction | undefined;
} {
  return { low: low?.value.value, high: high?.value.value };
}

/** The inputs that have a range, in the order of the file. */
export function rangedInputs({ inputs }: Pick<Scenario, 'inputs'>): readonly Input[] {
  return inputs.flatMap((input) => {
    if (isRest(input)) return [];
    const { low, high } = rangeOf(input);
    return low || high ? [input] : [];
  });
}
