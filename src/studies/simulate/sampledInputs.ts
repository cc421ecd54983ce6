/** Which inputs are drawn, from which law, and who gives way to them. */
import type { Diagnostic, Problem } from '../../core/text/diagnostic.js';
import {
  distributionOf,
  MOST_VALUES,
  type Distribution,
  type Shape,
} from '../../core/random/distributions.js';
import { streamOf, type Stream } from '../../core/random/philox.js';
import { divide, roundHalfEven, subtract, type Fraction } from '../../core/number/fraction.js';
import type { Input } from '../../model/input.js';
import { correlatedSets } from '../../model/simulation.js';
import type { Scenario } from '../../scenario/scenario.js';
import { rebalanceOf } from '../shared/rebalance.js';
import { gridBetween, rangedInputs, rangeOf } from '../shared/variation.js';

/** An input with the law that its draws follow: the values (first + number) × step. */
export interface SampledInput {
  readonly input: Input;
  readonly shape: Shape;
  readonly stream: Stream;
  readonly law: Distribution;
  readonly step: Fraction;
  readonly first: bigint;
  readonly last: bigint;
}

/** Members of a group without `rest` that are drawn, and those that share what these leave. */
export interface RebalancedGroup {
  readonly drawn: readonly Input[];
  readonly others: readonly Input[];
  readonly whole: Fraction;
}

/** What the drawn members of a group leave of the whole. */
export function leftBy(
  { drawn, whole }: RebalancedGroup,
  valueOf: (input: Input) => Fraction,
): Fraction {
  return drawn.reduce((left, input) => subtract(left, valueOf(input)), whole);
}

/**
 * The laws of inputs with a range, as far as others rest on them: what hangs together by correlation
 * is drawn together. Each has a stream of its own, so that no draw hangs on which others there are.
 *
 * @param isNeeded whether an output rests on the input
 */
export function sampledInputs(
  scenario: Scenario,
  isNeeded: (path: string) => boolean,
  seed: bigint,
): { readonly drawn: readonly SampledInput[]; readonly diagnostics: readonly Diagnostic[] } {
  const ranged = rangedInputs(scenario);
  const sets = correlatedSets(scenario.correlations, new Set(ranged.map(({ path }) => path)));
  const joined = sets.map(({ members }) => members).filter((members) => members.some(isNeeded));
  const needed = ranged.filter(({ path }) => isNeeded(path) || joined.flat().includes(path));
  const found = needed.map((input) => drawnFrom(input, seed));
  return {
    drawn: found.filter((one) => 'law' in one),
    diagnostics: found.filter((one) => 'code' in one),
  };
}

/** Low, value and high are taken where the grid has them, or next to it. */
function drawnFrom(input: Input, seed: bigint): SampledInput | Diagnostic {
  const { low = input.value, high = input.value } = rangeOf(input);
  const grid = gridBetween(input, low, high);
  if ('message' in grid) return problemOf(input, grid);
  const { step, first, last } = grid;
  const size = Number(last - first);
  if (size >= MOST_VALUES) {
    return problemOf(input, {
      message: `\`${input.path}\` has more than 2^51 steps between low and high`,
      hint: 'give it a coarser `step`',
    });
  }
  const nearest = roundHalfEven(divide(input.value, step));
  const mode = nearest < first ? first : nearest > last ? last : nearest;
  const shape = input.attributes.shape?.value ?? 'triangular';
  const law = distributionOf(shape, size, Number(mode - first));
  return { input, shape, stream: streamOf(seed, input.path), law, ...grid };
}

function problemOf({ span }: Input, problem: Problem): Diagnostic {
  return { code: 'range-draws', severity: 'error', span, ...problem };
}

/** Who gives way to inputs that are drawn; where nobody can, why not. */
export function rebalancedGroups(
  scenario: Scenario,
  drawn: readonly Input[],
): { readonly groups: readonly RebalancedGroup[]; readonly diagnostics: readonly Diagnostic[] } {
  const isDrawn = ({ path }: Input) => drawn.some((one) => one.path === path);
  const groups = new Map<string, RebalancedGroup>();
  const diagnostics: Diagnostic[] = [];
  for (const input of drawn) {
    const way = rebalanceOf(scenario, input.path);
    if (way.kind === 'refused') diagnostics.push(problemOf(input, { message: way.reason }));
    if (way.kind !== 'others') continue;
    const members = [input, ...way.others];
    const key = members
      .map(({ path }) => path)
      .sort()
      .join(' ');
    const others = way.others.filter((one) => !isDrawn(one));
    const known = groups.has(key);
    groups.set(key, { drawn: members.filter(isDrawn), others, whole: way.whole });
    if (known || others.some(({ value }) => value.n > 0n)) continue;
    diagnostics.push(
      problemOf(input, {
        message: 'every share of its group is drawn, so none is left to absorb the difference',
        found: members.map(({ path }) => path).join(', '),
        hint: 'let one of them be `rest`, or remove its range',
      }),
    );
  }
  return { groups: [...groups.values()], diagnostics };
}
