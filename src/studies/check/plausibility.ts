/** Doubts: what a reviewer asks of a forecast at first sight, each told as a warning. */
import type { DiagnosticCode, Problem, Diagnostic } from '../../core/text/diagnostic.js';
import type { Span } from '../../core/text/source.js';
import { project } from '../../projection/compile.js';
import type { Scenario } from '../../scenario/scenario.js';
import { demandTotals, type DemandTotals } from './demandTotals.js';
import {
  authorsDiffer,
  farFromRunRate,
  outsideRounding,
  shareUnsupported,
  yearsOutside,
} from './againstClaims.js';
import { lastYearApart, steepGrowth, unitsImplied } from './againstShape.js';

/** Something that may well be right, and that somebody should have looked at. */
export interface PlausibilityCheck {
  readonly code: DiagnosticCode;
  readonly span: Span;
  readonly problem: Problem;
}

/** In the order in which a reviewer would ask. */
const DOUBTS: readonly ((
  scenario: Scenario,
  course: DemandTotals,
) => readonly PlausibilityCheck[])[] = [
  farFromRunRate,
  yearsOutside,
  shareUnsupported,
  outsideRounding,
  authorsDiffer,
  steepGrowth,
  lastYearApart,
  unitsImplied,
];

/** What a reviewer would ask of a scenario and its forecast: warnings, none where nothing is odd. */
export function plausibilityWarnings(scenario: Scenario): readonly Diagnostic[] {
  const course = demandTotals(project(scenario, { currencies: [scenario.currency.code] }));
  return DOUBTS.flatMap((ask) => ask(scenario, course)).map(({ code, span, problem }) => ({
    ...{ code, severity: 'warning', span },
    ...problem,
  }));
}
