/** Foreign content: the part of a component's cost that follows another currency. */
import type * as z from 'zod';
import { acrossWindow, byPeriod } from './calendar.js';
import type { ModelContext } from './context.js';
import { currencyKey, mapField, recordField } from './field.js';
import { isForeign, requireBase } from './fx.js';
import { inputField, type Input } from './input.js';
import { SHARE } from './inputKind.js';
import { groupShares } from './shares.js';
import { tableField } from './tableReference.js';

/** The key `pricing` of a leaf. */
export const pricingField = mapField(
  currencyKey,
  recordField({
    content: byPeriod(
      inputField(SHARE, 'The share of the cost that is priced in this currency.'),
      'The share of the cost that is priced in this currency, or shares by period.',
      tableField('shares by period'),
    ),
    pass_through: byPeriod(
      inputField(SHARE, 'How much of a rate move reaches the price.'),
      'How much of a rate move reaches the price, or shares by period; 100% unless given.',
      tableField('shares by period'),
    ).optional(),
  }).meta({
    id: 'foreign-content',
    description: 'What part of the cost is priced in this currency.',
  }),
  'The foreign currencies in which part of the cost is priced.',
);

/** Foreign contents as they are written, by currency. */
export type PricingText = z.output<typeof pricingField>;

/** The part of a leaf's cost that is priced in one foreign currency. */
export interface ForeignContent {
  /** ISO 4217 code. */
  readonly code: string;
  /** By period. */
  readonly content: readonly Input[];
  /** By period: the part of a rate move that reaches the price; 100% where absent. */
  readonly passThrough?: readonly Input[] | undefined;
}

/** The foreign contents of a leaf: each in a currency with a base rate, in no period above 100% in sum; else an error. */
export function contentsOf(
  text: PricingText,
  path: string,
  { window, fx, envelope, report }: ModelContext,
): readonly ForeignContent[] | undefined {
  const rated = [...text.keys()].filter(
    (code) =>
      isForeign(code, path, envelope, report) &&
      requireBase(fx, code, `${path}.${code}`, envelope, report),
  );
  const members = [...text].map(([code, { content }]) => {
    return { share: content, path: `${path}.${code}`, stepKey: 'content' as const };
  });
  const group = {
    name: 'foreign contents',
    path,
    code: 'content-sum',
    allowsRemainder: true,
  } as const;
  const rows = groupShares(members, group, window, report);
  const contents = [...text].flatMap(([code, { pass_through: pass }], c): ForeignContent[] => {
    const passThrough = pass && acrossWindow(pass, `${path}.${code}.pass_through`, window, report);
    if (!rows || (pass && !passThrough)) return [];
    return [{ code, content: rows.map((row) => row[c]!), passThrough }];
  });
  return rated.length === text.size && contents.length === text.size ? contents : undefined;
}
