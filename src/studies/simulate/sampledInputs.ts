/** The inputs that are drawn, their distributions, and the inputs that absorb their changes. */
import { divide, roundHalfEven, subtract, type Fraction } from '../../core/number/fraction.js';
import {
  MOST_VALUES,
  distributionOf,
  type Distribution,
  type Shape,
} from '../../core/random/distributions.js';
import { arePossible } from '../../core/random/copula.js';
import { streamOf, type Stream } from '../../core/random/philox.js';
import { failure, success, type Result } from '../../core/result.js';
import type { Diagnostic, Problem } from '../../core/text/diagnostic.js';
import type { Input } from '../../model/input.js';
import { correlatedSets, type Correlation } from '../../model/simulation.js';
import type { Scenario } from '../../scenario/scenario.js';
import { memberPath, type Subject } from '../subject/subject.js';
import { gridBetween, rangeOf, rangedInputs } from '../variation/inputValues.js';
import { proRata, rebalanceOf } from '../variation/rebalance.js';

/** An input with the distribution of its draws, whose values are (first + number) × step. */
export interface SampledInput {
  readonly input: Input;
  /** Of its random stream. */
  readonly name: string;
  readonly shape: Shape;
  readonly stream: Stream;
  readonly distribution: Distribution;
  readonly step: Fraction;
  readonly first: bigint;
  readonly last: bigint;
}

/** The members of a group without `rest` that are drawn, and the others, which share what is left. */
export interface RebalancedGroup {
  readonly drawn: readonly Input[];
  readonly others: readonly Input[];
  readonly whole: Fraction;
}

/**
 * The values of the others of a group: what the drawn members leave, pro rata. Nothing if that is too little.
 *
 * @param valueOf a drawn member
 */
export function valuesOfOthers(
  { drawn, others, whole }: RebalancedGroup,
  valueOf: (input: Input) => Fraction,
): readonly Fraction[] | undefined {
  const left = drawn.reduce((rest, input) => subtract(rest, valueOf(input)), whole);
  return left.n < 0n ? undefined : proRata(others, left);
}

/**
 * The inputs with a range on which an output depends, and those correlated with them. Each has a random
 * stream of its own, so its draws do not depend on which other inputs are drawn.
 *
 * @param subject its only buyer draws as its scenario does by itself
 * @param isNeeded whether an output depends on the input
 */
export function sampledInputs(
  subject: Subject,
  isNeeded: (path: string) => boolean,
  seed: bigint,
): { readonly drawn: readonly SampledInput[]; readonly diagnostics: readonly Diagnostic[] } {
  const ranged = rangedInputs(subject);
  const sets = correlatedSets(subject.correlations, new Set(ranged.map(({ path }) => path)));
  const joined = sets.map(({ members }) => members).filter((members) => members.some(isNeeded));
  const impossible = subject.portfolio && sets.some(({ matrix }) => !arePossible(matrix));
  const isJoined = new Set(joined.flat());
  const needed = ranged.filter(({ path }) => isNeeded(path) || isJoined.has(path));
  const found = needed.map((input) => sampledInput(input, nameOf(subject, input.path), seed));
  return {
    drawn: found.flatMap((one) => (one.ok ? [one.value] : [])),
    diagnostics: [
      ...found.flatMap((one) => (one.ok ? [] : one.diagnostics)),
      ...(impossible ? [impossibleTogether(subject)] : []),
    ],
  };
}

/** Correlations that are possible for each buyer, and not together. */
function impossibleTogether({ correlations }: Subject): Diagnostic {
  return {
    ...{ code: 'correlations', severity: 'error', span: correlations.at(-1)!.value.span },
    message: 'no draws can have the rank correlations of all buyers together',
    hint: 'bring one of them nearer to what the others imply',
  };
}

/** The name of the random stream of an input: its path, of the only buyer of a portfolio without its key. */
function nameOf(subject: Subject, path: string): string {
  const own = subject.members.length === 1 ? memberPath(subject, path) : undefined;
  return own?.path ?? path;
}

/** The correlations of a subject, between the names of random streams. */
export function namedCorrelations(subject: Subject): readonly Correlation[] {
  return subject.correlations.map(({ paths: [left, right], value }) => {
    return { paths: [nameOf(subject, left), nameOf(subject, right)], value };
  });
}

/** The distribution of an input over the grid between its low and high. */
function sampledInput(input: Input, name: string, seed: bigint): Result<SampledInput> {
  const { low = input.value, high = input.value } = rangeOf(input);
  const grid = gridBetween(input, low, high);
  if (!grid.ok) return failure([refusal(input, grid.diagnostics)]);
  const { step, first, last } = grid.value;
  const size = Number(last - first);
  if (size >= MOST_VALUES) {
    const message = `\`${input.path}\` has more than 2^51 steps between low and high`;
    return failure([refusal(input, { message, hint: 'give it a coarser `step`' })]);
  }
  const nearest = roundHalfEven(divide(input.value, step));
  const mode = nearest < first ? first : nearest > last ? last : nearest;
  const shape = input.attributes.shape?.value ?? 'triangular';
  const distribution = distributionOf(shape, size, Number(mode - first));
  const stream = streamOf(seed, name);
  return success({ input, name, shape, stream, distribution, ...grid.value });
}

function refusal({ span }: Input, problem: Problem): Diagnostic {
  return { code: 'range-draws', severity: 'error', span, ...problem };
}

/** The groups that absorb the draws; diagnostics for an input whose changes nothing can absorb. */
export function rebalancedGroups(
  scenario: Scenario,
  drawn: readonly Input[],
): { readonly groups: readonly RebalancedGroup[]; readonly diagnostics: readonly Diagnostic[] } {
  const paths = new Set(drawn.map(({ path }) => path));
  const isDrawn = ({ path }: Input) => paths.has(path);
  const groups: RebalancedGroup[] = [];
  const grouped = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  for (const input of drawn) {
    if (grouped.has(input.path)) continue;
    const found = rebalanceOf(scenario, input.path);
    if (!found.ok) diagnostics.push(refusal(input, found.diagnostics));
    if (!found.ok || found.value.kind !== 'others') continue;
    const { whole, others: all } = found.value;
    const members = [input, ...all];
    for (const { path } of members) grouped.add(path);
    const others = all.filter((one) => !isDrawn(one));
    groups.push({ drawn: members.filter(isDrawn), others, whole });
    if (others.some(({ value }) => value.n > 0n)) continue;
    const message = 'every share of its group is drawn, so none is left to absorb the difference';
    const names = members.map(({ path }) => path).join(', ');
    const hint = 'let one of them be `rest`, or remove its range';
    diagnostics.push(refusal(input, { message, found: names, hint }));
  }
  return { groups, diagnostics };
}
