/** Outputs as functions of inputs: the scenario is compiled once, and only what depends on the inputs is evaluated again. */
import type { Ref } from '../../core/kernel/registers.js';
import { append } from '../../core/lists.js';
import type { Fraction } from '../../core/number/fraction.js';
import { failure, success, type Result } from '../../core/result.js';
import type { Closure } from '../../model/fx.js';
import { compile, project } from '../../projection/compile.js';
import { amountsOf, cellsHeld, splitFor, type Output } from '../../projection/output.js';
import type { Plan, PlannedCell } from '../../projection/plan.js';
import { groupEvaluator, registersByPath } from '../../projection/prepareEvaluation.js';
import type { CellGroup } from '../../projection/rollup.js';
import { splitPlan } from '../../projection/splitPlan.js';
import type { Scenario } from '../../scenario/scenario.js';
import { inputAt } from './inputValues.js';
import { assignmentsFor, moveInput, type Assignments } from './variation.js';

/** Outputs in quanta of their units, or the errors of the scenario with these values of the inputs. */
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
 * Evaluates several outputs on one compiled plan. Values that break a bound or a guard, and inputs
 * without a register, are evaluated from the text of the scenario, which gives the diagnostics.
 */
export function outputEvaluators(
  scenario: Scenario,
  outputs: readonly Output[],
  paths: readonly string[],
  { closure }: EvaluatorOptions = {},
): OutputEvaluator<readonly bigint[]> {
  const byText = textEvaluator(scenario, outputs, paths, closure);
  const byPlan = planEvaluator(scenario, outputs, paths, closure);
  return (values) => byPlan(values) ?? byText(values);
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
      if (!move.scenario) return { result: failure(move.diagnostics), rebalanced };
      varied = move.scenario;
    }
    const projection = project(varied, { currencies: currenciesOf(outputs), closure });
    const counts = amountsOf(projection, outputs).map(({ count }) => count);
    return { result: success(counts), rebalanced };
  };
}

/** Evaluates registers; the evaluator gives nothing where the text has to be loaded. */
function planEvaluator(
  original: Scenario,
  outputs: readonly Output[],
  paths: readonly string[],
  closure: Closure | undefined,
): (values: readonly Fraction[]) => InputPoint<readonly bigint[]> | undefined {
  const scenario = paths.reduce(withInput, original);
  const { plan, refs, groups } = compiledFor(scenario, outputs, closure);
  const changing = paths.map((path) => pathsChangedBy(scenario, path));
  const varied = changing.flat().map((path) => refs.get(path));
  const isApart = new Set(changing.flat()).size === varied.length;
  if (!isApart || varied.includes(undefined)) return () => undefined;
  const countsAt = groupEvaluator(plan, (varied as Ref[][]).flat(), groups);
  return (values) => {
    const moves = paths.map((path, i) =>
      plainAssignments(scenario, path, values[i]!, changing[i]!),
    );
    if (!moves.every((move) => move !== undefined)) return undefined;
    const assigned = moves.flatMap((move) => move.values);
    const counts = countsAt(
      new Map(
        assigned.flatMap(({ input, value }) => refs.get(input.path)!.map((ref) => [ref, value])),
      ),
    );
    const rebalanced = moves.flatMap((move) => move.rebalanced);
    return counts && { result: success(counts), rebalanced };
  };
}

/** A plan for some outputs, with what every evaluation of it looks up. */
interface CompiledOutputs {
  readonly outputs: readonly Output[];
  readonly closure: Closure | undefined;
  readonly plan: Plan;
  readonly refs: ReadonlyMap<string, readonly Ref[]>;
  readonly groups: readonly CellGroup<PlannedCell>[];
}

/** The last plan of each scenario: a tornado changes hundreds of inputs of one. */
const lastCompiled = new WeakMap<Scenario, CompiledOutputs>();

function compiledFor(
  scenario: Scenario,
  outputs: readonly Output[],
  closure: Closure | undefined,
): CompiledOutputs {
  const last = lastCompiled.get(scenario);
  if (last?.outputs === outputs && last.closure === closure) return last;
  const plan = planFor(scenario, outputs, closure);
  const groups = groupsOf(plan, outputs);
  const compiled = { outputs, closure, plan, refs: registersByPath(plan), groups };
  lastCompiled.set(scenario, compiled);
  return compiled;
}

/** The plan for some outputs: cells of which they hold some months only are split. */
export function planFor(scenario: Scenario, outputs: readonly Output[], closure?: Closure): Plan {
  const plan = compile(scenario, { currencies: currenciesOf(outputs), closure });
  return splitPlan(plan, splitFor(outputs));
}

/** The scenario with a rate path of its own for a currency that has only a base rate. */
function withInput(scenario: Scenario, path: string): Scenario {
  const found = inputAt(scenario, path);
  if (!found.ok || scenario.inputs.some((one) => one.path === found.value.path)) return scenario;
  return moveInput(scenario, path, found.value.value).scenario ?? scenario;
}

/** The paths of the input and of the inputs that have to be set with it. */
function pathsChangedBy(scenario: Scenario, path: string): readonly string[] {
  const found = inputAt(scenario, path);
  const move = found.ok ? assignmentsFor(scenario, path, found.value.value) : found;
  return move.ok ? move.value.values.map(({ input }) => input.path) : [path];
}

/** The assignments of a change, if they set the expected inputs to values within their bounds. */
function plainAssignments(
  scenario: Scenario,
  path: string,
  value: Fraction,
  expected: readonly string[],
): Assignments | undefined {
  const move = assignmentsFor(scenario, path, value);
  if (!move.ok || move.value.values.length !== expected.length) return undefined;
  const isPlain = move.value.values.every(({ input, literal }) => input.kind.read(literal).ok);
  return isPlain ? move.value : undefined;
}

/**
 * All cells of each output as one group, in the finest of their units; 0 if it has none.
 *
 * @param plan of `planFor`
 */
export function groupsOf(
  { cells, scenario }: Plan,
  outputs: readonly Output[],
): readonly CellGroup<PlannedCell>[] {
  const zeros = cells.map((cell) => ({ ...cell, count: 0n }));
  const amounts = amountsOf({ scenario, cells: zeros }, outputs);
  return cellsHeld(cells, outputs).map((held, o) => {
    const { measure } = outputs[o]!;
    return { labels: [], measure, unit: amounts[o]!.unit, cells: held };
  });
}

/** The currencies that a plan needs for some outputs. */
export function currenciesOf(outputs: readonly Output[]): readonly string[] {
  const units = outputs.map(({ measure, unit }) => (measure === 'units' ? undefined : unit));
  return [...new Set(units.filter((unit) => unit !== undefined))];
}
