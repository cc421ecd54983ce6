/** Reads a CSV of reported amounts that no scenario names: what was reported after it was written. */
import { monthsOf, readPeriodKey } from '../../core/period.js';
import { failure, success, type Result } from '../../core/result.js';
import { hasErrors, type Diagnostic } from '../../core/text/diagnostic.js';
import type { SourceText } from '../../core/text/source.js';
import { actualsField, actualsOf, type Actuals, type ActualsText } from '../../model/actuals.js';
import type { Window } from '../../model/calendar.js';
import { problemList, reporterOf } from '../reporter.js';
import { ownActuals } from '../resolve.js';
import type { Scenario } from '../scenario.js';
import { fieldReporter, readField } from '../schema/readSections.js';
import { findNode, type MapNode } from '../tree.js';
import { readTree } from '../yaml/yaml.js';
import { readTables } from './tables.js';

/** How the file is read; a scenario gives the same under `actuals`. */
export interface ActualsRequest {
  readonly basis?: string | undefined;
  /** The unit of the amounts: `亿 CNY`. */
  readonly unit?: string | undefined;
  readonly cumulative?: boolean | undefined;
  /** The share of the amounts that counts; that of the scenario if not given. */
  readonly attributable?: string | undefined;
}

/**
 * Reads the reported amounts of a CSV up to the end of a scenario's window, in its calendar and currency.
 * The day of the forecast does not matter: the latest report of each period counts.
 */
export function readActuals(
  scenario: Scenario,
  source: SourceText,
  request: ActualsRequest,
): Result<Actuals> {
  const problems = problemList();
  const { diagnostics } = problems;
  const refuse = () => failure(diagnostics.map((one) => inOptions(one, request)));
  const root = readTables(sectionOf(scenario, source, request), () => success(source), problems);
  const node = root.entries.get('actuals')!.node;
  const text = readField('actuals', node, actualsField, fieldReporter(root, problems));
  if (!text || hasErrors(diagnostics)) return refuse();
  const report = reporterOf(root, problems);
  const own = ownActuals(upToWindow(text, scenario.window), scenario.currency, report);
  const actuals = actualsOf(own, scenario.window, report);
  return hasErrors(diagnostics) ? refuse() : success(actuals);
}

/** The source of what is typed as options. */
const OPTIONS = '--actuals';

/** The tree of a scenario that has the file as its `actuals`, so that it is read in one way. */
function sectionOf(
  { currency, tree }: Scenario,
  { name }: SourceText,
  { basis, unit, cumulative, attributable }: ActualsRequest,
): MapNode {
  const periods = { file: name, basis, unit, cumulative };
  const text = JSON.stringify({ currency: currency.code, actuals: { periods, attributable } });
  const root = readTree({ name: OPTIONS, text }, problemList()) as MapNode;
  const actuals = root.entries.get('actuals')!.node as MapNode;
  const scenarios = findNode(tree, ['actuals', 'attributable']);
  if (attributable !== undefined || !scenarios) return root;
  actuals.entries.set('attributable', { key: actuals.span, node: scenarios });
  return root;
}

/** A problem for those who have typed options where a scenario has keys. */
function inOptions(problem: Diagnostic, request: ActualsRequest): Diagnostic {
  const { source, start, end } = problem.span;
  const { hint, expected } = problem;
  const words = {
    ...problem,
    ...(hint && { hint: namingOptions(hint) }),
    ...(expected && { expected: namingOptions(expected) }),
  };
  const written = source.name === OPTIONS ? source.text.slice(start, end) : undefined;
  const option = (['basis', 'unit', 'attributable'] as const).find(
    (name) => JSON.stringify(request[name]) === written,
  );
  const text = option && request[option];
  if (text === undefined) return words;
  return { ...words, span: { source: { name: `--${option}`, text }, start: 0, end: text.length } };
}

function namingOptions(words: string): string {
  return words
    .replace(/`(basis|unit): ([^` ]+)` beside `file`/, '`--$1 $2`')
    .replace(/`(basis|unit): ([^`]+)` beside `file`/, '`--$1 "$2"`')
    .replace('beside `file`', 'by --unit')
    .replace('delete `cumulative`', 'leave out --cumulative');
}

function upToWindow(text: ActualsText, { calendar, end }: Window): ActualsText {
  const isIn = (key: string) => monthsOf(readPeriodKey(key)!, calendar).start < end;
  return { ...text, periods: new Map([...text.periods].filter(([key]) => isIn(key))) };
}
