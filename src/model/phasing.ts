/** Phasing: how the envelope is spread over the periods. */
import * as z from 'zod';
import { percent } from '../core/number/decimal.js';
import { ONE } from '../core/number/fraction.js';
import type { Reporter } from '../core/text/diagnostic.js';
import type { Window } from './calendar.js';
import { choiceField, listField, mapOrTable, recordField, yearKey } from './field.js';
import {
  inputField,
  reasonFields,
  shareField,
  withAttributes,
  type Input,
  type Share,
} from './input.js';
import { GROWTH, SHARE, WEIGHT } from './inputKind.js';
import { checkShares } from './shares.js';
import { tableField } from './tableReference.js';

const evenField = choiceField(['even'], 'Every period weighs the same.').transform(
  () => ({ kind: 'even' }) as const,
);

const growthField = recordField({
  growth: inputField(GROWTH, 'Growth from one fiscal year, or one period, to the next.'),
  per: choiceField(['year', 'period'], 'Whether growth is by fiscal year or by period.'),
})
  .transform(({ growth, per }) => ({ kind: 'growth', growth, per: per.value }) as const)
  .meta({
    description: 'Each fiscal year, or each period, weighs so much more than the last.',
  });

const yearsField = recordField({
  years: mapOrTable(
    yearKey,
    shareField(SHARE, 'The share of a fiscal year, spread evenly over its periods.'),
    'The share of each fiscal year of the window; `rest` is allowed.',
    tableField('shares by period'),
  ),
  ...reasonFields,
})
  .transform(({ years: written, ...reason }) => {
    const years = new Map([...written].map(([key, share]) => [key, withAttributes(share, reason)]));
    return { kind: 'years', years } as const;
  })
  .meta({ description: 'A share for each fiscal year of the window.' });

const weightsField = recordField({
  weights: listField(
    inputField(WEIGHT, 'The weight of one period.'),
    'a list of weights',
    'One weight for each period of the window.',
  ),
  ...reasonFields,
})
  .transform(({ weights: written, ...reason }) => {
    const weights = written.map((weight) => withAttributes(weight, reason));
    return { kind: 'weights', weights } as const;
  })
  .meta({ description: 'A weight for each period of the window.' });

/** The section `phasing`. */
export const phasingField = z
  .union([evenField, growthField, yearsField, weightsField])
  .meta({ description: 'How the envelope is spread over the periods.' });

/** The section `phasing` as it is written. */
export type PhasingText = z.output<typeof phasingField>;

/** How the envelope is spread over the periods. */
export type Phasing =
  | { readonly kind: 'even' }
  | { readonly kind: 'growth'; readonly growth: Input; readonly per: 'year' | 'period' }
  /** One share for each fiscal year of the window. */
  | { readonly kind: 'years'; readonly shares: readonly Share[] }
  /** One weight for each period of the window. */
  | { readonly kind: 'weights'; readonly weights: readonly Input[] }
  /** Every period has what an estimate in units buys in it. */
  | { readonly kind: 'units' };

/** A phasing that fits the window; nothing, and an error, where it does not. */
export function phasingOf(
  text: PhasingText,
  window: Window,
  report: Reporter,
): Phasing | undefined {
  switch (text.kind) {
    case 'even':
    case 'growth':
      return text;
    case 'weights':
      return checkWeights(text.weights, window, report) ? text : undefined;
    case 'years':
      return yearSharesOf(text.years, window, report);
  }
}

function checkWeights(weights: readonly Input[], window: Window, report: Reporter): boolean {
  const periods = window.periods.length;
  const over = weights.length - periods;
  if (over !== 0) {
    report.error('weights-count', 'phasing.weights', {
      message: `${weights.length} weights for ${periods} periods`,
      expected: `${periods} weights, one for each period from ${window.periods[0]!.label} on`,
      hint: over > 0 ? `delete ${over} of them` : `add ${-over} more`,
    });
    return false;
  }
  if (weights.some(({ value }) => value.n > 0n)) return true;
  report.error('weights-zero', 'phasing.weights', {
    message: 'all weights are zero, so no period can take the envelope',
    expected: 'at least one weight above zero',
    hint: 'write `phasing: even` for equal periods',
  });
  return false;
}

function yearSharesOf(
  years: ReadonlyMap<string, Share>,
  window: Window,
  report: Reporter,
): Phasing | undefined {
  const labels = window.years.map(({ label }) => label);
  const outside = [...years.keys()].filter((key) => !labels.includes(key));
  const missing = labels.filter((label) => !years.has(label));
  for (const key of outside) {
    const problem = {
      message: `${key} is not in the window`,
      expected: `the fiscal years ${labels.join(', ')}`,
      hint: `delete ${key}, or widen the window`,
    };
    report.error('period-outside', `phasing.years.${key}`, problem, 'key');
  }
  for (const label of missing) {
    report.error('period-uncovered', 'phasing.years', {
      message: `no share is given for ${label}`,
      expected: 'a share, or `rest`, for every fiscal year of the window',
      hint: `add ${label}: 0% if nothing is spent in it`,
    });
  }
  if (outside.length + missing.length > 0) return undefined;
  const shares = labels.map((label) => years.get(label)!);
  const group = { name: 'shares of the years', path: 'phasing.years', whole: ONE, print: percent };
  return checkShares(shares, group, report) ? { kind: 'years', shares } : undefined;
}
