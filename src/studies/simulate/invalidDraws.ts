/** Draws that are no valid scenario: looked for before anything is drawn, at the ends of the ranges. */
import type { Diagnostic } from '../../core/text/diagnostic.js';
import { compare } from '../../core/number/fraction.js';
import { fractionAt, type Ref } from '../../core/kernel/registers.js';
import type { Scenario } from '../../scenario/scenario.js';
import { vary } from '../../scenario/vary.js';
import { leftBy } from './sampledInputs.js';
import { proRata } from '../shared/rebalance.js';
import { valueAt, type Failure, type Sampler } from './sampler.js';
import { literalOf } from '../shared/variation.js';

/**
 * What is wrong at the corner of all ranges that is worst for each number of which something has to
 * hold, and at that where all is high. Such numbers rise or fall with each input, so if a corner is
 * valid, every draw is.
 */
export function invalidDraws(scenario: Scenario, sampler: Sampler): readonly Diagnostic[] {
  const { drawn, ready } = sampler;
  const highest = drawn.map(({ first, last }) => Number(last - first));
  const corners = [highest, ...ready.guarded.map((ref) => worstFor(sampler, ref, highest))];
  const broken = corners.find((corner) => !isValid(sampler, corner));
  return broken ? wrongAt(scenario, sampler, broken) : [];
}

/** The diagnostics of a draw that has failed all the same. */
export function failureAt(
  scenario: Scenario,
  sampler: Sampler,
  { draw, reason }: Failure,
): readonly Diagnostic[] {
  if (reason === 'invalid') return wrongAt(scenario, sampler, sampler.numbersOf(draw));
  const message = `draw ${draw} has an output of 2^53 of its smallest units or more`;
  const hint = 'simulate single components, or use another currency';
  return [{ code: 'literal-size', severity: 'error', span: scenario.envelope.span, message, hint }];
}

function isValid({ place, evaluate }: Sampler, corner: readonly number[]): boolean {
  corner.forEach((i, d) => place[d]!(i));
  return evaluate();
}

/** The corner where a number is least: each input at the end that makes it less. */
function worstFor(sampler: Sampler, ref: Ref, highest: readonly number[]): readonly number[] {
  const corner = highest.map(() => 0);
  const numberAt = (d: number, i: number) => {
    isValid(sampler, corner.with(d, i));
    return fractionAt(sampler.ready.registers, ref);
  };
  highest.forEach((high, d) => {
    if (compare(numberAt(d, high), numberAt(d, 0)) < 0) corner[d] = high;
  });
  return corner;
}

/** What the scenario itself says of these values. */
function wrongAt(
  scenario: Scenario,
  { drawn, groups }: Sampler,
  numbers: readonly number[],
): readonly Diagnostic[] {
  const given = drawn.map((one, d) => [one.input, valueAt(one, numbers[d]!)] as const);
  const values = new Map(given.map(([{ path }, value]) => [path, value]));
  const others = groups.flatMap((group) => {
    const left = leftBy(group, ({ path }) => values.get(path)!);
    const parts = left.n < 0n ? undefined : proRata(group.others, left);
    return (parts ?? []).map((part, i) => [group.others[i]!, part] as const);
  });
  const set = [...given, ...others].map(
    ([input, value]) => `${input.path}=${literalOf(input, value) ?? ''}`,
  );
  return vary(scenario, set)
    .diagnostics.filter(({ severity }) => severity === 'error')
    .map((one) => ({ ...one, message: `some draws are not possible: ${one.message}`, hint: HINT }));
}

const HINT = 'narrow the ranges, so that every draw is a valid scenario';
