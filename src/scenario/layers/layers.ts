/** Layers over a tree: a file over the one that it extends, `--set PATH=VALUE` over everything. */
import { nearest, type Diagnostic, type Problem } from '../../core/text/diagnostic.js';
import { isNameAt, positionBelow, rootPosition } from './fieldPositions.js';
import { mergeLayer, type Layer, type UnknownPath } from './merge.js';
import type { ScenarioFile } from './parents.js';
import { findNode, locate, type MapNode, type TreeNode } from '../tree.js';
import { readTree } from '../yaml/yaml.js';

/** What diagnostics call the text of a `--set`. */
export const SET_SOURCE = '--set';

/**
 * The tree of a parent with a file over it that gives only what differs. A name that the scenario gives
 * itself (a component, a supplier, an estimate) has to be in the parent, or among those that the
 * file says it adds, so that nothing is created by a typo. Fields, currencies and periods are free.
 */
export function applyFile(
  parent: MapNode,
  { tree, adds }: ScenarioFile,
  diagnostics: Diagnostic[],
): MapNode {
  const fail = failTo(diagnostics);
  const paths = adds.map(({ value }) => value);
  for (const { value: path, span } of adds) {
    const problem = problemOfAdded(path, parent, tree);
    if (problem) fail('adds', span, problem, relatedIn(parent, path));
  }
  const layer: Layer = {
    steps: 0,
    mayAdd: (path) => paths.some((one) => path === one || path.startsWith(`${one}.`)),
    fail,
    unknown: (unknown) => unknownInFile(unknown),
  };
  return mergeLayer(parent, tree, rootPosition(), layer) as MapNode;
}

function failTo(diagnostics: Diagnostic[]): Layer['fail'] {
  return (code, span, problem, related) =>
    diagnostics.push({ code, severity: 'error', span, ...problem, ...(related && { related }) });
}

/** What is wrong with a path that a file says it adds. */
function problemOfAdded(path: string, parent: MapNode, tree: MapNode): Problem | undefined {
  const steps = path.split('.');
  if (findNode(parent, steps)) {
    return {
      message: `\`${path}\` is there already`,
      hint: 'delete it from `adds`: what is there is changed without it',
    };
  }
  if (findNode(tree, steps)) return undefined;
  const around = findNode(tree, steps.slice(0, -1));
  const meant = around?.kind === 'map' ? nearest(steps.at(-1)!, around.entries.keys()) : undefined;
  return {
    message: `\`${path}\` is said to be added, and is not given`,
    hint:
      meant === undefined
        ? 'give it below, or delete it from `adds`'
        : `write \`${[...steps.slice(0, -1), meant].join('.')}\``,
  };
}

function relatedIn(parent: MapNode, path: string) {
  if (!findNode(parent, path.split('.'))) return undefined;
  return { span: locate(parent, path), message: 'where it stands' };
}

/**
 * The tree with a value put at a path, as a layer of that one path.
 *
 * @param assignment `PATH=VALUE`, the value as YAML
 * @returns the tree as it was where the assignment is wrong; `diagnostics` say why
 */
export function applySet(root: MapNode, assignment: string, diagnostics: Diagnostic[]): MapNode {
  const source = { name: SET_SOURCE, text: assignment };
  const equals = assignment.indexOf('=');
  const path = assignment.slice(0, Math.max(equals, 0)).trim();
  const problems: Diagnostic[] = [];
  const fail = failTo(problems);
  if (path === '') {
    const hint = 'write PATH=VALUE: fx.closure=volume';
    const span = { source, start: 0, end: Math.max(assignment.length, 1) };
    fail('path-unknown', span, { message: 'no path', hint });
  } else {
    const key = { source, start: 0, end: path.length };
    const value = readTree(source, problems, path, equals + 1);
    const node: TreeNode = value ?? { kind: 'scalar', text: '', path, span: key };
    const steps = path.split('.');
    const tree = steps.reduceRight<TreeNode>(
      (inner, step) => ({
        kind: 'map',
        entries: new Map([[step, { key, node: inner }]]),
        span: key,
      }),
      node,
    );
    const layer: Layer = {
      steps: steps.length,
      // What is put at a key of the format may bring names; wrong keys in it are told by their field.
      mayAdd: (added, isName) => added.startsWith(`${path}.`) && (!isName || isField(steps)),
      fail,
      unknown: (unknown) => unknownInSet(path, unknown),
    };
    const changed = mergeLayer(root, tree, rootPosition(), layer) as MapNode;
    if (problems.length === 0) return changed;
  }
  diagnostics.push(...problems);
  return root;
}

/** Whether the last step of a path is a key of the format. */
function isField(steps: readonly string[]): boolean {
  const around = steps.slice(0, -1).reduce(positionBelow, rootPosition());
  return !isNameAt(around, steps.at(-1)!);
}

function unknownInSet(path: string, { step, candidates }: UnknownPath): Problem {
  return {
    ...namesNothing(path, step, candidates),
    hint: meantBy(step, candidates) ?? 'write the keys of the file, joined by points',
  };
}

function unknownInFile({ path, step, candidates, isName }: UnknownPath): Problem {
  const meant = meantBy(step, candidates);
  const added = `list it at the top: \`adds: [${path}]\``;
  const remedy = meant === undefined ? `to add it, ${added}` : `${meant}; to add a name, ${added}`;
  return {
    ...namesNothing(path, step, candidates),
    hint: isName ? remedy : (meant ?? 'delete it'),
  };
}

function namesNothing(path: string, step: string, candidates: readonly string[]): Problem {
  return {
    message: `\`${path}\` names nothing: there is no \`${step}\``,
    ...(candidates.length > 0 && { expected: `one of ${candidates.join(', ')}` }),
  };
}

function meantBy(step: string, candidates: readonly string[]): string | undefined {
  const names = candidates.filter((name) => name !== step && !/^\d+$/.test(name));
  const meant = nearest(step, names);
  return meant === undefined ? undefined : `write \`${meant}\``;
}
