/** The forecasts of all mixtures of two scenarios: each group of inputs from one or the other. */
import { has } from '../../core/rounding/shapley.js';
import type { Projection } from '../../projection/evaluate.js';
import { differingGroups, GROUPS, type InputGroup } from './inputGroups.js';
import {
  groupConflicts,
  hybridScenario,
  type GroupConflict,
  type GroupSources,
} from './hybridScenario.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { ReportOptions } from '../shared/options.js';
import { areProblems, projections } from '../shared/reports.js';

/** Groups that are taken from one scenario or the other together: one, or several merged. */
export type HybridStep = readonly InputGroup[];

export interface HybridForecasts {
  /** The groups that differ; those that were merged stand where their first does. */
  readonly steps: readonly HybridStep[];
  /** By subset of the steps, as bits: the forecast that takes these from the second scenario. */
  readonly forecasts: readonly Projection[];
  /** Why groups were merged. */
  readonly merged: readonly GroupConflict[];
}

/**
 * All mixtures of two scenarios with the same currency, window and component tree. Groups of which
 * a mixture is not a valid scenario are merged, until every mixture is one.
 *
 * @param options those that the two forecasts were made with
 */
export function hybridForecasts(
  a: Projection,
  b: Projection,
  options: ReportOptions,
): HybridForecasts {
  const merged: GroupConflict[] = [];
  let steps: readonly HybridStep[] = differingGroups(a.scenario, b.scenario).map((group) => [
    group,
  ]);
  for (;;) {
    const last = 2 ** steps.length - 1;
    const results = Array.from({ length: last + 1 }, (_, subset) => {
      if (subset === 0) return { forecast: a };
      if (subset === last) return { forecast: b };
      const sources = sourcesOf(a.scenario, b.scenario, steps, subset);
      return forecastOf(hybridScenario(sources), options);
    });
    const clashing = distinct(results.flatMap((result) => result.clashes ?? []));
    const forecasts = results.flatMap(({ forecast }) => (forecast ? [forecast] : []));
    if (clashing.length === 0) return { steps, forecasts, merged };
    merged.push(...clashing);
    steps = clashing.reduce(merge, steps);
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

/** The forecast of a mixture, or what keeps it from being a valid scenario. */
function forecastOf(
  mixed: Scenario,
  options: ReportOptions,
): { readonly forecast?: Projection; readonly clashes?: readonly GroupConflict[] } {
  const found = groupConflicts(mixed);
  if (found.length > 0) return { clashes: found };
  const result = projections([mixed], { ...options, closure: undefined });
  if (!areProblems(result)) return { forecast: result[0] };
  const reason = 'suppliers of one scenario report in a currency for which the other has no rate';
  return { clashes: [{ groups: ['shares', 'fx'], reason }] };
}

function distinct(all: readonly GroupConflict[]): readonly GroupConflict[] {
  return [...new Map(all.map((clash) => [clash.reason, clash])).values()];
}

/** The steps with those that clash as one. */
function merge(steps: readonly HybridStep[], { groups }: GroupConflict): readonly HybridStep[] {
  const clashing = steps.filter((step) => groups.some((group) => step.includes(group)));
  const union = GROUPS.filter((group) => clashing.some((step) => step.includes(group)));
  return steps.flatMap((step) => {
    if (step === clashing[0]) return [union];
    return clashing.includes(step) ? [] : [step];
  });
}
