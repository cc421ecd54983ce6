/** Random pairs of scenarios with one window, currency and component tree, and mixtures of their texts. */
import fc from 'fast-check';
import { load } from '../../src/scenario/load.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { notBridgeable } from '../../src/studies/compare/bridge.js';
import { GROUPS, type InputGroup } from '../../src/studies/compare/inputGroups.js';
import { scenarios } from '../naive/generator.js';
import {
  toYaml,
  type Component,
  type Estimate,
  type Phasing,
  type Price,
  type Spec,
  type Supplier,
} from '../naive/spec.js';
import { loaded } from './cells.js';

export interface Pair {
  readonly a: Spec;
  readonly b: Spec;
  /** The groups that were changed; all others say the same in both. */
  readonly changed: readonly InputGroup[];
  /** What the texts of `a` and `b` mean. */
  readonly scenarios: readonly [Scenario, Scenario];
  readonly [fc.toStringMethod]: () => string;
}

/** A random scenario, and the same one with one to four groups of its inputs changed. */
export function pairs(): fc.Arbitrary<Pair> {
  const groups = fc.oneof(
    { weight: 8, arbitrary: fc.subarray([...GROUPS], { minLength: 1, maxLength: 4 }) },
    // Those of which mixtures may fail.
    {
      weight: 1,
      arbitrary: fc.constantFrom<InputGroup[]>(['envelope', 'actuals'], ['prices', 'fx']),
    },
  );
  return fc
    .tuple(scenarios(), fc.noShrink(fc.nat()), groups)
    .map(([a, seed, changed]) => changedPair(a, seed, changed));
}

/** Changes that do not hold together are drawn anew; where none does, the second is the first. */
function changedPair(a: Spec, seed: number, changed: readonly InputGroup[]): Pair {
  const scenario = loaded(toYaml(a));
  for (let attempt = 0; attempt < 20; attempt++) {
    const d = dice(seed + attempt * 7919);
    const b = inOrder(changed).reduce((spec, group) => CHANGES[group](spec, d, scenario), a);
    const other = load(toYaml(b)).scenario;
    if (!other || notBridgeable(scenario, other).length > 0) continue;
    return { a, b, changed, scenarios: [scenario, other], ...shownAs(a, b) };
  }
  return { a, b: a, changed, scenarios: [scenario, scenario], ...shownAs(a, a) };
}

/** A pair that breaks a law is told by its texts. */
function shownAs(a: Spec, b: Spec) {
  return { [fc.toStringMethod]: () => `\n${toYaml(a)}\n---\n${toYaml(b)}` };
}

/** Rates first: prices are then drawn in the new currencies. */
function inOrder(groups: readonly InputGroup[]): readonly InputGroup[] {
  return [...groups].sort((one, other) => Number(other === 'fx') - Number(one === 'fx'));
}

interface Dice {
  readonly int: (n: number) => number;
  readonly pick: <T>(list: readonly [T, ...T[]]) => T;
}

function dice(seed: number): Dice {
  let state = seed >>> 0;
  const int = (n: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) % n;
  };
  return { int, pick: (list) => list[int(list.length)] ?? list[0] };
}

type Change = (spec: Spec, d: Dice, scenario: Scenario) => Spec;

const CHANGES: Readonly<Record<InputGroup, Change>> = {
  envelope: (spec, d) => ({ ...spec, envelope: amount(spec, d) }),
  phasing: (spec, d, { window }) => ({
    ...spec,
    phasing: d.pick<Phasing>([
      'even',
      { growth: d.pick(['7%', '-1/3', '250%']), per: d.pick(['year', 'period']) },
      { weights: window.periods.map(() => String(1 + d.int(9))) },
    ]),
  }),
  actuals: (spec, d, { window }) => {
    const periods = window.periods.slice(0, 1 + d.int(window.periods.length));
    const reported = Object.fromEntries(periods.map(({ label }) => [label, amount(spec, d)]));
    const reforecast = d.pick(['keep-phasing', 'keep-envelope'] as const);
    const attributable = d.pick(['100%', '50%', '1/3', '0%']);
    return {
      ...spec,
      actuals: d.pick([{ periods: reported, reforecast, attributable }, undefined]),
    };
  },
  mix: (spec, d) => {
    const estimates = Object.entries(spec.estimates).map(([name, estimate]): [string, Estimate] => {
      if ('units' in estimate) return [name, estimate];
      return [name, { ...estimate, split: rotated(estimate.split, d) }];
    });
    const names = Object.keys(spec.estimates) as [string, ...string[]];
    const blend = Object.fromEntries(names.map((name) => [name, `1/${names.length}`]));
    const mix = d.pick([spec.mix, spec.mix, d.pick(names), { blend }]);
    return { ...spec, estimates: Object.fromEntries(estimates), mix };
  },
  shares: (spec, d) => withComponents(spec, (component) => sharesChanged(component, d)),
  prices: (spec, d) => withComponents(spec, (component) => pricesChanged(component, spec, d)),
  lag: (spec, d) =>
    withComponents(spec, (component) => {
      if (component.components) return component;
      const weights = d.pick([['50%', 'rest'], ['10%', '1/3', 'rest'], ['0%', '100%'], undefined]);
      return { ...component, lag: weights && { [`${spec.calendar.period}s`]: weights } };
    }),
  life: (spec, d) =>
    withComponents(spec, (component) => {
      const life = d.pick(['1 year', `3 ${spec.calendar.period}s`, undefined]);
      return {
        ...component,
        life,
        in_service: life === undefined ? undefined : d.pick(['same', undefined] as const),
      };
    }),
  fx: (spec, d) => fxChanged(spec, d),
};

