/** The envelope: the total that the buyer has announced. */
import { inputField } from './input.js';
import { AMOUNT } from './inputKind.js';

export const envelopeField = inputField(
  AMOUNT,
  'The total commitment over the window, in the currency of the scenario.',
);
