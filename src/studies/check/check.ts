/** What `capex check` tests beside the reading of a file: the scenario's own checks, then plausibility. */
import { distinctProblems, type Diagnostic } from '../../core/text/diagnostic.js';
import type { Scenario } from '../../scenario/scenario.js';
import { failedChecks, failedPortfolioChecks } from './failedChecks.js';
import { plausibilityWarnings } from './plausibility.js';
import { givenWithoutEffect } from './withoutEffect/givenWithoutEffect.js';

/** Errors of the checks that scenarios and portfolios state, and warnings of what is not plausible in them. */
export function checkScenarios(scenarios: readonly Scenario[]): readonly Diagnostic[] {
  return distinctProblems([
    ...scenarios.flatMap(failedChecks),
    ...failedPortfolioChecks(scenarios),
    ...scenarios.flatMap(plausibilityWarnings),
    ...givenWithoutEffect(scenarios).map(({ diagnostic }) => diagnostic),
  ]);
}
