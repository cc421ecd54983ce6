/** Checks: what the author expects of the forecast, so that a typing error is noticed. */
import * as z from 'zod';
import { compare } from '../core/number/fraction.js';
import type { Reporter } from '../core/text/diagnostic.js';
import { literalField, mapField, nameKey, recordField, textField, type Located } from './field.js';
import { BOUND, type Quantity } from './inputKind.js';

const LIST = 'a list of two bounds such as [1bn USD, 3bn USD]';

/** One entry of `checks`. */
export const checkField = recordField({
  output: textField('A number of the forecast: COMPONENT/SUPPLIER@PERIOD:MEASURE.UNIT.'),
  between: z
    .tuple([literalField(BOUND, 'At least this.'), literalField(BOUND, 'At most this.')], LIST)
    .meta({ description: 'The least and the most that it may be, both allowed.' }),
  note: textField('Why it should be so.').optional(),
}).meta({ description: 'One number of the forecast, and between which two values it has to be.' });

/** The section `checks`. */
export const checksField = mapField(
  nameKey,
  checkField,
  'What `capex check` holds the forecast to, at value and at every low and high.',
);

/** A check as it is written. */
export type CheckText = z.output<typeof checkField>;

/** An output, and the bounds that it has to be between. */
export interface Check {
  readonly name: string;
  /** Of the check in the file: `checks.inspur`. */
  readonly path: string;
  readonly output: Located<string>;
  /** An amount in quanta, or a number of units: both of one currency, or of one unit where they name it. */
  readonly least: Located<Quantity>;
  readonly most: Located<Quantity>;
  readonly note: string | undefined;
}

/** A check whose bounds have one unit and are in order; nothing, and an error, where they are not. */
export function checkOf(
  name: string,
  { output, between: [least, most], note }: CheckText,
  report: Reporter,
): Check | undefined {
  const path = `checks.${name}`;
  const [low, high] = [least.value, most.value];
  const isOtherUnit = low.unit !== undefined && high.unit !== undefined && low.unit !== high.unit;
  if (low.currency?.code !== high.currency?.code || isOtherUnit) {
    report.error(isOtherUnit ? 'unit-mismatch' : 'currency-mismatch', most.path, {
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
  return { name, path, output, least, most, note: note?.value };
}
