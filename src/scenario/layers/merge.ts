/** Merges a layer over a tree: a file over its parent, or one value of `--set`. */
import {
  nearest,
  type DiagnosticCode,
  type Problem,
  type Related,
} from '../../core/text/diagnostic.js';
import { firstOf } from '../../core/text/prose.js';
import type { Span } from '../../core/text/source.js';
import {
  join,
  rebase,
  type MapEntry,
  type MapNode,
  type ScalarNode,
  type TreeNode,
} from '../tree.js';
import {
  fixedKeys,
  hasFormFor,
  isNameAt,
  positionBelow,
  type FieldPosition,
} from './fieldPositions.js';
import { checkNarrowerKeys } from './narrowerKeys.js';
import { VALUE_KEYS, withoutStaleReasons } from './staleEvidence.js';
import { checkWas } from './wasCheck.js';

/** How a layer is merged, and how its problems are reported. */
export interface Layer {
  /** The number of keys in the path of a `--set`; 0 for a file. Maps on the path are not changed. */
  readonly steps: number;
  /** Whether the layer may add a key that the parent and the format do not have. */
  readonly mayAdd: (path: string, isName: boolean) => boolean;
  readonly fail: (code: DiagnosticCode, span: Span, problem: Problem, related?: Related) => void;
  readonly unknown: (unknown: UnknownPath) => Problem;
}

/** A path that does not exist: its unknown key, and the keys that exist there. */
export interface UnknownPath {
  readonly path: string;
  readonly step: string;
  readonly candidates: Iterable<string>;
  /** Whether the scenario may choose a name there. */
  readonly isName: boolean;
}

/** As the value of a key, this word deletes the key. */
const REMOVE = 'remove';

/**
 * Merges a layer over a node. Maps merge by key; lists and single values replace what is below; a bare
 * value over a map with attributes replaces its value. A path that does not exist is reported and left
 * out.
 */
export function mergeLayer(
  below: TreeNode | undefined,
  above: TreeNode,
  position: FieldPosition,
  layer: Layer,
): TreeNode {
  if (above.kind === 'list') return above;
  if (above.kind === 'scalar') {
    const key = below?.kind === 'map' ? valueKeyOf(below) : undefined;
    if (key === undefined) return above;
    return mergeLayer(below, underKey(above, key, join(position.path, key)), position, layer);
  }
  const isStep = depthOf(position.path) < layer.steps;
  if (isStep && below?.kind === 'list') return mergeItem(below, above, position, layer);
  const pair = below && alignMaps(below, above, position);
  if (pair) return mergeMaps(pair[0], pair[1], position, layer);
  if (!isStep || !below) {
    const fresh = mergeMaps(undefined, above, position, layer);
    // If every key of a map is misspelt, the map below stays as it is.
    return fresh.entries.size === 0 && below && above.entries.size > 0 ? below : fresh;
  }
  const [[step, { key }]] = above.entries as unknown as [[string, MapEntry]];
  failUnknown(step, key, fixedKeys(position), position, layer);
  return below;
}

function depthOf(path: string): number {
  return path === '' ? 0 : path.split('.').length;
}

/**
 * Merges two maps by key. A table over a table replaces its rows; what is written out below it or between
 * the two stays, unless the table gives its key.
 */
function mergeMaps(
  below: MapNode | undefined,
  above: MapNode,
  position: FieldPosition,
  layer: Layer,
): MapNode {
  const before: MapNode['entries'] = below?.entries ?? new Map<string, MapEntry>();
  const base = above.table && below?.table ? below.table.over : below;
  const after = new Map(base?.entries);
  for (const [step, { key, node }] of above.entries) {
    const old = before.get(step);
    const next = positionBelow(position, step);
    const isName = isNameAt(position, step);
    const isFree = next.forms.length > 0 && !isName;
    if (isRemoval(node)) {
      if (!old) failRemoval(step, key, before, layer);
      after.delete(step);
    } else if (!old && !isFree && !layer.mayAdd(next.path, isName)) {
      failUnknown(step, key, namesIn(before, fixedKeys(position)), position, layer);
    } else {
      // A map on the path of a `--set` keeps its own place in the file.
      const isWalked = old && depthOf(next.path) < layer.steps;
      after.set(step, {
        key: isWalked ? old.key : key,
        node: mergeLayer(base?.entries.get(step)?.node, node, next, layer),
      });
    }
  }
  checkWas({ below, above, after, position }, layer.fail);
  const isSet = layer.steps > 0;
  checkNarrowerKeys({ before: base?.entries, above, after, position, isSet }, layer.fail);
  const isPartial = below?.isPartial === true || above.isPartial === true;
  const isWalked = below !== undefined && depthOf(position.path) < layer.steps;
  const table = above.table ?? below?.table;
  const over = above.table
    ? base
    : below?.table && mergeMaps(below.table.over, above, position, SILENT);
  return {
    kind: 'map',
    span: isWalked ? below.span : above.span,
    entries: withoutStaleReasons(before, after, above.entries),
    ...(isPartial && { isPartial }),
    ...(table && { table: { ...table, over } }),
  };
}

