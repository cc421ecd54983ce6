/**
 * Forecasts of one scenario under changes. What was compiled is kept, up to a bound; a changed number computes the steps
 * that depend on it, no others.
 */
import { fractionAt, type Ref, type Registers } from '../core/kernel/registers.js';
import { equal, type Fraction } from '../core/number/fraction.js';
import { recent } from '../core/recent.js';
import { failure, success, type Result } from '../core/result.js';
import type { Problem } from '../core/text/diagnostic.js';
import { inputPathsFor, isRest, readNumberOf, type Input } from '../model/input.js';
import { RATE } from '../model/inputKind.js';
import { reportingCurrency, type Scenario } from '../scenario/scenario.js';
import { vary } from '../scenario/vary.js';
import { compile } from './compile.js';
import { evaluateAll, type ProjectedCell } from './evaluate.js';
import { missingRates, type Output } from './output.js';
import { amountOf, outputProblem, type OutputAmount } from './outputAmounts.js';
import type { Plan, PlannedCell } from './plan.js';
import { prepareEvaluation, registersByPath } from './prepareEvaluation.js';

/** The forecast of a scenario under changes. */
export interface CachedForecast {
  /** Its names, periods and currencies are those under the changes; `numberOf` gives the numbers of its inputs. */
  readonly scenario: Scenario;
  readonly numberOf: (input: Input) => Fraction;
  /** The number of an output, or why it has none. */
  readonly amountOf: (output: Output) => Result<OutputAmount, Problem>;
  readonly cells: () => readonly ProjectedCell[];
}

/** The most plans that are kept of a scenario; for each plan the most outputs. */
const MOST = { plans: 16, outputs: 256 };

/** A change as it is typed. */
export interface Change {
  readonly typed: string;
  readonly path: string;
  readonly value: string;
}

export function readChange(typed: string): Change {
  const equals = typed.indexOf('=');
  const path = typed.slice(0, Math.max(equals, 0)).trim();
  return { typed, path, value: typed.slice(equals + 1).trim() };
}

/** Whether no change is of what another one changes: their order is then of no account. */
export function areApart(changes: readonly Change[]): boolean {
  const paths = changes.map(({ path }) => `${path}.`).sort();
  return paths.every((path, i) => path !== '.' && !paths[i + 1]?.startsWith(path));
}

/** Forecasts of one scenario from plans that are kept; nothing where the values are not valid. */
export function quickForecasts(scenario: Scenario) {
  const plans = recent<Variant>(MOST.plans);
  const planFor = (key: string, set: readonly string[], currency: string | undefined) =>
    plans(`${currency ?? ''}\n${key}`, () => {
      const varied = set.length === 0 ? scenario : vary(scenario, set).scenario;
      const variant = varied && variantOf(varied, currency);
      return variant?.ok ? variant.value : undefined;
    });
  return (changes: readonly Change[], currency: string | undefined) =>
    byPlan(changes, currency, planFor);
}

/**
 * The forecast under changes from a plan that is kept: that of the text, or where changes are no numbers of its
 * inputs, the plan of all texts with such changes.
 *
 * @returns nothing if the values are not valid, or if no plan has an input for each
 */
function byPlan(
  changes: readonly Change[],
  currency: string | undefined,
  planFor: (key: string, set: readonly string[], currency?: string) => Variant | undefined,
): CachedForecast | undefined {
  const own = planFor('', [], currency);
  const others = changes.filter((change) => own?.valueOf(change) === undefined);
  if (others.length === 0) return own?.forecast(changes);
  const key = others.map((one) => `${one.path}=${hasNumber(one) ? '#' : one.value}`);
  const set = others.map(({ typed }) => typed);
  const numbers = changes.filter((change) => !others.includes(change) || hasNumber(change));
  return planFor(JSON.stringify(key), set, currency)?.forecast(numbers);
}

/** Whether the value of a change may be a number, by its beginning. */
function hasNumber({ value }: Change): boolean {
  return /^-?\d/.test(value);
}

/** A scenario that is compiled and evaluated under changes of its numbers. */
export interface Variant {
  /** The number that a change gives to an input, if it changes one and does nothing else. */
  readonly valueOf: (change: Change) => Fraction | undefined;
  /** The forecast, if every change gives a number to an input and the scenario is valid with them. */
  readonly forecast: (changes: readonly Change[]) => CachedForecast | undefined;
}

