/** The checks that a scenario states itself (`checks`), tested at the base values and at every low and high. */
import { groupBy } from '../../core/group.js';
import { grouped, powerOfTen, printFraction, printShort } from '../../core/number/decimal.js';
import {
  ONE,
  ZERO,
  compare,
  divide,
  fraction,
  multiply,
  roundHalfEven,
  subtract,
  type Fraction,
} from '../../core/number/fraction.js';
import { failure, success, type Result } from '../../core/result.js';
import type { Diagnostic, DiagnosticCode, Problem } from '../../core/text/diagnostic.js';
import type { Check } from '../../model/checks.js';
import type { Located } from '../../model/field.js';
import { compile } from '../../projection/compile.js';
import { missingRates } from '../../projection/output.js';
import { outputProblem } from '../../projection/outputAmounts.js';
import type { Unit } from '../../projection/plan.js';
import type { Scenario } from '../../scenario/scenario.js';
import { tornados, type Tornado } from '../sensitivity/tornado.js';
import { soleSubject, subjectOf, type Subject } from '../subject/subject.js';
import { partsOf, readSubjectOutput, type SubjectOutput } from '../subject/subjectOutput.js';
import { amountText, valueText } from '../variation/inputValues.js';
import { currenciesOf } from '../variation/outputPlan.js';
import { mismatchOf } from './checkUnits.js';

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
  const outputs = readings.flatMap((reading) => (reading.ok ? reading.value : []));
  const cells = subject.members.map((member, m) => {
    return compile(member, { currencies: currenciesOf(partsOf(outputs, m)) }).cells;
  });
  // Each input is changed once for all checks.
  const found = new Map(tornados(subject, outputs).map((one, i) => [outputs[i], one]));
  return checks.flatMap((check, i) => {
    const reading = readings[i]!;
    if (!reading.ok) return reading.diagnostics;
    const missing = reading.value.flatMap(({ parts }, o) => {
      const problems = parts.flatMap((part, m) => (part ? [outputProblem(part, cells[m]!)] : []));
      const [problem] = problems;
      if (!problem || !problems.every((one) => one)) return [];
      return [errorAt(outputsIn(check)[o]!, 'output-unknown', problem)];
    });
    if (missing.length > 0) return missing;
    const failed = worstCase(
      check,
      reading.value.map((output) => found.get(output)!),
    );
    const { least, most } = check;
    const span = { ...least.span, end: most.span.end };
    return failed ? [errorAt({ span }, 'check-failed', failed)] : [];
  });
}

/** The output of a check; of a ratio both. */
function outputsIn({ output, divisor }: Check): readonly Located<string>[] {
  return divisor ? [output, divisor] : [output];
}

/** The outputs of a check, if they can be compared with the bounds. */
function readCheck(subject: Subject, check: Check): Result<readonly SubjectOutput[]> {
  const reads = outputsIn(check).map((place): Result<SubjectOutput> => {
    const read = readSubjectOutput(subject, place.value);
    if (!read.ok) return failure([errorAt(place, 'output-unknown', read.diagnostics)]);
    const output = read.value;
    const missing = subject.members.flatMap((member, m) =>
      missingRates(member, currenciesOf(partsOf([output], m))),
    );
    return missing.length > 0 ? failure(missing) : success(output);
  });
  const errors = reads.flatMap((read) => (read.ok ? [] : read.diagnostics));
  if (errors.length > 0) return failure(errors);
  const outputs = reads.flatMap((read) => (read.ok ? [read.value] : []));
  const mismatch = mismatchOf(check, outputs, subject);
  if (mismatch) return failure([errorAt(check.output, mismatch.code, mismatch.problem)]);
  return success(outputs);
}

function errorAt(
  { span }: Pick<Located<string>, 'span'>,
  code: DiagnosticCode,
  problem: Problem,
): Diagnostic {
  return { code, severity: 'error', span, ...problem };
}

/** The outputs of a check where all inputs have their values, or where one is at an end of its range. */
interface Point {
  /** `at the base values`, or `with envelope at 450bn CNY`. */
  readonly when: string;
  /** In quanta; nothing where the scenario has errors. */
  readonly counts: readonly bigint[] | undefined;
  /** The first of these errors. */
  readonly reason: () => string;
}

/** A point at which the number is outside its bounds, or at which there is none. */
interface Case {
  readonly when: string;
  readonly what: () => string;
  /** How far outside it is. */
  readonly gap: Fraction;
}

