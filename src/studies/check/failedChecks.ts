/** The checks that a scenario states itself (`checks`), tested at the base values and at every low and high. */
import { groupBy } from '../../core/group.js';
import type { Currency } from '../../core/number/currency.js';
import { grouped, powerOfTen, printFraction } from '../../core/number/decimal.js';
import {
  ZERO,
  compare,
  fraction,
  multiply,
  subtract,
  type Fraction,
} from '../../core/number/fraction.js';
import { failure, success, type Result } from '../../core/result.js';
import type { Diagnostic, DiagnosticCode, Problem } from '../../core/text/diagnostic.js';
import { listed } from '../../core/text/prose.js';
import type { Check } from '../../model/checks.js';
import { leavesOf } from '../../model/component.js';
import type { Input } from '../../model/input.js';
import { compile } from '../../projection/compile.js';
import { missingRates, outputProblem } from '../../projection/output.js';
import type { Unit } from '../../projection/plan.js';
import type { Scenario } from '../../scenario/scenario.js';
import { tornados, type End, type Tornado } from '../sensitivity/tornado.js';
import { soleSubject, subjectOf, type Subject } from '../subject/subject.js';
import { partsOf, readSubjectOutput, type SubjectOutput } from '../subject/subjectOutput.js';
import { amountText, valueText } from '../variation/inputValues.js';
import { currenciesOf } from '../variation/outputPlan.js';

/** An error for each check of a scenario that fails, with the case that is farthest outside. */
export function failedChecks(scenario: Scenario): readonly Diagnostic[] {
  return failuresOf(soleSubject(scenario), scenario.checks);
}

/** An error for each check of a portfolio that fails, of the sum over its buyers or of one of them. */
export function failedPortfolioChecks(scenarios: readonly Scenario[]): readonly Diagnostic[] {
  const buyers = scenarios.filter(({ buyer }) => buyer);
  return [...groupBy(buyers, ({ buyer }) => buyer!.portfolio)].flatMap(([{ checks }, own]) =>
    failuresOf(subjectOf(own), checks),
  );
}

function failuresOf(subject: Subject, checks: readonly Check[]): readonly Diagnostic[] {
  if (checks.length === 0) return [];
  const readings = checks.map((check) => readCheck(subject, check));
  const outputs = readings.flatMap((reading) => (reading.ok ? [reading.value] : []));
  const cells = subject.members.map((member, m) => {
    return compile(member, { currencies: currenciesOf(partsOf(outputs, m)) }).cells;
  });
  // Each input is changed once for all checks.
  const found = new Map(tornados(subject, outputs).map((one, i) => [outputs[i], one]));
  return checks.flatMap((check, i) => {
    const reading = readings[i]!;
    if (!reading.ok) return reading.diagnostics;
    const output = reading.value;
    const problems = output.parts.flatMap((part, m) =>
      part ? [outputProblem(part, cells[m]!)] : [],
    );
    const [problem] = problems;
    if (problem && problems.every((one) => one))
      return [checkError(check, 'output-unknown', problem)];
    const failed = worstCase(check, found.get(output)!);
    return failed ? [checkError(check, 'check-failed', failed)] : [];
  });
}

/** The output of a check, if it can be compared with the bounds. */
function readCheck(subject: Subject, check: Check): Result<SubjectOutput> {
  const read = readSubjectOutput(subject, check.output.value);
  if (!read.ok) return failure([checkError(check, 'output-unknown', read.diagnostics)]);
  const output = read.value;
  const missing = subject.members.flatMap((member, m) =>
    missingRates(member, currenciesOf(partsOf([output], m))),
  );
  if (missing.length > 0) return failure(missing);
  const mismatch = mismatchOf(check, output, subject);
  if (mismatch) return failure([checkError(check, mismatch.code, mismatch.problem)]);
  return success(output);
}

function checkError(
  { output, least, most }: Check,
  code: DiagnosticCode,
  problem: Problem,
): Diagnostic {
  const between = { ...least.span, end: most.span.end };
  const span = code === 'check-failed' ? between : output.span;
  return { code, severity: 'error', span, ...problem };
}

