/** Reads the file of a portfolio: what it shares, and where the scenario of each buyer is. */
import type * as z from 'zod';
import type { Currency } from '../../core/number/currency.js';
import type { CalendarDate } from '../../core/number/literal.js';
import { nearest, type Problem, type Reporter } from '../../core/text/diagnostic.js';
import type { ReadFile } from '../../core/text/fileRequest.js';
import { SET_SOURCE, type SourceText, type Span } from '../../core/text/source.js';
import { checkOf, type Check, type CheckText } from '../../model/checks.js';
import type { Located } from '../../model/field.js';
import type { FxText } from '../../model/fx.js';
import type { Portfolio, buyerField } from '../../model/portfolio.js';
import { correlationsOf, type SimulationText } from '../../model/simulation.js';
import { applySet, readAssignment, treeOfValue, type PathValue } from '../layers/layers.js';
import { rootPosition } from '../layers/fieldPositions.js';
import {
  documentFields,
  portfolioEntryFields,
  portfolioField,
  portfolioFields,
} from '../schema/document.js';
import { readRecord } from '../schema/readSections.js';
import { findNode, locateKey, rebase, type MapNode } from '../tree.js';
import { problemList, reporterOf, type ProblemList } from '../reporter.js';
import { collectInputs } from '../resolve.js';
import { readTables } from '../tables/tables.js';
import { ratesOf } from './sharedRates.js';

/** The scenario of a buyer, and the changes over it. */
export interface PortfolioMember {
  readonly key: string;
  /** The place of its path. */
  readonly span: Span;
  readonly source: SourceText;
  /** The changes that the portfolio lists. */
  readonly over: readonly PathValue[];
  /** The changes of the command line, without the key of the buyer. */
  readonly set: readonly string[];
}

/** A portfolio as it was read. */
export interface ReadPortfolio {
  readonly portfolio: Portfolio;
  /** With every table read, and every change of the command line. */
  readonly tree: MapNode;
  readonly simulation: SimulationText | undefined;
  /** The day of the forecast, if it gives one. */
  readonly asOf: CalendarDate | undefined;
  /** Its rates as they are written. */
  readonly fx: FxText | undefined;
  /** Paths of ledgers. */
  readonly evidence: readonly Located<string>[];
  readonly members: readonly PortfolioMember[];
}

/** The sections that could be read. */
interface PortfolioSections {
  readonly portfolio?: Located<string>;
  readonly title?: Located<string>;
  readonly currency?: Located<Currency>;
  readonly as_of?: Located<CalendarDate>;
  readonly evidence?: readonly Located<string>[];
  readonly fx?: FxText;
  readonly simulation?: SimulationText;
  readonly checks?: ReadonlyMap<string, CheckText | undefined>;
  readonly buyers?: ReadonlyMap<string, BuyerText | undefined>;
}

type BuyerText = z.output<typeof buyerField>;

/** @returns nothing if its id, its currency or its buyers cannot be read */
export function readPortfolio(
  file: MapNode,
  set: readonly string[],
  read: ReadFile,
  problems: ProblemList,
): ReadPortfolio | undefined {
  const keys = buyerKeys(file, problems);
  const { own, byBuyer } = setsOf(set, keys, problems);
  const position = rootPosition(portfolioField);
  // Tables are read by the day and the currency that hold in the end.
  const changes = own.flatMap((one) => readAssignment(one, problemList()) ?? []);
  const tree = own.reduce(
    (root, assignment) => applySet(root, assignment, problems, position),
    readTables(file, read, problems, [...changes.toReversed().map(treeOfValue), file]),
  );
  const sections: PortfolioSections = readRecord(
    tree,
    portfolioFields,
    portfolioEntryFields,
    problems,
  );
  const { portfolio: id, currency, buyers } = sections;
  if (!id || !currency || !buyers) return undefined;
  const members = [...buyers].flatMap(([key, text]) => {
    const place = text && { key, tree, set: byBuyer.get(key) ?? [] };
    return (place && memberOf(text, place, read, problems)) ?? [];
  });
  return {
    portfolio: {
      id: id.value,
      title: sections.title?.value ?? id.value,
      currency: currency.value,
      rates: sections.fx && ratesOf(sections.fx, currency.value, reporterOf(tree, problems)),
      inputs: collectInputs({ ...sections, simulation: undefined }, tree),
      correlations: correlationsOf(sections.simulation ?? {}),
      checks: checksOf(sections, reporterOf(tree, problems)),
      ...{ span: id.span, set },
    },
    ...{ tree, simulation: sections.simulation, asOf: sections.as_of?.value, fx: sections.fx },
    evidence: sections.evidence ?? [],
    members,
  };
}