const AT_VALUE = 'at the base values';

function worstCase(check: Check, tornadosOf: readonly Tornado[]): Problem | undefined {
  const { least, most, note } = check;
  const points = pointsOf(tornadosOf);
  const units = tornadosOf.map(({ base }) => base.unit);
  const cases = points.flatMap((point) => caseAt(check, units, point) ?? []);
  const [first] = cases;
  if (!first) return undefined;
  const isAtValue = first.when === AT_VALUE;
  const reported = isAtValue ? first : cases.reduce((a, b) => (compare(b.gap, a.gap) > 0 ? b : a));
  const outside = cases.length - Number(isAtValue);
  const where = isAtValue ? AT_VALUE : `at ${outside} of ${points.length - 1} lows and highs`;
  const names = outputsIn(check).map(({ value }) => `\`${value}\``);
  return {
    message: `${names.join(' over ')} fails its check \`${check.name}\` ${where}`,
    expected: `from ${least.text} to ${most.text}${note === undefined ? '' : `: ${note}`}`,
    found: `${reported.what()}, ${reported.when}`,
    hint: 'correct the input that is wrong, or widen `between`',
  };
}

/** The base values, then every low and high. */
function pointsOf([first, ...others]: readonly Tornado[]): readonly Point[] {
  const all = [first!, ...others];
  const swings = others.map((one) => new Map(one.swings.map((swing) => [swing.input, swing])));
  const ends = first!.swings.flatMap((swing) => {
    const { input } = swing;
    return (['low', 'high'] as const).map((side): Point => {
      const { value, reason } = swing[side];
      const own = [swing, ...swings.map((byInput) => byInput.get(input)!)];
      const results = own.flatMap((one) => one[side].result ?? []);
      const counts = results.length === own.length ? results : undefined;
      return { when: `with ${input.path} at ${valueText(input, value)}`, counts, reason };
    });
  });
  const counts = all.map(({ base }) => base.count);
  return [{ when: AT_VALUE, counts, reason: () => '' }, ...ends];
}

/** Compares the number of a check with its bounds at one point; no case if it is inside. */
function caseAt(
  check: Check,
  units: readonly Unit[],
  { when, counts, reason }: Point,
): Case | undefined {
  if (!counts) return { when, what: () => `no number (${reason()})`, gap: ZERO };
  const { divisor, least, most } = check;
  if (divisor && counts[1] === 0n)
    return { when, what: () => `no ratio (\`${divisor.value}\` is 0)`, gap: ZERO };
  const value = numberOf(check, units, counts);
  const [low, high] = [least.value.value, most.value.value];
  const isLow = compare(value, low) < 0;
  if (!isLow && compare(value, high) <= 0) return undefined;
  const gap = isLow ? subtract(low, value) : subtract(value, high);
  const what = () =>
    divisor
      ? `${quotientText(check, units, counts)}, ${isLow ? `less than ${least.text}` : `more than ${most.text}`}`
      : `${numberText(check, units[0]!, value)} is ${numberText(check, units[0]!, gap)} too ${isLow ? 'little' : 'much'}`;
  return { when, what, gap };
}

/** The number of a check in the unit of its bounds: those of one amount are in quanta. */
function numberOf(
  { divisor, least }: Check,
  units: readonly Unit[],
  counts: readonly bigint[],
): Fraction {
  if (!divisor && least.value.currency) return fraction(counts[0]!);
  const [above, below = ONE] = counts.map((count, i) =>
    fraction(count, powerOfTen(units[i]!.places)),
  );
  return divide(above!, below);
}

function numberText({ least }: Check, unit: Unit, value: Fraction): string {
  const { currency } = least.value;
  return currency
    ? amountText(value.n, currency)
    : `${grouped(printFraction(value))} ${unit.label}`;
}

/** `266,667 module over 40,000 GPU is 6.666675`. */
function quotientText(check: Check, units: readonly Unit[], counts: readonly bigint[]): string {
  const said = counts.map((count, i) => {
    const { label, places } = units[i]!;
    return `${grouped(printShort(count, places))} ${label}`;
  });
  const { currency } = check.least.value;
  const rounded = roundHalfEven(multiply(numberOf(check, units, counts), MILLION));
  const number = grouped(printShort(rounded, 6));
  return `${said.join(' over ')} is ${number}${currency ? ` ${currency.code}` : ''}`;
}

const MILLION = fraction(1_000_000n);
