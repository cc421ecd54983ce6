/** Groups of inputs in which two scenarios may differ, and the part of a scenario that each group is. */
import { isBranch, type Branch, type Component } from '../../model/component.js';
import type { Estimate } from '../../model/estimate/estimate.js';
import { rateAt, type Closure } from '../../model/fx.js';
import { isRest, type Share } from '../../model/input.js';
import type { Life } from '../../model/life.js';
import type { Leaf } from '../../model/leaf.js';
import { estimatesOf, type Mix } from '../../model/estimate/mix.js';
import { isInUnits } from '../../model/estimate/unitEstimate.js';
import type { Scenario } from '../../scenario/scenario.js';

/** The order decides how a bridge rounds ties. */
export const GROUPS = [
  'envelope',
  'phasing',
  'actuals',
  'mix',
  'shares',
  'prices',
  'lag',
  'life',
  'fx',
] as const;
export type InputGroup = (typeof GROUPS)[number];

/** The groups that some of the scenarios have inputs of: a life is in few of them. */
export function groupsIn(scenarios: readonly Scenario[]): readonly InputGroup[] {
  const hasLife = scenarios.some(({ leaves }) => leaves.some(({ life }) => life));
  return hasLife ? GROUPS : GROUPS.filter((group) => group !== 'life');
}

/**
 * The groups in which two scenarios differ by value, however the values are written.
 *
 * @param closure the closure asked for, which takes the place of both scenarios' own
 */
export function differingGroups(
  a: Scenario,
  b: Scenario,
  closure?: Closure,
): readonly InputGroup[] {
  return GROUPS.filter((group) => {
    const content = CONTENTS[group];
    return canonical(content(a, closure)) !== canonical(content(b, closure));
  });
}

/** All that a forecast uses of a group; maps and sets where the order in the file has no meaning. */
const CONTENTS: Readonly<Record<InputGroup, (scenario: Scenario, closure?: Closure) => unknown>> = {
  envelope: ({ envelope }) => (isInUnits(envelope) ? estimateContent(envelope) : envelope),
  phasing: ({ phasing }) => phasing,
  actuals: ({ actuals }) => actuals,
  mix: ({ mixes, envelope }) => (isInUnits(envelope) ? undefined : mixes.map(mixContent)),
  shares: ({ components, leaves, suppliers }) => [
    byKey(components, sharesBelow),
    new Map(
      leaves
        .flatMap((leaf) => leaf.suppliers)
        .map((key) => [key, [suppliers.get(key)!.currency.code, suppliers.get(key)!.yearEndMonth]]),
    ),
  ],
  prices: ({ leaves }) => byPath(leaves, pricesContent),
  lag: ({ leaves }) => byPath(leaves, ({ lag }) => lag),
  life: ({ leaves }) => byPath(leaves, ({ life }) => life && lifeContent(life)),
  fx: (scenario, closure = scenario.fx.closure) => [
    closure,
    scenario.fx.base,
    ratesOf(scenario),
    contents(scenario),
  ],
};

function byPath(leaves: readonly Leaf[], content: (leaf: Leaf) => unknown) {
  return new Map(leaves.map((leaf) => [leaf.path, content(leaf)]));
}

function byKey(components: readonly Component[], content: (component: Component) => unknown) {
  return new Map(components.map((component) => [component.key, content(component)]));
}

/** Weights with their estimates; the names of estimates have no meaning. */
function mixContent(mix: Mix): unknown {
  const weights = mix.kind === 'estimate' ? [undefined] : mix.blend.map(({ weight }) => weight);
  return new Set(estimatesOf(mix).map((estimate, e) => [weights[e], estimateContent(estimate)]));
}

function estimateContent(estimate: Estimate): unknown {
  if (!isInUnits(estimate)) return { of: estimate.of, parts: estimate.parts };
  const { quantities, bought } = estimate;
  return [new Set(bought), new Map(quantities.map(({ key, per, values }) => [key, [per, values]]))];
}

/** By key and period: the parts of a branch with all below it; the supplier shares and the bill of a leaf. */
function sharesBelow(component: Component): unknown {
  if (isBranch(component)) return partsContent(component);
  const { suppliers, shares, bill } = component;
  return [sharesByKey(suppliers, shares), bill && partsContent(bill)];
}

function partsContent({ children, parts }: Pick<Branch, 'children' | 'parts'>): unknown {
  const keys = children.map(({ key }) => key);
  return [sharesByKey(keys, parts), byKey(children, sharesBelow)];
}

function sharesByKey(keys: readonly string[], rows?: readonly (readonly Share[])[]) {
  return new Map(keys.map((key, k) => [key, rows?.map((row) => row[k])]));
}

function lifeContent({ length: { value }, periodsPerUnit, delay }: Life): unknown {
  return [Number(value.n) * periodsPerUnit, delay];
}

function pricesContent({ price, prices, suppliers, unit }: Leaf): unknown {
  const own = suppliers.flatMap((key, s) => (prices[s]?.own ? [[key, prices[s]] as const] : []));
  return { price, unit, own: new Map(own) };
}

/** By currency: the rate of every period. */
function ratesOf(scenario: Scenario): unknown {
  const { fx, window } = scenario;
  const codes = [...fx.base.keys(), ...fx.path.keys()];
  return new Map(
    codes.map((code) => [code, window.periods.map((_, t) => rateAt(scenario, code, t))]),
  );
}

function contents({ leaves }: Scenario): unknown {
  return byPath(
    leaves,
    ({ pricing }) => pricing && new Map(pricing.map((content) => [content.code, content])),
  );
}

/** A text that is equal for two values exactly if they mean the same. */
function canonical(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if ('attributes' in value) return canonicalInput(value as Share);
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (value instanceof Set) return `[${[...value].map(canonical).sort().join()}]`;
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  const members = entries.map(([key, member]) => `${String(key)}:${canonical(member)}`);
  return `{${members.sort().join()}}`;
}

function canonicalInput(input: Share): string {
  if (isRest(input)) return 'rest';
  const { value, currency, unit } = input;
  return `${value.n}/${value.d} ${currency?.code ?? unit ?? ''}`;
}

/** The group of a path of a file; none if no forecast depends on it. */
export function groupAt(path: string, { envelope }: Scenario): InputGroup | undefined {
  const [section, name, ...below] = path.split('.');
  switch (section) {
    case 'envelope':
    case 'phasing':
    case 'actuals':
    case 'mix':
    case 'fx':
      return section;
    case 'estimates':
      return isInUnits(envelope) && envelope.name === name ? 'envelope' : 'mix';
    case 'components':
      return groupInComponent(below);
    case 'suppliers':
      return below[0] === 'currency' || below[0] === 'fiscal_year_ends' ? 'shares' : undefined;
    default:
      return undefined;
  }
}

function groupInComponent([field, , ...below]: readonly string[]): InputGroup {
  switch (field) {
    case 'components':
      return groupInComponent(below);
    case 'pricing':
      return 'fx';
    case 'price':
      return 'prices';
    case 'lag':
      return 'lag';
    case 'life':
    case 'in_service':
      return 'life';
    case 'suppliers':
      return below[0] === 'price' ? 'prices' : 'shares';
    default:
      return 'shares';
  }
}
