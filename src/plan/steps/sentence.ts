/** Steps as sentences: formulas with printed numbers, from which the result can be computed again. */
import type { Ref } from '../../core/kernel/registers.js';
import type { Fraction } from '../../core/number/fraction.js';
import type { Say } from '../../core/text/language.js';

/** The numbers of an evaluated plan, and how they are printed. */
export interface RegisterReader {
  readonly say: Say;
  /** The number that a register holds. */
  readonly valueAt: (ref: Ref) => Fraction;
  /** That number in its unit: `13,194,444,444.45`, `35%`, `(1/3)`. */
  readonly print: (ref: Ref) => string;
  /** Any other number in the unit of a register. */
  readonly printAs: (ref: Ref, value: Fraction) => string;
}

/** How a step computes the number of a register. */
export interface Sentence {
  /**
   * `a + b`, `a − b`, `a × b`, `a ÷ b`, `a ^ 2`; `round(… to 0.01)` half-even and `down(… to 0.01)`
   * to a multiple; the text in the file for an input.
   */
  readonly formula: string;
  /** For an allocation: all its parts. */
  readonly split?: SplitSentence;
}

/** An allocation: each part is rounded down, and what is left over goes to the largest remainders. */
export interface SplitSentence {
  /** The sum of the weights. */
  readonly whole: string;
  /** The amount less all parts rounded down. */
  readonly left: string;
  /** The most that one part gets of what is left over. */
  readonly quantum: string;
  /** In the order that decides ties. */
  readonly parts: readonly SplitPart[];
}

/** One part of an allocation. */
export interface SplitPart {
  readonly key: string;
  readonly weight: string;
  /** The part rounded down. */
  readonly down: string;
  /** What rounding down took away, in quanta: exact, or its first four decimal places and `…`. */
  readonly remainder: string;
  /** Whether the part gets a quantum of what is left over. */
  readonly more: boolean;
}
