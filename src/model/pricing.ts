/** Foreign content: the part of a component's cost that follows another currency. */
import type * as z from 'zod';
import { percent } from '../core/number/decimal.js';
import { ONE, compare, subtract, sum } from '../core/number/fraction.js';
import { firstOf } from '../core/text/prose.js';
import type { ModelContext } from './context.js';
import { currencyKey, mapField, recordField } from './field.js';
import { isForeign, requireBase } from './fx.js';
import { inputField, type Input } from './input.js';
import { SHARE } from './inputKind.js';

/** The key `pricing` of a leaf. */
export const pricingField = mapField(
  currencyKey,
  recordField({
    content: inputField(SHARE, 'The share of the cost that is priced in this currency.'),
    pass_through: inputField(
      SHARE,
      'How much of a rate move reaches the price; 100% unless given.',
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
  readonly content: Input;
  /** The part of a rate move that reaches the price; 100% where absent. */
  readonly passThrough?: Input;
}

/** The foreign contents of a leaf: each in a currency with a base rate, at most 100% in sum; else an error. */
export function contentsOf(
  text: PricingText,
  path: string,
  { fx, envelope, report }: ModelContext,
): readonly ForeignContent[] | undefined {
  const total = sum([...text.values()].map(({ content }) => content.value));
  if (compare(total, ONE) > 0) {
    const terms = [...text.values()].map(({ content }) => percent(content.value));
    report.error('content-sum', path, {
      message: `the foreign contents sum to ${percent(total)}, ${percent(subtract(total, ONE))} too much`,
      expected: '100% at most',
      found: `${firstOf(terms, ' + ')} = ${percent(total)}`,
      hint: 'lower one of them',
    });
    return undefined;
  }
  const contents: ForeignContent[] = [];
  for (const [code, { content, pass_through }] of text) {
    if (!isForeign(code, path, envelope, report)) continue;
    if (!requireBase(fx, code, `${path}.${code}`, envelope, report)) continue;
    contents.push({ code, content, passThrough: pass_through });
  }
  return contents.length === text.size ? contents : undefined;
}
