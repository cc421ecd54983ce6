/** The declaration of a kind of step: its operands, and its three readings. */
import type { KnownRegisters, Ref, Registers } from '../../core/kernel/registers.js';
import type { Denomination } from './denomination.js';
import type { Formula } from './formula.js';
import type { RegisterReader, Sentence } from './sentence.js';

/** Computes steps: reads their operands from the registers and writes their results. */
export type Run = () => void;

/**
 * Prepares steps that do not depend on each other, to be run once or often. What does not change from
 * one run to the next is decided here.
 *
 * @param known facts about the operands
 */
export type Prepare<S> = (steps: readonly S[], registers: Registers, known: KnownRegisters) => Run;

/** One kind of step, as a number, a sentence and a formula. */
export interface StepKind<S> {
  /** The registers that the step reads. */
  readonly operands: (step: S) => readonly Ref[];
  /** Set where every result is a whole number. */
  readonly isWhole?: true;
  /** Computes the number. */
  readonly prepare: Prepare<S>;
  /** The unit of the result, from the units of the operands. */
  readonly denominate: (step: S, of: (ref: Ref) => Denomination) => Denomination;
  /** The sentence about a register that the step writes. */
  readonly sentence: (step: S, reader: RegisterReader, ref: Ref) => Sentence;
  /** The spreadsheet formula of that register; an input has none, as its number is typed into a cell. */
  readonly formula: (step: S, ref: Ref) => Formula | undefined;
}
