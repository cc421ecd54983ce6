/** The component tree: what the money buys, down to the leaves that have suppliers. */
import { z } from 'zod';
import type { Currency } from '../core/currency.js';
import { printRatio } from '../core/decimal.js';
import type { Reporter } from '../core/diagnostic.js';
import { currencyOf } from '../core/currency.js';
import { equal, ONE } from '../core/ratio.js';
import { acrossWindow, stepsOf, type Window } from './calendar.js';
import {
  byPeriod,
  mapField,
  nameKey,
  textField,
  type ByPeriod,
  type Located,
  recordField,
} from './field.js';
import {
  pricingField,
  pricingOf,
  requireBase,
  type Content,
  type Fx,
  type PricingText,
} from './fx.js';
import {
  attributeFields,
  eachWithAttributes,
  inputField,
  misplacedAttribute,
  restField,
  SHARE,
  shareField,
  type Attributes,
  type Share,
} from './input.js';
import { lagField, lagOf, type Lag, type LagText } from './lag.js';
import {
  priceField,
  priceOf,
  type Price,
  type PriceText,
  type SupplierPrice,
  type UnitOfCount,
} from './price.js';
import { checkShares, percent, sharesAcross } from './shares.js';
import { UNASSIGNED, walletField, type WalletText } from './supplier.js';

/** A component as the file gives it: a leaf, or a sub-tree in `components`. */
export interface ComponentText {
  readonly name?: Located<string> | undefined;
  readonly pricing?: PricingText | undefined;
  readonly price?: PriceText | undefined;
  readonly lag?: LagText | undefined;
  readonly suppliers?: ReadonlyMap<string, WalletText> | undefined;
  readonly components?: ReadonlyMap<string, PartText> | undefined;
}

/** A sub-component: a component with its part of the parent. */
export interface PartText extends ComponentText {
  readonly part: ByPeriod<Share>;
  readonly misplaced?: Located<unknown> | undefined;
}

const componentFields = {
  name: textField('The name that people read; the key unless given.').optional(),
  pricing: pricingField.optional(),
  price: priceField.optional(),
  lag: lagField.optional(),
  suppliers: mapField(
    nameKey,
    walletField,
    'Shares of wallet by supplier; `rest` is allowed.',
  ).optional(),
  components: z
    .lazy(() => mapField(nameKey, partField, 'Sub-components with their parts; `rest` is allowed.'))
    .optional(),
};

const partField: z.ZodType<PartText> = z
  .union([
    restField.transform((rest): PartText => ({ part: { always: rest } })),
    inputField(SHARE, 'The part of the parent.').transform((part): PartText => ({
      part: { always: part },
    })),
    recordField({
      part: byPeriod(shareField(SHARE, 'The part of the parent.'), 'The part, or parts by period.'),
      ...componentFields,
      ...attributeFields(SHARE),
    }).transform(
      ({ part, name, pricing, price, lag, suppliers, components, ...rest }): PartText => {
        const beside: Attributes = rest;
        return {
          part: eachWithAttributes(part, beside),
          misplaced: misplacedAttribute(part, beside),
          ...{ name, pricing, price, lag, suppliers, components },
        };
      },
    ),
  ])
  .meta({ id: 'sub-component', description: 'A sub-component: its part of the parent, or a map.' });

export const componentField: z.ZodType<ComponentText> = recordField(componentFields).meta({
  description: 'What is known of a component; a leaf, or a sub-tree in `components`.',
});

/** A component without components. */
export interface Leaf {
  readonly key: string;
  /** Where it stands in the file: `components.servers.components.accelerators`. */
  readonly at: string;
  /** From the root with `/`: `servers/accelerators`. */
  readonly path: string;
  readonly name: string;
  readonly suppliers: readonly string[];
  /** By period: the shares of `suppliers`, in their order; none where the leaf names no supplier. */
  readonly shares?: readonly (readonly Share[])[];
  /** Of each supplier in order: its own price, or the leaf's. */
  readonly prices: readonly (SupplierPrice | undefined)[];
  readonly price?: Price;
  readonly unit?: UnitOfCount;
  readonly pricing?: readonly Content[];
  readonly lag?: Lag;
}

