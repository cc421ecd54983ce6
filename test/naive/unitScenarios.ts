/**
 * Random scenarios with an estimate in units: chains of quantities, counts by year and by period, ratios that
 * change, as the mix, in a blend, or as the plan itself.
 */
import fc from 'fast-check';
import { dice, scenarios, type Dice } from './generator.js';
import { monthsOfWindow } from './model.js';
import type { Component, Mixture, Quantity, Spec, Stepped } from './spec.js';

/** What an estimate in units is used for. */
export type Role = 'mix' | 'blend' | 'stepped mix' | 'envelope' | 'nothing';
const ROLES: readonly [Role, ...Role[]] = ['mix', 'blend', 'stepped mix', 'envelope', 'envelope'];

export const unitScenarios: fc.Arbitrary<Spec> = fc
  .tuple(scenarios(), fc.noShrink(fc.noBias(fc.nat())))
  .map(([spec, seed]) => withUnits(spec, dice(seed, 'units')));

/** @param role drawn unless given */
export function withUnits(spec: Spec, d: Dice, role = d.pick(ROLES)): Spec {
  const { components, bought } = pricedLeaves(spec, d);
  const estimates = { ...spec.estimates, physical: { units: quantitiesOf(spec, d, bought) } };
  const all = { ...spec, components, estimates };
  if (role === 'envelope') return followingUnits(all, d);
  const others = Object.keys(spec.estimates) as [string, ...string[]];
  const blend: Mixture = {
    blend: { physical: d.pick(['30%', '1/3', '0%', '100%']), [d.pick(others)]: 'rest' },
  };
  if (role === 'mix') return { ...all, mix: 'physical' };
  if (role === 'blend') return { ...all, mix: blend };
  if (role === 'nothing') return all;
  const labels = monthsOfWindow(spec).map(({ label }) => label);
  const mixtures: readonly [Mixture, Mixture] = ['physical', blend];
  const later = labels.slice(1).filter(() => d.chance(30));
  const keys = [labels[0]!, ...later];
  return { ...all, mix: Object.fromEntries(keys.map((key) => [key, d.pick(mixtures)])) };
}

/** The plan is what the units cost: no phasing, no mix, and nothing that keeps an amount. */
function followingUnits(spec: Spec, d: Dice): Spec {
  const isStated = d.chance(50);
  const closure = isStated ? 'volume' : undefined;
  const reforecast = isStated ? 'keep-phasing' : undefined;
  return {
    ...spec,
    ...{ phasing: undefined, mix: undefined, envelope: { from: 'physical' } },
    fx: { ...spec.fx, closure },
    actuals: spec.actuals && { ...spec.actuals, reforecast },
  };
}

/** Some components at the top as leaves with a price. */
function pricedLeaves(spec: Spec, d: Dice) {
  const components: Record<string, Component> = { ...spec.components };
  const leaves = Object.keys(components).filter((key) => !components[key]!.components);
  const some = d.shuffle([...leaves, 'racks', 'power']).slice(0, 1 + d.int(4));
  for (const key of some) {
    const leaf = components[key] ?? {};
    const unit = priceUnit(leaf) ?? 'server';
    components[key] = {
      ...leaf,
      price: leaf.price ?? { value: `${d.pick(['1.5m', '0.07', '3'])} ${spec.currency}`, unit },
    };
  }
  return { components, bought: some };
}

/** The unit and the quantum that the suppliers' own prices have already. */
function priceUnit({ suppliers = {} }: Component): string | undefined {
  return Object.values(suppliers)
    .map((one) => (typeof one === 'object' ? one.price?.unit : undefined))
    .find((unit) => unit !== undefined);
}

/** Chains up to four deep; what is bought hangs on a driver, on another bought component, or is counted. */
function quantitiesOf(spec: Spec, d: Dice, bought: readonly string[]): Record<string, Quantity> {
  const drivers = ['MW', 'halls', 'ports']
    .slice(0, d.int(4))
    .filter((key) => !bought.includes(key));
  const quantities: [string, Quantity][] = [];
  for (const key of [...drivers, ...bought]) {
    const [first, ...others] = quantities.map(([one]) => one);
    const isCounted = first === undefined || (bought.includes(key) ? d.chance(25) : d.chance(15));
    const quantity: Quantity = isCounted
      ? { count: countOf(spec, d) }
      : { per: d.pick([first, ...others]), ratio: ratioOf(spec, d) };
    quantities.push([
      key,
      d.chance(20) && !bought.includes(key) ? { ...quantity, unit: 'MW' } : quantity,
    ]);
  }
  return Object.fromEntries(d.shuffle(quantities));
}

const COUNTS: readonly [string, ...string[]] = [
  '1',
  '300',
  '0.5',
  '1000/132',
  '100000',
  '7',
  '12345678',
];
const RATIOS: readonly [string, ...string[]] = [
  '72',
  '2.5',
  '1/8',
  '1000/132',
  '30%',
  '0.001',
  '9',
];

/** In every year, by year, or by period. */
function countOf(spec: Spec, d: Dice): Stepped {
  const labels = monthsOfWindow(spec).map(({ label }) => label);
  const years = [...new Set(labels.map((label) => label.slice(0, 6)))];
  const keys = d.pick([
    [],
    years,
    labels,
    [...years.slice(0, 1), ...labels.filter((one) => !one.startsWith(years[0]!))],
  ]);
  if (keys.length === 0) return d.pick(COUNTS);
  return Object.fromEntries(keys.map((key) => [key, d.pick(COUNTS)]));
}

function ratioOf(spec: Spec, d: Dice): Stepped {
  if (d.chance(60)) return d.pick(RATIOS);
  const labels = monthsOfWindow(spec).map(({ label }) => label);
  const some = [labels[0]!, ...labels.slice(1).filter(() => d.chance(20))];
  return Object.fromEntries(some.map((key) => [key, d.pick(RATIOS)]));
}
