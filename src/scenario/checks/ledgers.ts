/** Evidence ledgers: files of sources and claims that a scenario lists, read into one ledger. */
import type * as z from 'zod';
import type { Diagnostic, Reporter } from '../../core/text/diagnostic.js';
import type { ReadFile, SourceText as Text } from '../../core/text/source.js';
import {
  claimField,
  claimOf,
  ledgerFields,
  NO_LEDGER,
  sourceField,
  sourceOf,
  type ClaimText,
  type Ledger,
  type EvidenceSourceText,
} from '../../model/claims.js';
import type { Located } from '../../model/field.js';
import { SET_SOURCE } from '../layers/layers.js';
import { readRecord } from '../schema/readSections.js';
import { reporterOf } from '../reporter.js';
import type { MapNode } from '../tree.js';
import { readMap } from '../yaml/yaml.js';

/**
 * The ledgers that a scenario lists, as one: a claim may name a source of another ledger.
 *
 * @param own the name of the scenario's own file: what the command line lists is relative to it, what a
 *   file lists to that file
 */
export function readLedgers(
  paths: readonly Located<string>[] | undefined,
  own: string,
  read: ReadFile,
  diagnostics: Diagnostic[],
): Ledger {
  if (!paths || paths.length === 0) return NO_LEDGER;
  const files = paths.flatMap((path) => textAt(path, own, read, diagnostics) ?? []).map(fileOf);
  diagnostics.push(...files.flatMap((file) => file.diagnostics));
  const whole = files.filter(({ root }) => root !== undefined);
  const sources = merged<EvidenceSourceText>(whole, 'sources', diagnostics);
  const known = new Map(
    [...sources].map(([id, { entry }]) => [id, entry && sourceOf(id, entry)] as const),
  );
  const claims = [...merged<ClaimText>(whole, 'claims', diagnostics)].map(
    ([id, { entry, report }]) => [id, entry && claimOf(id, entry, known, report)] as const,
  );
  return { claims: new Map(claims), isWhole: whole.length === paths.length };
}

function textAt(
  { value: path, span }: Located<string>,
  own: string,
  read: ReadFile,
  diagnostics: Diagnostic[],
): Text | undefined {
  const from = span.source.name === SET_SOURCE ? own : span.source.name;
  const found = read({ path, from, encoding: 'utf-8', confined: true });
  if ('text' in found) return found;
  diagnostics.push({ code: 'file-unread', severity: 'error', span, ...found });
  return undefined;
}

/** One file: its entries as far as they could be read, and what is wrong with the others. */
interface LedgerFile {
  /** Nothing where the text is no map at all. */
  readonly root: MapNode | undefined;
  readonly entries: LedgerEntries;
  readonly diagnostics: readonly Diagnostic[];
}

type LedgerEntries = Partial<Record<keyof typeof ENTRIES, ReadonlyMap<string, unknown>>>;

/** A scenario is varied many times, and its ledgers stay what they are. */
const known = new WeakMap<Text, LedgerFile>();

function fileOf(text: Text): LedgerFile {
  const file = known.get(text) ?? readLedger(text);
  known.set(text, file);
  return file;
}

const LEDGER = { noun: 'an evidence ledger', beginning: 'sources:' };
const ENTRIES = { sources: sourceField, claims: claimField } satisfies Record<string, z.ZodType>;

function readLedger(text: Text): LedgerFile {
  const diagnostics: Diagnostic[] = [];
  const root = readMap(text, LEDGER, diagnostics);
  const entries = root ? readRecord(root, ledgerFields, ENTRIES, diagnostics) : {};
  return { root, entries: entries, diagnostics };
}

/** An entry, unless it could not be read, and whom to tell what else is wrong with it. */
interface Placed<T> {
  readonly entry: T | undefined;
  readonly report: Reporter;
}

/** The entries of all files by id; an id may stand in one file only. */
function merged<T>(
  files: readonly LedgerFile[],
  section: keyof typeof ENTRIES,
  diagnostics: Diagnostic[],
): ReadonlyMap<string, Placed<T>> {
  const all = new Map<string, Placed<T>>();
  for (const { root, entries } of files) {
    const report = reporterOf(root!, diagnostics);
    for (const [id, entry] of entries[section] ?? []) {
      if (!all.has(id)) all.set(id, { entry: entry as T | undefined, report });
      else {
        const message = `\`${id}\` stands in another ledger as well`;
        const hint = 'give one of them another id';
        report.error('key-duplicate', `${section}.${id}`, { message, hint }, 'key');
      }
    }
  }
  return all;
}
