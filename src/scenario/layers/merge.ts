/** The one merge: a layer over a tree, for files that extend others and for `--set` alike. */
import {
  nearest,
  type DiagnosticCode,
  type Problem,
  type Related,
} from '../../core/text/diagnostic.js';
import type { Span } from '../../core/text/source.js';
import {
  fixedKeys,
  hasFormFor,
  isNameAt,
  positionBelow,
  type FieldPosition,
} from './fieldPositions.js';
import { checkWas } from './wasCheck.js';
import { VALUE_KEYS, withoutStaleReasons } from './staleEvidence.js';
import {
  join,
  rebase,
  type MapEntry,
  type MapNode,
  type ScalarNode,
  type TreeNode,
} from '../tree.js';

/** What a layer is, beside its tree. */
export interface Layer {
  /** How many keys of a `--set` lead to its value: they walk what is there, and put nothing. */
  readonly steps: number;
  /** Whether the layer may give a key that is new there: a name, or one that no field has. */
  readonly mayAdd: (path: string, isName: boolean) => boolean;
  readonly fail: (code: DiagnosticCode, span: Span, problem: Problem, related?: Related) => void;
  readonly unknown: (unknown: UnknownPath) => Problem;
}

/** A path that names nothing: which key is unknown, and what might have been meant. */
export interface UnknownPath {
  readonly path: string;
  readonly step: string;
  readonly candidates: readonly string[];
  /** Whether a name of the scenario's own would fit there. */
  readonly isName: boolean;
}

/** The word that, as the value of a key, deletes the key. */
const REMOVE = 'remove';

/**
 * A node with a layer over it: maps merge by key, lists and single values replace, and a bare value
 * over a map with attributes replaces the value. What names nothing is told and left out.
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
  if (isStep && below?.kind === 'list') return withItem(below, above, position, layer);
  const pair = below && aligned(below, above, position);
  if (pair) return mergedMap(pair[0], pair[1], position, layer);
  if (!isStep || !below) {
    const fresh = mergedMap(undefined, above, position, layer);
    // Of a map that is all misspelt nothing is left, and what it meant to change stays.
    return fresh.entries.size === 0 && below && above.entries.size > 0 ? below : fresh;
  }
  const [[step, { key }]] = above.entries as unknown as [[string, MapEntry]];
  failUnknown(step, key, fixedKeys(position), position, layer);
  return below;
}

function depthOf(path: string): number {
  return path === '' ? 0 : path.split('.').length;
}

function mergedMap(
  below: MapNode | undefined,
  above: MapNode,
  position: FieldPosition,
  layer: Layer,
): MapNode {
  const before: MapNode['entries'] = below?.entries ?? new Map<string, MapEntry>();
  const after = new Map(before);
  for (const [step, { key, node }] of above.entries) {
    const old = before.get(step);
    const next = positionBelow(position, step);
    const isName = isNameAt(position, step);
    const isFree = next.forms.length > 0 && !isName;
    if (isRemoval(node)) {
      if (!old) failRemoval(step, key, [...before.keys()], layer);
      after.delete(step);
    } else if (!old && !isFree && !layer.mayAdd(next.path, isName)) {
      failUnknown(step, key, [...before.keys(), ...fixedKeys(position)], position, layer);
    } else {
      // A map that a `--set` only walks through stays where it stands.
      const isWalked = old && depthOf(next.path) < layer.steps;
      after.set(step, {
        key: isWalked ? old.key : key,
        node: mergeLayer(old?.node, node, next, layer),
      });
    }
  }
  checkWas({ below, above, after, position }, layer.fail);
  const isPartial = below?.isPartial === true || above.isPartial === true;
  const isWalked = below !== undefined && depthOf(position.path) < layer.steps;
  return {
    kind: 'map',
    span: isWalked ? below.span : above.span,
    entries: withoutStaleReasons(before, after, above.entries),
    ...(isPartial && { isPartial }),
  };
}

function withItem(
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

function failUnknown(
  step: string,
  span: Span,
  known: readonly string[],
  position: FieldPosition,
  { fail, unknown }: Layer,
): void {
  const path = join(position.path, step);
  const candidates = [...new Set(known)];
  fail('path-unknown', span, unknown({ path, step, candidates, isName: isNameAt(position, step) }));
}

function failRemoval(step: string, span: Span, known: readonly string[], { fail }: Layer): void {
  const meant = nearest(step, known);
  fail('path-unknown', span, {
    message: `there is no \`${step}\` to remove`,
    ...(known.length > 0 && { expected: `one of ${known.join(', ')}` }),
    hint: meant === undefined ? 'delete it here' : `write \`${meant}\``,
  });
}

/** The node below as a map, and the layer, with their number under one key where both fit one form. */
function aligned(
  below: TreeNode,
  above: MapNode,
  position: FieldPosition,
): readonly [below: MapNode, above: MapNode] | undefined {
  if (below.kind === 'list') return undefined;
  // A bare number is a `value` where it can; between two maps the key that says more is kept.
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
  // Where one of them fits no form at all, it is as if misspelt: the rest of it is still compared.
  const isClear = [below, above].every(
    (one) => one.kind === 'map' && hasFormFor(position, [...one.entries.keys()]),
  );
  return isClear || below.kind === 'scalar' ? undefined : [below, above];
}

function valueKeyOf({ entries }: MapNode): string | undefined {
  return VALUE_KEYS.find((key) => entries.has(key));
}

/** A bare value as a map that has it under a key. */
function underKey(node: ScalarNode, key: string, path: string): MapNode {
  const entries = new Map([[key, { key: node.span, node: { ...node, path } }]]);
  return { kind: 'map', entries, span: node.span };
}

/** A map with its number under another key: `share` instead of `value`. */
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
