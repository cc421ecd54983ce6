/** Every kind of step. A new kind is a record in one of these files and a line here. */
import { allocate } from './allocation.js';
import { difference, power, product, quotient, sum } from './arithmetic.js';
import { constant, input } from './inputSteps.js';
import { attributable, factor, translate, units } from './rounded.js';

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
