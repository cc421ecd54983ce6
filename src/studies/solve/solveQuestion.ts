/** The question of `solve`: an input, the grid of its values, an output, and its target. */
import type { Fraction } from '../../core/number/fraction.js';
import {
  fractionLiteral,
  number,
  quotient,
  type LiteralReading,
} from '../../core/number/literal.js';
import { allOf, failure, success, type Result } from '../../core/result.js';
import type { Problem } from '../../core/text/diagnostic.js';
import type { Closure } from '../../model/fx.js';
import type { Input } from '../../model/input.js';
import { argumentError } from '../shared/argumentError.js';
import { readMoney, readTarget, type OutputTarget } from '../subject/outputTarget.js';
import { subjectInputAt, type Subject } from '../subject/subject.js';
import { gridBetween, isPrice, isRate, rangeOf, type InputGrid } from '../variation/inputValues.js';

/** The options as they are typed. */
export interface SolveArguments {
  readonly for: string;
  readonly target: string;
  readonly low?: string | undefined;
  readonly high?: string | undefined;
  readonly closure?: Closure | undefined;
}

export interface SolveQuestion extends OutputTarget, Grid {
  readonly subject: Subject;
  /** That of each scenario unless given. */
  readonly closure: Closure | undefined;
  readonly input: Input;
}

/** The values that the input may take, and the ends of their range. */
interface Grid extends InputGrid {
  readonly low: Fraction;
  readonly high: Fraction;
}

/** Reads the question; all arguments that are wrong are reported. */
export function readQuestion(subject: Subject, typed: SolveArguments): Result<SolveQuestion> {
  const target = readTarget(subject, typed.target, argumentError('--target', typed.target));
  const wrong = target.ok ? [] : target.diagnostics;
  const found = subjectInputAt(subject, typed.for);
  if (!found.ok) {
    const { diagnostics } = argumentError('--for', typed.for)(found.diagnostics);
    return failure([...diagnostics, ...wrong]);
  }
  const input = found.value;
  const grid = readGrid(input, typed);
  if (!grid.ok) return failure([...grid.diagnostics, ...wrong]);
  if (!target.ok) return target;
  const { closure } = typed;
  return success({ subject, closure, input, ...target.value, ...grid.value });
}

/** The multiples of the input's step within the range typed, or else within its own. */
function readGrid(input: Input, typed: SolveArguments): Result<Grid> {
  const fail = argumentError('--for', typed.for);
  const own = rangeOf(input);
  const ends = allOf(
    (['low', 'high'] as const).map((end): Result<Fraction> => {
      const text = typed[end];
      if (text === undefined) return own[end] ? success(own[end]) : fail(noEnd(input, end));
      const reading = readValue(input, text.trim());
      return reading.ok ? reading : argumentError(`--${end}`, text)(reading.diagnostics);
    }),
  );
  if (!ends.ok) return ends;
  const [low, high] = ends.value as [Fraction, Fraction];
  const grid = gridBetween(input, low, high);
  return grid.ok ? success({ ...grid.value, low, high }) : fail(grid.diagnostics);
}

function noEnd({ path, text }: Input, end: 'low' | 'high'): Problem {
  const message = `\`${path}\` has no \`${end}\`: the search needs a range`;
  return { message, hint: `add --${end} to the command, such as --${end} '${text}'` };
}

/** Reads a number of periods, with their name or without it. */
function readCountOf(unit: string, text: string): LiteralReading<Fraction> {
  return number.read(text.endsWith(` ${unit}`) ? text.slice(0, -unit.length - 1) : text);
}

/** Reads a literal of the input's kind, without its bounds: values outside them have no result. */
function readValue(input: Input, text: string): LiteralReading<Fraction> {
  const { currency, unit } = input;
  if (unit !== undefined) return readCountOf(unit, text);
  if (!currency) return (isRate(input) ? quotient : fractionLiteral).read(text);
  const money = readMoney(text, currency.code, isPrice(input));
  if (!money.ok) return money;
  const { code, quanta } = money.value;
  if (code === currency.code) return success(quanta);
  const message = `\`${text}\` is not in ${currency.code}`;
  return failure({ code: 'currency-mismatch', message, hint: `write … ${currency.code}` });
}
