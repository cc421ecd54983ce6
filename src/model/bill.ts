/** The bill of a component: the parts that its suppliers buy in, and their makers. */
import * as z from 'zod';
import { byPeriod, constant, type ByPeriod } from './calendar.js';
import type { ModelContext } from './context.js';
import { mapField, mapOrTable, nameKey, recordField, textField, type Located } from './field.js';
import {
  attributeFields,
  eachWithAttributes,
  inputField,
  misplacedAttribute,
  type Input,
} from './input.js';
import { SHARE } from './inputKind.js';
import { leafOf, type Bill, type ComponentPlace, type LeafText } from './leaf.js';
import { groupShares } from './shares.js';
import { makerField } from './supplier.js';
import { tableField } from './tableReference.js';

/** A part of a bill as it is written. */
interface BoughtText extends Pick<LeafText, 'name' | 'suppliers'> {
  readonly part: ByPeriod<Input>;
  readonly misplaced?: Located<unknown> | undefined;
}

/** A bill as it is written, by part. */
export type BillText = ReadonlyMap<string, BoughtText>;

const partField = inputField(SHARE, "The part of its suppliers' demand.");

const boughtField: z.ZodType<BoughtText> = z
  .union([
    recordField({
      part: byPeriod(
        partField,
        "The part of its suppliers' demand, or parts by period.",
        tableField('shares by period'),
      ),
      name: textField('The name that people read; the key unless given.').optional(),
      suppliers: mapOrTable(
        nameKey,
        makerField,
        'Who makes it: shares by maker; `rest` is allowed.',
        tableField('shares by supplier'),
      ).optional(),
      ...attributeFields(SHARE),
    })
      .transform(({ part, name, suppliers, ...attributes }): BoughtText => ({
        part: eachWithAttributes(part, attributes),
        misplaced: misplacedAttribute(part, attributes),
        ...{ name, suppliers },
      }))
      .meta({ description: 'A part with its makers.' }),
    partField.transform((part): BoughtText => ({ part: constant(part) })),
  ])
  .meta({ id: 'bought-in-part', description: 'A bought-in part, or a map with its makers.' });

/** The key `bill` of a component. */
export const billField: z.ZodType<BillText> = mapField(
  nameKey,
  boughtField,
  "What its suppliers buy in, by part; what the parts leave of the suppliers' demand is their own.",
);

/** A bill whose parts sum to 100% at most; an error is reported, and there are no parts, where they do not. */
export function billOf(
  { path, yamlPath }: ComponentPlace,
  text: BillText,
  context: ModelContext,
): Bill {
  const { window, report } = context;
  const place = (key: string) => ({
    key,
    path: `${path}/${key}`,
    yamlPath: `${yamlPath}.bill.${key}`,
  });
  const children = [...text].map(([key, bought]) => leafOf(place(key), bought, context));
  const members = [...text].map(([key, { part, misplaced }]) => {
    return { share: part, misplaced, path: place(key).yamlPath, stepKey: 'part' as const };
  });
  const name = `parts in the bill of ${path}`;
  const group = { name, path: `${yamlPath}.bill`, allowsRemainder: true } as const;
  return { children, parts: groupShares(members, group, window, report) ?? [] };
}
