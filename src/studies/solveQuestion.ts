/** What `solve` is asked: an input, the grid of its values, an output, and the target. */
import { currencyOf } from '../core/currency.js';
import type { Diagnostic, Problem } from '../core/diagnostic.js';
import { amount, fraction, number, toQuanta, type Reading } from '../core/literal.js';
import { multiply, ratio, type Ratio } from '../core/ratio.js';
import type { Input } from '../model/input.js';
import { amountOf, readOutput, type Output } from '../projection/output.js';
import type { Unit } from '../projection/plan.js';
import { project } from '../projection/project.js';
import { missingRates } from '../projection/rates.js';
import type { Scenario } from '../scenario/scenario.js';
import { gridBetween } from './inputGrid.js';
import { inputAt, isNoInput, isPrice, isRate, rangeOf } from './variation.js';

/** The options as they are typed. */
export interface Typed {
  readonly for: string;
  readonly target: string;
  readonly low?: string | undefined;
  readonly high?: string | undefined;
}

export interface Question {
  readonly scenario: Scenario;
  readonly input: Input;
  readonly output: Output;
  readonly unit: Unit;
  /** In quanta of the unit; a fraction, where units of count are asked for in parts. */
  readonly target: Ratio;
  /** The input takes the values index × step, from the first index to the last. */
  readonly step: Ratio;
  readonly first: bigint;
  readonly last: bigint;
  readonly low: Ratio;
  readonly high: Ratio;
}

type Option = keyof Typed;
type Aim = Pick<Question, 'output' | 'unit' | 'target'>;
type Grid = Pick<Question, 'step' | 'first' | 'last' | 'low' | 'high'>;

/** The question, or everything that is wrong with how it is asked. */
export function readQuestion(scenario: Scenario, typed: Typed): Question | readonly Diagnostic[] {
  const input = inputAt(scenario, typed.for);
  const aim = readAim(scenario, typed);
  const problems = isDiagnostics(aim) ? aim : [];
  if (isNoInput(input)) return [asked('for', typed, input), ...problems];
  const grid = readGrid(input, typed);
  if (isDiagnostics(grid)) return [...grid, ...problems];
  return isDiagnostics(aim) ? aim : { scenario, input, ...aim, ...grid };
}

export function isDiagnostics(result: object): result is readonly Diagnostic[] {
  return Array.isArray(result);
}

/** A fault of an option: its source is the option, its text what was typed. */
function asked(option: Option, typed: Typed, { message, hint }: Problem): Diagnostic {
  const text = typed[option] ?? '';
  const span = { source: { name: `--${option}`, text }, start: 0, end: Math.max(text.length, 1) };
  return { code: 'path-unknown', severity: 'error', span, message, ...(hint && { hint }) };
}

/** The output and its target; a currency of the value is that of the output, unless it has one. */
function readAim(scenario: Scenario, typed: Typed): Aim | readonly Diagnostic[] {
  const fail = (problem: Problem) => [asked('target', typed, problem)];
  const [place = '', value] = typed.target.split(/=(.*)/su);
  // A cell that begins with `@` would be taken for a formula by a spreadsheet.
  const cell = place.replace(/^(?=@|$)/u, '*');
  if (value === undefined) {
    return fail({ message: 'no value', hint: 'write CELL=VALUE: servers/inspur:revenue=60bn' });
  }
  const named = readOutput(cell, scenario);
  if ('message' in named) return fail(named);
  if (named.measure === 'units') {
    const count = number.read(value.trim());
    if ('refusal' in count) return fail(count.refusal);
    return aimAt(scenario, named, count.value, fail);
  }
  const explicit = /:[a-z]+\.(.+)$/u.exec(cell)?.[1];
  const money = readMoney(value.trim(), explicit ?? scenario.currency.code);
  if ('refusal' in money) return fail(money.refusal);
  const { code } = money.value;
  if (explicit !== undefined && currencyOf(explicit)?.code !== code) {
    return fail({ message: `the output is in ${explicit}, its target in ${code}` });
  }
  const missing = missingRates(scenario, [code]);
  if (missing.length > 0) return missing;
  const output = readOutput(`${cell.split(':')[0]!}:${named.measure}.${code}`, scenario);
  return aimAt(scenario, output as Output, money.value.quanta, fail);
}

