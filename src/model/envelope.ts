/** The envelope: the total that the buyer has announced. */
import { AMOUNT, inputField } from './input.js';

export const envelopeField = inputField(
  AMOUNT,
  'The total commitment over the window, in the currency of the scenario.',
);
