/** Lag: how long after the buyer's spending a supplier recognises revenue. */
import * as z from 'zod';
import { percent } from '../core/number/decimal.js';
import { ONE } from '../core/number/fraction.js';
import type { Reporter } from '../core/text/diagnostic.js';
import type { Window } from './calendar.js';
import { recordField } from './field.js';
import { isRest, reasonFields, shareField, withAttributes, type Share } from './input.js';
import { SHARE } from './inputKind.js';
import { checkShares } from './shares.js';

const LIST = 'a list of weights';
const weightsField = z
  .array(shareField(SHARE, 'The part recognised after so many periods.'), LIST)
  .min(1, LIST)
  .meta({
    id: 'lag-weights',
    description: 'Of a period’s demand: the part recognised in it, in the next one, …',
  });

/** The key `lag` of a leaf. */
export const lagField = recordField({
  quarters: weightsField.optional(),
  months: weightsField.optional(),
  years: weightsField.optional(),
  ...reasonFields,
})
  .transform(({ quarters, months, years, ...reason }) => {
    const withReason = (weights?: Share[]) =>
      weights?.map((weight) => withAttributes(weight, reason));
    return { quarter: withReason(quarters), month: withReason(months), year: withReason(years) };
  })
  .meta({
    id: 'lag',
    description: "From demand to the supplier's revenue, in the calendar's own unit.",
  });

/** A lag as it is written, by unit of time. */
export type LagText = z.output<typeof lagField>;

/** Lag weights: the part recognised in the same period, in the next one, and so on. */
export type Lag = readonly Share[];

/** The lag weights in the unit of the calendar; nothing, and an error, where they are in another. */
export function lagOf(
  text: LagText,
  path: string,
  window: Window,
  report: Reporter,
): Lag | undefined {
  const { unit } = window.calendar;
  const units = (['quarter', 'month', 'year'] as const).filter((key) => text[key] !== undefined);
  const weights = text[unit];
  if (units.length !== 1 || !weights) {
    report.error('unit-mismatch', path, {
      message: `${lagIn(units)}, where periods are ${unit}s`,
      expected: `\`${unit}s\` and no other unit`,
      found: units.length > 0 ? units.map((other) => `\`${other}s\``).join(', ') : 'no weights',
      hint: `write { ${unit}s: [60%, 40%] }`,
    });
    return undefined;
  }
  const group = { name: 'lag weights', path: `${path}.${unit}s`, whole: ONE, print: percent };
  return checkShares(weights, group, report) ? weights : undefined;
}

function lagIn(units: readonly string[]): string {
  if (units.length === 0) return 'a lag without weights';
  return `a lag in ${units.map((unit) => `${unit}s`).join(' and ')}`;
}

/**
 * The periods of the window with too little revenue, as demand before the window is not known.
 *
 * @param reportedBefore indices of reported periods before the window, all negative
 * @param periods of the window
 */
export function understatedBy(
  lag: Lag,
  reportedBefore: ReadonlySet<number>,
  periods: number,
): number[] {
  const reaches = (period: number) =>
    lag.some((weight, k) => {
      const missing = period - k < 0 && !reportedBefore.has(period - k);
      return missing && (isRest(weight) || weight.value.n > 0n);
    });
  return Array.from({ length: periods }, (_, t) => t).filter(reaches);
}
