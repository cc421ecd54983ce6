/** The envelope: the total commitment over the window, as an amount, or as what an estimate in units buys. */
import * as z from 'zod';
import type { Currency } from '../../core/number/currency.js';
import type { Reporter } from '../../core/text/diagnostic.js';
import { countedOf, type Actuals } from '../actuals.js';
import type { Window } from '../calendar.js';
import type { Estimate } from './estimate.js';
import { NO_NOUN, nameField, recordField } from '../field.js';
import { inputField, isInCurrency, type Input } from '../input.js';
import { AMOUNT } from '../inputKind.js';
import { unknownEstimate } from './mix.js';
import { buysIn, isInUnits, type UnitEstimate } from './unitEstimate.js';

const fromField = recordField(
  {
    from: nameField(
      'the name of an estimate',
      'An estimate in units, whose purchases are the plan.',
    ),
  },
  NO_NOUN,
).meta({
  description: 'The plan is what an estimate in units buys at the prices of its components.',
});

/** The key `envelope`. */
export const envelopeField = z
  .union([
    inputField(
      AMOUNT,
      'The total commitment over the window, in the currency of the scenario.',
    ).transform((amount) => ({ kind: 'amount', amount }) as const),
    fromField.transform(({ from }) => ({ kind: 'units', from }) as const),
  ])
  .meta({
    description:
      'The total commitment over the window, or the estimate in units that it follows from.',
  });

/** The key `envelope` as it is written. */
export type EnvelopeText = z.output<typeof envelopeField>;

/** The total commitment over the window: an amount in quanta, or what an estimate in units buys. */
export type Envelope = Input | UnitEstimate;

/** The amount of an envelope; nothing where it follows from units. */
export function amountOf(envelope: Envelope): Input | undefined {
  return isInUnits(envelope) ? undefined : envelope;
}

/** The envelope, resolved; nothing, and an error, where it is in another currency or names no estimate in units. */
export function envelopeOf(
  text: EnvelopeText,
  currency: Currency | undefined,
  estimates: ReadonlyMap<string, Estimate | undefined>,
  report: Reporter,
): Envelope | undefined {
  if (text.kind === 'amount') {
    return !currency || isInCurrency(text.amount, currency, report) ? text.amount : undefined;
  }
  const { value: name, path } = text.from;
  if (!estimates.has(name)) {
    report.error('name-unknown', path, unknownEstimate(name, estimates));
    return undefined;
  }
  const estimate = estimates.get(name);
  if (!estimate || isInUnits(estimate)) return estimate;
  const inUnits = [...estimates].find(([, one]) => one && isInUnits(one))?.[0];
  report.error('name-unknown', path, {
    message: `\`${name}\` splits money, and has no total of its own`,
    expected: 'an estimate with `units`',
    hint:
      inUnits === undefined
        ? 'write an amount such as 380bn CNY, or an estimate with `units`'
        : `write \`${inUnits}\``,
  });
  return undefined;
}

/** What a plan that follows from units cannot have beside it: the units decide it. */
export interface DecidedByUnits {
  readonly phasing: boolean;
  readonly mix: boolean;
  readonly closure: string | undefined;
  readonly reforecast: string | undefined;
}

/** One error for each part of a scenario that the units of its envelope decide. */
export function checkBesideUnits(beside: DecidedByUnits, report: Reporter): void {
  const conflict = (path: string, message: string, hint: string) =>
    report.error('keys-conflict', path, { message, hint }, path.includes('.') ? 'value' : 'key');
  const { phasing, mix, closure, reforecast } = beside;
  const decided = 'beside `envelope: { from: … }`: the units decide it';
  if (phasing) conflict('phasing', `\`phasing\` ${decided}`, 'delete it');
  if (mix) conflict('mix', `\`mix\` ${decided}`, 'delete it');
  if (closure !== undefined && closure !== 'volume') {
    const message = `\`closure: ${closure}\` ${decided}, and rates change the amounts`;
    conflict('fx.closure', message, 'write `closure: volume`, or delete it');
  }
  if (reforecast !== undefined && reforecast !== 'keep-phasing') {
    const message = `\`reforecast: ${reforecast}\` ${decided}, and there is no amount to keep`;
    conflict('actuals.reforecast', message, 'write `reforecast: keep-phasing`, or delete it');
  }
}

/**
 * Money that is split by what units cost needs units: in every period of a mix, or, where the units are the plan,
 * in every reported period.
 *
 * @param estimates by period
 */
export function checkPurchases(
  estimates: readonly (readonly Estimate[])[],
  envelope: Envelope,
  actuals: Actuals,
  window: Window,
  report: Reporter,
): void {
  const reported = [
    ...actuals.before.map((one) => ({ ...one, period: 0 })),
    ...actuals.within.values(),
  ];
  const isReported = (t: number) => reported.some((one) => one.period === t && countedOf(one) > 0n);
  const empty = new Map<string, number>();
  estimates.forEach((all, t) => {
    for (const one of all) {
      if (!isInUnits(one) || empty.has(one.name) || buysIn(one, t)) continue;
      if (!isInUnits(envelope) || isReported(t)) empty.set(one.name, t);
    }
  });
  for (const [name, t] of empty) {
    const { label } = window.periods[t]!;
    report.error(
      'weights-zero',
      `estimates.${name}.units`,
      {
        message: `\`${name}\` buys nothing in ${label}, so it cannot split the money of ${label}`,
        expected: 'a count above 0 of something that is bought',
        hint: isInUnits(envelope)
          ? 'write counts above 0, or delete the reported amount'
          : `write counts above 0, or name another estimate in \`mix\` from ${label} on`,
      },
      'key',
    );
  }
}
