/** Writes new numbers for inputs into the files of scenarios. */
import { failure, success, type Result } from '../../core/result.js';
import type { Diagnostic } from '../../core/text/diagnostic.js';
import type { ReadRecord } from '../../core/text/fileRequest.js';
import { SET_SOURCE, printPlace, type SourceText } from '../../core/text/source.js';
import { VALUE_KEYS } from '../layers/staleEvidence.js';
import { problemList } from '../reporter.js';
import { findNode, type MapNode, type TreeNode } from '../tree.js';
import { readTree } from '../yaml/yaml.js';
import {
  contradictedEvidence,
  placeOf,
  withoutInherited,
  type FileOf,
  type InputEdit,
  type InputPlace,
  type NewFile,
  type ScenarioEdits,
} from './inputEdit.js';
import { applySplices, rewriteLiteral, stepsTo, withValue, withoutEntry } from './splice.js';
import { cellSplice, joinSplices, tableSplices } from './tableEdits.js';

export interface RewrittenFiles {
  /** The files that change. */
  readonly files: readonly NewFile[];
  /** For each scenario, the paths of evidence that was removed: `envelope.evidence`. */
  readonly withdrawn: readonly (readonly string[])[];
}

/**
 * Writes numbers into the files of scenarios and leaves every other byte. A number in a scenario's own
 * file, or in one of its tables, is replaced there. A number of a parent stays, because other scenarios
 * extend the parent: the scenario's own file gets an entry that overrides it. Evidence that contradicts a
 * new number is removed, as the file would be refused with it. If one number cannot be written, none is.
 */
export function rewriteInputs(
  scenarios: readonly ScenarioEdits[],
  fileOf: FileOf,
): Result<RewrittenFiles> {
  const changes = withoutInherited(scenarios, fileOf).map(changesOf);
  const problems = changes.flatMap(({ edits, files }) =>
    edits.flatMap((one) => problemOf(one, files) ?? []),
  );
  if (problems.length > 0) return failure(problems);
  const tables = joinSplices(
    changes.flatMap(({ files, ...change }) =>
      tableSplices(
        files.tables.map(({ source }) => source),
        change,
      ),
    ),
    fileOf,
  );
  if (!tables.ok) return tables;
  const own = changes.map((change) => ({ source: change.files.own, text: ownText(change) }));
  const cells = tables.value.map(({ source, splices }) => {
    return { source, text: applySplices(source.text, splices) };
  });
  return success({
    files: [...own, ...cells].filter(({ source, text }) => text !== source.text),
    withdrawn: changes.map(({ withdrawn }) => withdrawn.map(({ path }) => path)),
  });
}

/** What changes in the files of one scenario. */
interface FileChanges {
  readonly files: Files;
  readonly edits: readonly InputEdit[];
  readonly withdrawn: readonly InputPlace[];
}

/** The files of a scenario that may be written: its own, and its tables. */
interface Files {
  readonly layered: MapNode;
  readonly own: SourceText;
  readonly tables: readonly ReadRecord[];
}

function changesOf({ scenario, edits }: ScenarioEdits): FileChanges {
  const own = scenario.tree.span.source;
  const tables = scenario.files.filter(
    ({ request }) => request.confined && request.from === own.name,
  );
  const sources = [own, ...tables.map(({ source }) => source)];
  const withdrawn = contradictedEvidence(scenario, edits).filter(({ span }) =>
    sources.includes(span.source),
  );
  return { files: { layered: scenario.tree, own, tables }, edits, withdrawn };
}

function problemOf(one: InputEdit, { layered, own, tables }: Files): Diagnostic | undefined {
  const { path, span } = placeOf(one);
  const fail = (message: string, hint: string): Diagnostic => {
    return { code: 'input-place', severity: 'error', span: one.origin, message, hint };
  };
  const there = `change it there, ${printPlace(span)}`;
  if (span.source === own) return undefined;
  if (span.source.name === SET_SOURCE)
    return fail(`\`${path}\` comes from \`--set\`, not from a file`, 'change the `--set`');
  const table = tables.find(({ source }) => source === span.source);
  if (table?.source.sheet) return fail(`\`${path}\` is in a workbook`, there);
  if (table && table.request.encoding !== 'utf-8')
    return fail(`\`${path}\` is in a table that is not UTF-8`, there);
  if (table && !cellSplice(one))
    return fail(
      `the table gives \`${path}\` in another form, such as an inverse rate or an amount to date`,
      there,
    );
  if (table || !isInList(layered, path.split('.'))) return undefined;
  return fail(`\`${path}\` is an item of a list in another file`, there);
}

function isInList(root: TreeNode, steps: readonly string[]): boolean {
  return steps.some((_, depth) => findNode(root, steps.slice(0, depth))?.kind === 'list');
}

/** Replaces numbers first, as that moves no key; then adds new keys, then deletes entries. */
function ownText({ files: { own, layered, tables }, edits, withdrawn }: FileChanges): string {
  const isElsewhere = ({ span }: InputPlace) =>
    span.source !== own && !tables.some(({ source }) => source === span.source);
  const here = edits.filter((one) => placeOf(one).span.source === own);
  const tree = readTree(own, problemList())!;
  const paths = withdrawn
    .filter(({ span }) => span.source === own)
    .flatMap(({ span }) => {
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
