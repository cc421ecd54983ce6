/** Outputs as functions of inputs: the scenario is compiled once, and only what depends on the inputs is evaluated again. */
import type { Ref } from '../../core/kernel/registers.js';
import { append } from '../../core/lists.js';
import type { Fraction } from '../../core/number/fraction.js';
import { failure, success, type Result } from '../../core/result.js';
import type { Diagnostic } from '../../core/text/diagnostic.js';
import type { Closure } from '../../model/fx.js';
import type { Input } from '../../model/input.js';
import { project } from '../../projection/compile.js';
import type { Output } from '../../projection/output.js';
import { amountsOf } from '../../projection/outputAmounts.js';
import { groupEvaluator, registersByPath } from '../../projection/prepareEvaluation.js';
import type { Scenario } from '../../scenario/scenario.js';
import { canHave, inputAt, inputsByPath } from './inputValues.js';
import { currenciesOf, groupsOf, planFor } from './outputPlan.js';
import { rebalanceOf } from './rebalance.js';
import { assignmentsFor, moveInput } from './variation.js';

/**
 * Outputs in quanta of their units, or the errors of the scenario with these values of the inputs. The errors
 * are looked for when they are read, as the whole text is loaded for them.
 */
export interface InputPoint<Counts = bigint> {
  readonly result: Result<Counts>;
  /** Paths of the inputs that absorb the change. */
  readonly rebalanced: readonly string[];
}

/** An output by the values of the inputs, in their order and in their own units. */
export type OutputEvaluator<Counts = bigint> = (values: readonly Fraction[]) => InputPoint<Counts>;

/** What outputs are evaluated for. */
export interface EvaluatorOptions {
  /** The scenario's own closure unless given. */
  readonly closure?: Closure | undefined;
}

/** The first output of an evaluator of several. */
export function ofFirst(evaluate: OutputEvaluator<readonly bigint[]>): OutputEvaluator {
  return (values) => {
    const { result, rebalanced } = evaluate(values);
    return { result: result.ok ? success(result.value[0]!) : result, rebalanced };
  };
}

/**
 * Evaluates several outputs on one compiled plan. Values that break a bound, and inputs without a register,
 * are evaluated from the text of the scenario, which gives the diagnostics, also of values that break a guard.
 */
export function outputEvaluators(
  scenario: Scenario,
  outputs: readonly Output[],
  paths: readonly string[],
  { closure }: EvaluatorOptions = {},
): OutputEvaluator<readonly bigint[]> {
  const prepare = (one: Scenario) => preparedOutputs(one, outputs, paths, closure);
  const byText = textEvaluator(scenario, outputs, paths, closure);
  return planOrText(planEvaluator(scenario, paths, prepare), byText);
}

/**
 * Evaluates several outputs with one input changed at a time, on one plan that is prepared once for all of
 * these inputs.
 *
 * @returns an evaluator for each path, which takes one value
 */
export function outputEvaluatorsByInput(
  scenario: Scenario,
  outputs: readonly Output[],
  paths: readonly string[],
  { closure }: EvaluatorOptions = {},
): readonly OutputEvaluator<readonly bigint[]>[] {
  const prepared = new Map<Scenario, PreparedOutputs>();
  const prepare = (one: Scenario): PreparedOutputs => {
    const known = prepared.get(one) ?? preparedOutputs(one, outputs, paths, closure);
    prepared.set(one, known);
    return known;
  };
  return paths.map((path) =>
    planOrText(
      planEvaluator(scenario, [path], prepare),
      textEvaluator(scenario, outputs, [path], closure),
    ),
  );
}

/** Evaluates on the plan, and from the text what the plan does not know. */
function planOrText(
  byPlan: (values: readonly Fraction[]) => PlannedPoint | undefined,
  byText: OutputEvaluator<readonly bigint[]>,
): OutputEvaluator<readonly bigint[]> {
  return (values) => {
    const point = byPlan(values);
    if (!point) return byText(values);
    const { counts, rebalanced } = point;
    return { result: counts ? success(counts) : refusal(() => byText(values).result), rebalanced };
  };
}

/** A failure whose diagnostics are those of a result, which is found when they are read. */
function refusal(resultOf: () => Result<unknown>): Result<never> {
  let known: readonly Diagnostic[] | undefined;
  return {
    ok: false,
    get diagnostics() {
      known ??= diagnosticsIn(resultOf());
      return known;
    },
  };
}

function diagnosticsIn(result: Result<unknown>): readonly Diagnostic[] {
  if (result.ok) throw new Error('the plan refuses values that the text accepts');
  return result.diagnostics;
}

