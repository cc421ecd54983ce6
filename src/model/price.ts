/** Prices and units: what a component costs, and how many the money buys. */
import { z } from 'zod';
import type { Currency } from '../core/currency.js';
import type { Reporter } from '../core/diagnostic.js';
import { ONE, ratio, type Ratio } from '../core/ratio.js';
import { acrossWindow, fiscalYearOfKey, stepsOf, type Window } from './calendar.js';
import {
  byPeriod,
  literalField,
  periodField,
  textField,
  type ByPeriod,
  type Located,
  recordField,
} from './field.js';
import {
  attributeFields,
  eachWithAttributes,
  EROSION,
  inputField,
  misplacedAttribute,
  PRICE,
  QUANTUM,
  type Input,
} from './input.js';
import * as plan from './plan.js';
import type { Planner, Ref } from './plan.js';

const valueField = byPeriod(
  inputField(PRICE, 'The price of one unit.'),
  'The price of one unit (ASP), or prices by period, which take no erosion.',
);

const fullField = recordField({
  value: valueField,
  unit: textField('What is counted: server, module, …').optional(),
  quantum: literalField(QUANTUM, 'The smallest number of units; 1 unless given.').optional(),
  at: periodField(
    'The fiscal year whose price this is; the first of the window unless given.',
  ).optional(),
  erosion: inputField(
    EROSION,
    'How much of the price is lost from one fiscal year to the next.',
  ).optional(),
  ...attributeFields(PRICE),
});

/** A price as the file gives it. */
export interface PriceText {
  readonly value: ByPeriod<Input>;
  readonly unit?: Located<string>;
  readonly quantum?: Located<{ readonly value: Ratio }>;
  readonly at?: Located<string>;
  readonly erosion?: Input;
  readonly misplaced?: Located<unknown>;
}

const fullPriceField = fullField.transform(
  ({ value, unit, quantum, at, erosion, ...beside }): PriceText => ({
    value: eachWithAttributes(value, beside),
    misplaced: misplacedAttribute(value, beside),
    ...{ unit, quantum, at, erosion },
  }),
);

export const priceField: z.ZodType<PriceText> = fullPriceField.meta({
  description: 'The price of one unit, from which units are counted.',
});

export const supplierPriceField: z.ZodType<PriceText> = z
  .union([
    inputField(PRICE, 'The price of one unit.').transform((value): PriceText => ({
      value: { always: value },
    })),
    fullPriceField,
  ])
  .meta({ description: "The supplier's own price; it inherits the unit and the quantum." });

/** What units are counted in. */
export interface UnitOfCount {
  readonly name: string;
  readonly quantum: Ratio;
}

/** A price by period of the window, with its erosion. */
export interface Price {
  readonly values: readonly Input[];
  readonly erosion?: Input;
  /** Fiscal years from the price's `at` to each period; all 0 where there is no erosion. */
  readonly years: readonly number[];
}

/** The price of a supplier; `own` where it is not the leaf's. */
export interface SupplierPrice extends Price {
  readonly own: boolean;
}

export function priceOf(
  text: PriceText,
  path: string,
  window: Window,
  report: Reporter,
): Price | undefined {
  const isStep = !('always' in text.value);
  for (const [key, given] of [
    ['erosion', text.erosion],
    ['at', text.at],
  ] as const) {
    if (!given) continue;
    if (isStep) {
      report.error('keys-conflict', `${path}.${key}`, {
        message: `a price by period takes no \`${key}\``,
        hint: `delete \`${key}\`, or give one price`,
      });
      return undefined;
    }
    if (key === 'at' && !text.erosion) {
      report.warn('unused', `${path}.at`, {
        message: 'without `erosion` the price is the same in every year',
        hint: 'add `erosion`, or delete `at`',
      });
    }
  }
  const valuePath = isStep ? `${path}.value` : path;
  const values = acrossWindow(
    stepsOf(text.value, valuePath, window, report),
    valuePath,
    window,
    report,
  );
  if (!values) return undefined;
  const base = text.at ? fiscalYearOfKey(text.at.value, window) : window.years[0]!.year;
  const years = window.periods.map(({ year }) => (text.erosion ? year - base : 0));
  return { values, years, erosion: text.erosion };
}

/** What a rate or factor is needed for: the register of a currency's rate, base or of a period. */
export interface PriceFactors {
  /** Base rate of a foreign currency. */
  readonly base: (currency: Currency) => Ref;
  /** The fx factor of the price in a period. */
  readonly factor: (period: number) => Ref;
}

/**
 * The price of a period in quanta of the envelope's currency:
 * price₀ × base rate × (1 − erosion)^years × fx factor.
 */
export function priceAt(
  p: Planner,
  price: Price,
  period: number,
  envelope: Currency,
  { base, factor }: PriceFactors,
): Ref {
  const value = price.values[period]!;
  const { currency } = value;
  const factors = [plan.input(p, value), plan.constant(p, ratio(10n ** BigInt(envelope.places)))];
  if (currency!.code !== envelope.code) factors.push(base(currency!));
  if (price.erosion) {
    const kept = plan.difference(p, plan.constant(p, ONE), [plan.input(p, price.erosion)]);
    factors.push(plan.power(p, kept, price.years[period]!));
  }
  return plan.product(p, [...factors, factor(period)]);
}

/**
 * Units of the suppliers of one leaf in one period: their exact units are summed, rounded once to
 * the quantum, and allocated back to them, so that naming suppliers changes no total.
 *
 * @param demand the priced suppliers' demand, with their prices and their keys
 */
export function unitsOf(
  p: Planner,
  demand: readonly { readonly amount: Ref; readonly price: Ref; readonly key: string }[],
  quantum: Ref,
): readonly Ref[] {
  const exact = demand.map(({ amount, price }) => plan.quotient(p, amount, price));
  const total = plan.add(p, (out) => ({ op: 'units', out, exact, quantum }));
  const keys = demand.map(({ key }) => key);
  return plan.allocateByKey(p, total, exact, keys);
}
