/** Scenario text → Scenario, or everything that is wrong with it. */
import { hasErrors, type Diagnostic } from '../core/text/diagnostic.js';
import type { ReadFile, ReadRecord } from '../core/text/fileRequest.js';
import { SET_SOURCE, type SourceText } from '../core/text/source.js';
import { readLedgers } from './checks/ledgers.js';
import {
  applyFile,
  applySet,
  applyValue,
  readAssignment,
  treeOfValue,
  type PathValue,
} from './layers/layers.js';
import { readLineage } from './layers/parents.js';
import { problemList, reporterOf, type ProblemList } from './reporter.js';
import { resolve } from './resolve.js';
import type { Scenario } from './scenario.js';
import { NO_FILES, recordingReader } from './scenarioFiles.js';
import { readSections, type Sections } from './schema/readSections.js';
import { checkTableSettings } from './tables/tableSettings.js';
import { readTables } from './tables/tables.js';
import type { MapNode } from './tree.js';

/** Options of `load`: the name of the text, layers over it, and a reader of the files that it names. */
export interface LoadOptions {
  /** What diagnostics call the text; `scenario.yaml` if not given. */
  readonly name?: string;
  /** Changes over the text, each `PATH=VALUE`, applied in order. */
  readonly set?: readonly string[];
  /** Reads the files that the scenario names; without it no other file can be read. */
  readonly read?: ReadFile;
}

/** A scenario with its warnings, or no scenario and at least one error. */
export interface Loaded {
  readonly scenario: Scenario | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a scenario: parses the text, applies layers, checks the form, then the meaning.
 *
 * @param text YAML 1.2, already decoded
 * @returns all problems at once, in the order of the text; bad input never throws
 */
export function load(
  text: string,
  { name = 'scenario.yaml', set = [], read = NO_FILES }: LoadOptions = {},
): Loaded {
  return loadFile({ name, text }, { set, read });
}

/** How a file is read: what is put over it, and a reader of the files that it names. */
export interface FileLayers {
  /** Values over the file and its parents, in order. */
  readonly over?: readonly PathValue[];
  /** Changes over these, each `PATH=VALUE`. */
  readonly set: readonly string[];
  readonly read: ReadFile;
  /** Layers that `share` puts over all of these: tables are read by what they say. */
  readonly around?: readonly MapNode[];
  readonly share?: ShareLayer;
}

/**
 * Puts what several scenarios share over the tree of one of them.
 *
 * @param sections what the tree says by itself
 * @returns nothing where nothing is shared, or an error
 */
export type ShareLayer = (
  tree: MapNode,
  sections: Sections,
  problems: ProblemList,
) => MapNode | undefined;

/** Reads the scenario of a file. */
export function loadFile(own: SourceText, layers: FileLayers): Loaded {
  const { over = [], set, read, around = [], share } = layers;
  const problems = problemList();
  const files: ReadRecord[] = [];
  const changes = [...over, ...set.flatMap((one) => readAssignment(one, problemList()) ?? [])];
  const above = [...around, ...changes.toReversed().map(treeOfValue)];
  const tree = readLayers(own, above, recordingReader(read, files), problems);
  if (!tree) return { scenario: undefined, diagnostics: inOrder(problems.diagnostics, own) };
  const changed = over.reduce((root, value) => applyValue(root, value, problems), tree);
  return loadTree(changed, { set, read, files, share }, problems);
}

/**
 * The tree of a file over all its parents, with every table read.
 *
 * @param above what is put over the tree later, the nearest first: tables are read by the `as_of`, the currency and
 *   the calendar that hold in the end
 */
function readLayers(
  own: SourceText,
  above: readonly MapNode[],
  read: ReadFile,
  problems: ProblemList,
): MapNode | undefined {
  const lineage = readLineage(own, read, problems);
  if (!lineage) return undefined;
  const layers = [...above, ...lineage.map((file) => file.tree)];
  let tree: MapNode | undefined;
  for (const file of lineage.toReversed()) {
    const whole = { ...file, tree: readTables(file.tree, read, problems, layers) };
    tree = tree ? applyFile(tree, whole, problems) : whole.tree;
  }
  return tree;
}

export interface TreeOptions {
  /** Changes that the tree already holds. */
  readonly before?: readonly string[];
  /** Further changes, each `PATH=VALUE`. */
  readonly set: readonly string[];
  readonly read: ReadFile;
  /** Other files that the tree was read from. */
  readonly files?: readonly ReadRecord[];
  readonly share?: ShareLayer | undefined;
}

/** Reads a scenario from a tree, with further changes over it; no text is parsed again. */
export function loadTree(
  tree: MapNode,
  { before = [], set, read, files: earlier = [], share }: TreeOptions,
  problems: ProblemList = problemList(),
): Loaded {
  const files = [...earlier];
  let root = tree;
  for (const assignment of set) root = applySet(root, assignment, problems);
  checkTableSettings(root, set, problems);
  let sections = readSections(root, problems);
  const shared = share?.(root, sections, problems);
  if (shared) {
    root = shared;
    sections = readSections(root, problems);
  }
  const reader = recordingReader(read, files);
  const { ledger, ledgerTree } = readLedgers(sections.evidence, root, reader, problems);
  const found = resolve(sections, root, ledger, reporterOf(root, problems));
  const { diagnostics } = problems;
  const isValid = found !== undefined && !hasErrors(diagnostics);
  return {
    scenario: isValid ? { ...found, ledgerTree, set: [...before, ...set], files } : undefined,
    diagnostics: inOrder(diagnostics, root.span.source),
  };
}

/**
 * Sorts problems: first those of the scenario's own file by their place, then those of other files,
 * then those of the command line.
 */
function inOrder(diagnostics: readonly Diagnostic[], own: SourceText): readonly Diagnostic[] {
  const ranks = new Map([[own, 0]]);
  for (const { span } of diagnostics)
    if (!ranks.has(span.source)) ranks.set(span.source, ranks.size);
  const rank = ({ span: { source } }: Diagnostic) =>
    source.name === SET_SOURCE ? ranks.size : ranks.get(source)!;
  return [...diagnostics].sort((a, b) => {
    const isSameSource = a.span.source === b.span.source;
    return rank(a) - rank(b) || (isSameSource ? a.span.start - b.span.start : 0);
  });
}
