/** Steps that compute nothing: inputs of the scenario, constants of the model, parameters of a study. */
import { put, type Ref } from '../../core/kernel/registers.js';
import { powerOfTen } from '../../core/number/decimal.js';
import { ONE, divide, fraction, nearestWhole, type Fraction } from '../../core/number/fraction.js';
import type { Input } from '../../model/input.js';
import { PRICE } from '../../model/inputKind.js';
import { PLAIN } from './denomination.js';
import type { StepKind } from './stepKind.js';

/** An input of the scenario. */
export interface InputStep {
  readonly op: 'input';
  readonly out: Ref;
  readonly input: Input;
}

/** A constant of the model. */
export interface ConstantStep {
  readonly op: 'constant';
  readonly out: Ref;
  readonly value: Fraction;
  /** Set for a conversion between units, as 100 from yuan to fen; printed with its units, it is 1. */
  readonly isConversion?: true;
}

/** A number that a study varies; `value` holds until it does. */
export interface ParameterStep {
  readonly op: 'parameter';
  readonly out: Ref;
  readonly value: Fraction;
}

/** The steps without operands. */
export type SourceStep = InputStep | ConstantStep | ParameterStep;

/** Inputs: their literals are sentences, and cells of the workbook. */
export const input: StepKind<InputStep> = {
  operands: () => [],
  prepare: (steps, registers) => () => {
    for (const { out, input } of steps) put(registers, out, input.value);
  },
  denominate: ({ input: { currency, kind, text } }) => {
    if (!currency) return text.endsWith('%') ? { ...PLAIN, label: '%' } : PLAIN;
    // A price is in major units, all other money in quanta.
    const places = kind === PRICE ? 0 : currency.places;
    return { label: currency.code, quantum: fraction(1n, powerOfTen(places)) };
  },
  sentence: ({ input: { text } }) => ({ formula: text }),
  formula: () => undefined,
};

/** Constants of the model, and parameters of a study. */
export const constant: StepKind<ConstantStep | ParameterStep> = {
  operands: () => [],
  prepare: (steps, registers) => () => {
    for (const { out, value } of steps) put(registers, out, value);
  },
  denominate: (step) =>
    step.op === 'constant' && step.isConversion
      ? { ...PLAIN, quantum: divide(ONE, step.value) }
      : PLAIN,
  sentence: ({ out }, { print }) => ({ formula: print(out) }),
  formula: (step) => ({
    op: 'number',
    value: step.op === 'constant' && step.isConversion ? 1 : nearestWhole(step.value),
  }),
};
