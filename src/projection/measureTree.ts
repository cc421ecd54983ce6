/** The component tree of a measure: on the parts of bills for content, on the components for all others. */
import type { Problem } from '../core/text/diagnostic.js';
import { either } from '../core/text/prose.js';
import { isBranch, leavesOf, type Component } from '../model/component.js';
import type { Leaf } from '../model/leaf.js';
import type { Scenario } from '../scenario/scenario.js';
import { MEASURES, type Measure } from './plan.js';

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

/** The measures of which a forecast has cells. */
export function measuresOf(scenario: MeasuredTree): readonly Measure[] {
  return MEASURES.filter((measure) => hasCells(scenario, measure));
}

function hasCells({ components, leaves }: MeasuredTree, measure: Measure): boolean {
  if (measure === 'content') return treeOf(measure, components).length > 0;
  if (measure === 'depreciation') return leaves.some(({ life }) => life);
  return measure !== 'units' || leaves.some(({ prices }) => prices.some((price) => price));
}

/** What is wrong with a measure of which no forecast has a cell. */
export function missingMeasure(
  measure: Measure,
  scenarios: readonly MeasuredTree[],
): Problem | undefined {
  if (scenarios.some((scenario) => hasCells(scenario, measure))) return undefined;
  const known = new Set(scenarios.flatMap(measuresOf));
  const need = NEEDS[measure] ?? 'price';
  return {
    code: 'output-unknown',
    message: `the forecast has no ${measure}: no component has a \`${need}\``,
    hint: `write ${either([...known])}; or give a component a \`${need}\``,
  };
}

/** The key without which a component has no cells of a measure. */
const NEEDS: Partial<Record<Measure, string>> = { content: 'bill', depreciation: 'life' };

type MeasuredTree = Pick<Scenario, 'components' | 'leaves'>;

/** Keys of the suppliers and makers that have cells of some measures. */
export function sellersOf(
  { components }: Pick<Scenario, 'components'>,
  measures: readonly Measure[],
): ReadonlySet<string> {
  const leaves = measures.flatMap((measure) => measuredLeaves(measure, components));
  return new Set(leaves.flatMap(({ suppliers }) => suppliers));
}
