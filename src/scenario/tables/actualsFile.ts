/** A file of reported amounts by itself: what has become known since a scenario was written. */
import { hasErrors } from '../../core/text/diagnostic.js';
import { monthsOf, readPeriodKey } from '../../core/period.js';
import type { SourceText } from '../../core/text/source.js';
import { actualsField, actualsOf, type Actuals, type ActualsText } from '../../model/actuals.js';
import type { Window } from '../../model/calendar.js';
import { fieldReporter, readField } from '../schema/readSections.js';
import { failure, success, type Result } from '../../core/result.js';
import { problemList, reporterOf } from '../reporter.js';
import { ownActuals } from '../resolve.js';
import type { Scenario } from '../scenario.js';
import { readTables } from './tables.js';
import { findNode, type MapNode } from '../tree.js';
import { readTree } from '../yaml/yaml.js';

/** How such a file is read, as `actuals` says it in a scenario. */
export interface ActualsRequest {
  readonly basis?: string | undefined;
  readonly cumulative?: boolean | undefined;
  /** The share of the amounts that counts; the scenario's own unless given. */
  readonly attributable?: string | undefined;
}

/**
 * The reported amounts of a CSV, up to the end of a scenario's window, in its calendar and currency.
 * The scenario's day does not matter: of several reports of one period the latest counts.
 *
 * @returns everything that is wrong with the file, or with what is asked of it, instead
 */
export function readActuals(
  scenario: Scenario,
  source: SourceText,
  request: ActualsRequest,
): Result<Actuals> {
  const problems = problemList();
  const { diagnostics } = problems;
  const root = readTables(sectionOf(scenario, source, request), () => success(source), problems);
  const node = root.entries.get('actuals')!.node;
  const text = readField('actuals', node, actualsField, fieldReporter(root, problems));
  if (!text || hasErrors(diagnostics)) return failure(diagnostics);
  const report = reporterOf(root, problems);
  const own = ownActuals(upToWindow(text, scenario.window), scenario.currency, report);
  const actuals = actualsOf(own, scenario.window, report);
  return hasErrors(diagnostics) ? failure(diagnostics) : success(actuals);
}

/** The section that a scenario file would have: what is asked for is read as what is written. */
function sectionOf(
  { currency, tree }: Scenario,
  { name }: SourceText,
  { basis, cumulative, attributable }: ActualsRequest,
): MapNode {
  const periods = { file: name, basis, cumulative };
  const text = JSON.stringify({ currency: currency.code, actuals: { periods, attributable } });
  const root = readTree({ name: '--actuals', text }, problemList()) as MapNode;
  const actuals = root.entries.get('actuals')!.node as MapNode;
  const scenarios = findNode(tree, ['actuals', 'attributable']);
  if (attributable !== undefined || !scenarios) return root;
  actuals.entries.set('attributable', { key: actuals.span, node: scenarios });
  return root;
}

function upToWindow(text: ActualsText, { calendar, end }: Window): ActualsText {
  const isIn = (key: string) => monthsOf(readPeriodKey(key)!, calendar).start < end;
  return { ...text, periods: new Map([...text.periods].filter(([key]) => isIn(key))) };
}
