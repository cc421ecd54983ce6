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
  const changes = changesOf(assignmentsFor(scenario, path, value));
  if (!changes.ok) {
    return { scenario: undefined, diagnostics: changes.diagnostics, rebalanced: [] };
  }
  const { set, rebalanced } = changes.value;
  return { ...vary(scenario, set), rebalanced };
}

/**
 * The changes that give an input a value, each `PATH=VALUE` as `vary` takes them: its own, and where it is one share
 * of a group without `rest`, those of the other shares, which absorb the change pro rata.
 *
 * @param path as `--set` takes it
 * @param literal the value as a file has it: `35%`, `400bn CNY`
 */
export function changesFor(
  scenario: Scenario,
  path: string,
  literal: string,
): Result<readonly string[]> {
  const refuse = argumentError(path, literal);
  const input = inputAt(scenario, path);
  if (!input.ok) return refuse(input.diagnostics);
  const reading = input.value.kind.read(literal);
  if (!reading.ok) return refuse(reading.diagnostics);
  const changes = changesOf(assignmentsFor(scenario, path, reading.value.value));
  if (!changes.ok) return changes;
  return success([`${input.value.path}=${literal}`, ...changes.value.set.slice(1)]);
}

/** The changes `PATH=VALUE` of assignments, the input's own first. */
function changesOf(
  assigned: Result<Assignments>,
): Result<{ readonly set: readonly string[]; readonly rebalanced: readonly string[] }> {
  if (!assigned.ok) return assigned;
  const { values, rebalanced } = assigned.value;
  const set: string[] = [];
  for (const { input, value } of values) {
    const literal = literalOf(input, value);
    if (literal === undefined) {
      const reason = `no literal of 18 digits expresses the value ${printFraction(value)}`;
      return failure([refusal(input, 'literal-size', reason)]);
    }
    set.push(`${input.path}=${literal}`);
  }
  return success({ set, rebalanced });
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
