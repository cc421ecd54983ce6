/** The checks that a scenario states itself (`checks`), tested at the base values and at every low and high. */
import { grouped, powerOfTen, printFraction } from '../../core/number/decimal.js';
import {
  ZERO,
  compare,
  fraction,
  multiply,
  subtract,
  type Fraction,
} from '../../core/number/fraction.js';
import type { Diagnostic, DiagnosticCode, Problem } from '../../core/text/diagnostic.js';
import type { Check } from '../../model/checks.js';
import type { Input } from '../../model/input.js';
import { missingRates, readOutput, type Output } from '../../projection/output.js';
import type { Unit } from '../../projection/plan.js';
import type { Scenario } from '../../scenario/scenario.js';
import { locate } from '../../scenario/tree.js';
import { tornado, type End, type Tornado } from '../sensitivity/tornado.js';
import { amountText, valueText } from '../variation/inputValues.js';
import { currenciesOf } from '../variation/outputEvaluator.js';

/** An error for each check that fails, with the case that is farthest outside. */
export function failedChecks(scenario: Scenario): readonly Diagnostic[] {
  return scenario.checks.flatMap((check) => {
    const read = readOutput(check.output.value, scenario);
    if (!read.ok) return [checkError(scenario, check, 'output-unknown', read.diagnostics)];
    const output = read.value;
    const missing = missingRates(scenario, currenciesOf([output]));
    if (missing.length > 0) return missing;
    const mismatch = mismatchOf(check, output);
    if (mismatch) return [checkError(scenario, check, 'currency-mismatch', mismatch)];
    const problem = worstCase(check, tornado(scenario, output));
    return problem ? [checkError(scenario, check, 'check-failed', problem)] : [];
  });
}

function checkError(
  { tree }: Scenario,
  { path }: Check,
  code: DiagnosticCode,
  problem: Problem,
): Diagnostic {
  const key = code === 'check-failed' ? 'between' : 'output';
  return { code, severity: 'error', span: locate(tree, `${path}.${key}`), ...problem };
}

function mismatchOf({ output, least }: Check, { measure, unit }: Output): Problem | undefined {
  const code = least.value.currency?.code;
  if (measure === 'units' ? code === undefined : code === unit) return undefined;
  const place = output.value.replace(/(:[a-z]+)\..*$/, '$1');
  const named = place.includes(':') ? place : `${place}:demand`;
  return {
    message: `\`${output.value}\` is in ${unit ?? 'units'}, but \`between\` is not`,
    found: `\`${least.text}\``,
    hint:
      measure === 'units' || code === undefined
        ? `write bounds in ${unit ?? 'units, without a currency'}`
        : `write \`${named}.${code}\`, or bounds in ${unit!}`,
  };
}

/** A case in which the output is outside its bounds, or has no number. */
interface Case {
  /** `at the base values`, or `with envelope at 450bn CNY`. */
  readonly when: string;
  readonly what: string;
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
        ? { when, what: `no number (${reason!})`, gap: ZERO }
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
    found: `${reported.what}, ${reported.when}`,
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
    return { when, what: `${say(value)} is ${say(gap)} too ${isLow ? 'little' : 'much'}`, gap };
  };
}
