/** The tornado: one input at a time to its low and its high, everything else at its value. */
import type { Ratio } from '../core/ratio.js';
import type { Input } from '../model/input.js';
import { amountOf, type Amount, type Output } from '../projection/output.js';
import { project } from '../projection/project.js';
import type { Scenario } from '../scenario/scenario.js';
import { courseOf, currenciesOf, type Course } from './course.js';
import { rangedInputs, rangeOf } from './variation.js';

/** What one end of an input's range makes of the output. */
export interface End {
  readonly value: Ratio;
  /** The output there; nothing where the scenario does not hold, and `reason` says why. */
  readonly result: bigint | undefined;
  readonly reason: string | undefined;
}

/** One input's bar. */
export interface Swing {
  readonly input: Input;
  readonly low: End;
  readonly high: End;
  /** Distance between the outermost of low, base and high, in quanta of the output. */
  readonly swing: bigint;
  /** Who gives way: paths of `rest`, or of the others of its group. */
  readonly gaveWay: readonly string[];
}

export interface Tornado {
  readonly base: Amount;
  /** The largest swing first; equal ones in the order of the file. */
  readonly swings: readonly Swing[];
}

/** Every input with a range, ranked by what its range makes of the output. */
export function tornado(scenario: Scenario, output: Output): Tornado {
  const base = amountOf(project(scenario, { currencies: currenciesOf(output) }), output);
  const swings = rangedInputs(scenario).map((input) =>
    swingOf(input, base, courseOf(scenario, output, [input.path])),
  );
  return {
    base,
    swings: swings.sort((a, b) => Number(b.swing > a.swing) - Number(a.swing > b.swing)),
  };
}

function swingOf(input: Input, base: Amount, course: Course): Swing {
  const { low = input.value, high = input.value } = rangeOf(input);
  let gaveWay: readonly string[] = [];
  const endAt = (value: Ratio): End => {
    const there = course([value]);
    gaveWay = there.gaveWay;
    if ('count' in there) return { value, result: there.count, reason: undefined };
    return { value, result: undefined, reason: there.diagnostics[0]!.message };
  };
  const ends = { low: endAt(low), high: endAt(high) };
  const results = [base.count, ends.low.result, ends.high.result].filter(
    (one) => one !== undefined,
  );
  const sorted = results.sort((a, b) => Number(a > b) - Number(a < b));
  return { input, ...ends, swing: sorted.at(-1)! - sorted[0]!, gaveWay };
}
