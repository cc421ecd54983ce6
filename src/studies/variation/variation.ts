/** Varying one input: the inputs that change with it, and the scenario that follows. */
import { printFraction } from '../../core/number/decimal.js';
import { compare, fraction, subtract, type Fraction } from '../../core/number/fraction.js';
import { failure, success, type Result } from '../../core/result.js';
import type { Diagnostic, DiagnosticCode, Problem } from '../../core/text/diagnostic.js';
import type { Input } from '../../model/input.js';
import type { Loaded } from '../../scenario/load.js';
import type { Scenario } from '../../scenario/scenario.js';
import { vary } from '../../scenario/vary.js';
import { argumentError } from '../shared/argumentError.js';
import { inputAt, literalOf } from './inputValues.js';
import { proRata, rebalanceOf } from './rebalance.js';

/** A scenario in which one input has changed, and the paths of the inputs that absorb the change. */
export interface VariedInput extends Loaded {
  readonly rebalanced: readonly string[];
}

/**
 * The scenario with the input at `path` set to `value`, by one more layer over its text. In a group
 * of shares `rest` absorbs the change, if the group has one, else the others do, pro rata.
 *
 * @param value in the input's own units: quanta for amounts, major units for prices
 * @returns no scenario, but diagnostics, if the value is not valid or nothing can absorb the change
 */
export function moveInput(scenario: Scenario, path: string, value: Fraction): VariedInput {
  const assigned = assignmentsFor(scenario, path, value);
  if (!assigned.ok) {
    return { scenario: undefined, diagnostics: assigned.diagnostics, rebalanced: [] };
  }
  const { values, rebalanced } = assigned.value;
  const set: string[] = [];
  for (const { input, value: itsValue } of values) {
    const literal = literalOf(input, itsValue);
    if (literal === undefined) {
      const reason = `no literal of 18 digits expresses the value ${printFraction(itsValue)}`;
      const diagnostics = [refusal(input, 'literal-size', reason)];
      return { scenario: undefined, diagnostics, rebalanced: [] };
    }
    set.push(`${input.path}=${literal}`);
  }
  return { ...vary(scenario, set), rebalanced };
}

/** The values that a change sets: of the input itself, and of the inputs that absorb it. */
export interface Assignments {
  readonly values: readonly { readonly input: Input; readonly value: Fraction }[];
  readonly rebalanced: readonly string[];
}

/** The values that a change sets. */
export function assignmentsFor(
  scenario: Scenario,
  path: string,
  value: Fraction,
): Result<Assignments> {
  const found = inputAt(scenario, path);
  if (!found.ok) return argumentError(path, path)(found.diagnostics);
  const input = found.value;
  const absorbed = absorbingValues(scenario, input, value);
  if (!absorbed.ok) {
    const reason = `it cannot change: ${absorbed.diagnostics.message}`;
    return failure([refusal(input, 'sum', reason)]);
  }
  const { others, rebalanced } = absorbed.value;
  return success({ values: [{ input, value }, ...others], rebalanced });
}

/** The inputs that absorb a change: those that have to be set, and the paths of all of them. */
interface AbsorbingInputs {
  readonly others: Assignments['values'];
  readonly rebalanced: readonly string[];
}

function absorbingValues(
  scenario: Scenario,
  input: Input,
  value: Fraction,
): Result<AbsorbingInputs, Problem> {
  const found = rebalanceOf(scenario, input.path);
  if (!found.ok) return found;
  const rebalance = found.value;
  if (rebalance.kind === 'alone') return success({ others: [], rebalanced: [] });
  if (rebalance.kind === 'rest') return success({ others: [], rebalanced: rebalance.paths });
  const { whole, others } = rebalance;
  const left = subtract(whole, value);
  // More than the whole, or a part of a quantum: the checks of the scenario give the better message.
  const isImpossible =
    compare(left, fraction(0n)) < 0 || (input.currency !== undefined && left.d !== 1n);
  if (isImpossible || others.length === 0) return success({ others: [], rebalanced: [] });
  const parts = proRata(others, left);
  if (!parts) {
    const message = 'the others of its group are all 0, so they have no proportions to keep';
    return failure({ message });
  }
  return success({
    others: others.map((other, i) => ({ input: other, value: parts[i]! })),
    rebalanced: others.map((other) => other.path),
  });
}

function refusal({ path, span }: Input, code: DiagnosticCode, reason: string): Diagnostic {
  return { code, severity: 'error', span, message: `\`${path}\`: ${reason}` };
}