/** Loads the text again, with a layer for each input, one after the other. */
function textEvaluator(
  scenario: Scenario,
  outputs: readonly Output[],
  paths: readonly string[],
  closure: Closure | undefined,
): OutputEvaluator<readonly bigint[]> {
  return (values) => {
    const rebalanced: string[] = [];
    let varied = scenario;
    for (const [i, path] of paths.entries()) {
      const move = moveInput(varied, path, values[i]!);
      append(rebalanced, move.rebalanced);
      if (!move.scenario)
        return {
          result: failure(move.diagnostics.filter(({ severity }) => severity === 'error')),
          rebalanced,
        };
      varied = move.scenario;
    }
    const projection = project(varied, { currencies: currenciesOf(outputs), closure });
    const counts = amountsOf(projection, outputs).map(({ count }) => count);
    return { result: success(counts), rebalanced };
  };
}

/** The numbers of a point on a plan; no counts where a guard refuses its values. */
interface PlannedPoint {
  readonly counts: readonly bigint[] | undefined;
  readonly rebalanced: readonly string[];
}

/** The numbers of outputs for other values of some registers; nothing where a guard refuses them. */
type CountsAt = (values: ReadonlyMap<Ref, Fraction>) => readonly bigint[] | undefined;

/** Outputs on one plan, prepared for changes of some inputs. */
interface PreparedOutputs {
  /** The registers of each input. */
  readonly refs: ReadonlyMap<string, readonly Ref[]>;
  /** A register that gets no value has its own. */
  readonly countsAt: CountsAt;
}

function preparedOutputs(
  scenario: Scenario,
  outputs: readonly Output[],
  paths: readonly string[],
  closure: Closure | undefined,
): PreparedOutputs {
  const plan = planFor(scenario, outputs, closure);
  const refs = registersByPath(plan);
  const own = new Map<Ref, Fraction>();
  for (const { path, value } of inputsChangedBy(scenario, paths))
    for (const ref of refs.get(path) ?? []) own.set(ref, value);
  const countsAt = groupEvaluator(plan, [...own.keys()], groupsOf(plan, outputs));
  let last: ReadonlyMap<Ref, Fraction> = new Map();
  return {
    refs,
    countsAt: (values) => {
      const left = [...last.keys()].filter((ref) => !values.has(ref));
      last = values;
      if (left.length === 0) return countsAt(values);
      return countsAt(new Map([...values, ...left.map((ref) => [ref, own.get(ref)!] as const)]));
    },
  };
}

/** Evaluates on the plan; nothing where the text has to be loaded. */
function planEvaluator(
  original: Scenario,
  paths: readonly string[],
  prepare: (scenario: Scenario) => PreparedOutputs,
): (values: readonly Fraction[]) => PlannedPoint | undefined {
  const scenario = paths.reduce(withInput, original);
  const { refs, countsAt } = prepare(scenario);
  return (values) => {
    const assigned = new Map<Ref, Fraction>();
    const rebalanced: (readonly string[])[] = [];
    for (const [i, path] of paths.entries()) {
      const move = assignmentsFor(scenario, path, values[i]!);
      if (!move.ok) return undefined;
      rebalanced.push(move.value.rebalanced);
      for (const { input, value } of move.value.values) {
        const own = refs.get(input.path);
        // An input that two changes set is set by one after the other, which the text knows.
        if (!own || assigned.has(own[0]!) || !canHave(input, value)) return undefined;
        for (const ref of own) assigned.set(ref, value);
      }
    }
    return { counts: countsAt(assigned), rebalanced: rebalanced.flat() };
  };
}

/** The scenario with a rate path of its own for a currency that has only a base rate. */
function withInput(scenario: Scenario, path: string): Scenario {
  const found = inputAt(scenario, path);
  if (!found.ok || inputsByPath(scenario.inputs).has(found.value.path)) return scenario;
  return moveInput(scenario, path, found.value.value).scenario ?? scenario;
}

/** The inputs that changes of some inputs set. */
function inputsChangedBy(scenario: Scenario, paths: readonly string[]): ReadonlySet<Input> {
  const changed = new Set<Input>();
  for (const path of paths) {
    const found = inputAt(scenario, path);
    // An input that is there already has brought the others of its group.
    if (!found.ok || changed.has(found.value)) continue;
    changed.add(found.value);
    const rebalance = rebalanceOf(scenario, found.value.path);
    if (!rebalance.ok || rebalance.value.kind !== 'others') continue;
    for (const other of rebalance.value.others) changed.add(other);
  }
  return changed;
}