/** A sum over no cells answers nothing, and units of several kinds have no sum. */
function aimAt(
  scenario: Scenario,
  output: Output,
  target: Ratio,
  fail: (problem: Problem) => readonly Diagnostic[],
): Aim | readonly Diagnostic[] {
  const counts = output.measure === 'units';
  const projection = project(scenario, { currencies: counts ? [] : [output.unit!] });
  const labels = new Set(projection.cells.filter(output.holds).map(({ unit }) => unit.label));
  if (labels.size === 0) return fail({ message: `the forecast has no cell of \`${output.text}\`` });
  if (labels.size > 1) {
    const hint = `write \`${output.text}.${[...labels][0]!}\``;
    return fail({ message: `units of several kinds: ${[...labels].join(', ')}`, hint });
  }
  const { unit } = amountOf(projection, output);
  if (!counts) return { output, unit, target };
  const text = `${output.text.replace(/(:units).*$/u, '$1')}.${unit.label}`;
  const quanta = multiply(target, ratio(10n ** BigInt(unit.places)));
  return { output: { ...output, text }, unit, target: quanta };
}

/** The multiples of the input's step within the range typed, or else within its own. */
function readGrid(input: Input, typed: Typed): Grid | readonly Diagnostic[] {
  const own = rangeOf(input);
  const ends = (['low', 'high'] as const).map((end): Ratio | Diagnostic => {
    const text = typed[end];
    if (text === undefined) return own[end] ?? asked('for', typed, noEnd(input, end));
    const reading = readValue(input, text.trim());
    return 'refusal' in reading ? asked(end, typed, reading.refusal) : reading.value;
  });
  const problems = ends.flatMap((end) => ('severity' in end ? [end] : []));
  if (problems.length > 0) return problems;
  const [low, high] = ends as [Ratio, Ratio];
  const grid = gridBetween(input, low, high);
  return 'message' in grid ? [asked('for', typed, grid)] : { ...grid, low, high };
}

function noEnd({ path, text }: Input, end: 'low' | 'high'): Problem {
  const message = `\`${path}\` has no \`${end}\`: the search needs a range`;
  return { message, hint: `add --${end} to the command, such as --${end} '${text}'` };
}

/** A literal of the input's kind, without its bounds: beyond them nothing is defined. */
function readValue(input: Input, text: string): Reading<Ratio> {
  const { currency } = input;
  if (!currency) return (isRate(input) ? number : fraction).read(text);
  const money = readMoney(text, currency.code, isPrice(input));
  if ('refusal' in money) return money;
  const { code, quanta } = money.value;
  if (code === currency.code) return { value: quanta };
  const message = `\`${text}\` is not in ${currency.code}`;
  return { refusal: { code: 'currency-mismatch', message, hint: `write … ${currency.code}` } };
}

/** An amount in quanta (a price in major units), in the currency given unless it names its own. */
function readMoney(
  text: string,
  code: string,
  inMajorUnits = false,
): Reading<{ readonly quanta: Ratio; readonly code: string }> {
  const reading = amount.read(/[A-Z]{3}$/u.test(text) ? text : `${text} ${code}`);
  if ('refusal' in reading) return reading;
  const money = reading.value;
  const quanta = inMajorUnits ? money.value : toQuanta(money);
  if (quanta) return { value: { quanta, code: money.currency.code } };
  const message = `\`${text}\` is finer than the smallest unit of ${money.currency.code}`;
  const hint = `write at most ${money.currency.places} decimals`;
  return { refusal: { code: 'amount-quantum', message, hint } };
}
