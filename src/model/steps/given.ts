/** Steps that compute nothing: inputs of the scenario, constants of the model, parameters of a study. */
import { put, type Ref } from '../../core/registers.js';
import type { Ratio } from '../../core/ratio.js';
import type { Input } from '../input.js';
import type { Kind } from './kind.js';

export interface InputStep {
  readonly op: 'input';
  readonly out: Ref;
  readonly input: Input;
}

export interface Constant {
  readonly op: 'constant';
  readonly out: Ref;
  readonly value: Ratio;
}

/** A number that a study varies, with the value that it has until then. */
export interface Parameter {
  readonly op: 'parameter';
  readonly out: Ref;
  readonly value: Ratio;
}

export type Given = InputStep | Constant | Parameter;

export const input: Kind<InputStep> = {
  operands: () => [],
  prepare:
    ({ out, input: { value } }, at) =>
    () =>
      put(at, out, value),
};

export const constant: Kind<Constant | Parameter> = {
  operands: () => [],
  prepare:
    ({ out, value }, at) =>
    () =>
      put(at, out, value),
};
