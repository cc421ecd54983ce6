/** Moving one input: how it is named, the grid that it moves on, and the scenario that follows. */
import {
  type Problem,
  nearest,
  type Diagnostic,
  type DiagnosticCode,
} from '../../core/text/diagnostic.js';
import {
  divide,
  type Fraction,
  compare,
  multiply,
  fraction,
  subtract,
  floor,
} from '../../core/number/fraction.js';
import { type Input, isRest } from '../../model/input.js';
import type { Currency } from '../../core/number/currency.js';
import {
  grouped,
  printDecimal,
  printFraction,
  powerOfTen,
  percent,
} from '../../core/number/decimal.js';
import { printAmount } from '../../core/number/literal.js';
import type { Loaded } from '../../scenario/load.js';
import type { Scenario } from '../../scenario/scenario.js';
import { vary } from '../../scenario/vary.js';
import { proRata, rebalanceOf } from './rebalance.js';

/** The values index × step, from the first index to the last. */
export interface InputGrid {
  readonly step: Fraction;
  readonly first: bigint;
  readonly last: bigint;
}

/** The grid of an input from low to high, both included where the step hits them; or why there is none. */
export function gridBetween(input: Input, low: Fraction, high: Fraction): InputGrid | Problem {
  const step = stepOf(input);
  if (step.n <= 0n) return { message: `the step of \`${input.path}\` is not above zero` };
  const first = -floor(divide({ n: -low.n, d: low.d }, step));
  const last = floor(divide(high, step));
  if (first <= last) return { step, first, last };
  const message = `no multiple of the step lies between low and high of \`${input.path}\``;
  return { message, hint: 'widen the range, or give it a finer step' };
}

/** Why a path names no input that can be moved. */
export interface NoInput {
  readonly message: string;
  readonly hint: string;
}

/**
 * The input at a path, as `--set` takes it. A rate path that the file does not give is there with
 * the value and the range of the base rate, which holds in its place.
 */
export function inputAt({ inputs, fx }: Scenario, path: string): Input | NoInput {
  const bare = path.replace(/\.value$/, '');
  const names = [path, bare, `${bare}.share`, `${bare}.part`];
  const found = inputs.find((one) => names.includes(one.path));
  if (found && !isRest(found)) return found;
  if (found) {
    const message = `\`${path}\` is \`rest\`: it is what the others leave`;
    return { message, hint: 'name one of the others' };
  }
  const [, code] = /^fx\.path\.([A-Z]{3})$/.exec(path) ?? [];
  const base = code !== undefined && !fx.path.has(code) ? fx.base.get(code) : undefined;
  if (base) return { ...base, path };
  const steps = inputs.filter((one) => one.path.startsWith(`${path}.FY`));
  if (steps[0]) {
    return { message: `\`${path}\` changes by period`, hint: `write \`${steps[0].path}\`` };
  }
  const known = inputs.filter((one) => !isRest(one)).map((one) => one.path);
  const meant = nearest(path, known);
  const hint = meant === undefined ? 'write the keys of the file, joined by dots' : meant;
  return { message: `\`${path}\` is not an input`, hint: meant ? `write \`${hint}\`` : hint };
}

export function isNoInput(found: Input | NoInput): found is NoInput {
  return 'message' in found;
}

/** Money under `components` is a price, in major units; all other money is in quanta. */
export function isPrice({ path, currency }: Input): boolean {
  return currency !== undefined && path.startsWith('components.');
}

/** Exchange rates are plain decimals; every other number without a currency may be a fraction. */
export function isRate({ path }: Input): boolean {
  return path.startsWith('fx.');
}

/** How many of an input's own units make one major unit: 100 fen are a yuan. */
function unitsIn(input: Input): Fraction {
  const { currency } = input;
  return fraction(currency && !isPrice(input) ? powerOfTen(currency.places) : 1n);
}

/** As many digits as a literal may have: 18 before the point and 18 after. */
const DECIMAL = /^-?\d{1,18}(\.\d{1,18})?$/;
const FRACTION = /^-?\d{1,18}\/\d{1,18}$/;

/** The literal that spells a value of an input exactly, or nothing where the grammar has none. */
export function literalOf(input: Input, value: Fraction): string | undefined {
  const { n, d } = divide(value, unitsIn(input));
  const decimal = printFraction({ n, d });
  const fraction = `${n}/${d}`;
  const { currency } = input;
  if (DECIMAL.test(decimal)) return currency ? `${decimal} ${currency.code}` : decimal;
  return !currency && !isRate(input) && FRACTION.test(fraction) ? fraction : undefined;
}

/** A value of an input for a tidy table: a plain decimal, amounts to the quantum. */
export function plainValue(input: Input, value: Fraction): string {
  const { currency } = input;
  if (currency && !isPrice(input) && value.d === 1n) return printDecimal(value.n, currency.places);
  return printFraction(divide(value, unitsIn(input)));
}

