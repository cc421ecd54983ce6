/** What every kind of step is: its operands, and its readings. */
import type { KnownRegisters, Ref, Registers } from '../../core/kernel/registers.js';
import type { Denomination } from './denomination.js';
import type { Formula } from './formula.js';
import type { RegisterReader, Sentence } from './sentence.js';

/** Computes steps: reads their operands from the registers and writes their results. */
export type Run = () => void;

/**
 * Makes steps that do not rest on each other ready to run, once or often; what is known of their
 * operands decides here what it can.
 */
export type Prepare<S> = (steps: readonly S[], at: Registers, known: KnownRegisters) => Run;

export interface StepKind<S> {
  /** The registers that the step reads. */
  readonly operands: (step: S) => readonly Ref[];
  /** Set where the result is rounded, or parts of what was. */
  readonly isWhole?: true;
  /** The step as a number. */
  readonly prepare: Prepare<S>;
  /** What its result is counted in, from what its operands are counted in. */
  readonly denominate: (step: S, of: (ref: Ref) => Denomination) => Denomination;
  /** The step as a sentence about the register that it writes, or about one of them. */
  readonly sentence: (step: S, reader: RegisterReader, ref: Ref) => Sentence;
  /** The same as a formula; an input has none, for its number is given in the workbook too. */
  readonly formula: (step: S, ref: Ref) => Formula | undefined;
}