/** @param currency that of the envelope, or of the portfolio, unless given */
export function variantOf(scenario: Scenario, currency?: string): Result<Variant> {
  const code = currency ?? reportingCurrency(scenario).code;
  const missing = missingRates(scenario, [code]);
  if (missing.length > 0) return failure(missing);
  return success(prepareVariant(scenario, compile(scenario, { currencies: [code] })));
}

function prepareVariant(scenario: Scenario, plan: Plan): Variant {
  const inputs = new Map(scenario.inputs.map((input) => [input.path, input]));
  const inputOf = ({ path }: Change) => {
    const [input] = inputPathsFor(path).flatMap((one) => inputs.get(one) ?? []);
    return input && !isRest(input) ? input : undefined;
  };
  const refs = registersByPath(plan);
  const valueOf = (change: Change) => {
    const input = inputOf(change);
    // A rate is in no group: one that no step reads can do no more than be out of bounds.
    if (!input || !(refs.has(input.path) || input.kind === RATE)) return undefined;
    const reading = readNumberOf(input, change.value);
    return reading.ok ? reading.value.value : undefined;
  };
  const registersAt = evaluator(plan, refs);
  const outputs = recent<Result<readonly PlannedCell[], Problem>>(MOST.outputs);
  const cellsOf = (output: Output) =>
    outputs(output.text, () => {
      const problem = outputProblem(output, plan.cells);
      return problem ? failure(problem) : success(plan.cells.filter(output.holds));
    })!;
  const forecast = (changes: readonly Change[]) => {
    const values = new Map<string, Fraction>();
    for (const change of changes) {
      const value = valueOf(change);
      if (value === undefined) return undefined;
      values.set(inputOf(change)!.path, value);
    }
    if (!registersAt(values)) return undefined;
    const counted = (cells: readonly PlannedCell[]) => {
      const registers = registersAt(values)!;
      return cells.map((cell) => {
        return { ...cell, count: fractionAt(registers, cell.ref).n * cell.unit.multiple };
      });
    };
    return {
      scenario,
      numberOf: (input: Input) => values.get(input.path) ?? input.value,
      amountOf: (output: Output) => {
        const cells = cellsOf(output);
        if (!cells.ok) return cells;
        return success(amountOf({ scenario, cells: counted(cells.value) }, output));
      },
      cells: () => counted(plan.cells),
    };
  };
  return { valueOf, forecast };
}

/**
 * Evaluates a plan with other values of some inputs.
 *
 * @returns registers, which hold these numbers until the next evaluation; nothing where the values are not valid
 */
function evaluator(plan: Plan, refs: ReadonlyMap<string, readonly Ref[]>) {
  const original = once(() => evaluateAll(plan));
  const inputs = new Map(
    plan.steps.flatMap((step) => (step.op === 'input' ? [[step.out, step.input.value]] : [])),
  );
  const wanted = plan.cells.map(({ ref }) => ref);
  const prepared = once(() => prepareEvaluation(plan, [...inputs.keys()], wanted));
  let last:
    { readonly values: ReadonlyMap<string, Fraction>; readonly isValid: boolean } | undefined;
  return (values: ReadonlyMap<string, Fraction>): Registers | undefined => {
    if (values.size === 0) return original();
    const { registers, evaluate } = prepared();
    if (!last || !areEqual(values, last.values)) {
      const puts = new Map<Ref, Fraction>();
      for (const path of last?.values.keys() ?? [])
        for (const ref of refs.get(path) ?? []) puts.set(ref, inputs.get(ref)!);
      for (const [path, value] of values)
        for (const ref of refs.get(path) ?? []) puts.set(ref, value);
      last = { values, isValid: evaluate(puts) };
    }
    return last.isValid ? registers : undefined;
  };
}

function areEqual(a: ReadonlyMap<string, Fraction>, b: ReadonlyMap<string, Fraction>): boolean {
  const has = ([path, value]: readonly [string, Fraction]) => {
    const other = b.get(path);
    return other !== undefined && equal(value, other);
  };
  return a.size === b.size && [...a].every(has);
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
