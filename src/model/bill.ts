/** The bill of a component: what its suppliers buy in, part by part, and from whom. */
import * as z from 'zod';
import {
  byPeriod,
  mapField,
  mapOrTable,
  nameKey,
  recordField,
  textField,
  type ByPeriod,
  type Located,
} from './field.js';
import {
  attributeFields,
  eachWithAttributes,
  inputField,
  misplacedAttribute,
  type Input,
} from './input.js';
import { SHARE } from './inputKind.js';
import { leafOf, type Bill, type LeafText, type ComponentPlace } from './leaf.js';
import { groupShares } from './shares.js';
import { makerField } from './supplier.js';
import type { ModelContext } from './context.js';
import { tableField } from './tableReference.js';

/** A part as the file gives it. */
interface BoughtText extends Pick<LeafText, 'name' | 'suppliers'> {
  readonly part: ByPeriod<Input>;
  /** An attribute whose number is open. */
  readonly misplaced?: Located<unknown> | undefined;
}

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
      .transform(({ part, name, suppliers, ...beside }): BoughtText => ({
        part: eachWithAttributes(part, beside),
        misplaced: misplacedAttribute(part, beside),
        ...{ name, suppliers },
      }))
      .meta({ description: 'A part with its makers.' }),
    partField.transform((part): BoughtText => ({ part: { always: part } })),
  ])
  .meta({ id: 'bought-in-part', description: 'A bought-in part, or a map with its makers.' });

export const billField: z.ZodType<BillText> = mapField(
  nameKey,
  boughtField,
  "What its suppliers buy in, by part; what the parts leave of the suppliers' demand is their own.",
);

/** The parts of a bill, which are 100% at most; in no period where they are not, which is told. */
export function billOf({ path, at }: ComponentPlace, text: BillText, around: ModelContext): Bill {
  const { window, report } = around;
  const place = (key: string) => ({ key, path: `${path}/${key}`, at: `${at}.bill.${key}` });
  const children = [...text].map(([key, bought]) => leafOf(place(key), bought, around));
  const members = [...text].map(([key, { part, misplaced }]) => {
    return { share: part, misplaced, path: place(key).at, stepKey: 'part' as const };
  });
  const name = `parts in the bill of ${path}`;
  const group = { name, path: `${at}.bill`, mayLeave: true } as const;
  return { children, parts: groupShares(members, group, window, report) ?? [] };
}
