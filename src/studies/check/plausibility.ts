/** Plausibility checks: what a reviewer would question in a forecast, each a warning. */
import type { Diagnostic } from '../../core/text/diagnostic.js';
import { project } from '../../projection/compile.js';
import type { Scenario } from '../../scenario/scenario.js';
import { locate } from '../../scenario/tree.js';
import { unusedParts } from '../variation/unusedInputs.js';
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
  withoutUse,
];

/** The warnings of all plausibility checks on a scenario and its forecast. */
export function plausibilityWarnings(scenario: Scenario): readonly Diagnostic[] {
  const totals = demandTotals(project(scenario, { currencies: [scenario.currency.code] }));
  const found = PLAUSIBILITY_CHECKS.flatMap((check) => check(scenario, totals));
  return found.map(({ code, span, problem }) => ({
    ...{ code, severity: 'warning', span },
    ...problem,
  }));
}

/** Finds estimates and rates that change no number, whatever their value is. */
function withoutUse(scenario: Scenario): readonly PlausibilityWarning[] {
  return unusedParts(scenario).map(({ path }) => ({
    code: 'unused',
    span: locate(scenario.tree, path),
    problem: {
      message: `nothing uses \`${path}\`: it changes no number of the forecast`,
      hint: hintFor(path),
    },
  }));
}

function hintFor(path: string): string {
  const [section, kind, code] = path.split('.') as [string, string, string];
  if (section === 'estimates') return 'name it in `mix`, or delete it';
  if (kind === 'base') {
    return `delete it, or let \`fx.path.${code}\` begin later: the path gives every period its rate, and nothing is priced in ${code}`;
  }
  return `add \`fx.base.${code}\`, or a rate for the first period, so that amounts can be reported in ${code}`;
}
