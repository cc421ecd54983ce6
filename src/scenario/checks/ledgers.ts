/** Evidence ledgers: files of sources and claims that a scenario lists, read into one ledger. */
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
  type EvidenceSourceText,
  type Ledger,
} from '../../model/claims.js';
import type { Located } from '../../model/field.js';
import { problemList, reporterOf, type ProblemList } from '../reporter.js';
import { readRecord } from '../schema/readSections.js';
import type { MapNode } from '../tree.js';
import { readMap } from '../yaml/yaml.js';

/**
 * Reads the ledgers that a scenario lists into one: a claim may name a source of another ledger.
 *
 * @param own the name of the scenario's own file. A path from the command line is relative to it; a path
 *   in a file is relative to that file
 */
export function readLedgers(
  paths: readonly Located<string>[] | undefined,
  own: string,
  read: ReadFile,
  problems: ProblemList,
): Ledger {
  if (!paths || paths.length === 0) return NO_LEDGER;
  const files = paths.flatMap((path) => textAt(path, own, read, problems) ?? []).map(fileOf);
  for (const { diagnostics } of files) append(problems.diagnostics, diagnostics);
  const whole = files.filter(({ root }) => root !== undefined);
  const sources = merged<EvidenceSourceText>(whole, 'sources', problems);
  const known = new Map(
    [...sources].map(([id, { entry }]) => [id, entry && sourceOf(id, entry)] as const),
  );
  const claims = [...merged<ClaimText>(whole, 'claims', problems)].map(
    ([id, { entry, report }]) => [id, entry && claimOf(id, entry, known, report)] as const,
  );
  return { claims: new Map(claims), isWhole: whole.length === paths.length };
}

function textAt(
  { value: path, span }: Located<string>,
  own: string,
  read: ReadFile,
  problems: ProblemList,
): Text | undefined {
  const from = span.source.name === SET_SOURCE ? own : span.source.name;
  const file = read({ path, from, encoding: 'utf-8', confined: true });
  if (file.ok) return file.value;
  problems.error('file-unread', span, file.diagnostics);
  return undefined;
}

/** One ledger: the entries that could be read, and the problems of the others. */
interface LedgerFile {
  /** Missing if the text is not a map. */
  readonly root: MapNode | undefined;
  readonly entries: LedgerEntries;
  readonly diagnostics: readonly Diagnostic[];
}

type LedgerEntries = Partial<Record<keyof typeof ENTRIES, ReadonlyMap<string, unknown>>>;

/** A scenario is loaded many times with other inputs; each ledger is read once. */
const ledgerFiles = new WeakMap<Text, LedgerFile>();

function fileOf(text: Text): LedgerFile {
  const file = ledgerFiles.get(text) ?? readLedger(text);
  ledgerFiles.set(text, file);
  return file;
}

const LEDGER = { noun: 'an evidence ledger', beginning: 'sources:' };
const ENTRIES = { sources: sourceField, claims: claimField } satisfies Record<string, z.ZodType>;

function readLedger(text: Text): LedgerFile {
  const problems = problemList();
  const root = readMap(text, LEDGER, problems);
  const entries = root ? readRecord(root, ledgerFields, ENTRIES, problems) : {};
  return { root, entries, diagnostics: problems.diagnostics };
}

/** An entry, if it could be read, and the reporter of its file. */
interface LedgerEntry<T> {
  readonly entry: T | undefined;
  readonly report: Reporter;
}

/** The entries of all files by id; an id may be in one file only. */
function merged<T>(
  files: readonly LedgerFile[],
  section: keyof typeof ENTRIES,
  problems: ProblemList,
): ReadonlyMap<string, LedgerEntry<T>> {
  const all = new Map<string, LedgerEntry<T>>();
  for (const { root, entries } of files) {
    const report = reporterOf(root!, problems);
    for (const [id, entry] of entries[section] ?? []) {
      if (!all.has(id)) all.set(id, { entry: entry as T | undefined, report });
      else {
        const message = `\`${id}\` is also in another ledger`;
        const hint = 'give one of them another id';
        report.error('key-duplicate', `${section}.${id}`, { message, hint }, 'key');
      }
    }
  }
  return all;
}
