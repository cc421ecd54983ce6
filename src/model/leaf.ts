/** A leaf of the component tree: it has suppliers, a price, foreign content and a lag. */
import type { ModelContext } from './context.js';
import { mapOrTable, nameKey, textField, type Located } from './field.js';
import type { Share } from './input.js';
import { lifeOf, type Life, type LifeText } from './life.js';
import { lagField, lagOf, type Lag, type LagText } from './lag.js';
import { priceField, priceOf, type Price, type PriceText, type SupplierPrice } from './price.js';
import { contentsOf, pricingField, type ForeignContent, type PricingText } from './pricing.js';
import { groupShares } from './shares.js';
import { UNASSIGNED, walletField, type WalletText } from './supplier.js';
import { tableField } from './tableReference.js';
import { unitOf, type PlacedPrice, type UnitOfCount } from './units.js';

/** The keys of a leaf, without its bill. */
export const leafFields = {
  name: textField('The name that people read; the key unless given.').optional(),
  pricing: pricingField.optional(),
  price: priceField.optional(),
  lag: lagField.optional(),
  suppliers: mapOrTable(
    nameKey,
    walletField,
    'Shares of wallet by supplier; `rest` is allowed.',
    tableField('shares by supplier'),
  ).optional(),
};

/** A leaf as it is written. */
export interface LeafText {
  readonly name?: Located<string> | undefined;
  readonly pricing?: PricingText | undefined;
  readonly price?: PriceText | undefined;
  readonly lag?: LagText | undefined;
  readonly suppliers?: ReadonlyMap<string, WalletText> | undefined;
}

/** A component without sub-components. */
export interface Leaf {
  readonly key: string;
  /** Of the component in the file: `components.servers.components.accelerators`. */
  readonly yamlPath: string;
  /** From the root of the tree with `/`: `servers/accelerators`. */
  readonly path: string;
  readonly name: string;
  readonly suppliers: readonly string[];
  /** By period: the shares of `suppliers`, in their order; none where the leaf names no supplier. */
  readonly shares?: readonly (readonly Share[])[];
  /** By supplier, in order: its own price, or that of the leaf. */
  readonly prices: readonly (SupplierPrice | undefined)[];
  readonly price?: Price;
  readonly unit?: UnitOfCount;
  readonly pricing?: readonly ForeignContent[];
  readonly lag?: Lag;
  /** Its own, or that of the nearest component above it that has one. */
  readonly life?: Life;
  readonly bill?: Bill;
}

/** What the suppliers of a leaf buy in. What the parts leave of their demand they make themselves. */
export interface Bill {
  /** The parts, with paths below the leaf (`servers/accelerators`), makers as suppliers, and no prices. */
  readonly children: readonly Leaf[];
  /** By period: the shares of `children` in the suppliers' demand, in their order. */
  readonly parts: readonly (readonly Share[])[];
}

/** The place of a component: its key, its path in the tree, and its path in the file. */
export interface ComponentPlace {
  readonly key: string;
  readonly path: string;
  readonly yamlPath: string;
}

/** A leaf with its prices, shares and lag checked; errors are reported. */
export function leafOf(
  place: ComponentPlace,
  text: LeafText,
  context: ModelContext,
  life: LifeText = {},
): Leaf {
  const { key, path, yamlPath } = place;
  const { window, report } = context;
  const wallets = [...(text.suppliers ?? [])];
  const priceText = (supplier: string) => `${yamlPath}.suppliers.${supplier}.price`;
  const price = text.price && priceOf(text.price, `${yamlPath}.price`, context);
  const common = price && { ...price, own: false };
  const prices = wallets.map(([supplier, wallet]) => {
    const own = wallet.price && priceOf(wallet.price, priceText(supplier), context);
    return own ? { ...own, own: true } : common;
  });
  const placed: PlacedPrice[] = wallets.flatMap(([supplier, wallet]) =>
    wallet.price ? [[priceText(supplier), wallet.price]] : [],
  );
  if (text.price) placed.unshift([`${yamlPath}.price`, text.price]);
  const members = wallets.map(([supplier, { share, misplaced }]) => {
    return {
      share,
      misplaced,
      path: `${yamlPath}.suppliers.${supplier}`,
      stepKey: 'share' as const,
    };
  });
  const group = { name: `supplier shares of ${path}`, path: `${yamlPath}.suppliers` };
  return {
    key,
    path,
    yamlPath,
    name: text.name?.value ?? key,
    suppliers: text.suppliers ? wallets.map(([supplier]) => supplier) : [UNASSIGNED],
    prices: text.suppliers ? prices : [common],
    shares: text.suppliers && groupShares(members, group, window, report),
    price,
    unit: unitOf(placed, report),
    pricing: text.pricing && contentsOf(text.pricing, `${yamlPath}.pricing`, context),
    lag: text.lag && lagOf(text.lag, `${yamlPath}.lag`, window, report),
    life: lifeOf(life, window),
  };
}
