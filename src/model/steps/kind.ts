/** What every kind of step is: its operands, and its readings. */
import type { Ref, Registers } from '../../core/registers.js';
import type { Denomination } from './denomination.js';
import type { Formula } from './formula.js';
import type { Reader, Sentence } from './sentence.js';

/** Computes a step: reads its operands from the registers and writes its result. */
export type Run = () => void;

/** Whether a register keeps the number that it holds when the step is prepared. */
export type IsFixed = (ref: Ref) => boolean;

/** Makes a step ready to run, once or often; what its fixed operands decide is decided here. */
export type Prepare<S> = (step: S, at: Registers, isFixed: IsFixed) => Run;

export interface Kind<S> {
  /** The registers that the step reads. */
  readonly operands: (step: S) => readonly Ref[];
  /** The step as a number. */
  readonly prepare: Prepare<S>;
  /** What its result is counted in, from what its operands are counted in. */
  readonly denominate: (step: S, of: (ref: Ref) => Denomination) => Denomination;
  /** The step as a sentence about the register that it writes, or about one of them. */
  readonly sentence: (step: S, reader: Reader, ref: Ref) => Sentence;
  /** The same as a formula; an input has none, for its number is given in the workbook too. */
  readonly formula: (step: S, ref: Ref) => Formula | undefined;
}