function checksOf({ checks }: PortfolioSections, report: Reporter): readonly Check[] {
  return [...(checks ?? [])].flatMap(([name, text]) => (text && checkOf(name, text, report)) ?? []);
}

/** The keys of the buyers. One that is a key of the portfolio as well would make `--set` ambiguous. */
function buyerKeys(file: MapNode, problems: ProblemList): readonly string[] {
  const node = file.entries.get('buyers')?.node;
  const keys = node?.kind === 'map' ? [...node.entries.keys()] : [];
  if (node?.kind === 'map' && keys.length === 0) {
    const message = 'a portfolio has at least one buyer';
    const hint = 'add the file of a scenario: buyers: { alibaba: alibaba.yaml }';
    problems.error('key-missing', locateKey(file, 'buyers'), { message, hint });
  }
  for (const key of keys.filter((one) => Object.hasOwn(portfolioFields, one))) {
    const message = `\`${key}\` is a section of a portfolio, and cannot be the key of a buyer`;
    const hint = `write another key, such as ${key}-buyer`;
    problems.error('key-name', locateKey(file, `buyers.${key}`), { message, hint });
  }
  return keys;
}

/** Assignments of the command line: `alibaba.envelope=…` is for one buyer, the others are for the portfolio. */
function setsOf(set: readonly string[], keys: readonly string[], problems: ProblemList) {
  const own: string[] = [];
  const byBuyer = new Map<string, string[]>();
  for (const assignment of set) {
    const [first = ''] = assignment.split(/[.=]/, 1);
    const key = first.trim().normalize('NFC');
    const isOfBuyer = keys.includes(key) && assignment.startsWith(`${first}.`);
    if (!isOfBuyer && !Object.hasOwn(portfolioFields, key)) {
      problems.error('path-unknown', spanIn(assignment, first), unknownKey(key, keys));
    } else if (!isOfBuyer) own.push(assignment);
    else byBuyer.set(key, [...(byBuyer.get(key) ?? []), assignment.slice(first.length + 1)]);
  }
  return { own, byBuyer };
}

function spanIn(assignment: string, first: string): Span {
  const source = { name: SET_SOURCE, text: assignment };
  return { source, start: 0, end: Math.max(first.length, 1) };
}

/** What a path of `--set` begins with, if that is neither a buyer nor a section of the portfolio. */
function unknownKey(key: string, buyers: readonly string[]): Problem {
  const known = [...buyers, ...Object.keys(portfolioFields)];
  const meant = Object.hasOwn(documentFields, key) ? `${buyers[0]}.${key}` : nearest(key, known);
  return {
    message: `\`${key}\` is neither a buyer nor a section of the portfolio`,
    expected: `one of ${known.join(', ')}`,
    hint: meant === undefined ? 'write the key of a buyer before the path' : `write \`${meant}\``,
  };
}

function memberOf(
  { file, ...others }: BuyerText,
  { key, tree, set }: { readonly key: string; readonly tree: MapNode; readonly set: string[] },
  read: ReadFile,
  problems: ProblemList,
): PortfolioMember | undefined {
  const { value: path, span } = file;
  const found = read({ path, from: tree.span.source.name, encoding: 'utf-8', confined: false });
  if (!found.ok) {
    problems.error('file-unread', span, found.diagnostics);
    return undefined;
  }
  const changes = 'set' in others ? findNode(tree, ['buyers', key, 'set']) : undefined;
  const over =
    changes?.kind === 'map'
      ? [...changes.entries].map(([path, entry]) => {
          return { path, key: entry.key, node: rebase(entry.node, path) };
        })
      : [];
  return { key, span, source: found.value, over, set };
}
