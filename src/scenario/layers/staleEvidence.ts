/** Evidence goes with its value: if a layer changes the value, the evidence of the old one is dropped. */
import { equal, type Fraction } from '../../core/number/fraction.js';
import { amount, fractionLiteral } from '../../core/number/literal.js';
import type { MapEntry, MapNode, TreeNode } from '../tree.js';

/** The keys under which a map has its number. */
export const VALUE_KEYS = ['value', 'share', 'part'];

/** Reasons, and the keys that each is a reason for. `name` beside `value` is the name of a rate. */
const REASONS: readonly (readonly [reasons: readonly string[], of: readonly string[]])[] = [
  [
    ['evidence', 'assumption'],
    [...VALUE_KEYS, 'of', 'split', 'quarters', 'months', 'years'],
  ],
  [['range_evidence'], ['low', 'high']],
  [['name', 'date'], ['value']],
];

/**
 * Drops the reasons of values that a layer has changed, unless the layer gives reasons itself.
 *
 * @param layer the entries of the layer
 */
export function withoutStaleReasons(
  before: ReadonlyMap<string, MapEntry>,
  after: ReadonlyMap<string, MapEntry>,
  layer: MapNode['entries'],
): Map<string, MapEntry> {
  const hasChanged = (key: string) =>
    before.has(key) && !sameValue(before.get(key)!.node, after.get(key)?.node);
  const stale = REASONS.flatMap(([reasons, of]) =>
    of.some(hasChanged) ? reasons.filter((reason) => !layer.has(reason)) : [],
  );
  return new Map([...after].filter(([key]) => !stale.includes(key)));
}

/** The value of a node without its attributes: a number, a map by period or a list. */
export function valueIn(node: TreeNode | undefined): TreeNode | undefined {
  if (node?.kind !== 'map') return node;
  const key = VALUE_KEYS.find((candidate) => node.entries.has(candidate));
  return key === undefined ? node : valueIn(node.entries.get(key)!.node);
}

/** Whether two nodes have equal numbers and words, however they are spelled. Attributes beside a value do not count. */
export function sameValue(a: TreeNode | undefined, b: TreeNode | undefined): boolean {
  const [x, y] = [valueIn(a), valueIn(b)];
  if (x?.kind === 'scalar' && y?.kind === 'scalar') return sameText(x.text, y.text);
  if (x?.kind === 'list' && y?.kind === 'list') {
    return (
      x.items.length === y.items.length && x.items.every((one, i) => sameValue(one, y.items[i]))
    );
  }
  if (x?.kind !== 'map' || y?.kind !== 'map' || x.entries.size !== y.entries.size) return false;
  return [...x.entries].every(([key, { node }]) => sameValue(node, y.entries.get(key)?.node));
}

/** Whether two texts are one number or amount, or one word. */
export function sameText(a: string, b: string): boolean {
  if (a === b) return true;
  const [x, y] = [quantityOf(a), quantityOf(b)];
  return x !== undefined && y !== undefined && x.code === y.code && equal(x.value, y.value);
}

/** A literal as a number, with the currency if it is an amount; no text can be read as both. */
export function quantityOf(text: string): { value: Fraction; code?: string } | undefined {
  const money = amount.read(text);
  if (money.ok) return { value: money.value.value, code: money.value.currency.code };
  const ratio = fractionLiteral.read(text);
  return ratio.ok ? { value: ratio.value } : undefined;
}
