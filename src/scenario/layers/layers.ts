/** Layers over a tree: a file over the one that it extends, `--set PATH=VALUE` over everything. */
import { append } from '../../core/lists.js';
import { nearest, type Problem } from '../../core/text/diagnostic.js';
import { firstOf } from '../../core/text/prose.js';
import { SET_SOURCE, type Span } from '../../core/text/source.js';
import { problemList, type ProblemList } from '../reporter.js';
import { findNode, locate, type MapNode, type TreeNode } from '../tree.js';
import { readTree } from '../yaml/yaml.js';
import { isNameAt, positionBelow, rootPosition, type FieldPosition } from './fieldPositions.js';
import { mergeLayer, type Layer, type UnknownPath } from './merge.js';
import type { ScenarioFile } from './parents.js';

/**
 * Puts a file over its parent. The file gives only what differs. A name that the scenario chooses (of a
 * component, a supplier, an estimate) must be in the parent or listed under `adds`, so that a typing
 * error never creates one. Fields, currencies and periods may be new.
 */
export function applyFile(
  parent: MapNode,
  { tree, adds }: ScenarioFile,
  problems: ProblemList,
): MapNode {
  const paths = new Set(adds.map(({ value }) => value));
  for (const { value: path, span } of adds) {
    const problem = problemOfAdded(path, parent, tree);
    if (problem) problems.error('adds', span, problem, placeInParent(parent, path));
  }
  const layer: Layer = {
    steps: 0,
    mayAdd: (path) => pathsTo(path).some((one) => paths.has(one)),
    fail: problems.error,
    unknown: unknownInFile,
  };
  return mergeLayer(parent, tree, rootPosition(), layer) as MapNode;
}

/** A path, and the paths that lead to it: `a`, `a.b`, `a.b.c`. */
function pathsTo(path: string): readonly string[] {
  const steps = path.split('.');
  return steps.map((_, i) => steps.slice(0, i + 1).join('.'));
}

/** Why a path under `adds` is wrong, if it is. */
function problemOfAdded(path: string, parent: MapNode, tree: MapNode): Problem | undefined {
  const steps = path.split('.');
  if (findNode(parent, steps)) {
    return {
      message: `\`${path}\` is already in the parent`,
      hint: 'delete it from `adds`: only new names are listed there',
    };
  }
  if (findNode(tree, steps)) return undefined;
  const around = findNode(tree, steps.slice(0, -1));
  const meant = around?.kind === 'map' ? nearest(steps.at(-1)!, around.entries.keys()) : undefined;
  return {
    message: `\`adds\` lists \`${path}\`, and this file does not give it`,
    hint:
      meant === undefined
        ? 'give it below, or delete it from `adds`'
        : `write \`${[...steps.slice(0, -1), meant].join('.')}\``,
  };
}

function placeInParent(parent: MapNode, path: string) {
  if (!findNode(parent, path.split('.'))) return undefined;
  return { span: locate(parent, path), message: 'the parent has it here' };
}

/**
 * Puts one value at a path of a tree.
 *
 * @param assignment `PATH=VALUE`, the value as YAML
 * @param position what the file may have: that of a scenario unless given
 * @returns the tree without the change if the assignment is wrong
 */
export function applySet(
  root: MapNode,
  assignment: string,
  problems: ProblemList,
  position: FieldPosition = rootPosition(),
): MapNode {
  const value = readAssignment(assignment, problems);
  return value ? applyValue(root, value, problems, position) : root;
}

/** The value of `PATH=VALUE`, and its path; nothing if the assignment is wrong. */
export function readAssignment(assignment: string, problems: ProblemList): PathValue | undefined {
  const source = { name: SET_SOURCE, text: assignment };
  const equals = assignment.indexOf('=');
  const path = assignment.slice(0, Math.max(equals, 0)).trim().normalize('NFC');
  if (path === '') {
    const span = { source, start: 0, end: Math.max(assignment.length, 1) };
    const hint = 'write PATH=VALUE: fx.closure=volume';
    const message = equals < 0 ? 'no `=` in this assignment' : 'no path before `=`';
    problems.error('path-unknown', span, { message, hint });
    return undefined;
  }
  const key = { source, start: 0, end: path.length };
  const found = problemList();
  const value = readTree(source, found, path, equals + 1);
  append(problems.diagnostics, found.diagnostics);
  if (found.diagnostics.length > 0) return undefined;
  return { path, key, node: value ?? { kind: 'scalar', text: '', path, span: key } };
}

/** A value for a path, with the place of the path. */
export interface PathValue {
  readonly path: string;
  readonly key: Span;
  readonly node: TreeNode;
}

/** Puts a value at its path; the tree stays as it is if the path is wrong. */
export function applyValue(
  root: MapNode,
  value: PathValue,
  problems: ProblemList,
  position: FieldPosition = rootPosition(),
): MapNode {
  const { path } = value;
  const found = problemList();
  const steps = path.split('.');
  const layer: Layer = {
    steps: steps.length,
    // A value at a key of the format may bring names; wrong keys in it are reported by its field.
    mayAdd: (added, isName) =>
      added.startsWith(`${path}.`) && (!isName || isField(steps, position)),
    fail: found.error,
    unknown: (unknown) => unknownInSet(path, unknown),
  };
  const changed = mergeLayer(root, treeOfValue(value), position, layer) as MapNode;
  append(problems.diagnostics, found.diagnostics);
  return found.diagnostics.length === 0 ? changed : root;
}

/** A tree of one path: each key is the only one of its map. */
export function treeOfValue({ path, key, node: value }: PathValue): MapNode {
  return path.split('.').reduceRight<TreeNode>((node, step) => {
    return { kind: 'map', entries: new Map([[step, { key, node }]]), span: key };
  }, value) as MapNode;
}

/** Whether the last step of a path is a key of the format. */
function isField(steps: readonly string[], root: FieldPosition): boolean {
  const around = steps.slice(0, -1).reduce(positionBelow, root);
  return !isNameAt(around, steps.at(-1)!);
}

function unknownInSet(path: string, { step, candidates }: UnknownPath): Problem {
  return {
    ...namesNothing(path, step, candidates),
    hint: meantBy(step, candidates) ?? 'write the keys of the file, joined by dots',
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

function namesNothing(path: string, step: string, candidates: Iterable<string>): Problem {
  const known = firstOf(candidates);
  return {
    message: `\`${path}\` names nothing: there is no \`${step}\``,
    ...(known !== '' && { expected: `one of ${known}` }),
  };
}

/** Neither the name itself nor the index of an item in a list is what is meant. */
function* otherNames(candidates: Iterable<string>, step: string): Iterable<string> {
  for (const name of candidates) if (name !== step && !/^\d+$/.test(name)) yield name;
}

function meantBy(step: string, candidates: Iterable<string>): string | undefined {
  const meant = nearest(step, otherNames(candidates, step));
  return meant === undefined ? undefined : `write \`${meant}\``;
}
