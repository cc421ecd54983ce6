/** A comparison as one document: rows, bridge and inputs, with what they were made of. */
import { printDecimal } from '../../core/number/decimal.js';
import { textRecordsOf } from '../../core/table.js';
import type { Projection } from '../../projection/evaluate.js';
import { VERSION } from '../../version.js';
import { bridgeTable, nameOf, type Bridge } from './bridge.js';
import { inputsDocument, type InputDifferences } from './inputDifferences.js';
import { quotation } from '../shared/reports.js';
import { RELATIVE, sideBySideTable, type SideBySide } from './sideBySide.js';

export function documentOf(
  all: readonly Projection[],
  beside: SideBySide,
  walk: Bridge | undefined,
  inputs: readonly InputDifferences[],
): object {
  return {
    engine: `capex-engine ${VERSION}`,
    scenarios: all.map(describe),
    quotation: [...new Set(all.map(({ scenario }) => quotation(scenario)))],
    relative: RELATIVE,
    rows: textRecordsOf(sideBySideTable(beside)),
    ...movedIn(beside),
    ...(walk && { bridge: bridgeDocument(walk) }),
    inputs: inputsDocument(inputs),
  };
}

/** Totals that moved, where any did. */
function movedIn({ moved }: Pick<SideBySide, 'moved'>): object {
  return moved.length > 0 ? { moved } : {};
}

function bridgeDocument(walk: Bridge): object {
  return {
    groups: walk.steps.map((step) => {
      return { group: nameOf(step), differs: walk.differing.includes(step) };
    }),
    merged: walk.merged.map(({ groups, reason }) => ({ groups, reason })),
    rows: textRecordsOf(bridgeTable(walk)),
    ...movedIn(walk),
  };
}

function describe({ scenario, envelope, total }: Projection): object {
  const { window, currency, fx } = scenario;
  const money = (count: bigint) => printDecimal(count, currency.places);
  return {
    scenario: scenario.id,
    title: scenario.title,
    source: scenario.tree.span.source.name,
    currency: currency.code,
    from: window.periods[0]!.label,
    to: window.periods.at(-1)!.label,
    closure: fx.closure,
    envelope: money(envelope),
    demand: money(total),
    difference: money(total - envelope),
    understated: [...scenario.understated].map((t) => window.periods[t]!.label),
  };
}
