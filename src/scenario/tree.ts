/** A scenario's text as a tree of maps, lists and scalars, each with its place. */
import type { FiscalCalendar } from '../core/period.js';
import type { Scalar, Span } from '../core/text/source.js';

export interface MapNode {
  readonly kind: 'map';
  readonly entries: Map<string, MapEntry>;
  readonly span: Span;
  /** Whether an entry is missing because it could not be read; the reason is already reported. */
  readonly isPartial?: boolean;
  readonly table?: TableOrigin;
}

/** For the map of a table. */
export interface TableOrigin {
  /** What is below its rows, and stays when another table replaces them. */
  readonly over: MapNode | undefined;
  readonly readBy?: TableSettings;
}

/** What a table was read by that stands elsewhere in the scenario. */
export interface TableSettings {
  /** The file of the table. */
  readonly name: string;
  /** The calendar in which its labels of periods were read, if it has labels. */
  readonly calendar?: FiscalCalendar | undefined;
  /** The `as_of` up to which its rows count, as written, if they have days; empty if there was none. */
  readonly asOf?: string | undefined;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: TreeNode[];
  readonly span: Span;
}

export interface ScalarNode extends Scalar {
  readonly kind: 'scalar';
  /** Whether its text could not be read; the reason is already reported. */
  readonly isPartial?: boolean;
}

export type TreeNode = MapNode | ListNode | ScalarNode;

/** A value of a map, with the place of its key. */
export interface MapEntry {
  readonly key: Span;
  node: TreeNode;
}

export function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

/** Moves a node to another path: every scalar in it carries its path. */
export function rebase<N extends TreeNode>(node: N, path: string): N {
  if (node.kind === 'scalar') return { ...node, path };
  if (node.kind === 'list') {
    return { ...node, items: node.items.map((item, i) => rebase(item, join(path, String(i)))) };
  }
  const entries = [...node.entries].map(
    ([key, entry]) => [key, { ...entry, node: rebase(entry.node, join(path, key)) }] as const,
  );
  return { ...node, entries: new Map(entries) };
}

/** A node as plain objects and arrays, which zod can read; a scalar is a function that only fields call. */
export function plainValue(node: TreeNode): unknown {
  if (node.kind === 'map') {
    const values = Object.create(null) as Record<string, unknown>;
    for (const [key, entry] of node.entries) {
      const value = plainValue(entry.node);
      // zod takes a map with this key for a plain object only if its value has this prototype.
      if (key === 'constructor' && typeof value === 'function')
        Object.assign(value, { prototype: Object.prototype });
      values[key] = value;
    }
    return values;
  }
  if (node.kind === 'list') return node.items.map(plainValue);
  return (): ScalarNode => node;
}

/** The paths of all scalars, in the order of the tree. */
export function scalarPaths(node: TreeNode): readonly string[] {
  const paths: string[] = [];
  const visit = (one: TreeNode): void => {
    if (one.kind === 'scalar') paths.push(one.path);
    else if (one.kind === 'list') one.items.forEach(visit);
    else for (const entry of one.entries.values()) visit(entry.node);
  };
  visit(node);
  return paths;
}

/** The place of a path: of a scalar the value, of a map or a list the key. */
export function locate(root: TreeNode, path: string): Span {
  let node = root;
  let span = beginningOf(root);
  for (const key of path === '' ? [] : path.split('.')) {
    const next = childOf(node, key);
    if (!next) return span;
    ({ node, span } = next);
  }
  return span;
}

/** The place of a whole file: its first key. */
function beginningOf(root: TreeNode): Span {
  const [first] = root.kind === 'map' ? root.entries.values() : [];
  return first?.key ?? { ...root.span, end: Math.min(root.span.end, root.span.start + 1) };
}

/** The place of the key at the end of a path. */
export function locateKey(root: TreeNode, path: string): Span {
  const steps = path.split('.');
  const parent = findNode(root, steps.slice(0, -1));
  const entry = parent?.kind === 'map' ? parent.entries.get(steps.at(-1)!) : undefined;
  return entry?.key ?? locate(root, path);
}

export function findNode(root: TreeNode, steps: readonly string[]): TreeNode | undefined {
  let node: TreeNode | undefined = root;
  for (const step of steps) node = node && childOf(node, step)?.node;
  return node;
}

function childOf(node: TreeNode, key: string): { node: TreeNode; span: Span } | undefined {
  if (node.kind === 'map') {
    const entry = node.entries.get(key);
    if (!entry) return undefined;
    const own = entry.node.kind === 'scalar' && entry.node.text !== '';
    return { node: entry.node, span: own ? entry.node.span : entry.key };
  }
  const item = node.kind === 'list' ? node.items[Number(key)] : undefined;
  return item && { node: item, span: item.span };
}
