/** Evidence ledgers: sources and claims that a scenario lists or holds, read into one ledger. */
import type * as z from 'zod';
import { append } from '../../core/lists.js';
import type { Diagnostic, Reporter } from '../../core/text/diagnostic.js';
import type { ReadFile } from '../../core/text/fileRequest.js';
import { SET_SOURCE, type SourceText as Text } from '../../core/text/source.js';
import {
  NO_LEDGER,
  claimField,
  claimOf,
  ledgerFields,
  sourceField,
  sourceOf,
  type ClaimText,
  type EvidenceText,
  type EvidenceSourceText,
  type Ledger,
} from '../../model/claims.js';
import type { Located } from '../../model/field.js';
import { problemList, reporterOf, type ProblemList } from '../reporter.js';
import { readRecord } from '../schema/readSections.js';
import type { MapNode } from '../tree.js';
import { readMap } from '../yaml/yaml.js';

/** The claims of all ledgers, and the ledgers as one text. */
export interface ReadLedgers {
  readonly ledger: Ledger;
  readonly ledgerTree: MapNode | undefined;
}

/**
 * Reads the ledgers of a scenario into one: a claim may name a source of another ledger.
 *
 * @param root the scenario. A path from the command line is relative to its own file; a path in a file is
 *   relative to that file
 */
export function readLedgers(
  evidence: EvidenceText | undefined,
  root: MapNode,
  read: ReadFile,
  problems: ProblemList,
): ReadLedgers {
  const files = evidence ? filesOf(evidence, root, read, problems) : [];
  for (const { diagnostics } of files) append(problems.diagnostics, diagnostics);
  const whole = files.filter((file): file is WholeLedger => file.root !== undefined);
  if (whole.length === 0) return { ledger: NO_LEDGER, ledgerTree: undefined };
  const sources = merged<EvidenceSourceText>(whole, 'sources', problems);
  const known = new Map(
    [...sources].map(([id, { entry }]) => [id, entry && sourceOf(id, entry)] as const),
  );
  const claims = [...merged<ClaimText>(whole, 'claims', problems)].map(
    ([id, { entry, report, at }]) => [id, entry && claimOf(id, entry, known, report, at)] as const,
  );
  const isWhole = Array.isArray(evidence) ? whole.length === evidence.length : true;
  return { ledger: { claims: new Map(claims), isWhole }, ledgerTree: joined(whole) };
}

/** The paths of the ledgers that are files of their own. */
export function ledgerPaths(evidence: EvidenceText | undefined): readonly Located<string>[] {
  return Array.isArray(evidence) ? evidence : [];
}

function filesOf(
  evidence: EvidenceText,
  root: MapNode,
  read: ReadFile,
  problems: ProblemList,
): readonly LedgerFile[] {
  const own = root.span.source.name;
  if (Array.isArray(evidence))
    return evidence.flatMap((path) => textAt(path, own, read, problems) ?? []).map(fileOf);
  const map = root.entries.get('evidence')!.node as MapNode;
  const entries = readRecord(map, ledgerFields, ENTRIES, problemList());
  return [{ root, map, at: 'evidence.', entries, diagnostics: [] }];
}

/** Ledgers as one map of sources and claims. */
function joined(files: readonly WholeLedger[]): MapNode {
  const sections = Object.keys(ENTRIES).map((section) => {
    const places = files.flatMap(({ map }) => map.entries.get(section) ?? []);
    const entries = new Map(
      places.flatMap(({ node }) => (node.kind === 'map' ? [...node.entries] : [])),
    );
    const key = places[0]?.key ?? files[0]!.map.span;
    return [section, { key, node: { kind: 'map', entries, span: key } }] as const;
  });
  return { kind: 'map', entries: new Map(sections), span: files[0]!.map.span };
}

function textAt(
  path: Located<string>,
  own: string,
  read: ReadFile,
  problems: ProblemList,
): Text | undefined {
  const file = ledgerAt(path, own, read);
  if (file.ok) return file.value;
  problems.error('file-unread', path.span, file.diagnostics);
  return undefined;
}

/**
 * The text of a ledger.
 *
 * @param own the name of the file for which the command line may list it
 */
export function ledgerAt(
  { value: path, span }: Located<string>,
  own: string,
  read: ReadFile,
): ReturnType<ReadFile> {
  const from = span.source.name === SET_SOURCE ? own : span.source.name;
  return read({ path, from, encoding: 'utf-8', confined: true });
}

/** One ledger: the entries that could be read, and the problems of the others. */
interface LedgerFile {
  /** The file that it is in; missing if the text is not a map. */
  readonly root: MapNode | undefined;
  readonly map: MapNode | undefined;
  /** What the paths of its entries begin with: `evidence.` in a scenario. */
  readonly at: string;
  readonly entries: LedgerEntries;
  readonly diagnostics: readonly Diagnostic[];
}

type WholeLedger = LedgerFile & { readonly root: MapNode; readonly map: MapNode };
type LedgerEntries = Partial<Record<keyof typeof ENTRIES, ReadonlyMap<string, unknown>>>;

/** A scenario is loaded many times with other inputs; each ledger is read once. */
const ledgerFiles = new WeakMap<Text, LedgerFile>();

function fileOf(text: Text): LedgerFile {
  const file = ledgerFiles.get(text) ?? readLedger(text);
  ledgerFiles.set(text, file);
  return file;
}

/** What a ledger is called where a file is none. */
export const LEDGER = { noun: 'an evidence ledger', beginning: 'sources:' };
const ENTRIES = { sources: sourceField, claims: claimField } satisfies Record<string, z.ZodType>;

function readLedger(text: Text): LedgerFile {
  const problems = problemList();
  const root = readMap(text, LEDGER, problems);
  const entries = root ? readRecord(root, ledgerFields, ENTRIES, problems) : {};
  return { root, map: root, at: '', entries, diagnostics: problems.diagnostics };
}

/** An entry, if it could be read, and its place. */
interface LedgerEntry<T> {
  readonly entry: T | undefined;
  readonly report: Reporter;
  /** Its path in its file. */
  readonly at: string;
}

/** The entries of all files by id; an id may be in one file only. */
function merged<T>(
  files: readonly WholeLedger[],
  section: keyof typeof ENTRIES,
  problems: ProblemList,
): ReadonlyMap<string, LedgerEntry<T>> {
  const all = new Map<string, LedgerEntry<T>>();
  for (const { root, entries, at: prefix } of files) {
    const report = reporterOf(root, problems);
    for (const [id, entry] of entries[section] ?? []) {
      const at = `${prefix}${section}.${id}`;
      if (!all.has(id)) all.set(id, { entry: entry as T | undefined, report, at });
      else {
        const message = `\`${id}\` is also in another ledger`;
        const hint = 'give one of them another id';
        report.error('key-duplicate', at, { message, hint }, 'key');
      }
    }
  }
  return all;
}