/** Merges once more what a layer writes over a table, to keep it when another table replaces the rows. */
const SILENT: Layer = {
  steps: 0,
  mayAdd: () => true,
  fail: () => undefined,
  unknown: () => ({ message: '' }),
};

function mergeItem(
  list: TreeNode,
  { entries }: MapNode,
  position: FieldPosition,
  layer: Layer,
): TreeNode {
  if (list.kind !== 'list') return list;
  const [[step, { key, node }]] = entries as unknown as [[string, MapEntry]];
  const indices = list.items.map((_, index) => String(index));
  if (!indices.includes(step)) {
    failUnknown(step, key, indices, position, layer);
    return list;
  }
  const item = mergeLayer(list.items[Number(step)], node, positionBelow(position, step), layer);
  return { ...list, items: list.items.with(Number(step), item) };
}

function isRemoval(node: TreeNode): boolean {
  return node.kind === 'scalar' && node.text === REMOVE;
}

/** The keys of a map, then those that its form may have: not copied, as many keys may be unknown. */
function namesIn(entries: MapNode['entries'], others: readonly string[]): Iterable<string> {
  return {
    *[Symbol.iterator]() {
      yield* entries.keys();
      for (const key of others) if (!entries.has(key)) yield key;
    },
  };
}

function failUnknown(
  step: string,
  span: Span,
  candidates: Iterable<string>,
  position: FieldPosition,
  { fail, unknown }: Layer,
): void {
  const path = join(position.path, step);
  fail('path-unknown', span, unknown({ path, step, candidates, isName: isNameAt(position, step) }));
}

function failRemoval(step: string, span: Span, known: MapNode['entries'], { fail }: Layer): void {
  const meant = nearest(step, known.keys());
  fail('path-unknown', span, {
    message: `there is no \`${step}\` to remove`,
    ...(known.size > 0 && { expected: `one of ${firstOf(known.keys())}` }),
    hint: meant === undefined ? 'delete it here' : `write \`${meant}\``,
  });
}

/**
 * Two maps that can be merged: if the number of one is under `value` and of the other under `share`, both
 * get one key. A field must have a form with all keys of both.
 */
function alignMaps(
  below: TreeNode,
  above: MapNode,
  position: FieldPosition,
): readonly [below: MapNode, above: MapNode] | undefined {
  if (below.kind === 'list') return undefined;
  // A bare number becomes `value` if it can; between two maps the more specific key is kept.
  const keys = below.kind === 'scalar' ? VALUE_KEYS : [undefined, ...VALUE_KEYS.toReversed()];
  for (const key of keys) {
    const map = below.kind === 'map' ? below : underKey(below, key!, join(position.path, key!));
    const pair = [underOneKey(map, key, position), underOneKey(above, key, position)] as const;
    if (
      hasFormFor(
        position,
        pair.flatMap(({ entries }) => [...entries.keys()]),
      )
    )
      return pair;
  }
  // If one map fits no form, it has a misspelt key: its other keys are still merged.
  const isClear = [below, above].every(
    (one) => one.kind === 'map' && hasFormFor(position, [...one.entries.keys()]),
  );
  return isClear || below.kind === 'scalar' ? undefined : [below, above];
}

function valueKeyOf({ entries }: MapNode): string | undefined {
  return VALUE_KEYS.find((key) => entries.has(key));
}

/** Puts a bare value under a key. */
function underKey(node: ScalarNode, key: string, path: string): MapNode {
  const entries = new Map([[key, { key: node.span, node: { ...node, path } }]]);
  return { kind: 'map', entries, span: node.span };
}

/** Moves the number of a map to another key: `share` instead of `value`. */
function underOneKey(map: MapNode, key: string | undefined, { path }: FieldPosition): MapNode {
  const own = valueKeyOf(map);
  if (key === undefined || own === undefined || own === key) return map;
  const entries = [...map.entries].map(([name, entry]) =>
    name === own
      ? ([key, { ...entry, node: rebase(entry.node, join(path, key)) }] as const)
      : ([name, entry] as const),
  );
  return { ...map, entries: new Map(entries) };
}
