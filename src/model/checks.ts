/** Checks: what the author expects of the forecast, so that a typing error is noticed. */
import * as z from 'zod';
import { compare } from '../core/number/fraction.js';
import type { Reporter } from '../core/text/diagnostic.js';
import { literalField, mapField, nameKey, recordField, textField, type Located } from './field.js';
import { BOUND, RATIO_BOUND, areInOneUnit, type InputKind, type Quantity } from './inputKind.js';

const NOTE = textField('Why it should be so.').optional();

function betweenField(kind: InputKind, example: string) {
  const bounds = [
    literalField(kind, 'At least this.'),
    literalField(kind, 'At most this.'),
  ] as const;
  const description = 'The least and the most that it may be, both allowed.';
  return z.tuple(bounds, `a list of two bounds such as ${example}`).meta({ description });
}

const outputCheckField = recordField({
  output: textField('A number of the forecast: COMPONENT/SUPPLIER@PERIOD:MEASURE.UNIT.'),
  between: betweenField(BOUND, '[1bn USD, 3bn USD]'),
  note: NOTE,
})
  .transform((check) => ({ ...check, divisor: undefined }))
  .meta({ description: 'One number of the forecast, and between which two values it has to be.' });

const PAIR = 'a pair of outputs such as [modules:units, servers:units]';
const ratioCheckField = recordField({
  ratio: z
    .tuple(
      [textField('The output that is divided.'), textField('The output by which it is divided.')],
      PAIR,
    )
    .meta({ description: 'Two outputs: the first one is divided by the second one.' }),
  between: betweenField(RATIO_BOUND, '[2, 5]'),
  note: NOTE,
})
  .transform(({ ratio: [output, divisor], ...check }) => ({ ...check, output, divisor }))
  .meta({
    description:
      'One number of the forecast over another, and between which two values it has to be.',
  });

/** One entry of `checks`. */
export const checkField = z.union([outputCheckField, ratioCheckField]).meta({
  description: 'What has to be between two values: a number of the forecast, or a ratio of two.',
});

/** The section `checks`. */
export const checksField = mapField(
  nameKey,
  checkField,
  'What `capex check` holds the forecast to, at value and at every low and high.',
);

/** A check as it is written. */
export type CheckText = z.output<typeof checkField>;

/** An output, or a ratio of two, and the bounds that it has to be between. */
export interface Check {
  readonly name: string;
  /** Of the check in the file: `checks.inspur`. */
  readonly path: string;
  readonly output: Located<string>;
  /** The output by which it is divided, in a ratio. */
  readonly divisor: Located<string> | undefined;
  /**
   * An amount in quanta, or a number of units: both of one currency, or of one unit where they name it. Of a ratio a
   * plain number, or an amount in major units for one unit.
   */
  readonly least: Located<Quantity>;
  readonly most: Located<Quantity>;
  readonly note: string | undefined;
}

/** A check whose bounds have one unit and are in order; nothing, and an error, where they are not. */
export function checkOf(
  name: string,
  { output, divisor, between: [least, most], note }: CheckText,
  report: Reporter,
): Check | undefined {
  const path = `checks.${name}`;
  const [low, high] = [least.value, most.value];
  if (!areInOneUnit(low, high)) {
    const isMoney = low.currency?.code !== high.currency?.code;
    report.error(isMoney ? 'currency-mismatch' : 'unit-mismatch', most.path, {
      message: `\`${most.text}\` is not in the unit of \`${least.text}\``,
      expected: 'two amounts in one currency, or two numbers of one unit',
      hint: 'write both in the unit of the output',
    });
    return undefined;
  }
  if (compare(low.value, high.value) > 0) {
    report.error('range-order', most.path, {
      message: `nothing is between ${least.text} and ${most.text}`,
      expected: 'the lower bound first',
      hint: 'swap them',
    });
    return undefined;
  }
  return { name, path, output, divisor, least, most, note: note?.value };
}
