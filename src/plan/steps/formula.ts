/** Steps as spreadsheet formulas: over doubles, in yuan or servers, not in quanta. */
import type { Ref } from '../../core/kernel/registers.js';

/** A formula over registers. */
export type Formula =
  | { readonly op: 'number'; readonly value: number }
  | { readonly op: 'at'; readonly ref: Ref }
  | { readonly op: 'sum'; readonly terms: readonly Formula[] }
  | { readonly op: 'difference'; readonly from: Formula; readonly terms: readonly Formula[] }
  | { readonly op: 'product'; readonly factors: readonly Formula[] }
  | { readonly op: 'quotient'; readonly over: Formula; readonly under: Formula }
  | { readonly op: 'power'; readonly base: Formula; readonly exponent: number }
  /** Rounded to the quantum of the register that the step writes, halves away from zero. */
  | { readonly op: 'round'; readonly of: Formula }
  /** amount × weight ÷ the sum of all weights, 0 where that is 0; not rounded, as an allocation is. */
  | {
      readonly op: 'part';
      readonly amount: Ref;
      readonly weight: Ref;
      readonly weights: readonly Ref[];
    }
  /** amount ÷ life, 0 from the period `index` = life on; not rounded. */
  | {
      readonly op: 'depreciation';
      readonly amount: Ref;
      readonly life: Ref;
      readonly index: number;
    };

/** The number of a register, as a formula. */
export function valueAt(ref: Ref): Formula {
  return { op: 'at', ref };
}
