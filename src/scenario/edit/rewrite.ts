/** Writes new numbers for inputs into the files of a scenario. */
import { failure, success, type Result } from '../../core/result.js';
import type { Diagnostic } from '../../core/text/diagnostic.js';
import type { ReadRecord } from '../../core/text/fileRequest.js';
import { SET_SOURCE, printPlace, type SourceText, type Span } from '../../core/text/source.js';
import type { Located } from '../../model/field.js';
import type { Input } from '../../model/input.js';
import { agrees, isEnd } from '../checks/claimChecks.js';
import { VALUE_KEYS } from '../layers/staleEvidence.js';
import { problemList } from '../reporter.js';
import type { Scenario } from '../scenario.js';
import { findNode, type MapNode, type TreeNode } from '../tree.js';
import { readTree } from '../yaml/yaml.js';
import {
  applySplices,
  rewriteCell,
  rewriteLiteral,
  stepsTo,
  withValue,
  withoutEntry,
  type Splice,
} from './splice.js';

/** A number of an input, and the literal that replaces it. */
export interface InputEdit {
  readonly input: Input;
  readonly of: 'value' | 'low' | 'high';
  readonly literal: string;
  /** Where the edit was made: a workbook cell, say. */
  readonly origin: Span;
}

/** A value in a file: its path, its text and its place. */
export type InputPlace = Pick<Located<unknown>, 'path' | 'text' | 'span'>;

export function placeOf({ input, of }: Pick<InputEdit, 'input' | 'of'>): InputPlace {
  return of === 'value' ? input : input.attributes[of]!;
}

export interface RewrittenFiles {
  /** The new texts of the files that change, by the source that was read. */
  readonly texts: ReadonlyMap<SourceText, string>;
  /** Paths of evidence that was removed because it contradicts the new numbers: `envelope.evidence`. */
  readonly withdrawn: readonly string[];
}

/**
 * Writes numbers into the files of a scenario and leaves every other byte. A number in the scenario's own
 * file, or in one of its tables, is replaced there. A number of a parent stays, because other scenarios
 * extend the parent: the scenario's own file gets an entry that overrides it. Evidence that contradicts a
 * new number is removed, as the file would be refused with it. If one number cannot be written, none is.
 */
export function rewriteInputs(
  scenario: Scenario,
  edits: readonly InputEdit[],
): Result<RewrittenFiles> {
  const files = filesOf(scenario);
  const diagnostics = edits.flatMap((one) => problemOf(one, files) ?? []);
  if (diagnostics.length > 0) return failure(diagnostics);
  const sources = [files.own, ...files.tables.map(({ source }) => source)];
  const isHere = ({ span }: InputPlace) => sources.includes(span.source);
  const withdrawn = contradictedEvidence(scenario, edits).filter(isHere);
  const texts = new Map<SourceText, string>();
  for (const source of sources) {
    const inIt = ({ span }: InputPlace) => span.source === source;
    const gone = withdrawn.filter(inIt);
    const here = edits.filter((one) => inIt(placeOf(one)));
    const text = source === files.own ? ownText(files, edits, gone) : tableText(source, here, gone);
    if (text !== source.text) texts.set(source, text);
  }
  return success({ texts, withdrawn: withdrawn.map(({ path }) => path) });
}

/**
 * Evidence whose claim does not agree with the new number, and the name and the date of a rate, which
 * come from that claim. An assumption is the author's own and stays.
 */
function contradictedEvidence(
  { ledger }: Pick<Scenario, 'ledger'>,
  edits: readonly InputEdit[],
): readonly InputPlace[] {
  const found = edits.flatMap((one): readonly (InputPlace | undefined)[] => {
    const { input, of, literal } = one;
    const { evidence, range_evidence, name, date } = input.attributes;
    const reference = of === 'value' ? evidence : range_evidence;
    const claim = reference && ledger.claims.get(reference.value);
    const reading = input.kind.read(literal);
    if (!claim || !reading.ok) return [];
    const { value } = reading;
    if (of !== 'value') return isEnd(input.kind, value, of, claim) ? [] : [reference];
    return agrees({ ...input, ...value }, claim) ? [] : [reference, name, date];
  });
  return [...new Set(found.filter((one) => one !== undefined))];
}

/** The files that may be written: the scenario's own, and its tables. */
interface Files {
  readonly layered: MapNode;
  readonly own: SourceText;
  readonly tables: readonly ReadRecord[];
}

function filesOf({ tree, files }: Scenario): Files {
  const own = tree.span.source;
  const tables = files.filter(({ request }) => request.confined && request.from === own.name);
  return { layered: tree, own, tables };
}

function problemOf(one: InputEdit, { layered, own, tables }: Files): Diagnostic | undefined {
  const { path, text, span } = placeOf(one);
  const fail = (message: string, hint: string): Diagnostic => {
    return { code: 'input-place', severity: 'error', span: one.origin, message, hint };
  };
  const there = `change it there, ${printPlace(span)}`;
  if (span.source === own) return undefined;
  if (span.source.name === SET_SOURCE)
    return fail(`\`${path}\` comes from \`--set\`, not from a file`, 'change the `--set`');
  const table = tables.find(({ source }) => source === span.source);
  if (table && table.request.encoding !== 'utf-8')
    return fail(`\`${path}\` is in a table that is not UTF-8`, there);
  if (table && !rewriteCell({ text, span }, one.literal))
    return fail(`the table gives \`${path}\` in another form, such as an inverse rate`, there);
  if (table || !isInList(layered, path.split('.'))) return undefined;
  return fail(`\`${path}\` is an item of a list in another file`, there);
}

function isInList(root: TreeNode, steps: readonly string[]): boolean {
  return steps.some((_, depth) => findNode(root, steps.slice(0, depth))?.kind === 'list');
}

function tableText(source: SourceText, edits: readonly InputEdit[], gone: readonly InputPlace[]) {
  return applySplices(source.text, [
    ...edits.map((one) => rewriteCell(placeOf(one), one.literal)!),
    ...gone.map(({ span }): Splice => ({ span, text: '' })),
  ]);
}

/** Replaces numbers first, as that moves no key; then adds new keys, then deletes entries. */
function ownText(
  { own, layered, tables }: Files,
  edits: readonly InputEdit[],
  gone: readonly InputPlace[],
): string {
  const isElsewhere = ({ span }: InputPlace) =>
    span.source !== own && !tables.some(({ source }) => source === span.source);
  const here = edits.filter((one) => placeOf(one).span.source === own);
  const tree = readTree(own, problemList())!;
  const paths = gone.flatMap(({ span }) => {
    const steps = stepsTo(tree, span.start);
    return steps ? [steps] : [];
  });
  const splices = here.map((one) => {
    const { span, text } = placeOf(one);
    return rewriteLiteral(span, text, one.literal);
  });
  const withNewValues = edits.reduce(
    (text, one) => {
      if (!isElsewhere(placeOf(one))) return text;
      const steps = placeOf(one).path.split('.');
      return withValue(text, steps, one.literal, valueKeyAt(layered, steps));
    },
    applySplices(own.text, splices),
  );
  return paths.reduce(withoutEntry, withNewValues);
}

/** The key of the number in the map at a path, or in the map around it. */
function valueKeyAt(root: TreeNode, steps: readonly string[]): string {
  const maps = [steps, steps.slice(0, -1)].map((some) => findNode(root, some));
  const map = maps.find((node) => node?.kind === 'map');
  const has = (key: string) => map?.kind === 'map' && map.entries.has(key);
  return VALUE_KEYS.find(has) ?? VALUE_KEYS[0]!;
}
