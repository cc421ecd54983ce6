/** Scenario text → Scenario, or everything that is wrong with it. */
import { hasErrors, type Diagnostic, type Part, type Reporter } from '../core/diagnostic.js';
import type { ReadFile, ReadRecord } from '../core/source.js';
import { applySet, SET_SOURCE } from './layers.js';
import { readSections } from './read.js';
import { NO_FILES, recording } from './reading.js';
import { resolve } from './resolve.js';
import type { Scenario } from './scenario.js';
import { locate, locateKey, type MapNode } from './tree.js';
import { readTree } from './yaml.js';

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
 * @returns all problems at once, in the order of the text; nothing is thrown for bad input
 */
export function load(
  text: string,
  { name = 'scenario.yaml', set = [], read = NO_FILES }: LoadOptions = {},
): Loaded {
  const diagnostics: Diagnostic[] = [];
  const source = { name, text };
  const whole = readTree(source, diagnostics);
  if (!whole) return { scenario: undefined, diagnostics };
  if (whole.kind !== 'map') {
    const { span } = whole;
    const found = whole.kind === 'list' ? 'a list' : whole.text === '' ? 'nothing' : 'a text';
    const hint = 'begin with `scenario: my-scenario`';
    const problem = { message: 'a scenario is a map of keys', found, hint };
    diagnostics.push({ code: 'shape', severity: 'error', span, ...problem });
    return { scenario: undefined, diagnostics };
  }
  return loadTree(whole, { set, read }, diagnostics);
}

/** What a tree is loaded with: what has been put over it already, what will be, and its files. */
export interface TreeOptions {
  readonly before?: readonly string[];
  readonly set: readonly string[];
  readonly read: ReadFile;
}

/** The scenario that a tree says with further layers over it; the text is not read again. */
export function loadTree(
  tree: MapNode,
  { before = [], set, read }: TreeOptions,
  diagnostics: Diagnostic[],
): Loaded {
  const files: ReadRecord[] = [];
  recording(read, files);
  const root = set.reduce((layered, one) => applySet(layered, one, diagnostics), tree);
  const sections = readSections(root, diagnostics);
  const found = resolve(sections, root, reporterOf(root, diagnostics));
  const scenario = found && { ...found, set: [...before, ...set], files };
  return {
    scenario: hasErrors(diagnostics) ? undefined : scenario,
    diagnostics: inOrder(diagnostics),
  };
}

function reporterOf(root: MapNode, diagnostics: Diagnostic[]): Reporter {
  const spanOf = (path: string, part?: Part) =>
    part === 'key' ? locateKey(root, path) : locate(root, path);
  return {
    error: (code, path, problem, part) =>
      diagnostics.push({ code, severity: 'error', span: spanOf(path, part), ...problem }),
    warn: (code, path, problem, part) =>
      diagnostics.push({ code, severity: 'warning', span: spanOf(path, part), ...problem }),
  };
}

/** The file's first, by their place in it; those of one place in the order in which they were found. */
function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const layer = ({ span }: Diagnostic) => (span.source.name === SET_SOURCE ? 1 : 0);
  return [...diagnostics].sort((a, b) => {
    if (layer(a) !== layer(b)) return layer(a) - layer(b);
    return a.span.source === b.span.source ? a.span.start - b.span.start : 0;
  });
}
