/** A comparison as a JSON document: rows, bridge and inputs, and the scenarios behind them. */
import { textRecordsOf } from '../../core/table.js';
import { sayIn } from '../../core/text/language.js';
import type { Projection } from '../../projection/evaluate.js';
import { ENGINE } from '../../version.js';
import { quotation } from '../shared/reports.js';
import { forecastDocument, type ForecastField } from '../shared/scenarioDocument.js';
import { bridgeTable, stepName, type Bridge } from './bridge.js';
import { inputsDocument, type InputDifferences } from './inputDifferences.js';
import { RELATIVE, sideBySideTable, type DerivedPairs, type SideBySide } from './sideBySide.js';

const FIELDS: readonly ForecastField[] = [
  ...(['portfolio', 'buyer', 'scenario', 'title'] as const),
  ...(['source', 'currency', 'from', 'to', 'closure'] as const),
  ...(['envelope', 'demand', 'difference', 'understated'] as const),
];

export function comparisonDocument(
  all: readonly Projection[],
  beside: SideBySide,
  derived: DerivedPairs,
  walk: Bridge | undefined,
  inputs: readonly InputDifferences[],
): object {
  return {
    engine: ENGINE,
    scenarios: all.map((projection) => forecastDocument(projection, FIELDS)),
    quotation: [...new Set(all.map(({ scenario }) => quotation(scenario)))],
    relative: RELATIVE,
    rows: textRecordsOf(sideBySideTable(beside, derived)),
    ...adjustedIn(beside),
    ...(walk && { bridge: bridgeDocument(walk) }),
    inputs: inputsDocument(inputs),
  };
}

/** The adjusted totals, if there are any. */
function adjustedIn({ adjusted }: Pick<SideBySide, 'adjusted'>): object {
  return adjusted.length > 0 ? { moved: adjusted } : {};
}

function bridgeDocument(walk: Bridge): object {
  return {
    groups: walk.steps.map((step) => {
      return { group: stepName(step), differs: walk.differing.includes(step) };
    }),
    merged: walk.merged.map(({ groups, reason }) => ({ groups, reason: sayIn()(reason) })),
    rows: textRecordsOf(bridgeTable(walk)),
    ...adjustedIn(walk),
  };
}
