/** Scenario text → Scenario, or everything that is wrong with it. */
import { hasErrors, type Diagnostic, type Part, type Reporter } from '../core/diagnostic.js';
import { applySet } from './layers.js';
import { readSections } from './read.js';
import { resolve } from './resolve.js';
import type { Scenario } from './scenario.js';
import { locate, locateKey, readTree, type MapNode } from './tree.js';

export interface LoadOptions {
  /** What diagnostics call the text; `scenario.yaml` unless given. */
  readonly name?: string;
  /** Layers over the text, each `PATH=VALUE`, in order. */
  readonly set?: readonly string[];
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
export function load(text: string, { name = 'scenario.yaml', set = [] }: LoadOptions = {}): Loaded {
  const diagnostics: Diagnostic[] = [];
  const source = { name, text };
  const root = readTree(source, diagnostics);
  if (!root) return { scenario: undefined, diagnostics };
  if (root.kind !== 'map') {
    const { span } = root;
    const found = root.kind === 'list' ? 'a list' : root.text === '' ? 'nothing' : 'a text';
    const hint = 'begin with `scenario: my-scenario`';
    const problem = { message: 'a scenario is a map of keys', found, hint };
    diagnostics.push({ code: 'shape', severity: 'error', span, ...problem });
    return { scenario: undefined, diagnostics };
  }
  for (const assignment of set) applySet(root, assignment, diagnostics);
  const sections = readSections(root, diagnostics);
  const scenario = resolve(sections, root, reporterOf(root, diagnostics));
  return {
    scenario: scenario && !hasErrors(diagnostics) ? { ...scenario, set } : undefined,
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

/** By place in the text; what stands at one place keeps the order in which it was found. */
function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort((a, b) => a.span.start - b.span.start);
}