/** A value of an input as people say it: `380bn CNY`, `37.5%`, `7.1717`. */
export function valueText(input: Input, value: Fraction): string {
  const { currency } = input;
  if (!currency) return isRate(input) ? printFraction(value) : percent(value);
  const { n, d } = isPrice(input) ? multiply(value, fraction(powerOfTen(currency.places))) : value;
  return d === 1n ? sayAmount(n, currency) : `${plainValue(input, value)} ${currency.code}`;
}

/** An amount as people say it: `60bn CNY`, or `59,999,941,666.68 CNY` where that is easier to read. */
export function sayAmount(count: bigint, currency: Currency): string {
  const short = printAmount(count, currency);
  if (/^-?\d{1,3}(\.\d{1,3})?[a-z]+ /.test(short)) return short;
  return `${grouped(printDecimal(count, currency.places))} ${currency.code}`;
}

/**
 * The step on which an input is solved for and drawn, in the input's own units: its `step`, else
 * the quantum of its currency, or 10^-6.
 */
export function stepOf(input: Input): Fraction {
  const { step } = input.attributes;
  if (step) return step.value.value;
  if (!input.currency) return fraction(1n, 1_000_000n);
  return isPrice(input) ? fraction(1n, powerOfTen(input.currency.places)) : fraction(1n);
}

/** The ends of an input's own range, where it has them. */
export function rangeOf({ attributes: { low, high } }: Input): {
  readonly low: Fraction | undefined;
  readonly high: Fraction | undefined;
} {
  return { low: low?.value.value, high: high?.value.value };
}

/** The inputs that have a range, in the order of the file. */
export function rangedInputs({ inputs }: Scenario): readonly Input[] {
  return inputs.flatMap((input) => {
    if (isRest(input)) return [];
    const { low, high } = rangeOf(input);
    return low || high ? [input] : [];
  });
}

/** A scenario in which one input has moved, and the paths of those who gave way to it. */
export interface VariedInput extends Loaded {
  readonly rebalanced: readonly string[];
}

/**
 * The scenario with the input at `path` set to `value`, by a layer. Where it is one of a group of
 * shares, `rest` gives way if the group has one, else the others, pro rata.
 *
 * @param value in the input's own units: quanta for amounts, major units for prices
 * @returns no scenario, and the reason as diagnostics, where the value is not valid or the others
 *   cannot give way
 */
export function moveInput(scenario: Scenario, path: string, value: Fraction): VariedInput {
  const assigned = assignmentsFor(scenario, path, value);
  if ('code' in assigned) return { scenario: undefined, diagnostics: [assigned], rebalanced: [] };
  const { values, rebalanced } = assigned;
  const set = values.map(({ input, literal }) => `${input.path}=${literal}`);
  return { ...vary(scenario, set), rebalanced };
}

/** What a move assigns: to the input itself, and to those who give way to it. */
export interface Assignments {
  readonly values: readonly {
    readonly input: Input;
    readonly value: Fraction;
    readonly literal: string;
  }[];
  readonly rebalanced: readonly string[];
}

/** The values that a move assigns, each with the literal that spells it, or why there are none. */
export function assignmentsFor(
  scenario: Scenario,
  path: string,
  value: Fraction,
): Assignments | Diagnostic {
  const input = inputAt(scenario, path);
  if (isNoInput(input)) {
    const span = { source: { name: path, text: path }, start: 0, end: Math.max(path.length, 1) };
    return { code: 'path-unknown', severity: 'error', span, ...input };
  }
  const found = valuesFor(scenario, input, value);
  if ('reason' in found) return refusal(input, 'sum', `it cannot change: ${found.reason}`);
  const values = [];
  for (const [one, itsValue] of [[input, value] as const, ...found.others]) {
    const literal = literalOf(one, itsValue);
    if (literal === undefined) {
      const spelt = printFraction(itsValue);
      return refusal(one, 'literal-size', `no literal of 18 digits spells the value ${spelt}`);
    }
    values.push({ input: one, value: itsValue, literal });
  }
  return { values, rebalanced: found.rebalanced };
}

/** What else has to be set, and who gives way; or why they cannot. */
type Others =
  | {
      readonly others: readonly (readonly [Input, Fraction])[];
      readonly rebalanced: readonly string[];
    }
  | { readonly reason: string };

function valuesFor(scenario: Scenario, input: Input, value: Fraction): Others {
  const way = rebalanceOf(scenario, input.path);
  if (way.kind === 'refused') return way;
  if (way.kind !== 'others')
    return { others: [], rebalanced: way.kind === 'rest' ? way.paths : [] };
  const left = subtract(way.whole, value);
  // More than the whole, or less than a quantum: the checks of the scenario say it better.
  const cannot = compare(left, fraction(0n)) < 0 || (input.currency !== undefined && left.d !== 1n);
  if (cannot || way.others.length === 0) return { others: [], rebalanced: [] };
  const parts = proRata(way.others, left);
  if (!parts)
    return { reason: 'the others of its group are all 0, so they have no proportions to keep' };
  const others = way.others.map((other, i) => [other, parts[i]!] as const);
  return { others, rebalanced: way.others.map((other) => other.path) };
}

function refusal({ path, span }: Input, code: DiagnosticCode, reason: string): Diagnostic {
  return { code, severity: 'error', span, message: `\`${path}\`: ${reason}` };
}
