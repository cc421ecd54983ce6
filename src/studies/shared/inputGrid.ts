/** The grid on which an input is solved for and drawn: the multiples of its step within a range. */
import type { Problem } from '../../core/text/diagnostic.js';
import { divide, type Ratio } from '../../core/number/fraction.js';
import type { Input } from '../../model/input.js';
import { stepOf } from './variation.js';

/** The values index × step, from the first index to the last. */
export interface InputGrid {
  readonly step: Ratio;
  readonly first: bigint;
  readonly last: bigint;
}

/** The grid of an input from low to high, both included where the step hits them; or why there is none. */
export function gridBetween(input: Input, low: Ratio, high: Ratio): InputGrid | Problem {
  const step = stepOf(input);
  if (step.n <= 0n) return { message: `the step of \`${input.path}\` is not above zero` };
  const first = -floor(divide({ n: -low.n, d: low.d }, step));
  const last = floor(divide(high, step));
  if (first <= last) return { step, first, last };
  const message = `no multiple of the step lies between low and high of \`${input.path}\``;
  return { message, hint: 'widen the range, or give it a finer step' };
}

/** The greatest integer that is not above a ratio. */
function floor({ n, d }: Ratio): bigint {
  return n >= 0n ? n / d : -((d - 1n - n) / d);
}
