/** The step that splits money: an amount over weights, by the one rule. */
import { allocate as allocateExactly } from '../../core/allocate.js';
import { partsOf, split, weigh, weighOnce } from '../../core/gears.js';
import { put, ratioAt, type Ref, type Registers } from '../../core/registers.js';
import type { Kind } from './kind.js';

/** Splits an amount into as many registers as weights, from `out` on. */
export interface Allocate {
  readonly op: 'allocate';
  readonly out: Ref;
  readonly amount: Ref;
  readonly weights: readonly Ref[];
  /** Rank of each part in a tie; by position (in time) where absent. */
  readonly order?: readonly number[];
  /** Where all weights are zero nothing is split, and what is left is an under-run. */
  readonly mayUnderrun?: true;
}

export const allocate: Kind<Allocate> = {
  operands: ({ amount, weights }) => [amount, ...weights],
  prepare: (step, at, isFixed) => {
    const { out, amount, weights, order } = step;
    const parts = partsOf(weights.length, order);
    if (weights.every(isFixed)) {
      weighOnce(parts, at, weights);
      return () => {
        if (!split(at.n[amount]!, parts, at, out)) splitExactly(step, at);
      };
    }
    return () => {
      weigh(parts, at, weights);
      if (!split(at.n[amount]!, parts, at, out)) splitExactly(step, at);
    };
  },
};

/** The gear for everything that does not fit into doubles. */
function splitExactly({ out, amount, weights, order, mayUnderrun }: Allocate, at: Registers): void {
  const given = weights.map((ref) => ratioAt(at, ref));
  const nothing = mayUnderrun === true && given.every(({ n }) => n === 0n);
  const parts = nothing
    ? given.map(() => 0n)
    : allocateExactly(ratioAt(at, amount).n, given, order);
  parts.forEach((part, index) => put(at, out + index, { n: part, d: 1n }));
}
