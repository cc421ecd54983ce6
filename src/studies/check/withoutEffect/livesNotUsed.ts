/** Why keys about depreciation have no effect: others hold in their place, or nothing is in service in time. */
import { SET_SOURCE } from '../../../core/text/source.js';
import { isBranch, leavesOf, type Branch, type Component } from '../../../model/component.js';
import type { Input } from '../../../model/input.js';
import type { Leaf } from '../../../model/leaf.js';
import type { Scenario } from '../../../scenario/scenario.js';
import { findNode, locate } from '../../../scenario/tree.js';
import type { EffectContext, NoEffectReason } from './effectContext.js';

type LifeKey = 'life' | 'in_service';

/** A life holds for nothing: all that is below it has a nearer one. */
export function lifeIsGivenBelow({ path }: Input, context: EffectContext) {
  const branch = branchesIn(context.scenario.components).find(
    ({ yamlPath }) => path === `${yamlPath}.life`,
  );
  return branch && nearerKeys(branch, 'life', context);
}

/** Nothing is depreciated before the window ends: all of it is left, however long its life is. */
export function nothingIsInService({ path }: Input, { scenario, reachesIn }: EffectContext) {
  const own = scenario.leaves.filter(({ life }) => life?.length.path === path);
  const earlier = scenario.window.periods.slice(0, -1);
  if (own.length === 0 || own.some((leaf) => earlier.some((_, t) => reachesIn(leaf.path, t))))
    return undefined;
  const why = 'money reaches it in the last period alone, and is in service in the next one';
  return { path, why, hint: 'write `in_service: same` beside it, or a longer window' };
}

/** The branches whose `in_service` holds for nothing. It is no number, so that no derivative tells of it. */
export function servicesNotUsed(
  scenario: Scenario,
  contextOf: () => EffectContext,
): readonly NoEffectReason[] {
  const { source } = scenario.tree.span;
  const own = branchesIn(scenario.components).filter(({ yamlPath }) => {
    const node = nodeAt(scenario, yamlPath, 'in_service');
    // What a parent has beside is no mistake.
    return node && [source.name, SET_SOURCE].includes(node.span.source.name);
  });
  return own.flatMap((branch) => nearerKeys(branch, 'in_service', contextOf()) ?? []);
}

function branchesIn(components: readonly Component[]): readonly Branch[] {
  return components.filter(isBranch).flatMap((branch) => [branch, ...branchesIn(branch.children)]);
}

function nodeAt({ tree }: Scenario, yamlPath: string, key: LifeKey) {
  return findNode(tree, [...yamlPath.split('.'), key]);
}

/** The keys that hold in the place of a branch's for all depreciation below it; nothing where its own holds. */
function nearerKeys(
  branch: Branch,
  key: LifeKey,
  { scenario, reaches }: EffectContext,
): NoEffectReason | undefined {
  const depreciated = leavesOf(branch).filter(({ life, path }) => life && reaches(path));
  const holders = new Set(depreciated.map((leaf) => holderOf(leaf, key, scenario)));
  if (holders.size === 0 || holders.has(branch.yamlPath)) return undefined;
  const paths = [...holders].map((yamlPath) => `${yamlPath!}.${key}`);
  const [first, ...others] = paths as [string, ...string[]];
  const more = others.length === 0 ? ' holds' : `, and ${others.length} more below it, hold`;
  return {
    path: `${branch.yamlPath}.${key}`,
    why: `\`${first}\`${more} in its place`,
    hint: `delete it, or delete \`${key}\` where it should hold`,
    related: { span: locate(scenario.tree, first), message: 'this one holds in its place' },
  };
}

/** The component nearest to a leaf, from itself upwards, that has a key. */
function holderOf({ yamlPath }: Leaf, key: LifeKey, scenario: Scenario): string | undefined {
  const steps = yamlPath.split('.');
  for (let end = steps.length; end > 0; end -= 2) {
    const path = steps.slice(0, end).join('.');
    if (nodeAt(scenario, path, key)) return path;
  }
  return undefined;
}