/** A component with components. */
export interface Branch {
  readonly key: string;
  readonly at: string;
  readonly path: string;
  readonly name: string;
  readonly children: readonly Component[];
  /** By period: the parts of `children`, in their order. */
  readonly parts: readonly (readonly Share[])[];
}

export type Component = Leaf | Branch;

export function isBranch(component: Component): component is Branch {
  return 'children' in component;
}

/** The leaves below a component, in order. */
export function leavesOf(component: Component): readonly Leaf[] {
  return isBranch(component) ? component.children.flatMap(leavesOf) : [component];
}

/** What a component is read against. */
export interface Surroundings {
  readonly window: Window;
  readonly fx: Fx;
  readonly envelope: Currency;
  readonly report: Reporter;
}

/** Where a component stands: its key, its path in tables, and its path in the file. */
interface Place {
  readonly key: string;
  readonly path: string;
  readonly at: string;
}

/** A component of the mix, as described; one that the file does not describe is a bare leaf. */
export function componentOf(
  key: string,
  text: ComponentText | undefined,
  around: Surroundings,
): Component | undefined {
  return readComponent({ key, path: key, at: `components.${key}` }, text ?? {}, around);
}

function readComponent(
  place: Place,
  text: ComponentText,
  around: Surroundings,
): Component | undefined {
  if (!text.components) return leafOf(place, text, around);
  const excluded = (['suppliers', 'price', 'pricing', 'lag'] as const).filter((key) => text[key]);
  for (const key of excluded) {
    around.report.error('keys-conflict', `${place.at}.${key}`, {
      message: `\`${key}\` beside \`components\`: only a leaf has it`,
      hint: `move \`${key}\` into the sub-components`,
    });
  }
  const branch = branchOf(place, text, text.components, around);
  return excluded.length > 0 ? undefined : branch;
}

function branchOf(
  place: Place,
  text: ComponentText,
  parts: ReadonlyMap<string, PartText>,
  around: Surroundings,
): Branch | undefined {
  const { key, path, at } = place;
  const children = [...parts].map(([child, part]) =>
    readComponent(
      { key: child, path: `${path}/${child}`, at: `${at}.components.${child}` },
      part,
      around,
    ),
  );
  const columns = [...parts].map(([child, { part, misplaced }]) =>
    shareColumn(part, misplaced, `${at}.components.${child}`, 'part', around),
  );
  const name = `parts of ${path}`;
  const rows = shareRows(columns, { name, path: `${at}.components` }, around);
  if (!rows || children.some((child) => child === undefined)) return undefined;
  return {
    ...place,
    name: text.name?.value ?? key,
    children: children as Component[],
    parts: rows,
  };
}

/** One member's shares across the window, or nothing where they cannot be read. */
function shareColumn(
  share: ByPeriod<Share>,
  misplaced: Located<unknown> | undefined,
  at: string,
  key: 'part' | 'share',
  { window, report }: Surroundings,
): readonly Share[] | undefined {
  if (misplaced) reportMisplaced(misplaced, report);
  const path = 'always' in share ? at : `${at}.${key}`;
  return acrossWindow(stepsOf(share, path, window, report), path, window, report);
}

function reportMisplaced({ path }: Located<unknown>, report: Reporter): void {
  report.error('keys-conflict', path, {
    message: 'it is open which number this belongs to',
    expected: 'beside one number, neither `rest` nor values by period',
    hint: 'write it beside the value: { value: 35%, low: 30%, high: 40% }',
  });
}

/** The shares of a group in every period, checked once for each change. */
function shareRows(
  columns: readonly (readonly Share[] | undefined)[],
  group: { readonly name: string; readonly path: string },
  { window, report }: Surroundings,
): readonly (readonly Share[])[] | undefined {
  if (columns.some((column) => column === undefined)) return undefined;
  const rows = sharesAcross(columns as (readonly Share[])[], window.periods.length);
  const changes = rows.filter((row, t) => t === 0 || row !== rows[t - 1]);
  const whole = changes.every((row) => {
    const period = changes.length > 1 ? window.periods[rows.indexOf(row)]!.label : undefined;
    const about = { ...group, whole: ONE, print: percent, ...(period !== undefined && { period }) };
    return checkShares(row, about, report);
  });
  return whole ? rows : undefined;
}

