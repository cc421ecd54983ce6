/** The forecasts of all mixtures of two scenarios: each group of inputs from one or the other. */
import { has } from '../../core/rounding/shapley.js';
import type { Projection } from '../../projection/evaluate.js';
import { differingGroups, GROUPS, type Group } from './inputGroups.js';
import { clashes, mixture, type Clash, type Sources } from './hybridScenario.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { ReportOptions } from '../shared/options.js';
import { areProblems, projections } from '../shared/reports.js';

/** Groups that are taken from one scenario or the other together: one, or several merged. */
export type Step = readonly Group[];

export interface Mixtures {
  /** The groups that differ; those that were merged stand where their first does. */
  readonly steps: readonly Step[];
  /** By subset of the steps, as bits: the forecast that takes these from the second scenario. */
  readonly forecasts: readonly Projection[];
  /** Why groups were merged. */
  readonly merged: readonly Clash[];
}

/**
 * All mixtures of two scenarios with the same currency, window and component tree. Groups of which
 * a mixture is not a valid scenario are merged, until every mixture is one.
 *
 * @param options those that the two forecasts were made with
 */
export function mixturesOf(a: Projection, b: Projection, options: ReportOptions): Mixtures {
  const merged: Clash[] = [];
  let steps: readonly Step[] = differingGroups(a.scenario, b.scenario).map((group) => [group]);
  for (;;) {
    const last = 2 ** steps.length - 1;
    const results = Array.from({ length: last + 1 }, (_, subset) => {
      if (subset === 0) return { forecast: a };
      if (subset === last) return { forecast: b };
      const sources = sourcesOf(a.scenario, b.scenario, steps, subset);
      return forecastOf(mixture(sources), options);
    });
    const clashing = distinct(results.flatMap((result) => result.clashes ?? []));
    const forecasts = results.flatMap(({ forecast }) => (forecast ? [forecast] : []));
    if (clashing.length === 0) return { steps, forecasts, merged };
    merged.push(...clashing);
    steps = clashing.reduce(merge, steps);
  }
}

function sourcesOf(a: Scenario, b: Scenario, steps: readonly Step[], subset: number): Sources {
  const taken = steps.filter((_, s) => has(subset, s)).flat();
  const entries = GROUPS.map((group) => [group, taken.includes(group) ? b : a] as const);
  return Object.fromEntries(entries) as Sources;
}

/** The forecast of a mixture, or what keeps it from being a valid scenario. */
function forecastOf(
  mixed: Scenario,
  options: ReportOptions,
): { readonly forecast?: Projection; readonly clashes?: readonly Clash[] } {
  const found = clashes(mixed);
  if (found.length > 0) return { clashes: found };
  const result = projections([mixed], { ...options, closure: undefined });
  if (!areProblems(result)) return { forecast: result[0] };
  const reason = 'the suppliers of one report in a currency for which the other gives no rate';
  return { clashes: [{ groups: ['shares', 'fx'], reason }] };
}

function distinct(all: readonly Clash[]): readonly Clash[] {
  return [...new Map(all.map((clash) => [clash.reason, clash])).values()];
}

/** The steps with those that clash as one. */
function merge(steps: readonly Step[], { groups }: Clash): readonly Step[] {
  const clashing = steps.filter((step) => groups.some((group) => step.includes(group)));
  const union = GROUPS.filter((group) => clashing.some((step) => step.includes(group)));
  return steps.flatMap((step) => {
    if (step === clashing[0]) return [union];
    return clashing.includes(step) ? [] : [step];
  });
}
