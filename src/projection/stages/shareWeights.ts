/** Groups of shares as registers: inputs as they are, `rest` as what the others leave of the whole. */
import { ONE } from '../../core/number/fraction.js';
import { inputsOf, isRest, type Input, type Share } from '../../model/input.js';
import type { Planner, Ref } from '../../plan/builder.js';
import * as plan from '../../plan/builder.js';

/**
 * One register for each share, in their order; guards keep their sum at the whole. A list of shares that holds for
 * many periods is read once: every list has one whole.
 *
 * @param whole what the shares sum to, an amount; 1 unless given
 */
export function shareRefs(
  planner: Planner,
  shares: readonly Share[],
  whole?: Input,
): readonly Ref[] {
  const known = planner.shares.get(shares) ?? newShareRefs(planner, shares, whole);
  planner.shares.set(shares, known);
  return known;
}

function newShareRefs(planner: Planner, shares: readonly Share[], whole?: Input): readonly Ref[] {
  const others = inputsOf(shares).map((share) => plan.input(planner, share));
  const total = whole ? plan.input(planner, whole) : plan.constant(planner, ONE);
  const open = shares.find(isRest);
  const left = open
    ? plan.rest(planner, total, others, open)
    : plan.difference(planner, total, others);
  plan.guard(planner, left, open ? 'not negative' : 'zero');
  return shares.map((share) => (isRest(share) ? left : plan.input(planner, share)));
}
