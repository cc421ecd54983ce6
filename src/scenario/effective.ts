/** The effective file: all layers in one, each value with the place that gave it. */
import { positionOf, type Span } from '../core/text/source.js';
import type { RemarkedLine } from '../core/outline.js';
import { SET_SOURCE } from './layers/layers.js';
import type { Scenario } from './scenario.js';
import type { MapEntry, ListNode, MapNode, ScalarNode, TreeNode } from './tree.js';

/** The scenario as YAML that says the same by itself; a remark is `file:line`, or `--set PATH`. */
export function effectiveFile({ tree }: Scenario): readonly RemarkedLine[] {
  return linesOfMap(tree, '');
}

function linesOfMap({ entries }: MapNode, indent: string): readonly RemarkedLine[] {
  return [...entries].flatMap(([key, entry]) => linesOfEntry(key, entry, indent));
}

function linesOfEntry(key: string, { key: place, node }: MapEntry, indent: string) {
  const line = onOneLine(node);
  if (line !== undefined) return [{ text: `${indent}${key}: ${line}`, remark: giver(node, place) }];
  const inner = `${indent}  `;
  const lines = node.kind === 'map' ? linesOfMap(node, inner) : linesOfList(node, inner);
  return [{ text: `${indent}${key}:` }, ...lines];
}

function linesOfList(node: TreeNode, indent: string): readonly RemarkedLine[] {
  if (node.kind !== 'list') return [];
  return node.items.flatMap((item) => {
    const line = onOneLine(item);
    if (line !== undefined) return [{ text: `${indent}- ${line}`, remark: giver(item, item.span) }];
    const inner = `${indent}  `;
    const lines = item.kind === 'map' ? linesOfMap(item, inner) : linesOfList(item, inner);
    return lines.map(({ text, remark }, i) => ({
      text: i === 0 ? `${indent}- ${text.slice(inner.length)}` : text,
      ...(remark !== undefined && { remark }),
    }));
  });
}

/** What needs no line for each of its values: a single one, a list of one place, nothing. */
function onOneLine(node: TreeNode): string | undefined {
  if (node.kind === 'scalar') return scalarText(node);
  if (node.kind === 'map') return node.entries.size === 0 ? '{}' : undefined;
  const given = new Set(scalarsOf(node)?.map(({ span }) => printed(span)));
  if (node.items.length > 0 && given.size !== 1) return undefined;
  return `[${node.items.map((item) => onOneLine(item)!).join(', ')}]`;
}

/** The single values of a list and of the lists in it; nothing where a map is among them. */
function scalarsOf({ items }: ListNode): readonly ScalarNode[] | undefined {
  const all = items.map((item) => {
    if (item.kind === 'scalar') return [item];
    return item.kind === 'list' ? scalarsOf(item) : undefined;
  });
  return all.includes(undefined) ? undefined : all.flatMap((some) => some!);
}

/** Letters and digits first, and then nothing that YAML reads as more than text, in a list too. */
const PLAIN = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} .%/()_+-]*$/u;

function scalarText({ text }: ScalarNode): string {
  return PLAIN.test(text) && text.trim() === text ? text : JSON.stringify(text);
}

function giver(node: TreeNode, place: Span): string {
  if (node.kind === 'scalar') return printed(node.span);
  const [first] = (node.kind === 'list' && scalarsOf(node)) || [];
  return printed(first?.span ?? place);
}

function printed(span: Span): string {
  const { name, text } = span.source;
  if (name === SET_SOURCE) return `${SET_SOURCE} ${text.slice(0, text.indexOf('=')).trim()}`;
  return `${name}:${positionOf(span).line}`;
}
