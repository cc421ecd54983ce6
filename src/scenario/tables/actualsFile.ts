/** Reads a CSV of reported amounts that no scenario names: what was reported after it was written. */
import { monthsOf, readPeriodKey } from '../../core/period.js';
import { failure, success, type Result } from '../../core/result.js';
import {
  distinctProblems,
  hasErrors,
  nearest,
  type Diagnostic,
} from '../../core/text/diagnostic.js';
import { either } from '../../core/text/prose.js';
import type { SourceText } from '../../core/text/source.js';
import { actualsField, actualsOf, type Actuals, type ActualsText } from '../../model/actuals.js';
import type { Window } from '../../model/calendar.js';
import { problemList, reporterOf, type ProblemList } from '../reporter.js';
import { ownActuals } from '../resolve.js';
import { buyerKey, type Scenario } from '../scenario.js';
import { fieldReporter, readField } from '../schema/readSections.js';
import { findNode, type MapNode } from '../tree.js';
import { readTree } from '../yaml/yaml.js';
import { readCsv } from './readCsv.js';
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

/** What a buyer of a portfolio has reported. */
export interface BuyerActuals {
  readonly scenario: Scenario;
  readonly actuals: Actuals;
}

/**
 * Reads a CSV with the reported amounts of several buyers, each in its own calendar and currency. The column `buyer`
 * says whose a row is; buyers without a row are left out.
 */
export function readBuyersActuals(
  buyers: readonly Scenario[],
  source: SourceText,
  request: ActualsRequest,
): Result<readonly BuyerActuals[]> {
  const problems = problemList();
  const named = buyersIn(source, buyers, problems);
  if (!named || hasErrors(problems.diagnostics)) return failure(problems.diagnostics);
  const read = buyers
    .filter((scenario) => named.has(buyerKey(scenario)))
    .map((scenario) => {
      return { scenario, result: readActuals(scenario, source, request, buyerKey(scenario)) };
    });
  const wrong = read.flatMap(({ result }) => (result.ok ? [] : result.diagnostics));
  if (wrong.length > 0) return failure(distinctProblems(wrong));
  return success(
    read.flatMap(({ scenario, result }) =>
      result.ok ? [{ scenario, actuals: result.value }] : [],
    ),
  );
}

/** The keys in the column `buyer`; an error for each that is none of the portfolio. */
function buyersIn(
  source: SourceText,
  buyers: readonly Scenario[],
  problems: ProblemList,
): ReadonlySet<string> | undefined {
  const grid = readCsv(source, problems);
  if (!grid) return undefined;
  const keys = buyers.map(buyerKey);
  const column = grid.header.findIndex(({ text }) => text === 'buyer');
  if (column < 0) {
    const { span } = grid.header[0]!;
    const message = 'no column `buyer` says whose amounts a row has';
    const hint = `add it, with ${either(keys)}; or name the scenario of one buyer`;
    problems.error('csv-column', span, { message, hint });
    return undefined;
  }
  const cells = grid.rows.flatMap((row) => row[column] ?? []);
  for (const { text, span } of cells.filter(({ text }) => text !== '' && !keys.includes(text))) {
    const meant = nearest(text, keys);
    const hint = `write ${meant === undefined ? either(keys) : `\`${meant}\``}`;
    problems.error('key-name', span, { message: `\`${text}\` is no buyer of the portfolio`, hint });
  }
  return new Set(cells.map(({ text }) => text));
}

/**
 * Reads the reported amounts of a CSV up to the end of a scenario's window, in its calendar and currency.
 * The day of the forecast does not matter: the latest report of each period counts.
 *
 * @param buyer whose rows count, where the file has those of several
 */
export function readActuals(
  scenario: Scenario,
  source: SourceText,
  request: ActualsRequest,
  buyer?: string,
): Result<Actuals> {
  const problems = problemList();
  const { diagnostics } = problems;
  const refuse = () => failure(diagnostics.map((one) => inOptions(one, request)));
  const root = readTables(
    sectionOf(scenario, source, request, buyer),
    () => success(source),
    problems,
  );
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
  buyer: string | undefined,
): MapNode {
  const where = buyer === undefined ? undefined : { buyer };
  const periods = { file: name, basis, unit, cumulative, where };
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
