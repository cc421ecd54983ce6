/** The tornado: one input at a time to its low and its high, everything else at its value. */
import type { Ratio } from '../../core/number/fraction.js';
import type { Input } from '../../model/input.js';
import { amountOf, type Amount, type Output } from '../../projection/output.js';
import { project } from '../../projection/compile.js';
import type { Scenario } from '../../scenario/scenario.js';
import { coursesOf, currenciesOf, type Points } from '../shared/outputEvaluator.js';
import { rangedInputs, rangeOf } from '../shared/variation.js';

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
  return tornados(scenario, [output])[0]!;
}

/** The same for many outputs, for all of which an input is moved once. */
export function tornados(scenario: Scenario, outputs: readonly Output[]): readonly Tornado[] {
  const projection = project(scenario, { currencies: currenciesOf(...outputs) });
  const moves = rangedInputs(scenario).map((input) => moveOf(scenario, outputs, input));
  return outputs.map((output, o) => {
    const base = amountOf(projection, output);
    const swings = moves.map((move) => swingOf(move, base, o));
    return {
      base,
      swings: swings.sort((a, b) => Number(b.swing > a.swing) - Number(a.swing > b.swing)),
    };
  });
}

/** What the ends of an input's range make of all outputs. */
interface Move {
  readonly input: Input;
  readonly low: Points & { readonly value: Ratio };
  readonly high: Points & { readonly value: Ratio };
}

function moveOf(scenario: Scenario, outputs: readonly Output[], input: Input): Move {
  const { low = input.value, high = input.value } = rangeOf(input);
  const courses = coursesOf(scenario, outputs, [input.path]);
  const endAt = (value: Ratio) => ({ value, ...courses([value]) });
  return { input, low: endAt(low), high: endAt(high) };
}

function swingOf({ input, low, high }: Move, base: Amount, output: number): Swing {
  const endOf = ({ value, ...there }: Move['low']): End =>
    'counts' in there
      ? { value, result: there.counts[output]!, reason: undefined }
      : { value, result: undefined, reason: there.diagnostics[0]!.message };
  const ends = { low: endOf(low), high: endOf(high) };
  const results = [base.count, ends.low.result, ends.high.result].filter(
    (one) => one !== undefined,
  );
  const sorted = results.sort((a, b) => Number(a > b) - Number(a < b));
  const { gaveWay } = high;
  return { input, ...ends, swing: sorted.at(-1)! - sorted[0]!, gaveWay };
}
