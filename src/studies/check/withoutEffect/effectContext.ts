/** What tells why an input has no effect: the scenario, and where its money goes. */
import { monthsOf, readPeriodKey, type Months } from '../../../core/period.js';
import type { Diagnostic, Related } from '../../../core/text/diagnostic.js';
import type { Input } from '../../../model/input.js';
import type { Leaf } from '../../../model/leaf.js';
import { project } from '../../../projection/compile.js';
import type { Scenario } from '../../../scenario/scenario.js';
import { findNode } from '../../../scenario/tree.js';

/** Why an input has no effect. */
export interface NoEffectReason {
  /** Of the value, or of the part of the file that has no effect as a whole. */
  readonly path: string;
  /** What has no effect, where that is not what stands at the path. */
  readonly subject?: string;
  readonly why: string;
  readonly hint: string;
  /** What has an effect in its place. */
  readonly related?: Related;
}

/** A warning, and the inputs of which it tells. */
export interface NoEffectWarning {
  readonly inputs: readonly Input[];
  readonly diagnostic: Diagnostic;
}

/** @param clause what has no effect: `` `fx.base.JPY` changes no number `` */
export function noEffect(
  clause: string,
  { why, hint, related }: NoEffectReason,
  span: Diagnostic['span'],
): Diagnostic {
  const message = `${clause} of the forecast: ${why}`;
  return { code: 'unused', severity: 'warning', span, message, hint, ...(related && { related }) };
}

/** Finds why an input has no effect; nothing where that has another reason. */
export type FindReason = (input: Input, context: EffectContext) => NoEffectReason | undefined;

/** A scenario, and the demand in it. */
export interface EffectContext {
  readonly scenario: Scenario;
  /** The paths of the inputs that have no effect. */
  readonly idle: ReadonlySet<string>;
  /** Of the whole window, for a component, or a part in a bill, with everything below it. */
  readonly reaches: (path: string) => boolean;
  readonly reachesIn: (path: string, period: number) => boolean;
  readonly reachesSupplier: (leaf: Leaf, supplier: string) => boolean;
  readonly isSpentIn: (period: number) => boolean;
}

/** @param inputs those that have no effect */
export function effectContext(scenario: Scenario, inputs: readonly Input[]): EffectContext {
  const places = new Set<string>();
  const periods = new Set<number>();
  for (const { measure, period, path, supplier, count } of project(scenario).cells) {
    if (count === 0n || (measure !== 'demand' && measure !== 'content')) continue;
    if (measure === 'demand') periods.add(period);
    const steps = path.split('/');
    for (let end = 1; end <= steps.length; end++) {
      const place = steps.slice(0, end).join('/');
      places.add(place).add(`${place}@${period}`);
    }
    places.add(`${path} ${supplier}`);
  }
  return {
    scenario,
    idle: new Set(inputs.map(({ path }) => path)),
    reaches: (path) => places.has(path),
    reachesIn: (path, period) => places.has(`${path}@${period}`),
    reachesSupplier: ({ path }, supplier) => places.has(`${path} ${supplier}`),
    isSpentIn: (period) => periods.has(period),
  };
}

/** The leaf, or the part in a bill, under whose path in the file a value stands. */
export function leafAround({ path }: Input, { leaves }: Scenario): Leaf | undefined {
  const isAround = ({ yamlPath }: Leaf) => path.startsWith(`${yamlPath}.`);
  const leaf = leaves.find(isAround);
  return leaf?.bill?.children.find(isAround) ?? leaf;
}

/** A key of a map by period, whose value holds until the next key. */
export interface StepKey extends Months {
  readonly key: string;
  /** Of the key in the file. */
  readonly path: string;
  /** The other keys of the map, by their beginning. */
  readonly others: readonly (Months & { readonly key: string })[];
}

/** The key in the path of a value that holds from its key on; nothing for one that has no such key. */
export function stepKeyOf(path: string, { tree, window }: Scenario): StepKey | undefined {
  if (/^(?:actuals\.periods|phasing)\./u.test(path)) return undefined;
  const steps = path.split('.');
  const at = steps.findIndex((step) => readPeriodKey(step) !== undefined);
  const map = at < 0 ? undefined : findNode(tree, steps.slice(0, at));
  if (map?.kind !== 'map') return undefined;
  const inMonths = (key: string) => ({ key, ...monthsOf(readPeriodKey(key)!, window.calendar) });
  const key = steps[at]!;
  const others = [...map.entries.keys()]
    .filter((other) => other !== key && readPeriodKey(other) !== undefined)
    .map(inMonths)
    .sort((a, b) => a.start - b.start);
  return { ...inMonths(key), path: steps.slice(0, at + 1).join('.'), others };
}
