/** The option `--grid`: an input, or a path of inputs by period, and the values or changes that it takes. */
import { percent, printFraction } from '../../core/number/decimal.js';
import {
  ONE,
  add,
  fraction,
  multiply,
  roundHalfEven,
  type Fraction,
} from '../../core/number/fraction.js';
import { fractionLiteral, type LiteralReading } from '../../core/number/literal.js';
import { failure, success, type Result } from '../../core/result.js';
import type { Problem } from '../../core/text/diagnostic.js';
import { isRest, readNumberOf, type Input } from '../../model/input.js';
import { argumentError } from '../shared/argumentError.js';
import { memberPath, subjectInputAt, type Subject } from '../subject/subject.js';
import { isPrice, isRate, literalOf, tidyValue, valueText } from '../variation/inputValues.js';
import { readRange } from '../variation/valueLists.js';

/** An input, or a path with a value for each period, and the points at which it is set. */
export interface GridAxis {
  /** The path typed; with ` change`, if the points are changes in percent. */
  readonly name: string;
  /** The path of the one input, whose changes other shares may absorb; none if it has a value for each period. */
  readonly path: string | undefined;
  readonly points: readonly GridPoint[];
}

/** A point of an axis: the value of the one input, or what `--set` would say; and how it is printed. */
export interface GridPoint {
  readonly value: Fraction;
  readonly set: readonly string[];
  readonly tidy: string;
  readonly label: string;
}

/** Reads `PATH=A..B/STEP`, `PATH=A,B,C` or `PATH=±10%`. */
export function readAxis(subject: Subject, text: string): Result<GridAxis> {
  const fail = argumentError('--grid', text);
  const equals = text.indexOf('=');
  const [path, list] = [text.slice(0, Math.max(equals, 0)), text.slice(equals + 1)];
  const found = subjectInputAt(subject, path);
  const inputs = found.ok ? [found.value] : stepsAt(subject, path);
  if (!inputs[0] && !found.ok) return fail(found.diagnostics);
  const values = readValues(path, list, inputs[0]!);
  if (!values.ok) return fail(values.diagnostics);
  if (found.ok) return success(inputAxis(found.value, values.value));
  const axis = periodAxis(subject, path, inputs, values.value);
  return axis.ok ? axis : fail(axis.diagnostics);
}

/** The values of an axis, in the input's own units; or relative changes of it. */
interface AxisValues {
  readonly areChanges: boolean;
  readonly values: readonly Fraction[];
}

function readValues(path: string, list: string, input: Input): Result<AxisValues, Problem> {
  const areChanges = /[%±]/u.test(list) && !isRatio(input);
  if (!areChanges && list.includes('±')) {
    const message = `\`±\` of \`${path}\` may mean points or a part of it`;
    return failure({ message, hint: 'write the values: 30%,35%,40%' });
  }
  const readValue = (literal: string): LiteralReading<Fraction> => {
    const reading = readNumberOf(input, literal);
    return reading.ok ? success(reading.value.value) : reading;
  };
  const read = readRange(list, areChanges ? readChange : readValue);
  return read.ok ? success({ areChanges, values: read.value }) : read;
}

function inputAxis(input: Input, { areChanges, values }: AxisValues): GridAxis {
  const points = values.map((value): GridPoint => {
    if (!areChanges) return { value, set: [], ...printValue(input, value) };
    return { value: changed(input, value), set: [], ...printChange(value) };
  });
  return { name: areChanges ? `${input.path} change` : input.path, path: input.path, points };
}

/** One value takes the place of all of a map by period, as under `--set`; a change moves each of them. */
function periodAxis(
  subject: Subject,
  path: string,
  inputs: readonly Input[],
  { areChanges, values }: AxisValues,
): Result<GridAxis, Problem> {
  const [first] = inputs as [Input];
  const all = areChanges
    ? [...firstRate(subject, path), ...inputs]
    : [{ ...first, path: placeOf(first) }];
  const points: GridPoint[] = [];
  for (const value of values) {
    const printed = areChanges ? printChange(value) : printValue(first, value);
    const literals = all.map((one) => literalOf(one, areChanges ? changed(one, value) : value));
    if (literals.includes(undefined)) {
      return failure({ message: `no literal of 18 digits expresses ${printed.label}` });
    }
    points.push({ value, set: all.map((one, i) => `${one.path}=${literals[i]!}`), ...printed });
  }
  return success({ name: areChanges ? `${path} change` : path, path: undefined, points });
}

function isRatio(input: Input): boolean {
  return input.currency === undefined && input.unit === undefined && !isRate(input);
}

/** The inputs by period below a path of a scenario, such as those of `fx.path.USD`. */
function stepsAt(subject: Subject, path: string): readonly Input[] {
  if (!memberPath(subject, path)) return [];
  const below = [path, `${path}.value`, `${path}.share`, `${path}.part`].map((one) => `${one}.FY`);
  return subject.inputs.flatMap((input) =>
    !isRest(input) && below.some((start) => input.path.startsWith(start)) ? [input] : [],
  );
}

/** The path of a map by period, from the path of one of its values. */
function placeOf({ path }: Input): string {
  return path.replace(/\.FY\w+$/, '');
}

function printValue(input: Input, value: Fraction): Pick<GridPoint, 'tidy' | 'label'> {
  return { tidy: tidyValue(input, value), label: valueText(input, value) };
}

function printChange(change: Fraction): Pick<GridPoint, 'tidy' | 'label'> {
  const sign = change.n > 0n ? '+' : '';
  return { tidy: printFraction(change), label: `${sign}${percent(change)}` };
}

function readChange(literal: string): LiteralReading<Fraction> {
  if (literal.endsWith('%')) return fractionLiteral.read(literal);
  const message = `\`${literal}\` is no percentage, but others of these values are`;
  return failure({ code: 'literal', message, hint: 'write all of them in percent, or none' });
}

/** The value after a relative change; an amount is rounded half-even to its quantum. */
function changed(input: Input, change: Fraction): Fraction {
  const value = multiply(input.value, add(ONE, change));
  const isAmount = (input.currency ?? input.unit) !== undefined && !isPrice(input);
  return isAmount ? fraction(roundHalfEven(value)) : value;
}

/** Where a path of rates begins inside the window, the base rate before it is a rate of the path, too. */
function firstRate(subject: Subject, path: string): readonly Input[] {
  const own = memberPath(subject, path)!;
  const { fx, window } = own.member;
  const [, code = ''] = /^fx\.path\.([A-Z]{3})$/.exec(own.path) ?? [];
  const [first] = window.periods;
  const base = fx.base.get(code);
  if (!base || fx.path.get(code)!(first!.start)) return [];
  return [{ ...base, path: `${path}.${first!.label}` }];
}