function amount({ currency }: Spec, d: Dice): string {
  return `${d.int(1_000_000)}${d.pick(['', '', 'k', 'm', 'bn'])} ${currency}`;
}

/** The same values under other keys: what they sum to stays. */
function rotated<T>(map: Readonly<Record<string, T>>, d: Dice): Record<string, T> {
  const keys = Object.keys(map);
  const by = d.int(keys.length);
  return Object.fromEntries(keys.map((key, i) => [key, map[keys[(i + by) % keys.length]!]!]));
}

const WHOLE: Component = {};
const asComponent = (part: Component | string): Component =>
  typeof part === 'string' ? { part } : part;

/** Every component anew, the deepest first; what `components` does not describe is a bare leaf. */
function withComponents(spec: Spec, change: (component: Component) => Component): Spec {
  const walk = (component: Component): Component => {
    const below = Object.entries(component.components ?? {});
    const children = below.map(([key, part]) => [key, walk(asComponent(part))] as const);
    const own = below.length > 0 ? { components: Object.fromEntries(children) } : {};
    return change({ ...component, ...own });
  };
  const splits = Object.values(spec.estimates).flatMap((estimate) =>
    'units' in estimate ? [] : Object.keys(estimate.split),
  );
  const keys = new Set([...Object.keys(spec.components ?? {}), ...splits]);
  const components = [...keys].map((key) => [key, walk(spec.components?.[key] ?? WHOLE)] as const);
  return { ...spec, components: Object.fromEntries(components) };
}

type Wallets = Readonly<Record<string, Supplier>>;

const asSupplier = (supplier: Supplier) =>
  typeof supplier === 'string' ? { share: supplier } : supplier;

/** Shares move between suppliers, parts of bills too, and suppliers come; prices stay where they are. */
function sharesChanged(component: Component, d: Dice): Component {
  if (component.components) {
    const entries = Object.entries(component.components).map(
      ([key, part]) => [key, asComponent(part)] as const,
    );
    const parts = rotated(Object.fromEntries(entries.map(([key, { part }]) => [key, part!])), d);
    const children = entries.map(([key, child]) => [key, { ...child, part: parts[key]! }] as const);
    return { ...component, components: Object.fromEntries(children) };
  }
  if (!component.suppliers) {
    return {
      ...component,
      suppliers: d.pick<Wallets>([{ new1: '35%', new2: 'rest' }, { new3: '100%' }]),
    };
  }
  const suppliers = Object.entries(component.suppliers).map(
    ([key, supplier]) => [key, asSupplier(supplier)] as const,
  );
  const shares = rotated(Object.fromEntries(suppliers.map(([key, { share }]) => [key, share])), d);
  const changed = suppliers.map(([key, one]) => [key, { ...one, share: shares[key]! }] as const);
  const more = d.pick<Wallets>([{}, { newcomer: '0%' }]);
  const bill = component.bill && { bill: rotated(component.bill, d) };
  return { ...component, suppliers: { ...Object.fromEntries(changed), ...more }, ...bill };
}

