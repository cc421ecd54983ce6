/** Changes of a YAML text that leave every other byte as it is: comments, order, spacing, line ends. */
import { grouped, printFraction, readDecimal } from '../../core/number/decimal.js';
import { SHIFTS } from '../../core/number/literal.js';
import { divide, multiply, type Fraction } from '../../core/number/fraction.js';
import type { Scalar, Span } from '../../core/text/source.js';
import type { Located } from '../../model/field.js';
import type { Input } from '../../model/input.js';
import { problemList } from '../reporter.js';
import { findNode, type MapEntry, type MapNode, type TreeNode } from '../tree.js';
import { readTree } from '../yaml/yaml.js';

/** A literal of a table: its digits, a suffix of an amount, and what it is per or of. */
const LITERAL = /^(-?[\d.]+)(?:(\p{L}*) [A-Z]{3}|(%))?$/u;

/**
 * A cell with another number: `31.8` of a column in billions, `"31,800"` of one in millions.
 *
 * @param text the literal that the cell was read as, and `literal` the one that it is to be read as
 * @returns nothing where the table quotes the number in another way than the literal does
 */
export function rewriteCell(
  { text, span }: Pick<Scalar, 'text' | 'span'>,
  literal: string,
): Splice | undefined {
  const raw = span.source.text.slice(span.start, span.end);
  const isAsRead = raw.replace(/^"|"$/g, '').trim() === text;
  if (isAsRead) return { span, text: raw.replace(text, literal) };
  const [unit, other] = [unitOf(text), unitOf(literal)];
  const [old] = /-?\d[\d,]*(\.\d+)?/.exec(raw) ?? [];
  if (!unit || !other || old === undefined) return undefined;
  const number = multiply(readDecimal(LITERAL.exec(literal)![1]!), divide(other, unit));
  const digits = printFraction(number);
  return { span, text: raw.replace(old, old.includes(',') ? grouped(digits) : digits) };
}

/** What the digits of a literal count: a billion in `31.8bn CNY`; nothing of a quotient. */
function unitOf(literal: string): Fraction | undefined {
  const [whole, , suffix = '', percent] = LITERAL.exec(literal) ?? [];
  if (whole === undefined) return undefined;
  return readDecimal('1', percent === undefined ? (SHIFTS[suffix] ?? 0) : -2);
}

/** A number of an input, and the literal that is to take its place. */
export interface InputEdit {
  readonly input: Input;
  readonly of: 'value' | 'low' | 'high';
  readonly literal: string;
  /** Where it was asked for. */
  readonly asked: Span;
}

/** What stands in a file, as `--set` finds it. */
export type InputPlace = Pick<Located<unknown>, 'path' | 'text' | 'span'>;

export function placeOf({ input, of }: Pick<InputEdit, 'input' | 'of'>): InputPlace {
  return of === 'value' ? input : input.attributes[of]!;
}

/** Another text for a span. */
export interface Splice {
  readonly span: Pick<Span, 'start' | 'end'>;
  readonly text: string;
}

/** A text with other texts in some places, none of which overlap. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  const inOrder = [...splices].sort((a, b) => b.span.start - a.span.start);
  return inOrder.reduce(
    (whole, { span, text: other }) => whole.slice(0, span.start) + other + whole.slice(span.end),
    text,
  );
}

/** A scalar with another literal in it; quotes stay, and so does the line end of a block. */
export function rewriteLiteral({ source, start, end }: Span, old: string, literal: string): Splice {
  const raw = source.text.slice(start, end);
  // Behind an escape the digits of a text are not those of its literal.
  const at = raw.includes('\\') ? -1 : raw.indexOf(old);
  const quote = /^["']/.exec(raw)?.[0] ?? '';
  const text =
    at < 0
      ? quote + literal + quote + (quote === '' ? /\s*$/.exec(raw)![0] : '')
      : raw.slice(0, at) + literal + raw.slice(at + old.length);
  return { span: { start, end }, text };
}

/**
 * The text with a value at a path that it does not have yet. What is there of the path stays: maps in
 * braces get the value in braces, others on a line of its own, and a bare value beside which it
 * belongs becomes a map.
 *
 * @param valueKey the key of the value in the map that is to hold it beside others
 */
export function withValue(
  text: string,
  steps: readonly string[],
  literal: string,
  valueKey: string,
): string {
  const { node, depth } = deepest(treeOf(text), steps);
  const missing = steps.slice(depth);
  if (node.kind !== 'map') {
    const [, raw, after] = /^([^]*?)(\s*)$/.exec(text.slice(node.span.start, node.span.end))!;
    const bare = node.kind === 'scalar' && raw!.includes('\n') ? node.text : raw!;
    const both = `{ ${valueKey}: ${bare}, ${inBraces(missing, literal)} }${after!}`;
    return applySplices(text, [{ span: node.span, text: both }]);
  }
  const keys = missing.length === 0 ? [valueKey] : missing;
  return applySplices(text, [
    isInBraces(text, node)
      ? addedInBraces(node, inBraces(keys, literal))
      : addedLines(text, node, keys, literal),
  ]);
}

/** The text without the entry at a path, of a map that has others. */
export function withoutEntry(text: string, steps: readonly string[]): string {
  const map = findNode(treeOf(text), steps.slice(0, -1));
  const entry = map?.kind === 'map' ? map.entries.get(steps.at(-1)!) : undefined;
  if (map?.kind !== 'map' || !entry) return text;
  const span = isInBraces(text, map) ? spanInBraces(text, map, entry) : spanOfLines(text, entry);
  return applySplices(text, [{ span, text: '' }]);
}

/** The keys that lead to the single value that begins at an offset. */
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

/** The text has been read before, and every change of it is one that can be read again. */
function treeOf(text: string): TreeNode {
  const problems = problemList();
  const tree = readTree({ name: '', text }, problems);
  if (!tree)
    throw new Error(`a change has broken the text: ${problems.diagnostics[0]?.message ?? ''}`);
  return tree;
}

/** As far along a path as the tree goes. */
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

/** With the comma that parts it from its neighbour, and without the comments between them. */
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

/** The lines of an entry; behind the hyphen of a list, or before what follows on the same line. */
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

/** Where the line after the one that an offset ends in begins. */
function lineAfter(text: string, at: number): number {
  if (text[at - 1] === '\n') return at;
  const lineEnd = text.indexOf('\n', at);
  return lineEnd < 0 ? text.length : lineEnd + 1;
}

function endOf({ key, node }: MapEntry): number {
  if (node.kind === 'scalar' && node.text === '') return key.end;
  return node.span.end;
}
