/** Prices: what one unit of a component costs, by period. */
import * as z from 'zod';
import type { Reporter } from '../core/text/diagnostic.js';
import { acrossWindow, byPeriod, constant, fiscalYearOfKey, type ByPeriod } from './calendar.js';
import type { ModelContext } from './context.js';
import { literalField, periodField, recordField, textField, type Located } from './field.js';
import { requireBase } from './fx.js';
import {
  attributeFields,
  eachWithAttributes,
  inputField,
  misplacedAttribute,
  reportMisplaced,
  withAttributes,
  type Input,
} from './input.js';
import { EROSION, PRICE, QUANTUM, type Quantity } from './inputKind.js';
import { tableField } from './tableReference.js';

const valueField = byPeriod(
  inputField(PRICE, 'The price of one unit.'),
  'The price of one unit (ASP), or prices by period, which take no erosion.',
  tableField('prices by period'),
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

/** A price as it is written. */
export interface PriceText {
  readonly value: ByPeriod<Input>;
  readonly unit?: Located<string>;
  readonly quantum?: Located<Quantity>;
  readonly at?: Located<string>;
  readonly erosion?: Input;
  readonly misplaced?: Located<unknown>;
}

/** The key `price` of a leaf. */
export const priceField: z.ZodType<PriceText> = fullField
  .transform(({ value, unit, quantum, at, erosion, ...attributes }): PriceText => ({
    value: eachWithAttributes(value, attributes),
    misplaced: misplacedAttribute(value, attributes),
    ...{ unit, quantum, at },
    erosion: erosion && withAttributes(erosion, { assumption: attributes.assumption }),
  }))
  .meta({ id: 'price', description: 'The price of one unit, from which units are counted.' });

/** The key `price` of a supplier of a leaf. */
export const supplierPriceField: z.ZodType<PriceText> = z
  .union([
    inputField(PRICE, 'The price of one unit.').transform((value): PriceText => ({
      value: constant(value),
    })),
    priceField,
  ])
  .meta({
    id: 'supplier-price',
    description: "The supplier's own price; it inherits the unit and the quantum.",
  });

/** The prices of one unit over the window, and their erosion. */
export interface Price {
  /** By period, in major units; those in a foreign currency have a base rate. */
  readonly values: readonly Input[];
  /** The part of the price that is lost from one fiscal year to the next. */
  readonly erosion?: Input;
  /** Fiscal years from the price's `at` to each period; all 0 where there is no erosion. */
  readonly years: readonly number[];
}

/** The price of a supplier. */
export interface SupplierPrice extends Price {
  /** Whether it is the supplier's own, and not that of its leaf. */
  readonly own: boolean;
}

/** The price of every period, checked; nothing where an error was reported. */
export function priceOf(
  text: PriceText,
  path: string,
  { window, fx, envelope, report }: ModelContext,
): Price | undefined {
  const { value, erosion, at, misplaced } = text;
  if (misplaced) reportMisplaced(misplaced, report);
  if (!checkErosion(text, path, report)) return undefined;
  const valuePath = value.kind === 'constant' ? path : `${path}.value`;
  const values = acrossWindow(value, valuePath, window, report);
  if (!values) return undefined;
  const foreign = new Set(values.map(({ currency }) => currency!.code));
  foreign.delete(envelope.code);
  if (![...foreign].every((code) => requireBase(fx, code, path, envelope, report)))
    return undefined;
  const first = at ? fiscalYearOfKey(at.value, window) : window.years[0]!.year;
  const years = window.periods.map(({ year }) => (erosion ? year - first : 0));
  return { values, years, erosion };
}

/** Erosion counts from `at` on. A price by period has its years in its keys, and takes neither. */
function checkErosion({ value, erosion, at }: PriceText, path: string, report: Reporter): boolean {
  const [excluded] = [erosion && 'erosion', at && 'at'].filter((key) => key !== undefined);
  if (value.kind === 'steps' && excluded !== undefined) {
    const message = `a price by period takes no \`${excluded}\``;
    const hint = `delete \`${excluded}\`, or give one price`;
    report.error('keys-conflict', `${path}.${excluded}`, { message, hint }, 'key');
    return false;
  }
  if (at && !erosion) {
    report.warn('unused', `${path}.at`, {
      message: 'without `erosion` the price is the same in every year',
      hint: 'add `erosion`, or delete `at`',
    });
  }
  return true;
}
