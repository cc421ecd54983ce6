/** Suppliers: who they are, and their shares of the buyer's spend on a component. */
import * as z from 'zod';
import { currencyOf, type Currency } from '../core/number/currency.js';
import { unknownCurrency, type LiteralReading } from '../core/number/literal.js';
import { failure, success } from '../core/result.js';
import { byPeriod, constant, type ByPeriod } from './calendar.js';
import {
  mapOrTable,
  monthField,
  recordField,
  scalarField,
  textField,
  yearKey,
  type Located,
} from './field.js';
import {
  attributeFields,
  eachWithAttributes,
  inputField,
  misplacedAttribute,
  restField,
  shareField,
  type Attributes,
  type Input,
  type Share,
} from './input.js';
import { AMOUNT, SHARE } from './inputKind.js';
import { supplierPriceField, type PriceText } from './price.js';
import { tableField } from './tableReference.js';

/** A field that is an ISO 4217 code. */
export function currencyField(description: string) {
  const read = (text: string): LiteralReading<Currency> => {
    const currency = currencyOf(text);
    return currency ? success(currency) : failure(unknownCurrency(text));
  };
  const meta = { type: 'string', pattern: '^[A-Z]{3}$', description };
  return scalarField('a currency', read, meta, 'CNY');
}

/** One entry of `suppliers` at the top of a scenario. */
export const supplierField = recordField({
  name: textField('The name that people read; the key unless given.').optional(),
  currency: currencyField(
    'The currency that the supplier reports in; that of the envelope unless given.',
  ).optional(),
  fiscal_year_ends: monthField(
    'The month in which its fiscal year ends; 12 unless given.',
  ).optional(),
  revenue: mapOrTable(
    yearKey,
    inputField(AMOUNT, 'Reported revenue of one fiscal year of the supplier.'),
    'Reported revenue by fiscal year, in the currency that the supplier reports in.',
    tableField('amounts by period'),
  ).optional(),
}).meta({ description: 'Who a supplier is.' });

/** A supplier as it is written. */
export type SupplierText = z.output<typeof supplierField>;

/** A supplier with every default filled in. */
export interface Supplier {
  readonly key: string;
  readonly name: string;
  readonly currency: Currency;
  /** The month in which its fiscal year ends: 3 is March. */
  readonly yearEndMonth: number;
  /** Reported revenue by fiscal year: `FY2025`. */
  readonly revenue: ReadonlyMap<string, Input>;
}

/** A supplier that the file does not describe reports by calendar year in the envelope's currency. */
export function supplierOf(
  key: string,
  text: SupplierText | undefined,
  currency: Currency,
): Supplier {
  return {
    key,
    name: text?.name?.value ?? key,
    currency: text?.currency?.value ?? currency,
    yearEndMonth: text?.fiscal_year_ends?.value ?? 12,
    revenue: text?.revenue ?? new Map(),
  };
}

/** The key of the one supplier of a leaf that names none. */
export const UNASSIGNED = 'unassigned';

/** A supplier of a leaf as it is written: its share of wallet, and its own price. */
export interface WalletText {
  readonly share: ByPeriod<Share>;
  readonly price?: PriceText;
  readonly misplaced?: Located<unknown>;
}

const shareFields = {
  share: byPeriod(
    shareField(SHARE, 'Share of wallet.'),
    'Share of wallet, or shares by period.',
    tableField('shares by period'),
  ),
  ...attributeFields(SHARE),
};

function walletOf(
  share: ByPeriod<Share>,
  attributes: Attributes,
  price: PriceText | undefined,
): WalletText {
  const misplaced = misplacedAttribute(share, attributes);
  return { share: eachWithAttributes(share, attributes), misplaced, price };
}

/** A share alone, `rest`, or either in a map. */
function shareOrFull(
  full: z.ZodType<WalletText>,
  meta: { readonly id: string; readonly description: string },
): z.ZodType<WalletText> {
  return z
    .union([
      restField.transform((rest): WalletText => ({ share: constant(rest) })),
      full,
      inputField(SHARE, 'Share of wallet.').transform((share): WalletText => ({
        share: constant(share),
      })),
    ])
    .meta(meta);
}

/** A supplier of a leaf: its share of wallet, and its own price. */
export const walletField = shareOrFull(
  recordField({ ...shareFields, price: supplierPriceField.optional() })
    .transform(({ share, price, ...attributes }) => walletOf(share, attributes, price))
    .meta({ description: 'A share with its reason, its range, and a price of its own.' }),
  {
    id: 'supplier-share',
    description: "A supplier's share of the buyer's spend on the component, or `rest`.",
  },
);

/** A maker of a bought-in part, without a price: parts are not counted in units. */
export const makerField = shareOrFull(
  recordField(shareFields)
    .transform(({ share, ...attributes }) => walletOf(share, attributes, undefined))
    .meta({ description: 'A share with its reason and its range.' }),
  {
    id: 'maker-share',
    description: "A maker's share of the suppliers' spend on the part, or `rest`.",
  },
);
