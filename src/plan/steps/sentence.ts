/** A step in words: its formula with its numbers, from which its result can be computed again. */
import type { Fraction } from '../../core/number/fraction.js';
import type { Ref } from '../../core/kernel/registers.js';

/** The numbers of an evaluated plan, and how they are said. */
export interface RegisterReader {
  /** The number that a register holds. */
  readonly at: (ref: Ref) => Fraction;
  /** The same in what it is counted in: `13,194,444,444.45`, `35%`, `(1/3)`. */
  readonly say: (ref: Ref) => string;
  /** Any number that is counted as that of a register is. */
  readonly sayAs: (ref: Ref, value: Fraction) => string;
}

export interface Sentence {
  /**
   * `a + b`, `a − b`, `a × b`, `a ÷ b`, `a ^ 2`; `round(… to 0.01)` half-even and `down(… to 0.01)`
   * to a multiple; of an input the text of the file.
   */
  readonly formula: string;
  /** Of an allocation. */
  readonly split?: SplitSentence;
}

/** All parts of an allocation: each is rounded down, and what is left over goes to the largest remainders. */
export interface SplitSentence {
  /** The sum of the weights. */
  readonly whole: string;
  /** How much is left over when all parts are rounded down. */
  readonly left: string;
  /** What goes to a part at most. */
  readonly quantum: string;
  /** In the order that decides ties. */
  readonly parts: readonly SplitPart[];
}

export interface SplitPart {
  readonly key: string;
  readonly weight: string;
  readonly down: string;
  /** What rounding down took away, in quanta: exact, or its first places and `…`. */
  readonly remainder: string;
  /** Whether a quantum of what is left over goes to it. */
  readonly more: boolean;
}
