/** Content: what the makers of bought-in parts get of their customers' demand, and its tree. */
import { isBranch, leavesOf, type Component } from '../../model/component.js';
import { type Leaf, type Bill } from '../../model/leaf.js';
import * as plan from '../../plan/builder.js';
import type { Planner, Ref } from '../../plan/builder.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { Measure, PeriodCells } from '../plan.js';
import { ONE } from '../../core/number/fraction.js';
import { overSuppliers, shareRefs } from './demand.js';

/**
 * Where the cells of a measure hang: on the leaves, or, for content, on the parts in their bills,
 * for which a leaf is a branch. What has no cells of the measure is not in its tree.
 */
export function treeOf(measure: Measure, components: readonly Component[]): readonly Component[] {
  return measure === 'content' ? components.flatMap(withParts) : components;
}

function withParts(component: Component): readonly Component[] {
  if (isBranch(component)) {
    const children = component.children.flatMap(withParts);
    return children.length > 0 ? [{ ...component, children }] : [];
  }
  const { key, at, path, name, bill } = component;
  return bill && bill.children.length > 0 ? [{ key, at, path, name, ...bill }] : [];
}

/** The leaves of that tree, in its order. */
export function placesOf(measure: Measure, components: readonly Component[]): readonly Leaf[] {
  return treeOf(measure, components).flatMap(leavesOf);
}

/** Everyone who has cells of some measures. */
export function sellersOf(
  { components }: Pick<Scenario, 'components'>,
  measures: readonly Measure[],
): ReadonlySet<string> {
  const places = measures.flatMap((measure) => placesOf(measure, components));
  return new Set(places.flatMap(({ suppliers }) => suppliers));
}

/**
 * By period, part of a bill and maker: the sum over the suppliers that embed the part. It is inside
 * demand, and never added to it.
 */
export function contentCells(
  p: Planner,
  { leaves }: Scenario,
  demand: readonly PeriodCells[],
): readonly PeriodCells[] {
  return demand.map((cells, t) =>
    leaves.flatMap(({ bill }, l) => {
      if (!bill) return [];
      const bought = cells[l]!.map((amount) => boughtFor(p, bill, amount, t));
      return bill.children.map(({ suppliers }, part) =>
        suppliers.map((_, maker) => sumOver(p, bought, part, maker)),
      );
    }),
  );
}

function sumOver(
  p: Planner,
  bought: readonly (readonly (readonly Ref[])[])[],
  part: number,
  maker: number,
): Ref {
  return plan.sum(
    p,
    bought.map((parts) => parts[part]![maker]!),
  );
}

/** The key, in ties, of what the parts of a bill leave. */
const REMAINDER = '';

/**
 * What the makers of every part get of one supplier's demand in a period: it is allocated over the
 * parts and the remainder, then each part over its makers.
 */
export function boughtFor(
  p: Planner,
  { children, parts }: Bill,
  demand: Ref,
  t: number,
): readonly (readonly Ref[])[] {
  const shares = shareRefs(p, parts[t]!);
  const remainder = plan.difference(p, plan.constant(p, ONE), shares);
  const keys = [...children.map(({ key }) => key), REMAINDER];
  const amounts = plan.allocateByKey(p, demand, [...shares, remainder], keys);
  return children.map((child, c) => overSuppliers(p, child, amounts[c]!, t));
}
