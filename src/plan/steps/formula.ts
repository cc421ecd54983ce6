/** A step as a formula of a spreadsheet: over numbers as people count them, in doubles. */
import type { Ref } from '../../core/kernel/registers.js';

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
  /** amount × weight ÷ the sum of all weights, 0 where that is 0; the plan cuts it to a quantum. */
  | {
      readonly op: 'part';
      readonly amount: Ref;
      readonly weight: Ref;
      readonly weights: readonly Ref[];
    };

export function at(ref: Ref): Formula {
  return { op: 'at', ref };
}
