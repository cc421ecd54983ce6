/** Plausibility checks: what a reviewer would question in a forecast, each a warning. */
import type { Diagnostic } from '../../core/text/diagnostic.js';
import { project } from '../../projection/compile.js';
import type { Scenario } from '../../scenario/scenario.js';
import {
  authorsDiffer,
  farFromRunRate,
  outsideRounding,
  shareUnsupported,
  yearsOutside,
} from './againstClaims.js';
import { percentMissing, rangesWithoutRoom } from './againstRanges.js';
import { ratesApart } from './againstRates.js';
import { lastYearApart, steepGrowth, unitsImplied } from './againstShape.js';
import { demandTotals, type DemandTotals, type PlausibilityWarning } from './demandTotals.js';
import { withoutEffect } from './withoutEffect/withoutEffect.js';

/** Finds what is not plausible in a scenario, or in its demand. */
type PlausibilityCheck = (
  scenario: Scenario,
  totals: DemandTotals,
) => readonly PlausibilityWarning[];

/** All checks, in the order in which `capex check` prints their warnings. */
const PLAUSIBILITY_CHECKS: readonly PlausibilityCheck[] = [
  farFromRunRate,
  yearsOutside,
  shareUnsupported,
  outsideRounding,
  authorsDiffer,
  steepGrowth,
  lastYearApart,
  unitsImplied,
  ratesApart,
  percentMissing,
  rangesWithoutRoom,
];

/** The warnings of all plausibility checks on a scenario and its forecast. */
export function plausibilityWarnings(scenario: Scenario): readonly Diagnostic[] {
  const totals = demandTotals(project(scenario, { currencies: [scenario.currency.code] }));
  const found = PLAUSIBILITY_CHECKS.flatMap((check) => check(scenario, totals));
  return [
    ...found.map(({ code, span, problem }): Diagnostic => ({
      code,
      severity: 'warning',
      span,
      ...problem,
    })),
    ...withoutEffect(scenario).map(({ diagnostic }) => diagnostic),
  ];
}
