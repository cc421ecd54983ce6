/** What `solve` is asked: an input, the grid of its values, an output, and the target. */
import { failure, success } from '../../core/result.js';
import type { Diagnostic, Problem } from '../../core/text/diagnostic.js';
import { fractionLiteral, number, type LiteralReading } from '../../core/number/literal.js';
import type { Fraction } from '../../core/number/fraction.js';
import type { Input } from '../../model/input.js';
import type { Scenario } from '../../scenario/scenario.js';
import { readTarget, readMoney, type OutputTarget } from '../shared/outputTarget.js';
import {
  gridBetween,
  type InputGrid,
  inputAt,
  isNoInput,
  isPrice,
  isRate,
  rangeOf,
} from '../shared/variation.js';

/** The options as they are typed. */
export interface SolveArguments {
  readonly for: string;
  readonly target: string;
  readonly low?: string | undefined;
  readonly high?: string | undefined;
}

export interface SolveQuestion extends OutputTarget, Grid {
  readonly scenario: Scenario;
  readonly input: Input;
}

/** The values that the input may take, and the ends of the range that they lie in. */
interface Grid extends InputGrid {
  readonly low: Fraction;
  readonly high: Fraction;
}

type Option = keyof SolveArguments;

/** The question, or everything that is wrong with how it is asked. */
export function readQuestion(
  scenario: Scenario,
  typed: SolveArguments,
): SolveQuestion | readonly Diagnostic[] {
  const input = inputAt(scenario, typed.for);
  const aim = readTarget(scenario, typed.target, (problem) => [asked('target', typed, problem)]);
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
function asked(option: Option, typed: SolveArguments, problem: Problem): Diagnostic {
  const { code = 'path-unknown', message, hint } = problem;
  const text = typed[option] ?? '';
  const span = { source: { name: `--${option}`, text }, start: 0, end: Math.max(text.length, 1) };
  return { code, severity: 'error', span, message, ...(hint && { hint }) };
}

/** The multiples of the input's step within the range typed, or else within its own. */
function readGrid(input: Input, typed: SolveArguments): Grid | readonly Diagnostic[] {
  const own = rangeOf(input);
  const ends = (['low', 'high'] as const).map((end): Fraction | Diagnostic => {
    const text = typed[end];
    if (text === undefined) return own[end] ?? asked('for', typed, noEnd(input, end));
    const reading = readValue(input, text.trim());
    return reading.ok ? reading.value : asked(end, typed, reading.diagnostics);
  });
  const problems = ends.flatMap((end) => ('severity' in end ? [end] : []));
  if (problems.length > 0) return problems;
  const [low, high] = ends as [Fraction, Fraction];
  const grid = gridBetween(input, low, high);
  return 'message' in grid ? [asked('for', typed, grid)] : { ...grid, low, high };
}

function noEnd({ path, text }: Input, end: 'low' | 'high'): Problem {
  const message = `\`${path}\` has no \`${end}\`: the search needs a range`;
  return { message, hint: `add --${end} to the command, such as --${end} '${text}'` };
}

/** A literal of the input's kind, without its bounds: beyond them nothing is defined. */
function readValue(input: Input, text: string): LiteralReading<Fraction> {
  const { currency } = input;
  if (!currency) return (isRate(input) ? number : fractionLiteral).read(text);
  const money = readMoney(text, currency.code, isPrice(input));
  if (!money.ok) return money;
  const { code, quanta } = money.value;
  if (code === currency.code) return success(quanta);
  const message = `\`${text}\` is not in ${currency.code}`;
  return failure({ code: 'currency-mismatch', message, hint: `write … ${currency.code}` });
}
