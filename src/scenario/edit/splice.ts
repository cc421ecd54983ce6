/** Edits a YAML text and leaves every other byte: comments, order, spacing, line ends. */
import type { Span } from '../../core/text/source.js';
import { problemList } from '../reporter.js';
import { findNode, type MapEntry, type MapNode, type TreeNode } from '../tree.js';
import { readTree } from '../yaml/yaml.js';

/** A new text for a span. */
export interface Splice {
  readonly span: Pick<Span, 'start' | 'end'>;
  readonly text: string;
}

/** Applies splices, none of which overlap. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  const inOrder = [...splices].sort((a, b) => b.span.start - a.span.start);
  return inOrder.reduce(
    (whole, { span, text: other }) => whole.slice(0, span.start) + other + whole.slice(span.end),
    text,
  );
}

/** Replaces the literal of a scalar; quotes stay, and so does the line end of a block. */
export function rewriteLiteral({ source, start, end }: Span, old: string, literal: string): Splice {
  const raw = source.text.slice(start, end);
  // In a quoted text with escapes, the literal cannot be found by its characters.
  const at = raw.includes('\\') ? -1 : raw.indexOf(old);
  const quote = /^["']/.exec(raw)?.[0] ?? '';
  const text =
    at < 0
      ? quote + literal + quote + (quote === '' ? /\s*$/.exec(raw)![0] : '')
      : raw.slice(0, at) + literal + raw.slice(at + old.length);
  return { span: { start, end }, text };
}

/**
 * Adds a value at a path that the text does not have yet. A map in braces gets the value in braces, any
 * other map gets it on a line of its own, and a bare value that the path passes through becomes a map.
 *
 * @param valueKey the key of a bare value in the map that it becomes
 */
export function withValue(
  text: string,
  steps: readonly string[],
  literal: string,
  valueKey: string,
): string {
  const { node, depth } = deepest(treeOf(text), steps);
  // A file in JSON stays JSON.
  const isJson = /^\s*\{\s*"/.test(text);
  const quoted = (word: string) => (isJson ? JSON.stringify(word) : word);
  const missing = steps.slice(depth).map(quoted);
  if (node.kind !== 'map') {
    const [, raw, after] = /^([^]*?)(\s*)$/.exec(text.slice(node.span.start, node.span.end))!;
    const bare = node.kind === 'scalar' && raw!.includes('\n') ? node.text : raw!;
    const both = `{ ${quoted(valueKey)}: ${bare}, ${inBraces(missing, quoted(literal))} }${after!}`;
    return applySplices(text, [{ span: node.span, text: both }]);
  }
  const keys = missing.length === 0 ? [quoted(valueKey)] : missing;
  return applySplices(text, [
    isInBraces(text, node)
      ? addedInBraces(node, inBraces(keys, quoted(literal)))
      : addedLines(text, node, keys, literal),
  ]);
}

/** Deletes the entry at a path, from a map that has others. */
export function withoutEntry(text: string, steps: readonly string[]): string {
  const map = findNode(treeOf(text), steps.slice(0, -1));
  const entry = map?.kind === 'map' ? map.entries.get(steps.at(-1)!) : undefined;
  if (map?.kind !== 'map' || !entry) return text;
  const span = isInBraces(text, map) ? spanInBraces(text, map, entry) : spanOfLines(text, entry);
  return applySplices(text, [{ span, text: '' }]);
}

/** The keys that lead to the scalar that begins at an offset. */
export function stepsTo(node: TreeNode, offset: number): readonly string[] | undefined {
  if (node.kind === 'scalar') return node.span.start === offset ? [] : undefined;
  const children =
    node.kind === 'map'
      ? [...node.entries].map(([step, entry]) => [step, entry.node] as const)
      : node.items.map((item, i) => [String(i), item] as const);
  for (const [step, child] of children) {
    const below = stepsTo(child, offset);
    if (below) return [step, ...below];
  }
  return undefined;
}

/** The tree of a text that was valid before it was edited; an edit that breaks it is a bug. */
function treeOf(text: string): TreeNode {
  const problems = problemList();
  const tree = readTree({ name: '', text }, problems);
  if (!tree)
    throw new Error(`a change has broken the text: ${problems.diagnostics[0]?.message ?? ''}`);
  return tree;
}

/** The last node of a path that the tree has, and how many keys lead to it. */
function deepest(root: TreeNode, steps: readonly string[]): { node: TreeNode; depth: number } {
  for (let depth = steps.length; depth > 0; depth--) {
    const node = findNode(root, steps.slice(0, depth));
    if (node) return { node, depth };
  }
  return { node: root, depth: 0 };
}

function isInBraces(text: string, { span }: MapNode): boolean {
  return text[span.start] === '{';
}

/** `share: { FY2026: 30% }` */
function inBraces([step, ...more]: readonly string[], literal: string): string {
  return `${step!}: ${more.length === 0 ? literal : `{ ${inBraces(more, literal)} }`}`;
}

function addedInBraces({ entries, span }: MapNode, added: string): Splice {
  const last = [...entries.values()].at(-1);
  const at = last ? endOf(last) : span.start + 1;
  return { span: { start: at, end: at }, text: last ? `, ${added}` : ` ${added} ` };
}

function addedLines(text: string, map: MapNode, keys: readonly string[], literal: string): Splice {
  const entries = [...map.entries.values()];
  const indent = columnOf(text, entries[0]!.key.start);
  const at = lineAfter(text, endOf(entries.at(-1)!));
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = keys.map((key, i) => {
    const value = i === keys.length - 1 ? ` ${literal}` : '';
    return `${' '.repeat(indent + 2 * i)}${key}:${value}`;
  });
  const added = (indent === 0 && areApart(text, entries) ? lineEnd : '') + lines.join(lineEnd);
  const isOpen = at > 0 && text[at - 1] !== '\n';
  return { span: { start: at, end: at }, text: isOpen ? lineEnd + added : added + lineEnd };
}

/** Whether a blank line stands between the sections of a file. */
function areApart(text: string, entries: readonly MapEntry[]): boolean {
  const [before, last] = entries.slice(-2);
  return last !== undefined && /\n\s*\n/.test(text.slice(endOf(before!) - 1, last.key.start));
}

/** The span of an entry and of the comma beside it; comments between two entries stay. */
function spanInBraces(text: string, { entries }: MapNode, entry: MapEntry): Splice['span'] {
  const all = [...entries.values()];
  const i = all.indexOf(entry);
  const [before, after] = [all[i - 1], all[i + 1]];
  const [start, end] = [entry.key.start, endOf(entry)];
  const hasComment = (from: number, to: number) => text.slice(from, to).includes('#');
  if (before && !hasComment(endOf(before), start)) return { start: endOf(before), end };
  if (!after) return { start, end };
  const next = after.key.start;
  return { start, end: hasComment(end, next) ? text.indexOf(',', end) + 1 : next };
}

/** The lines of an entry. After the hyphen of a list item, only the entry itself. */
function spanOfLines(text: string, entry: MapEntry): Splice['span'] {
  const { start } = entry.key;
  const lineStart = start - columnOf(text, start);
  const isAlone = text.slice(lineStart, start).trim() === '';
  const end = lineAfter(text, endOf(entry));
  if (isAlone) return { start: lineStart, end };
  return { start, end: end + /^ */.exec(text.slice(end))![0].length };
}

function columnOf(text: string, at: number): number {
  return at - (text.lastIndexOf('\n', at - 1) + 1);
}

/** The start of the next line. */
function lineAfter(text: string, at: number): number {
  if (text[at - 1] === '\n') return at;
  const lineEnd = text.indexOf('\n', at);
  return lineEnd < 0 ? text.length : lineEnd + 1;
}

function endOf({ key, node }: MapEntry): number {
  if (node.kind === 'scalar' && node.text === '') return key.end;
  return node.span.end;
}