function leafOf(place: Place, text: ComponentText, around: Surroundings): Leaf | undefined {
  const { key, path, at } = place;
  const { window, fx, envelope, report } = around;
  const wallets = [...(text.suppliers ?? [])];
  const price = text.price && readPrice(text.price, `${at}.price`, around);
  const prices = wallets.map(([supplier, wallet]) => {
    if (!wallet.price) return price && { ...price, own: false };
    const own = readPrice(wallet.price, `${at}.suppliers.${supplier}.price`, around);
    return own && { ...own, own: true };
  });
  const columns = wallets.map(([supplier, { share, misplaced }]) =>
    shareColumn(share, misplaced, `${at}.suppliers.${supplier}`, 'share', around),
  );
  const group = { name: `supplier shares of ${path}`, path: `${at}.suppliers` };
  return {
    ...place,
    name: text.name?.value ?? key,
    suppliers: text.suppliers ? wallets.map(([supplier]) => supplier) : [UNASSIGNED],
    prices: text.suppliers ? prices : [price && { ...price, own: false }],
    shares: text.suppliers && shareRows(columns, group, around),
    price,
    unit: unitOf(place, text, report),
    pricing: text.pricing && pricingOf(text.pricing, `${at}.pricing`, fx, envelope, report),
    lag: text.lag && lagOf(text.lag, `${at}.lag`, window, report),
  };
}

function readPrice(text: PriceText, path: string, around: Surroundings): Price | undefined {
  const { window, fx, envelope, report } = around;
  if (text.misplaced) reportMisplaced(text.misplaced, report);
  const price = priceOf(text, path, window, report);
  const foreign = new Set(price?.values.map(({ currency }) => currency!.code));
  foreign.delete(envelope.code);
  const based = [...foreign].every((code) => requireBase(fx, code, path, envelope, report));
  return based ? price : undefined;
}

/** What a leaf's units are counted in: one name and one quantum for all of its prices. */
function unitOf({ at }: Place, text: ComponentText, report: Reporter): UnitOfCount | undefined {
  const prices: [path: string, price: PriceText][] = [
    ...(text.price ? ([[`${at}.price`, text.price]] as [string, PriceText][]) : []),
    ...[...(text.suppliers ?? [])].flatMap(([supplier, { price }]): [string, PriceText][] =>
      price ? [[`${at}.suppliers.${supplier}.price`, price]] : [],
    ),
  ];
  if (prices.length === 0) return undefined;
  const [first, price] = prices.find(([, { unit }]) => unit) ?? prices[0]!;
  if (!price.unit) {
    report.error('key-missing', first, {
      message: '`unit` is missing: it says what is counted',
      hint: 'add `unit: server`, or module, rack, …',
    });
    return undefined;
  }
  const name = price.unit.value;
  if (currencyOf(name)) {
    report.error('unit-mismatch', price.unit.path, {
      message: `\`${name}\` is a currency, and units are counted in something else`,
      hint: 'write server, module, rack, …',
    });
    return undefined;
  }
  const quantum = prices.find(([, { quantum }]) => quantum)?.[1].quantum?.value.value ?? ONE;
  for (const [, other] of prices) {
    const wrongQuantum = other.quantum && !equal(other.quantum.value.value, quantum);
    if (other.unit && other.unit.value !== name) reportUnit(other.unit, `\`${name}\``, report);
    if (other.quantum && wrongQuantum) reportUnit(other.quantum, printRatio(quantum), report);
  }
  return { name, quantum };
}

function reportUnit({ path, text }: Located<unknown>, expected: string, report: Reporter): void {
  report.error('unit-mismatch', path, {
    message: `\`${text}\` differs from the other prices of this component`,
    expected: `${expected}, so that units can be summed`,
    hint: 'delete it: it is inherited',
  });
}
