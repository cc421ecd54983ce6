/** Draws that are not valid scenarios: looked for at the ends of the ranges, before anything is drawn. */
import { fractionAt, type Ref } from '../../core/kernel/registers.js';
import { compare } from '../../core/number/fraction.js';
import { failure, type Result } from '../../core/result.js';
import type { Diagnostic } from '../../core/text/diagnostic.js';
import { amountOf } from '../../model/estimate/envelope.js';
import { vary } from '../../scenario/vary.js';
import { isRest } from '../../model/input.js';
import { memberMoves } from '../subject/subject.js';
import { inputsByPath, literalOf } from '../variation/inputValues.js';
import { valuesOfOthers } from './sampledInputs.js';
import { drawnValue, type Failure, type SampledForecast, type Sampler } from './sampler.js';

/**
 * Tests the corner of all ranges where every input is high, and for each guarded number the corner
 * where it is least. A guarded number rises or falls with each input, so if these corners are valid,
 * every draw is.
 */
export function invalidDraws(sampler: Sampler): readonly Diagnostic[] {
  const { drawn, forecasts } = sampler;
  const highest = drawn.map(({ first, last }) => Number(last - first));
  const worst = forecasts.flatMap((one) =>
    one.ready.guarded.map((ref) => worstFor(sampler, one, ref, highest)),
  );
  const corners = [highest, ...worst];
  const broken = corners.find((corner) => !isValid(sampler, corner));
  return broken ? errorsAt(sampler, broken) : [];
}

/** The diagnostics of a draw that failed. */
export function failureAt(sampler: Sampler, { draw, reason }: Failure): Result<never> {
  if (reason === 'invalid') return failure(errorsAt(sampler, sampler.numbersOf(draw)));
  const message = `draw ${draw} has an output of 2^53 of its smallest units or more`;
  const hint = 'simulate single components, or use another currency';
  const { envelope, tree } = sampler.forecasts[0]!.member;
  const { span } = amountOf(envelope) ?? tree;
  return failure([{ code: 'literal-size', severity: 'error', span, message, hint }]);
}

function isValid({ place, evaluate }: Sampler, corner: readonly number[]): boolean {
  corner.forEach((i, d) => place[d]!(i));
  return evaluate();
}

/** The corner where a number is least: each input at the end at which the number is less. */
function worstFor(
  sampler: Sampler,
  { ready }: SampledForecast,
  ref: Ref,
  highest: readonly number[],
): readonly number[] {
  const corner = highest.map(() => 0);
  const numberAt = (d: number, i: number) => {
    isValid(sampler, corner.with(d, i));
    return fractionAt(ready.registers, ref);
  };
  highest.forEach((high, d) => {
    if (compare(numberAt(d, high), numberAt(d, 0)) < 0) corner[d] = high;
  });
  return corner;
}

/** The errors of the scenarios with these values, from their texts. */
function errorsAt(sampler: Sampler, numbers: readonly number[]): readonly Diagnostic[] {
  const { drawn, subject } = sampler;
  const values = drawn.map((one, d) => drawnValue(one, numbers[d]!));
  const paths = drawn.map(({ input }) => input.path);
  return sampler.forecasts.flatMap(({ member, groups }) => {
    const inputs = inputsByPath(member.inputs);
    const own = memberMoves(subject, member, paths).flatMap(({ path, valueAt }) => {
      const input = inputs.get(path);
      return input && !isRest(input) ? [[input, valueAt(values)] as const] : [];
    });
    const byPath = new Map(own.map(([{ path }, value]) => [path, value]));
    const others = groups.flatMap((group) => {
      const shares = valuesOfOthers(group, ({ path }) => byPath.get(path)!) ?? [];
      return shares.map((share, i) => [group.others[i]!, share] as const);
    });
    const set = [...own, ...others].map(
      ([input, value]) => `${input.path}=${literalOf(input, value) ?? ''}`,
    );
    const { diagnostics } = vary(member, set);
    return diagnostics
      .filter(({ severity }) => severity === 'error')
      .map((one) => {
        return { ...one, message: `some draws are not possible: ${one.message}`, hint: HINT };
      });
  });
}

const HINT = 'narrow the ranges, so that every draw is a valid scenario';
