/** The component tree of a measure: on the parts of bills for content, on the components for all others. */
import { isBranch, leavesOf, type Component } from '../model/component.js';
import type { Leaf } from '../model/leaf.js';
import type { Scenario } from '../scenario/scenario.js';
import type { Measure } from './plan.js';

/**
 * The components that have cells of a measure. Content belongs to the parts in the bills of leaves:
 * a leaf with a bill is then a branch, and one without is not in the tree.
 */
export function treeOf(measure: Measure, components: readonly Component[]): readonly Component[] {
  return measure === 'content' ? components.flatMap(withParts) : components;
}

function withParts(component: Component): readonly Component[] {
  if (isBranch(component)) {
    const children = component.children.flatMap(withParts);
    return children.length > 0 ? [{ ...component, children }] : [];
  }
  const { key, yamlPath, path, name, bill } = component;
  return bill && bill.children.length > 0 ? [{ key, yamlPath, path, name, ...bill }] : [];
}

/** The leaves of that tree, in its order. */
export function measuredLeaves(
  measure: Measure,
  components: readonly Component[],
): readonly Leaf[] {
  return treeOf(measure, components).flatMap(leavesOf);
}

/** Keys of the suppliers and makers that have cells of some measures. */
export function sellersOf(
  { components }: Pick<Scenario, 'components'>,
  measures: readonly Measure[],
): ReadonlySet<string> {
  const leaves = measures.flatMap((measure) => measuredLeaves(measure, components));
  return new Set(leaves.flatMap(({ suppliers }) => suppliers));
}
