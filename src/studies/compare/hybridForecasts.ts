/** The forecasts of all hybrids of two scenarios, each of which takes every group of inputs from one or the other. */
import { append } from '../../core/lists.js';
import { failure, success, type Result } from '../../core/result.js';
import { has } from '../../core/rounding/shapley.js';
import { sayIn, saying } from '../../core/text/language.js';
import { run, type Projection } from '../../projection/evaluate.js';
import { missingRates } from '../../projection/output.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { ReportOptions } from '../shared/options.js';
import { codesFor, planOf } from '../shared/reports.js';
import {
  groupConflicts,
  hybridScenario,
  type GroupConflict,
  type GroupSources,
} from './hybridScenario.js';
import { GROUPS, differingGroups, type InputGroup } from './inputGroups.js';

/** A step of the bridge: one group of inputs, or several that are taken together. */
export type HybridStep = readonly InputGroup[];

export interface HybridForecasts {
  /** The groups that differ; merged groups have the place of the first of them. */
  readonly steps: readonly HybridStep[];
  /** By subset of the steps, as bits: the forecast that takes these steps from the second scenario. */
  readonly forecasts: readonly Projection[];
  /** Why groups were merged. */
  readonly merged: readonly GroupConflict[];
}

/**
 * Forecasts all hybrids of two scenarios with the same currency, window and component tree. Groups
 * whose hybrid is not a valid scenario are merged, until every hybrid is valid.
 *
 * @param options those that the two forecasts were made with
 */
export function hybridForecasts(
  a: Projection,
  b: Projection,
  options: ReportOptions,
): HybridForecasts {
  const merged: GroupConflict[] = [];
  let steps: readonly HybridStep[] = differingGroups(a.scenario, b.scenario, options.closure).map(
    (group) => [group],
  );
  for (;;) {
    const last = 2 ** steps.length - 1;
    const results = Array.from({ length: last + 1 }, (_, subset) => {
      if (subset === 0) return success(a);
      if (subset === last) return success(b);
      const sources = sourcesOf(a.scenario, b.scenario, steps, subset);
      return forecastOf(hybridScenario(sources), options);
    });
    const conflicts = distinct(results.flatMap((one) => (one.ok ? [] : one.diagnostics)));
    const forecasts = results.flatMap((one) => (one.ok ? [one.value] : []));
    if (conflicts.length === 0) return { steps, forecasts, merged };
    append(merged, conflicts);
    const before = steps.length;
    steps = conflicts.map(({ groups }) => groups).reduce(mergeSteps, steps);
    if (steps.length === before) throw new Error('groups in conflict are one step already');
  }
}

function sourcesOf(
  a: Scenario,
  b: Scenario,
  steps: readonly HybridStep[],
  subset: number,
): GroupSources {
  const taken = steps.filter((_, s) => has(subset, s)).flat();
  const entries = GROUPS.map((group) => [group, taken.includes(group) ? b : a] as const);
  return Object.fromEntries(entries) as GroupSources;
}

/** The forecast of a hybrid, or the conflicts that make it no valid scenario. */
function forecastOf(
  hybrid: Scenario,
  options: ReportOptions,
): Result<Projection, readonly GroupConflict[]> {
  const found = groupConflicts(hybrid);
  if (found.length > 0) return failure(found);
  // A hybrid may lack a supplier or a measure that one of the scenarios has: only a rate can be missing.
  if (missingRates(hybrid, codesFor(hybrid, options)).length === 0) {
    return success(run(planOf(hybrid, options)));
  }
  const reason = saying(
    'suppliers of one scenario report in a currency for which the other has no rate',
    {},
  );
  return failure([{ groups: ['shares', 'fx'], reason }]);
}

function distinct(all: readonly GroupConflict[]): readonly GroupConflict[] {
  const keyOf = ({ groups, reason }: GroupConflict) => `${groups.join()} ${sayIn()(reason)}`;
  return [...new Map(all.map((one) => [keyOf(one), one])).values()];
}

/** The steps with those of some groups as one. */
export function mergeSteps(
  steps: readonly HybridStep[],
  groups: readonly InputGroup[],
): readonly HybridStep[] {
  const conflicting = steps.filter((step) => groups.some((group) => step.includes(group)));
  const union = GROUPS.filter((group) => conflicting.some((step) => step.includes(group)));
  return steps.flatMap((step) => {
    if (step === conflicting[0]) return [union];
    return conflicting.includes(step) ? [] : [step];
  });
}
