/** Outputs as functions of inputs: the scenario is compiled once, and only what depends on the inputs is evaluated again. */
import type { Ref } from '../../core/kernel/registers.js';
import { append } from '../../core/lists.js';
import type { Fraction } from '../../core/number/fraction.js';
import { failure, success, type Result } from '../../core/result.js';
import type { Diagnostic } from '../../core/text/diagnostic.js';
import type { Closure } from '../../model/fx.js';
import type { Input } from '../../model/input.js';
import { project } from '../../projection/compile.js';
import { amountsOf, type Output } from '../../projection/output.js';
import type { Plan } from '../../projection/plan.js';
import { groupEvaluator } from '../../projection/prepareEvaluation.js';
import type { Scenario } from '../../scenario/scenario.js';
import { canHave, inputAt, inputsByPath } from './inputValues.js';
import { compiledFor, currenciesOf, type CompiledOutputs } from './outputPlan.js';
import { rebalanceOf } from './rebalance.js';
import { assignmentsFor, moveInput, type Assignments } from './variation.js';

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

/**
 * Evaluates one output over the values of some inputs.
 *
 * @param paths inputs that `inputAt` finds
 */
export function outputEvaluator(
  scenario: Scenario,
  output: Output,
  paths: readonly string[],
  options: EvaluatorOptions = {},
): OutputEvaluator {
  const evaluate = outputEvaluators(scenario, [output], paths, options);
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
  const byText = textEvaluator(scenario, outputs, paths, closure);
  return planOrText(planEvaluator(scenario, outputs, paths, closure), byText);
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
  const prepared = new Map<Plan, CountsAt>();
  const prepare = (compiled: CompiledOutputs): CountsAt => {
    const { plan, refs, groups } = compiled;
    const known = prepared.get(plan);
    if (known) return known;
    const own = ownValues(
      new Set(paths.flatMap((path) => inputsChangedBy(plan.scenario, path))),
      refs,
    );
    const countsAt = oneChangeAtATime(groupEvaluator(plan, [...own.keys()], groups), own);
    prepared.set(plan, countsAt);
    return countsAt;
  };
  return paths.map((path) =>
    planOrText(
      planEvaluator(scenario, outputs, [path], closure, prepare),
      textEvaluator(scenario, outputs, [path], closure),
    ),
  );
}

/** Registers that an earlier change has set, and that a change does not set, get their own values back. */
function oneChangeAtATime(countsAt: CountsAt, own: ReadonlyMap<Ref, Fraction>): CountsAt {
  let last: readonly Ref[] = [];
  return (values) => {
    const all = withOwn(values, last, own);
    last = [...values.keys()];
    return countsAt(all);
  };
}

/** The values of all registers that some inputs are read into. */
function ownValues(
  inputs: Iterable<Input>,
  refs: ReadonlyMap<string, readonly Ref[]>,
): ReadonlyMap<Ref, Fraction> {
  const own = new Map<Ref, Fraction>();
  for (const { path, value } of inputs) for (const ref of refs.get(path) ?? []) own.set(ref, value);
  return own;
}

/** The values, and the own value of each of some registers that gets none. */
function withOwn(
  values: ReadonlyMap<Ref, Fraction>,
  refs: readonly Ref[],
  own: ReadonlyMap<Ref, Fraction>,
): ReadonlyMap<Ref, Fraction> {
  const left = refs.filter((ref) => !values.has(ref));
  if (left.length === 0) return values;
  return new Map([...values, ...left.map((ref) => [ref, own.get(ref)!] as const)]);
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

/** Evaluates registers; the evaluator gives nothing where the text has to be loaded. */
function planEvaluator(
  original: Scenario,
  outputs: readonly Output[],
  paths: readonly string[],
  closure: Closure | undefined,
  prepare: (compiled: CompiledOutputs, changing: readonly Input[]) => CountsAt = preparedFor,
): (values: readonly Fraction[]) => PlannedPoint | undefined {
  const scenario = paths.reduce(withInput, original);
  const compiled = compiledFor(scenario, outputs, closure);
  const changing = paths.map((path) => inputsChangedBy(scenario, path));
  const all = changing.flat();
  const isApart = new Set(all.map(({ path }) => path)).size === all.length;
  const hasRegisters = all.every(({ path }) => compiled.refs.has(path));
  if (!isApart || all.length === 0 || !hasRegisters) return () => undefined;
  const countsAt = prepare(compiled, all);
  const own = ownValues(all, compiled.refs);
  const ownRefs = [...own.keys()];
  return (values) => {
    const moves = paths.map((path, i) =>
      plainAssignments(scenario, path, values[i]!, changing[i]!),
    );
    if (!moves.every((move) => move !== undefined)) return undefined;
    const assigned = new Map<Ref, Fraction>();
    for (const { input, value } of moves.flatMap((move) => move.values))
      for (const ref of compiled.refs.get(input.path)!) assigned.set(ref, value);
    const counts = countsAt(withOwn(assigned, ownRefs, own));
    return { counts, rebalanced: moves.flatMap((move) => move.rebalanced) };
  };
}

function preparedFor(
  { plan, refs, groups }: CompiledOutputs,
  changing: readonly Input[],
): CountsAt {
  return groupEvaluator(plan, registersOf(changing, refs), groups);
}

function registersOf(
  inputs: readonly Input[],
  refs: ReadonlyMap<string, readonly Ref[]>,
): readonly Ref[] {
  return inputs.flatMap(({ path }) => refs.get(path) ?? []);
}

/** The scenario with a rate path of its own for a currency that has only a base rate. */
function withInput(scenario: Scenario, path: string): Scenario {
  const found = inputAt(scenario, path);
  if (!found.ok || inputsByPath(scenario.inputs).has(found.value.path)) return scenario;
  return moveInput(scenario, path, found.value.value).scenario ?? scenario;
}

/** The input and the inputs that have to be set with it; none where there is no such input. */
function inputsChangedBy(scenario: Scenario, path: string): readonly Input[] {
  const found = inputAt(scenario, path);
  if (!found.ok) return [];
  const rebalance = rebalanceOf(scenario, found.value.path);
  const others = rebalance.ok && rebalance.value.kind === 'others' ? rebalance.value.others : [];
  return [found.value, ...others];
}

/** The assignments of a change, if they set no other inputs than expected, to values within their bounds. */
function plainAssignments(
  scenario: Scenario,
  path: string,
  value: Fraction,
  expected: readonly Input[],
): Assignments | undefined {
  const move = assignmentsFor(scenario, path, value);
  if (!move.ok || move.value.values.length > expected.length) return undefined;
  const isPlain = move.value.values.every((one) => canHave(one.input, one.value));
  return isPlain ? move.value : undefined;
}
