/** The steps of a plan: what each kind of step reads, and which registers it writes. */
import { allocate, type Allocate } from './steps/allocation.js';
import { difference, power, product, quotient, sum, type Arithmetic } from './steps/arithmetic.js';
import { constant, input, type SourceStep } from './steps/inputSteps.js';
import { attributable, factor, translate, units, type RoundingStep } from './steps/rounded.js';
import type { KnownRegisters, Ref, Registers } from '../core/kernel/registers.js';
import type { Run } from './steps/stepKind.js';
import type { Denomination } from './steps/denomination.js';
import type { Formula } from './steps/formula.js';
import type { RegisterReader, Sentence } from './steps/sentence.js';

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
  attributable,
  factor,
  units,
  translate,
} as const;

/**
 * One step: its kind, the register it writes and the registers it reads. Amounts are integers.
 * The model rounds in `allocate`, `attributable`, `factor`, `units` and `translate`, nowhere else.
 */
export type Step = SourceStep | Arithmetic | Allocate | RoundingStep;

export type { Allocate, Ref };

/** The registers that a step reads. */
export function operandsOf(step: Step): readonly Ref[] {
  return KINDS[step.op].operands(step as never);
}

/** Whether a step writes whole numbers alone. */
export function isWhole({ op }: Step): boolean {
  return 'isWhole' in KINDS[op];
}

/** The registers that a step writes. */
export function writtenBy(step: Step): readonly Ref[] {
  return step.op === 'allocate' ? step.weights.map((_, i) => step.out + i) : [step.out];
}

/**
 * Makes steps of one kind that do not rest on each other ready to run: what is known of their
 * operands decides once what it can.
 */
export function prepare(steps: readonly Step[], at: Registers, known: KnownRegisters): Run {
  return KINDS[steps[0]!.op].prepare(steps as never, at, known);
}

/** What the result of a step is counted in. */
export function denominate(step: Step, of: (ref: Ref) => Denomination): Denomination {
  return KINDS[step.op].denominate(step as never, of);
}

/** A step as a sentence about a register that it writes. */
export function sentence(step: Step, reader: RegisterReader, ref: Ref): Sentence {
  return KINDS[step.op].sentence(step as never, reader, ref);
}

/** A step as a formula for a register that it writes; an input has none. */
export function formula(step: Step, ref: Ref): Formula | undefined {
  return KINDS[step.op].formula(step as never, ref);
}
