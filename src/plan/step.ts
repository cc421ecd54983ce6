/** The steps of a plan, and their three readings: a number, a sentence, a formula. */
import type { KnownRegisters, Ref, Registers } from '../core/kernel/registers.js';
import { allocate, type Allocate } from './steps/allocation.js';
import { difference, power, product, quotient, sum, type Arithmetic } from './steps/arithmetic.js';
import { depreciate, type Depreciate } from './steps/depreciate.js';
import type { Denomination } from './steps/denomination.js';
import type { Formula } from './steps/formula.js';
import { constant, input, type SourceStep } from './steps/inputSteps.js';
import {
  attributable,
  factor,
  priced,
  translate,
  units,
  type RoundingStep,
} from './steps/rounded.js';
import type { RegisterReader, Sentence } from './steps/sentence.js';
import type { Run } from './steps/stepKind.js';

/** The kinds of step, by the `op` of the step. */
export const KINDS = {
  input,
  constant,
  parameter: constant,
  sum,
  difference,
  product,
  quotient,
  power,
  allocate,
  depreciate,
  attributable,
  factor,
  priced,
  units,
  translate,
} as const;

/**
 * One step: its kind, the register that it writes and those that it reads. Amounts are integers. The
 * model rounds in `allocate`, `depreciate` (an allocation), `attributable`, `factor`, `priced`, `units` and `translate`,
 * nowhere else.
 */
export type Step = SourceStep | Arithmetic | Allocate | Depreciate | RoundingStep;

export type { Allocate, Ref };

/** The registers that a step reads. */
export function operandsOf(step: Step): readonly Ref[] {
  return KINDS[step.op].operands(step as never);
}

/** Whether a step always writes whole numbers. */
export function isWhole({ op }: Step): boolean {
  const kind: { readonly isWhole?: true } = KINDS[op];
  return kind.isWhole === true;
}

/** The registers that a step writes. */
export function writtenBy(step: Step): readonly Ref[] {
  return step.op === 'allocate' ? step.weights.map((_, i) => step.out + i) : [step.out];
}

/**
 * Prepares steps of one kind that do not depend on each other, to be run once or often.
 *
 * @param known facts about the operands
 */
export function prepare(steps: readonly Step[], registers: Registers, known: KnownRegisters): Run {
  return KINDS[steps[0]!.op].prepare(steps as never, registers, known);
}

/** The unit of the result of a step, from the units of its operands. */
export function denominate(step: Step, of: (ref: Ref) => Denomination): Denomination {
  return KINDS[step.op].denominate(step as never, of);
}

/** The sentence about a register that a step writes. */
export function sentence(step: Step, reader: RegisterReader, ref: Ref): Sentence {
  return KINDS[step.op].sentence(step as never, reader, ref);
}

/** The spreadsheet formula of a register that a step writes; an input has none. */
export function formula(step: Step, ref: Ref): Formula | undefined {
  return KINDS[step.op].formula(step as never, ref);
}
