/** Values and what they rest on: a reason holds for the value that it was written for, and no other. */
import { amount, fractionLiteral } from '../../core/number/literal.js';
import { equal, type Fraction } from '../../core/number/fraction.js';
import type { MapEntry, MapNode, TreeNode } from '../tree.js';

/** The keys under which a map keeps the number that it is about. */
export const VALUE_KEYS = ['value', 'share', 'part'];

/** Reasons, and the keys beside them of which they speak. `name` beside `value` is that of a rate. */
const REASONS: readonly (readonly [reasons: readonly string[], of: readonly string[]])[] = [
  [
    ['evidence', 'assumption'],
    [...VALUE_KEYS, 'of', 'split', 'quarters', 'months', 'years'],
  ],
  [['range_evidence'], ['low', 'high']],
  [['name', 'date'], ['value']],
];

/**
 * The entries of a map without the reasons that spoke of other values: a number that has changed does
 * not rest on the claim of the old one.
 *
 * @param given what the layer itself says, reasons included
 */
export function withoutStaleReasons(
  before: ReadonlyMap<string, MapEntry>,
  after: ReadonlyMap<string, MapEntry>,
  given: MapNode['entries'],
): Map<string, MapEntry> {
  const hasChanged = (key: string) =>
    before.has(key) && !sameValue(before.get(key)!.node, after.get(key)?.node);
  const stale = REASONS.flatMap(([reasons, of]) =>
    of.some(hasChanged) ? reasons.filter((reason) => !given.has(reason)) : [],
  );
  return new Map([...after].filter(([key]) => !stale.includes(key)));
}

/** The number, the map by period or the list that a node is about, whatever stands beside it. */
export function valueIn(node: TreeNode | undefined): TreeNode | undefined {
  if (node?.kind !== 'map') return node;
  const key = VALUE_KEYS.find((candidate) => node.entries.has(candidate));
  return key === undefined ? node : valueIn(node.entries.get(key)!.node);
}

/** Whether two nodes give the same numbers and words, however they spell them. */
function sameValue(a: TreeNode | undefined, b: TreeNode | undefined): boolean {
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

/** Whether two texts spell the same number or amount, or are the same word. */
export function sameText(a: string, b: string): boolean {
  if (a === b) return true;
  const [x, y] = [quantityOf(a), quantityOf(b)];
  return x !== undefined && y !== undefined && x.code === y.code && equal(x.value, y.value);
}

/** A literal as a number, with the currency of an amount; the grammars of the two have none in common. */
export function quantityOf(text: string): { value: Fraction; code?: string } | undefined {
  const money = amount.read(text);
  if (money.ok) return { value: money.value.value, code: money.value.currency.code };
  const ratio = fractionLiteral.read(text);
  return ratio.ok ? { value: ratio.value } : undefined;
}