/** What is wrong where the bounds of a check are not in the unit of its output. */
function mismatchOf(
  { output: { value: name }, least, most }: Check,
  output: SubjectOutput,
  subject: Subject,
): { readonly code: DiagnosticCode; readonly problem: Problem } | undefined {
  const bound = [least, most].find(({ value }) => value.unit !== undefined) ?? least;
  const { currency, unit } = bound.value;
  const isCount = output.measure === 'units';
  const own = isCount ? unitsOf(output, subject) : [output.unit!];
  const isRight = isCount
    ? !currency && (unit === undefined || own.every((one) => one === unit))
    : currency?.code === output.unit;
  if (isRight) return undefined;
  const problem = {
    message: `\`${name}\` is in ${listed(own, 'and') || 'units'}, but \`between\` is not`,
    found: `\`${bound.text}\``,
    hint: `write ${isCount ? countRemedy(name, own, unit) : moneyRemedy(name, own[0]!, currency)}`,
  };
  return { code: unit === undefined ? 'currency-mismatch' : 'unit-mismatch', problem };
}

/** What the components of an output count, each once. */
function unitsOf({ unit, parts }: SubjectOutput, { members }: Subject): readonly string[] {
  if (unit !== undefined) return [unit];
  const counted = members.flatMap(({ components }, m) =>
    components.flatMap(leavesOf).filter(({ path }) => parts[m]?.paths.has(path)),
  );
  return [...new Set(counted.flatMap((leaf) => (leaf.unit ? [leaf.unit.name] : [])))];
}

function countRemedy(name: string, own: readonly string[], unit: string | undefined): string {
  const [first] = own;
  if (first === undefined) return 'numbers without a currency';
  if (own.length === 1) return `bounds in ${first}`;
  if (unit !== undefined && own.includes(unit)) return `\`${inUnit(name, unit)}\``;
  return `\`${inUnit(name, first)}\`, and bounds in ${first}`;
}

function moneyRemedy(name: string, own: string, currency: Currency | undefined): string {
  return `${currency ? `\`${inUnit(name, currency.code)}\`, or ` : ''}bounds in ${own}`;
}

/** The name of an output in another currency, or of one of the units that it counts. */
function inUnit(name: string, unit: string): string {
  const place = name.replace(/(:[a-z]+)\..*$/, '$1');
  return `${place.includes(':') ? place : `${place}:demand`}.${unit}`;
}

/** A case in which the output is outside its bounds, or has no number. */
interface Case {
  /** `at the base values`, or `with envelope at 450bn CNY`. */
  readonly when: string;
  readonly what: () => string;
  /** How far outside it is. */
  readonly gap: Fraction;
}

const AT_VALUE = 'at the base values';

function worstCase(check: Check, { base, swings }: Tornado): Problem | undefined {
  const { output, least, most, note } = check;
  const inBounds = caseOf(check, base.unit);
  const ends = swings.flatMap(({ input, low, high }) =>
    [low, high].map((end): readonly [when: string, End] => [`with ${nameAt(input, end)}`, end]),
  );
  const cases = [
    inBounds(AT_VALUE, base.count),
    ...ends.map(([when, { result, reason }]) =>
      result === undefined
        ? { when, what: () => `no number (${reason()})`, gap: ZERO }
        : inBounds(when, result),
    ),
  ].filter((one) => one !== undefined);
  const [first] = cases;
  if (!first) return undefined;
  const isAtValue = first.when === AT_VALUE;
  const reported = isAtValue ? first : cases.reduce((a, b) => (compare(b.gap, a.gap) > 0 ? b : a));
  const outside = cases.length - Number(isAtValue);
  const where = isAtValue ? AT_VALUE : `at ${outside} of ${ends.length} lows and highs`;
  return {
    message: `\`${output.value}\` fails its check \`${check.name}\` ${where}`,
    expected: `from ${least.text} to ${most.text}${note === undefined ? '' : `: ${note}`}`,
    found: `${reported.what()}, ${reported.when}`,
    hint: 'correct the input that is wrong, or widen `between`',
  };
}

function nameAt(input: Input, { value }: End): string {
  return `${input.path} at ${valueText(input, value)}`;
}

/** Tests counts against the bounds of a check; no case if the count is inside. */
function caseOf({ least, most }: Check, unit: Unit) {
  const { currency } = least.value;
  const scale = fraction(currency ? 1n : powerOfTen(unit.places));
  const [low, high] = [least, most].map(({ value }) => multiply(value.value, scale)) as [
    Fraction,
    Fraction,
  ];
  const say = (count: Fraction) =>
    currency
      ? amountText(count.n, currency)
      : `${grouped(printFraction(multiply(count, fraction(1n, scale.n))))} ${unit.label}`;
  return (when: string, count: bigint): Case | undefined => {
    const value = fraction(count);
    const isLow = compare(value, low) < 0;
    if (!isLow && compare(value, high) <= 0) return undefined;
    const gap = isLow ? subtract(low, value) : subtract(value, high);
    const what = () => `${say(value)} is ${say(gap)} too ${isLow ? 'little' : 'much'}`;
    return { when, what, gap };
  };
}
