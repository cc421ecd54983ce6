/** Exchange rates: base rates, their path over the window, and the FX closure. */
import * as z from 'zod';
import { currencyOf, type Currency } from '../core/number/currency.js';
import { unknownCurrency } from '../core/number/literal.js';
import type { Reporter } from '../core/text/diagnostic.js';
import { byPeriod, stepsOf, type PeriodSteps, type Window } from './calendar.js';
import { choiceField, currencyKey, mapOrTable, recordField } from './field.js';
import { rateField, type Input } from './input.js';
import { tableField } from './tableReference.js';

/** The closures: what is kept when foreign prices change, amounts (`budget`), units (`volume`), or total and mix (`scale`). */
export const CLOSURES = ['budget', 'volume', 'scale'] as const;

/** The FX closure of a scenario. */
export type Closure = (typeof CLOSURES)[number];

/** The section `fx`. */
export const fxField = recordField({
  base: mapOrTable(
    currencyKey,
    rateField('Units of the envelope currency for one of this currency.'),
    'Rates at which prices and the mix were set, as units of the envelope currency for one foreign unit.',
    tableField('rates by currency'),
  ).optional(),
  path: mapOrTable(
    currencyKey,
    byPeriod(
      rateField('Units of the envelope currency for one of this currency.'),
      'One rate for the whole window, or rates by period (a step).',
      tableField('rates by period'),
    ),
    'Rates over the window; the base rate holds where nothing is given.',
    tableField('rates by currency and period'),
  ).optional(),
  closure: choiceField(
    CLOSURES,
    'What absorbs a change of foreign prices: units (budget, unless given), amounts (volume), or all components in proportion (scale).',
  ).optional(),
}).meta({ description: 'Exchange rates; a higher number is a weaker envelope currency.' });

/** The section `fx` as it is written. */
export type FxText = z.output<typeof fxField>;

/** The rates of a scenario. A rate is units of the envelope's currency for one foreign unit. */
export interface Fx {
  readonly closure: Closure;
  readonly base: ReadonlyMap<string, Input>;
  readonly path: ReadonlyMap<string, PeriodSteps<Input>>;
}

/** A scenario without exchange rates. */
export const NO_FX: Fx = { closure: 'budget', base: new Map(), path: new Map() };

/**
 * The rates and the closure, checked: every code must be a foreign currency.
 *
 * @param whose what the currency is of
 */
export function fxOf(
  text: FxText,
  envelope: Currency,
  window: Window,
  report: Reporter,
  whose?: string,
): Fx {
  const valid = <T>(table: ReadonlyMap<string, T> | undefined, name: string) =>
    new Map(
      [...(table ?? [])].filter(([code]) => isForeign(code, `fx.${name}`, envelope, report, whose)),
    );
  const path = new Map(
    [...valid(text.path, 'path')].map(
      ([code, steps]) => [code, stepsOf(steps, `fx.path.${code}`, window, report)] as const,
    ),
  );
  return { closure: text.closure?.value ?? 'budget', base: valid(text.base, 'base'), path };
}

/**
 * Whether a key is a currency other than that of the envelope; if not, an error.
 *
 * @param whose what the currency is of
 */
export function isForeign(
  code: string,
  parent: string,
  envelope: Currency,
  report: Reporter,
  whose = 'the envelope',
): boolean {
  const currency = currencyOf(code);
  if (!currency) {
    const { message, hint } = unknownCurrency(code);
    report.error('currency-unknown', `${parent}.${code}`, { message, hint }, 'key');
    return false;
  }
  if (currency.code !== envelope.code && currency.code !== code) {
    const hint = `write \`${currency.code}\``;
    const message = `as a key, ${code} is spelled ${currency.code}`;
    report.error('currency-unknown', `${parent}.${code}`, { message, hint }, 'key');
    return false;
  }
  if (currency.code !== envelope.code) return true;
  const problem = {
    message: `${code} is the currency of ${whose} itself`,
    expected: `a foreign currency: rates are ${envelope.code} for one foreign unit`,
    hint: `delete ${code}`,
  };
  report.error('currency-mismatch', `${parent}.${code}`, problem, 'key');
  return false;
}

/**
 * The rate of a currency in a period: that of its path, else its base rate, else nothing.
 *
 * @param code ISO 4217 code of a foreign currency
 * @param period index in the window
 */
export function rateAt(
  { fx, window }: { readonly fx: Fx; readonly window: Window },
  code: string,
  period: number,
): Input | undefined {
  const { start } = window.periods[period]!;
  return fx.path.get(code)?.(start) ?? fx.base.get(code);
}

/** Whether the path of a currency gives every period of a window its rate. */
export function pathCovers({ path }: Pick<Fx, 'path'>, code: string, { start }: Window): boolean {
  return path.get(code)?.(start) !== undefined;
}

/** Whether a currency has the base rate at which its prices and contents were set; if not, an error. */
export function requireBase(
  fx: Fx,
  code: string,
  path: string,
  envelope: Currency,
  report: Reporter,
): boolean {
  if (fx.base.has(code)) return true;
  report.error('rate-missing', path, {
    message: `no base rate of ${envelope.code} per ${code}, at which prices were set`,
    expected: `\`fx.base.${code}\``,
    hint: `add fx: { base: { ${code}: … } } with the rate of the day on which prices were set`,
  });
  return false;
}
