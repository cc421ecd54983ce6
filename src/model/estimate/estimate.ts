/** Estimates: how one source splits money over components, or what it counts in units. */
import type * as z from 'zod';
import { percent } from '../../core/number/decimal.js';
import { ONE, multiply, type Fraction } from '../../core/number/fraction.js';
import { printAmount } from '../../core/number/literal.js';
import type { Reporter } from '../../core/text/diagnostic.js';
import type { Window } from '../calendar.js';
import { mapField, nameKey, recordField } from '../field.js';
import {
  inputField,
  isRest,
  reasonFields,
  shareField,
  withAttributes,
  type Input,
  type Share,
} from '../input.js';
import { AMOUNT, PART } from '../inputKind.js';
import { checkShares } from '../shares.js';
import type { UnitsContext } from './unitChecks.js';
import { isInUnits, unitEstimateOf, type UnitEstimate } from './unitEstimate.js';
import { unitsField, unitsWithReason } from './unitQuantity.js';

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
  ).optional(),
  units: unitsField.optional(),
  ...reasonFields,
})
  .transform(({ of, split, units, ...reason }) => ({
    of: of && withAttributes(of, reason),
    split: split && new Map([...split].map(([key, part]) => [key, withAttributes(part, reason)])),
    units: units && unitsWithReason(units, reason),
  }))
  .meta({
    description:
      "One source's view of the components: a `split` of a total, or `units` that are bought at their prices.",
  });

/** An estimate as it is written. */
export type EstimateText = z.output<typeof estimateField>;

/** A split over components: parts are amounts of the total `of`, or ratios where there is no total. */
export interface SplitEstimate {
  readonly name: string;
  readonly of?: Input;
  readonly parts: ReadonlyMap<string, Share>;
}

/** What one source says of the components, in money or in units. */
export type Estimate = SplitEstimate | UnitEstimate;

/** The components of an estimate, in the order of the file. */
export function componentKeys(estimate: Estimate): readonly string[] {
  return isInUnits(estimate) ? estimate.bought : [...estimate.parts.keys()];
}

/** An estimate in money or in units, checked; nothing where an error was reported. */
export function estimateOf(
  name: string,
  { of, split, units }: EstimateText,
  context: Omit<UnitsContext, 'window'> & { readonly window: Window | undefined },
): Estimate | undefined {
  const { window, report } = context;
  const path = `estimates.${name}`;
  const beside = units && ((split && 'split') ?? (of && 'of'));
  if (beside !== undefined) {
    const message = `\`${beside}\` beside \`units\`: an estimate is in money, or in units`;
    const hint = 'delete one of them, or make them two estimates and blend them in `mix`';
    report.error('keys-conflict', `${path}.${beside}`, { message, hint }, 'key');
    return undefined;
  }
  if (units) return window && unitEstimateOf(name, units, { ...context, window });
  if (split) return splitEstimateOf(name, of, split, report);
  report.error(
    'key-missing',
    path,
    {
      message: '`split` is missing',
      expected: '`split` with parts of money, or `units` with quantities',
      hint: 'add `split:`',
    },
    'key',
  );
  return undefined;
}

/** An estimate whose parts sum to its whole; nothing, and an error, where they do not. */
function splitEstimateOf(
  name: string,
  of: Input | undefined,
  split: ReadonlyMap<string, Share>,
  report: Reporter,
): SplitEstimate | undefined {
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
