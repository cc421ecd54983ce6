/** A hybrid: a scenario that takes each group of inputs from one of several others. */
import { append } from '../../core/lists.js';
import { saying, type Saying } from '../../core/text/language.js';
import { checkAgainstEnvelope } from '../../model/actuals.js';
import { isBranch, leavesOf, type Component } from '../../model/component.js';
import { amountOf } from '../../model/estimate/envelope.js';
import { componentKeys } from '../../model/estimate/estimate.js';
import type { Leaf } from '../../model/leaf.js';
import { estimatesOf } from '../../model/estimate/mix.js';
import { isInUnits } from '../../model/estimate/unitEstimate.js';
import { understatedPeriods } from '../../scenario/checks/scenarioChecks.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { InputGroup } from './inputGroups.js';

/** The scenario from which each group comes. */
export type GroupSources = Readonly<Record<InputGroup, Scenario>>;

/**
 * The hybrid of scenarios with the same currency, window and component tree. A supplier's own price
 * comes with the prices, by its key; a supplier that has none there takes the price of its leaf.
 *
 * The result has no text of its own: its tree and its inputs are those of the source of shares.
 */
export function hybridScenario(from: GroupSources): Scenario {
  const found = {
    prices: leavesByPath(from.prices),
    lag: leavesByPath(from.lag),
    life: leavesByPath(from.life),
    fx: leavesByPath(from.fx),
  };
  const components = from.shares.components.map((component) => hybridComponent(component, found));
  const leaves = components.flatMap(leavesOf);
  const { actuals, window } = from.actuals;
  return {
    ...from.shares,
    envelope: from.envelope.envelope,
    phasing: from.phasing.phasing,
    actuals,
    mixes: isInUnits(from.envelope.envelope) ? from.envelope.mixes : from.mix.mixes,
    ...{ components, leaves },
    fx: from.fx.fx,
    understated: new Set(leaves.flatMap((leaf) => understatedPeriods(leaf, actuals, window))),
  };
}

type LeavesByPath = ReadonlyMap<string, Leaf>;
type LeafSources = Readonly<Record<'prices' | 'lag' | 'life' | 'fx', LeavesByPath>>;

function leavesByPath({ leaves }: Scenario): LeavesByPath {
  return new Map(leaves.map((leaf) => [leaf.path, leaf]));
}

function hybridComponent(component: Component, from: LeafSources): Component {
  if (isBranch(component)) {
    return {
      ...component,
      children: component.children.map((child) => hybridComponent(child, from)),
    };
  }
  const { path, suppliers } = component;
  const priced = from.prices.get(path)!;
  const { price, unit } = priced;
  const { lag } = from.lag.get(path)!;
  const { life } = from.life.get(path)!;
  const { pricing } = from.fx.get(path)!;
  return { ...component, price, unit, prices: pricesFor(suppliers, priced), lag, life, pricing };
}

/** The prices of one leaf for the suppliers of another: by key, else the price of the leaf. */
function pricesFor(suppliers: readonly string[], priced: Leaf): Leaf['prices'] {
  const common = priced.price && { ...priced.price, own: false };
  return suppliers.map((key) => {
    const price = priced.prices[priced.suppliers.indexOf(key)];
    return price?.own ? price : common;
  });
}

/** Groups that cannot come from different scenarios, and why. */
export interface GroupConflict {
  readonly groups: readonly [InputGroup, InputGroup];
  readonly reason: Saying;
}

/** The conflicts that make a hybrid of valid scenarios not valid. */
export function groupConflicts(scenario: Scenario): readonly GroupConflict[] {
  const { actuals, leaves, fx, currency } = scenario;
  const found: GroupConflict[] = [];
  const add = (groups: GroupConflict['groups'], reason: Saying) =>
    void found.push({ groups, reason });
  const exceed = () =>
    add(
      ['envelope', 'actuals'],
      saying('the actuals of one scenario exceed the envelope of the other', {}),
    );
  const envelope = amountOf(scenario.envelope);
  if (envelope) checkAgainstEnvelope(actuals, envelope, { error: exceed, warn: exceed });
  append(found, unitConflicts(scenario));
  const codes = leaves.flatMap(({ price, prices }) =>
    [price, ...prices].flatMap((one) => one?.values.map((value) => value.currency!.code) ?? []),
  );
  for (const code of new Set(codes)) {
    if (code === currency.code || fx.base.has(code)) continue;
    add(
      ['prices', 'fx'],
      saying('one scenario has prices in {code}, the other has no base rate of {code}', { code }),
    );
  }
  return found;
}

/** A plan that follows from units has its own phasing and mix, and needs the prices of what it buys. */
function unitConflicts({ envelope, phasing, mixes, leaves }: Scenario): readonly GroupConflict[] {
  const followsUnits = isInUnits(envelope);
  const apart = saying(
    'the plan of one scenario follows from units, that of the other does not',
    {},
  );
  const conflicts: GroupConflict[] = [];
  if (followsUnits !== (phasing.kind === 'units')) {
    conflicts.push({ groups: ['envelope', 'phasing'], reason: apart });
    conflicts.push({ groups: ['envelope', 'mix'], reason: apart });
  }
  const bought = new Set(mixes.flatMap(estimatesOf).filter(isInUnits).flatMap(componentKeys));
  const unpriced = leaves.find(({ path, price }) => bought.has(path) && !price);
  if (!unpriced) return conflicts;
  const words = { component: unpriced.path };
  const reason = saying('one scenario counts {component}, the other has no price of it', words);
  return [...conflicts, { groups: [followsUnits ? 'envelope' : 'mix', 'prices'], reason }];
}
