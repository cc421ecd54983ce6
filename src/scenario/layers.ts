/** Layers over a scenario's tree: `--set PATH=VALUE` is the one way to vary an input. */
import { nearest, type Diagnostic, type Problem } from '../core/diagnostic.js';
import type { Span } from '../core/source.js';
import { below, fieldsOf, isOwnName, wholeFile, type Schema } from './places.js';
import { join, type MapNode, type TreeNode } from './tree.js';
import { readTree } from './yaml.js';

/** What diagnostics call the text of a `--set`. */
export const SET_SOURCE = '--set';

/** The key under which a map keeps the number that it is about. */
const VALUE_KEYS = ['value', 'share', 'part'];

/** Which key of a path is unknown, and what might have been meant. */
interface Unknown {
  readonly unknown: string;
  readonly candidates: readonly string[];
}

/**
 * The tree with a value put at a path. Fields, currencies and periods may be added; a name that the
 * scenario gives itself (a component, a supplier, an estimate) has to be there already, so that
 * nothing is created by a typo.
 *
 * @param assignment `PATH=VALUE`, the value as YAML
 * @returns the tree as it was where the assignment is wrong; `diagnostics` say why
 */
export function applySet(root: MapNode, assignment: string, diagnostics: Diagnostic[]): MapNode {
  const source = { name: SET_SOURCE, text: assignment };
  const equals = assignment.indexOf('=');
  const path = assignment.slice(0, Math.max(equals, 0)).trim();
  const fail = (end: number, problem: Problem) => {
    const span = { source, start: 0, end: Math.max(end, 1) };
    diagnostics.push({ code: 'path-unknown', severity: 'error', span, ...problem });
    return root;
  };
  if (path === '') {
    const hint = 'write PATH=VALUE: fx.closure=volume';
    return fail(assignment.length, { message: 'no path', hint });
  }
  const problems: Diagnostic[] = [];
  const key = { source, start: 0, end: path.length };
  const value = readTree(source, problems, path, equals + 1) ?? emptyScalar(path, key);
  const layer = { value, key };
  const changed = withValue(root, path.split('.'), '', wholeFile(), layer);
  if ('unknown' in changed) return fail(path.length, unknownPath(path, changed));
  diagnostics.push(...problems);
  return problems.length === 0 && changed.kind === 'map' ? changed : root;
}

function unknownPath(path: string, { unknown, candidates }: Unknown): Problem {
  const names = candidates.filter((name) => name !== unknown && !/^\d+$/.test(name));
  const meant = nearest(unknown, names);
  return {
    message: `\`${path}\` names nothing: there is no \`${unknown}\``,
    ...(candidates.length > 0 && { expected: `one of ${candidates.join(', ')}` }),
    hint:
      meant === undefined ? 'write the keys of the file, joined by points' : `write \`${meant}\``,
  };
}

/** What is put where: the value, and the span that stands for its key. */
interface Layer {
  readonly value: TreeNode;
  readonly key: Span;
}

/** A copy of a node with the layer's value at the end of some steps below it. */
function withValue(
  node: TreeNode | undefined,
  steps: readonly string[],
  path: string,
  schemas: readonly Schema[],
  layer: Layer,
): TreeNode | Unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return replaced(node, layer.value);
  const parent = asParent(node, step, schemas, path) ?? emptyMap(layer.key);
  const go = (child: TreeNode | undefined) =>
    withValue(child, rest, join(path, step), below(schemas, step), layer);
  if (parent.kind === 'scalar') return { unknown: step, candidates: fieldsOf(schemas) };
  if (parent.kind === 'list') {
    const indices = parent.items.map((_, index) => String(index));
    if (!indices.includes(step)) return { unknown: step, candidates: indices };
    const item = go(parent.items[Number(step)]);
    return 'unknown' in item ? item : { ...parent, items: parent.items.with(Number(step), item) };
  }
  const entry = parent.entries.get(step);
  const known = below(schemas, step).length > 0 && !isOwnName(schemas, step);
  if (!entry && !known) {
    return {
      unknown: step,
      candidates: [...new Set([...parent.entries.keys(), ...fieldsOf(schemas)])],
    };
  }
  const child = go(entry?.node);
  if ('unknown' in child) return child;
  const key = entry && rest.length > 0 ? entry.key : layer.key;
  return { ...parent, entries: new Map(parent.entries).set(step, { key, node: child }) };
}

/** A number that is written as a map keeps its attributes: only its value is replaced. */
function replaced(node: TreeNode | undefined, value: TreeNode): TreeNode {
  if (node?.kind !== 'map' || value.kind !== 'scalar') return value;
  const key = VALUE_KEYS.find((candidate) => node.entries.has(candidate));
  if (key === undefined) return value;
  const { node: inner } = node.entries.get(key)!;
  const replacement = replaced(inner, { ...value, path: join(value.path, key) });
  return {
    ...node,
    entries: new Map(node.entries).set(key, { key: value.span, node: replacement }),
  };
}

/** A bare number as a map with `value`, where the next key of the path is one of its attributes. */
function asParent(
  node: TreeNode | undefined,
  nextKey: string,
  schemas: readonly Schema[],
  path: string,
): TreeNode | undefined {
  if (node?.kind !== 'scalar') return node;
  const forms = schemas.filter(
    ({ properties }) => properties && Object.hasOwn(properties, nextKey),
  );
  const key = VALUE_KEYS.find(
    (one) => one !== nextKey && forms.some(({ properties }) => Object.hasOwn(properties!, one)),
  );
  if (key === undefined) return node;
  const value = { ...node, path: join(path, key) };
  return {
    kind: 'map',
    entries: new Map([[key, { key: node.span, node: value }]]),
    span: node.span,
  };
}

function emptyMap(span: Span): MapNode {
  return { kind: 'map', entries: new Map(), span };
}

function emptyScalar(path: string, span: Span): TreeNode {
  return { kind: 'scalar', text: '', path, span };
}
