/** The course of an output while inputs move: one plan, of which only what hangs on them is evaluated. */
import type { Diagnostic } from '../../core/text/diagnostic.js';
import type { Fraction } from '../../core/number/fraction.js';
import type { Ref } from '../../core/kernel/registers.js';
import { amountOf, type Output } from '../../projection/output.js';
import type { Plan, PlannedCell } from '../../projection/plan.js';
import { compile, project } from '../../projection/compile.js';
import type { CellGroup } from '../../projection/rollup.js';
import { groupEvaluator } from '../../projection/prepareEvaluation.js';
import type { Scenario } from '../../scenario/scenario.js';
import { assignmentsFor, inputAt, isNoInput, moveInput, type Assignments } from './variation.js';

/** The output where the inputs have certain values, or what is wrong with the scenario there. */
export type InputPoint =
  | { readonly count: bigint; readonly rebalanced: readonly string[] }
  | { readonly diagnostics: readonly Diagnostic[]; readonly rebalanced: readonly string[] };

/** By the values of the inputs, in their order and in their own units. */
export type OutputEvaluator = (values: readonly Fraction[]) => InputPoint;

/** Several outputs at once, in their order. */
export type InputPoints =
  | { readonly counts: readonly bigint[]; readonly rebalanced: readonly string[] }
  | { readonly diagnostics: readonly Diagnostic[]; readonly rebalanced: readonly string[] };

type Courses<P = InputPoints> = (values: readonly Fraction[]) => P;

/**
 * An output over the values of some inputs. The scenario is compiled once; where a value breaks a
 * bound or a guard, or the plan has no register for it, the text says what is wrong or what follows.
 *
 * @param paths inputs that `inputAt` knows
 */
export function outputEvaluator(
  scenario: Scenario,
  output: Output,
  paths: readonly string[],
): OutputEvaluator {
  const courses = outputEvaluators(scenario, [output], paths);
  return (values) => {
    const there = courses(values);
    return 'counts' in there ? { count: there.counts[0]!, rebalanced: there.rebalanced } : there;
  };
}

/** The same for many outputs, which one plan has all. */
export function outputEvaluators(
  scenario: Scenario,
  outputs: readonly Output[],
  paths: readonly string[],
): Courses {
  const byText = textCourse(scenario, outputs, paths);
  const byPlan = planCourse(scenario, outputs, paths);
  return (values) => byPlan(values) ?? byText(values);
}

/** Loads the text anew with a layer for each input, one after the other. */
function textCourse(
  scenario: Scenario,
  outputs: readonly Output[],
  paths: readonly string[],
): Courses {
  return (values) => {
    const rebalanced: string[] = [];
    let there = scenario;
    for (const [i, path] of paths.entries()) {
      const move = moveInput(there, path, values[i]!);
      rebalanced.push(...move.rebalanced);
      if (!move.scenario) return { diagnostics: move.diagnostics, rebalanced };
      there = move.scenario;
    }
    const projection = project(there, { currencies: currenciesOf(...outputs) });
    return { counts: outputs.map((output) => amountOf(projection, output).count), rebalanced };
  };
}

/** The same from registers; nothing where only the text can tell. */
function planCourse(
  given: Scenario,
  outputs: readonly Output[],
  paths: readonly string[],
): Courses<InputPoints | undefined> {
  const scenario = paths.reduce(withInput, given);
  const plan = compile(scenario, { currencies: currenciesOf(...outputs) });
  const refs = registersByPath(plan);
  const moving = paths.map((path) => inputsMovedBy(scenario, path));
  const varied = moving.flat().map((path) => refs.get(path));
  const isApart = new Set(moving.flat()).size === varied.length;
  if (!isApart || varied.includes(undefined)) return () => undefined;
  const groups = outputs.map((output) => groupOf(plan, output));
  const countsAt = groupEvaluator(plan, (varied as Ref[][]).flat(), groups);
  return (values) => {
    const moves = paths.map((path, i) => assignmentsFor(scenario, path, values[i]!));
    if (!moves.every((move, i) => isPlain(move, moving[i]!))) return undefined;
    const assigned = (moves as Assignments[]).flatMap((move) => move.values);
    const counts = countsAt(
      new Map(
        assigned.flatMap(({ input, value }) => refs.get(input.path)!.map((ref) => [ref, value])),
      ),
    );
    const rebalanced = (moves as Assignments[]).flatMap((move) => move.rebalanced);
    return counts && { counts, rebalanced };
  };
}

/** A rate path that the file leaves to the base rate gets a place of its own. */
function withInput(scenario: Scenario, path: string): Scenario {
  const input = inputAt(scenario, path);
  if (isNoInput(input) || scenario.inputs.some((one) => one.path === input.path)) return scenario;
  return moveInput(scenario, path, input.value).scenario ?? scenario;
}

/** The registers of every input that a plan reads. */
export function registersByPath({ steps }: Plan): ReadonlyMap<string, Ref[]> {
  const refs = new Map<string, Ref[]>();
  for (const step of steps) {
    if (step.op !== 'input') continue;
    refs.set(step.input.path, [...(refs.get(step.input.path) ?? []), step.out]);
  }
  return refs;
}

/** The paths of the input and of those who give way to it. */
function inputsMovedBy(scenario: Scenario, path: string): readonly string[] {
  const input = inputAt(scenario, path);
  const move = isNoInput(input) ? undefined : assignmentsFor(scenario, path, input.value);
  return move && 'values' in move ? move.values.map((one) => one.input.path) : [path];
}

/** Whether a move assigns what it is expected to, within the bounds of each input's kind. */
function isPlain(move: Assignments | Diagnostic, expected: readonly string[]): boolean {
  if ('code' in move || move.values.length !== expected.length) return false;
  return move.values.every(({ input, literal }) => input.kind.read(literal).ok);
}

/** All cells of an output as one, in the finest of their units; 0 where it has none. */
export function groupOf({ cells, scenario }: Plan, output: Output): CellGroup<PlannedCell> {
  const held = cells.filter(output.holds);
  const { unit } = amountOf(
    { scenario, cells: held.map((cell) => ({ ...cell, count: 0n })) },
    output,
  );
  return { labels: [], measure: output.measure, unit, cells: held };
}

/** The currencies that a plan needs for some outputs. */
export function currenciesOf(...outputs: readonly Output[]): readonly string[] {
  const units = outputs.map(({ measure, unit }) => (measure === 'units' ? undefined : unit));
  return [...new Set(units.filter((unit) => unit !== undefined))];
}
