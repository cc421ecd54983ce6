/** Quantities of an estimate in units, as they are written: counted, or following from another one by a ratio. */
import { byPeriod, type ByPeriod } from '../calendar.js';
import { mapField, nameField, nameKey, recordField, textField, type Located } from '../field.js';
import {
  eachWithAttributes,
  inputField,
  reasonFields,
  type Attributes,
  type Input,
} from '../input.js';
import { COUNT, RATIO } from '../inputKind.js';

/** A quantity as it is written. */
export interface QuantityText {
  readonly count?: ByPeriod<Input> | undefined;
  readonly per?: Located<string> | undefined;
  readonly ratio?: ByPeriod<Input> | undefined;
  readonly unit?: Located<string> | undefined;
}

/** The quantities of an estimate as they are written. */
export type UnitsText = ReadonlyMap<string, QuantityText>;

const quantityField = recordField({
  count: byPeriod(
    inputField(COUNT, 'How many there are.'),
    'How many there are in every fiscal year, or by fiscal year or period. A number lies evenly over the periods of its key.',
  ).optional(),
  per: nameField('the name of a quantity', 'The quantity that this one follows from.').optional(),
  ratio: byPeriod(
    inputField(RATIO, 'How many there are for one of the other quantity.'),
    'How many there are for one of the other quantity, or ratios by period.',
  ).optional(),
  unit: textField('What is counted: MW, rack, …').optional(),
  ...reasonFields,
})
  .transform(({ unit, ...text }): QuantityText => ({ ...quantityWithReason(text, text), unit }))
  .meta({ description: 'A quantity: its `count`, or a `ratio` of it `per` another quantity.' });

/** The key `units` of an estimate. */
export const unitsField = mapField(
  nameKey,
  quantityField,
  'Quantities by name. One that is a component with a price is bought, the others are drivers.',
);

/** Quantities with a reason that is written beside all of them; their own takes precedence. */
export function unitsWithReason(units: UnitsText, reason: Attributes): UnitsText {
  return new Map([...units].map(([key, text]) => [key, quantityWithReason(text, reason)]));
}

function quantityWithReason(
  { count, per, ratio, unit }: QuantityText,
  { evidence, assumption, note }: Attributes,
): QuantityText {
  const withReason = (steps: ByPeriod<Input> | undefined) =>
    steps && eachWithAttributes(steps, { evidence, assumption, note });
  return { count: withReason(count), per, ratio: withReason(ratio), unit };
}
