/** Estimates: the split of a total over components by one source, with what it leaves open. */
import type * as z from 'zod';
import { percent } from '../core/number/decimal.js';
import { ONE, multiply, type Fraction } from '../core/number/fraction.js';
import { printAmount } from '../core/number/literal.js';
import type { Reporter } from '../core/text/diagnostic.js';
import { mapField, nameKey, recordField } from './field.js';
import {
  inputField,
  isRest,
  reasonFields,
  shareField,
  withAttributes,
  type Input,
  type Share,
} from './input.js';
import { AMOUNT, PART } from './inputKind.js';
import { checkShares } from './shares.js';

/** One entry of `estimates`. */
export const estimateField = recordField({
  of: inputField(
    AMOUNT,
    'The total that the estimate splits; without it the parts are ratios.',
  ).optional(),
  split: mapField(
    nameKey,
    shareField(PART, 'The part of one component: an amount where `of` is given, else a ratio.'),
    'The components of the estimate; `rest` is what the source leaves open.',
  ),
  ...reasonFields,
})
  .transform(({ of, split, ...reason }) => ({
    of: of && withAttributes(of, reason),
    split: new Map([...split].map(([key, part]) => [key, withAttributes(part, reason)])),
  }))
  .meta({ description: "One source's split of a stated total over components." });

/** An estimate as it is written. */
export type EstimateText = z.output<typeof estimateField>;

/** A split over components: parts are amounts of the total `of`, or ratios where there is no total. */
export interface Estimate {
  readonly name: string;
  readonly of?: Input;
  readonly parts: ReadonlyMap<string, Share>;
}

/** An estimate whose parts sum to its whole; nothing, and an error, where they do not. */
export function estimateOf(
  name: string,
  { of, split }: EstimateText,
  report: Reporter,
): Estimate | undefined {
  const path = `estimates.${name}`;
  if (of?.value.n === 0n) {
    report.error('bounds', of.path, {
      message: 'an estimate of 0 has no shares',
      hint: 'write the total that the source splits',
    });
    return undefined;
  }
  const parts = [...split.values()];
  const matching = parts.filter((part) => isRest(part) || hasUnitOfWhole(part, of, report));
  if (matching.length < parts.length) return undefined;
  const whole = of ? of.value : ONE;
  const print = of ? ({ n }: Fraction) => printAmount(n, of.currency!) : percent;
  const group = { name: `parts of ${name}`, path: `${path}.split`, whole, print };
  if (!checkShares(parts, group, report)) return undefined;
  return { name, parts: split, of };
}

function hasUnitOfWhole(part: Input, of: Input | undefined, report: Reporter): boolean {
  if (part.currency?.code === of?.currency?.code) return true;
  const expected = of
    ? `an amount in ${of.currency!.code}, as \`of\` is`
    : 'a ratio, as there is no `of`';
  report.error('unit-mismatch', part.path, {
    message: `\`${part.text}\` does not fit the total of its estimate`,
    expected,
    hint: of
      ? amountHint(part, of)
      : 'add `of`, the total that the source splits, or write a ratio',
  });
  return false;
}

/** A ratio can be converted to an amount of the total; an amount in another currency has no known rate. */
function amountHint({ value, currency: own }: Input, { value: total, currency }: Input): string {
  const { n, d } = multiply(value, total);
  if (own === undefined && d === 1n) return `write ${printAmount(n, currency!)}`;
  return `convert it, and write an amount in ${currency!.code}`;
}