function pricesChanged(component: Component, spec: Spec, d: Dice): Component {
  if (component.components) return component;
  const codes = [spec.currency, ...Object.keys(spec.fx?.base ?? {})] as [string, ...string[]];
  const value = (): Price => ({ value: `${1 + d.int(999)} ${d.pick(codes)}` });
  const price = { ...value(), unit: d.pick(['server', 'rack']), quantum: d.pick(['1', '0.25']) };
  const suppliers = Object.entries(component.suppliers ?? {}).map(([key, supplier]) => {
    const { share } = asSupplier(supplier);
    return [key, d.int(2) === 0 ? { share } : { share, price: { ...price, ...value() } }] as const;
  });
  return {
    ...component,
    price: d.pick([price, { ...price, erosion: '5%' }, undefined]),
    ...(suppliers.length > 0 ? { suppliers: Object.fromEntries(suppliers) } : {}),
  };
}

function fxChanged(spec: Spec, d: Dice): Spec {
  const rate = () => d.pick(['7.1717', '0.0531', '1', '12']);
  const base = { USD: rate(), HKD: rate(), EUR: rate() };
  const foreign = Object.fromEntries(
    Object.entries({ ...base, ...spec.fx?.base }).filter(([code]) => code !== spec.currency),
  );
  const path = Object.fromEntries(Object.keys(foreign).map((code) => [code, rate()]));
  const closure = d.pick(['budget', 'volume', 'scale'] as const);
  const kept = d.pick([spec.fx?.path, { ...spec.fx?.path, ...path }, {}]);
  const fx = { base: d.pick([foreign, foreign, spec.fx?.base ?? {}]), path: kept ?? {}, closure };
  const [code = 'USD'] = Object.keys(fx.base);
  const pricing = { [code]: { content: d.pick(['25%', '100%']), pass_through: '80%' } };
  const exposed = withComponents(spec, (component) =>
    component.components || d.int(2) === 0 ? component : { ...component, pricing },
  );
  return { ...exposed, fx };
}

/** The text that takes each group from one of two texts: what `mixture` does, done to the file. */
export function graft(of: (group: InputGroup) => Spec): Spec {
  const shares = withComponents(of('shares'), (component) => component);
  const sources = (['prices', 'lag', 'life', 'fx'] as const).map((group) =>
    withComponents(of(group), (component) => component),
  ) as [Spec, Spec, Spec, Spec];
  const components = Object.entries(shares.components ?? {}).map(
    ([key, component]) =>
      [
        key,
        grafted(
          component,
          sources.map((spec) => spec.components?.[key] ?? {}),
        ),
      ] as const,
  );
  return {
    ...shares,
    envelope: of('envelope').envelope,
    phasing: of('phasing').phasing,
    actuals: of('actuals').actuals,
    estimates: of('mix').estimates,
    mix: of('mix').mix,
    fx: of('fx').fx,
    components: Object.fromEntries(components),
  };
}

function grafted(own: Component, others: readonly Component[]): Component {
  const { part, components, suppliers, bill } = own;
  const [priced = {}, lagged = {}, living = {}, exposed = {}] = others;
  const { life, in_service } = living;
  const named = part === undefined ? { name: 'Mixed' } : { part };
  if (components) {
    const children = Object.entries(components).map(([key, child]) => {
      const below = others.map((other) => asComponent(other.components?.[key] ?? {}));
      return [key, grafted(asComponent(child), below)] as const;
    });
    return { ...named, life, in_service, components: Object.fromEntries(children) };
  }
  const counted = countedPrices(priced);
  const wallets = Object.entries(suppliers ?? {}).map(([key, supplier]) => {
    const price = counted.own.get(key);
    return [key, { share: asSupplier(supplier).share, ...(price && { price }) }] as const;
  });
  return {
    ...named,
    price: counted.price,
    lag: lagged.lag,
    ...{ life, in_service },
    pricing: exposed.pricing,
    ...(suppliers && { suppliers: Object.fromEntries(wallets) }),
    ...(bill && { bill }),
  };
}

/** The prices of a leaf, each with the unit and the quantum that all of them share. */
function countedPrices({ price, suppliers = {} }: Component) {
  const own = Object.entries(suppliers).flatMap(([key, supplier]) => {
    const given = asSupplier(supplier).price;
    return given ? [[key, given] as const] : [];
  });
  const all = [...(price ? [price] : []), ...own.map(([, one]) => one)];
  const unit = all.find((one) => one.unit !== undefined)?.unit;
  const quantum = all.find((one) => one.quantum !== undefined)?.quantum;
  const full = (one: Price): Price => ({ ...one, unit, quantum });
  return { price: price && full(price), own: new Map(own.map(([key, one]) => [key, full(one)])) };
}
