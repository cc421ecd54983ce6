/** Scenario text → Scenario, or everything that is wrong with it. */
import { hasErrors, type Diagnostic } from '../core/text/diagnostic.js';
import type { ReadFile, ReadRecord, SourceText } from '../core/text/source.js';
import { applyFile, applySet, SET_SOURCE } from './layers/layers.js';
import { readLedgers } from './checks/ledgers.js';
import { readLineage } from './layers/parents.js';
import { readSections } from './schema/readSections.js';
import { NO_FILES, recording } from './scenarioFiles.js';
import { reporterOf } from './reporter.js';
import { resolve } from './resolve.js';
import type { Scenario } from './scenario.js';
import { withTables } from './tables/tables.js';
import type { MapNode } from './tree.js';

/** What goes with a text; alone, it needs none of it. */
export interface LoadOptions {
  /** What diagnostics call the text; `scenario.yaml` unless given. */
  readonly name?: string;
  /** Layers over the text, each `PATH=VALUE`, in order. */
  readonly set?: readonly string[];
  /** Reads the files that the scenario names; without it they are refused. */
  readonly read?: ReadFile;
}

/** A scenario with its warnings, or no scenario and at least one error. */
export interface Loaded {
  readonly scenario: Scenario | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a scenario: parsed with positions, layered, checked for shape, then for meaning.
 *
 * @param text YAML 1.2, already decoded
 * @param options its name, layers over it, and a way to the files that it names
 * @returns all problems at once, in the order of the text; nothing is thrown for bad input
 */
export function load(
  text: string,
  { name = 'scenario.yaml', set = [], read = NO_FILES }: LoadOptions = {},
): Loaded {
  const diagnostics: Diagnostic[] = [];
  const files: ReadRecord[] = [];
  const own = { name, text };
  const reader = recording(read, files);
  const lineage = readLineage(own, reader, diagnostics);
  if (!lineage) return { scenario: undefined, diagnostics: inOrder(diagnostics, own) };
  const [base, ...layers] = [...lineage].reverse();
  const tree = layers.reduce(
    (parent, file) => {
      const whole = withTables(file.tree, reader, diagnostics, parent);
      return applyFile(parent, { ...file, tree: whole }, diagnostics);
    },
    withTables(base!.tree, reader, diagnostics),
  );
  return loadTree(tree, { set, read, files }, diagnostics);
}

/** What a tree is loaded with: what has been put over it already, what will be, and its files. */
export interface TreeOptions {
  readonly before?: readonly string[];
  readonly set: readonly string[];
  readonly read: ReadFile;
  /** What the tree was read from beside its own text. */
  readonly files?: readonly ReadRecord[];
}

/** The scenario that a tree says with further layers over it; the text is not read again. */
export function loadTree(
  tree: MapNode,
  { before = [], set, read, files: earlier = [] }: TreeOptions,
  diagnostics: Diagnostic[],
): Loaded {
  const files = [...earlier];
  const reader = recording(read, files);
  const root = set.reduce((layered, one) => applySet(layered, one, diagnostics), tree);
  const sections = readSections(root, diagnostics);
  const report = reporterOf(root, diagnostics);
  const ledger = readLedgers(sections.evidence, tree.span.source.name, reader, diagnostics);
  const found = resolve(sections, root, ledger, report);
  const scenario = found && { ...found, set: [...before, ...set], files };
  return {
    scenario: hasErrors(diagnostics) ? undefined : scenario,
    diagnostics: inOrder(diagnostics, root.span.source),
  };
}

/**
 * The file's first, by their place in it, then those of the files that it names, then those of the
 * command line; what has no place before another keeps the order in which it was found.
 */
function inOrder(diagnostics: readonly Diagnostic[], own: SourceText): readonly Diagnostic[] {
  const sources = [own, ...diagnostics.map(({ span }) => span.source)];
  const rank = ({ span: { source } }: Diagnostic) =>
    source.name === SET_SOURCE ? sources.length : sources.indexOf(source);
  return [...diagnostics].sort((a, b) => {
    const apart = rank(a) - rank(b);
    const isSame = a.span.source === b.span.source;
    return apart !== 0 ? apart : isSame ? a.span.start - b.span.start : 0;
  });
}
