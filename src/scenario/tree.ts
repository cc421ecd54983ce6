/** YAML text → a tree of maps, lists and scalars that knows where each of them stands. */
import { Composer, isAlias, isMap, isScalar, isSeq, Parser } from 'yaml';
import type { CST, Document, Pair, ParsedNode, YAMLMap } from 'yaml';
import type { Diagnostic, DiagnosticCode, Problem } from '../core/diagnostic.js';
import { positionOf, type Scalar, type Source, type Span } from '../core/source.js';
import { NAME } from '../model/field.js';
import { firstSlip, levelsOf } from './syntax.js';

export interface MapNode {
  readonly kind: 'map';
  readonly entries: Map<string, Entry>;
  readonly span: Span;
  /** Whether an entry is missing because it could not be read, which has been told. */
  readonly isPartial?: boolean;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: TreeNode[];
  readonly span: Span;
}

export interface ScalarNode extends Scalar {
  readonly kind: 'scalar';
  /** Whether it stands for something that could not be read, which has been told. */
  readonly isPartial?: boolean;
}

export type TreeNode = MapNode | ListNode | ScalarNode;

/** A key of a map with its place, and what it stands for. */
export interface Entry {
  readonly key: Span;
  node: TreeNode;
}

/** Larger and deeper than any scenario, and small enough to read in a moment. */
export const LARGEST_TEXT = 32 * 1024 * 1024;
export const DEEPEST_TREE = 64;

const OPTIONS = {
  schema: 'failsafe',
  version: '1.2',
  uniqueKeys: false,
  logLevel: 'silent',
  prettyErrors: false,
} as const;

/** What reading needs at every node: the text, and where problems go. */
interface Reading {
  readonly source: Source;
  readonly fail: (code: DiagnosticCode, start: number, end: number, problem: Problem) => void;
}

/**
 * Reads one YAML 1.2 document without anchors, aliases, tags and merge keys. Every scalar stays
 * text, so that no number passes through a binary float.
 *
 * @param path where the text belongs in the scenario: empty for a file, the path of a `--set`
 * @param from the offset at which the YAML begins: behind the `=` of a `--set`
 * @returns nothing where there is no tree to go on with; what is wrong is in `diagnostics`
 */
export function readTree(
  source: Source,
  diagnostics: Diagnostic[],
  path = '',
  from = 0,
): TreeNode | undefined {
  const fail: Reading['fail'] = (code, start, end, problem) => {
    const inside = Math.min(start, Math.max(source.text.length - 1, 0));
    const span = { source, start: inside, end: Math.min(Math.max(end, inside + 1), source.text.length) };
    diagnostics.push({ code, severity: 'error', span, ...problem });
  };
  const text = ' '.repeat(from) + source.text.slice(from);
  if (text.length > LARGEST_TEXT) {
    fail('text-size', 0, 1, { message: 'the text is larger than 32 MiB' });
    return undefined;
  }
  const tokens = [...new Parser().parse(text)];
  const deep = firstTooDeep(tokens);
  if (deep !== undefined) {
    fail('text-size', deep, deep + 1, {
      message: `more than ${DEEPEST_TREE} levels of maps and lists`,
      hint: 'a scenario needs about ten: look for a bracket that is not closed',
    });
    return undefined;
  }
  const documents = [...new Composer(OPTIONS).compose(tokens, true, text.length)];
  if (!isPlain(tokens, documents, { source, fail })) return undefined;
  const root = nodeOf(documents[0]!.contents, path, { source, fail }, [0, text.length]);
  return root.kind === 'scalar' && root.isPartial ? undefined : root;
}

/** The offset of a collection nested too deeply; found before anything recurs. */
function firstTooDeep(tokens: readonly CST.Token[]): number | undefined {
  let depth = 0;
  for (const level of levelsOf(tokens)) {
    const collection = level.find((token) => 'items' in token);
    if (depth > DEEPEST_TREE && collection) return collection.offset;
    depth += 1;
  }
  return undefined;
}

/** Whether the text is one YAML document without directives and without errors. */
function isPlain(
  tokens: readonly CST.Token[],
  documents: readonly Document.Parsed[],
  { source, fail }: Reading,
): boolean {
  const directive = tokens.find((token) => token.type === 'directive');
  if (directive) {
    fail('yaml-feature', directive.offset, directive.offset + directive.source.length, {
      message: 'a directive changes what the YAML means',
      expected: 'YAML 1.2 without directives',
      hint: 'delete the line',
    });
    return false;
  }
  const errors = documents.flatMap((document) => document.errors);
  const slip = firstSlip(errors, tokens, source.text);
  if (slip) {
    const { code, start, end, ...problem } = slip;
    fail(code, start, end, problem);
    return false;
  }
  if (documents.length > 1) {
    const start = documents[1]!.range[0];
    fail('yaml-feature', start, start + 3, {
      message: 'a second document in the file',
      expected: 'one scenario in each file',
      hint: 'delete `---`, or move what follows it into a file of its own',
    });
    return false;
  }
  return true;
}

function nodeOf(
  node: ParsedNode | null,
  path: string,
  reading: Reading,
  within: readonly [number, number],
): TreeNode {
  const { source } = reading;
  if (node === null) return { kind: 'scalar', text: '', path, span: spanOf(source, within) };
  const [start, end] = node.range;
  const span = { source, start, end };
  refuseFeatures(node, reading);
  if (isAlias(node)) return { kind: 'scalar', text: '', path, span, isPartial: true };
  if (isMap(node)) return mapOf(node, path, reading, span);
  if (isSeq(node)) {
    const items = node.items.map((item, index) =>
      nodeOf(item, join(path, String(index)), reading, [start, start + 1]),
    );
    return { kind: 'list', items, span };
  }
  return scalarOf(node, path, span, reading);
}

function scalarOf(node: ParsedNode, path: string, span: Span, reading: Reading): ScalarNode {
  const text = isScalar(node) && typeof node.value === 'string' ? node.value : '';
  const isPartial = !isPrintable(text, span, reading);
  return { kind: 'scalar', text, path, span, ...(isPartial && { isPartial }) };
}

/** What moves the cursor or turns the direction of a text would fool its readers; half of a character is none. */
function isPrintable(text: string, { start, end }: Span, { fail }: Reading): boolean {
  const bad = /[^\P{Cc}\n\t]|\p{Cs}|[\u202A-\u202E\u2066-\u2069]/u.exec(text)?.[0];
  if (bad === undefined) return true;
  const code = bad.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  const kind = /\p{Cs}/u.test(bad) ? 'half of a character' : 'a control character';
  fail('text-character', start, end, {
    message: `U+${code}, ${kind}, in the text`,
    hint: 'delete it, or type the text anew',
  });
  return false;
}

/** Aliases, anchors and tags are told; what stands behind an anchor or a tag is read nevertheless. */
function refuseFeatures(node: ParsedNode, { source, fail }: Reading): void {
  const expected = 'plain maps, lists and values';
  const [start, end] = node.range;
  if (isAlias(node)) {
    const hint = 'write the value out where it is used';
    fail('yaml-feature', start, end, { message: 'an alias (`*`)', expected, hint });
    return;
  }
  const anchored = node.anchor !== undefined;
  if (!anchored && node.tag === undefined) return;
  const before = /[&!]\S*(?:\s+[&!]\S*)*\s*$/.exec(source.text.slice(0, start))?.[0] ?? '';
  const from = before === '' ? start : start - before.length;
  fail('yaml-feature', from, before === '' ? end : from + before.trimEnd().length, {
    message: anchored ? 'an anchor (`&`)' : 'a tag (`!`)',
    expected,
    hint: anchored
      ? 'delete it, and write the value out wherever it is used'
      : 'delete it: a value is read as it is spelled',
  });
}

function mapOf(map: YAMLMap.Parsed, path: string, reading: Reading, span: Span): MapNode {
  const entries = new Map<string, Entry>();
  let isPartial = false;
  for (const pair of map.items) {
    const key = keyOf(pair, reading);
    const first = key && entries.get(key.name);
    if (!key || first) {
      if (first) reportDuplicate(key, first.key, reading);
      isPartial = true;
      continue;
    }
    const within = [key.span.start, key.span.end] as const;
    const node = nodeOf(pair.value, join(path, key.name), reading, within);
    entries.set(key.name, { key: key.span, node });
  }
  return { kind: 'map', entries, span, ...(isPartial && { isPartial }) };
}

/** A key as it is read: a name, and where it stands. */
interface Key {
  readonly name: string;
  readonly span: Span;
}

function reportDuplicate({ name, span }: Key, first: Span, { fail }: Reading): void {
  fail('key-duplicate', span.start, span.end, {
    message: `\`${name}\` stands twice in this map`,
    expected: 'each key once',
    found: `the first one in line ${positionOf(first).line}`,
    hint: 'delete one of the two',
  });
}

function keyOf({ key }: Pair<ParsedNode, ParsedNode | null>, reading: Reading): Key | undefined {
  const { source, fail } = reading;
  const span = spanOf(source, key.range);
  const name = isScalar(key) && typeof key.value === 'string' ? key.value : undefined;
  if (name !== undefined && !isPrintable(name, span, reading)) return undefined;
  refuseFeatures(key, reading);
  if (name === '<<') {
    fail('yaml-feature', span.start, span.end, {
      message: 'a merge key (`<<`)',
      expected: 'plain maps, lists and values',
      hint: 'write the values out where they are used',
    });
    return undefined;
  }
  if (name !== undefined && NAME.test(name)) return { name, span };
  fail('key-name', span.start, span.end, keyProblem(name));
  return undefined;
}

function keyProblem(name: string | undefined): Problem {
  const expected = 'a letter, then letters, digits, `_` or `-`';
  if (name === undefined)
    return { message: 'a map or a list as a key', expected, hint: 'rename it' };
  if (name === '') return { message: 'a key is missing', expected, hint: 'write a name' };
  const joined = name.trim().replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '_');
  return {
    message: `\`${name}\` is no name for a key`,
    expected,
    hint: NAME.test(joined) ? `write \`${joined}\`` : keyHint(name),
  };
}

function keyHint(name: string): string {
  return /^\d{4}\b/.test(name)
    ? 'a period begins with FY: FY2026, FY2026Q1'
    : 'begin with a letter';
}

function spanOf(source: Source, [start, end]: readonly [number, number, ...number[]]): Span {
  return { source, start, end };
}

export function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

/** What the schema sees: plain objects and arrays, with scalars that know their place. */
export function plain(node: TreeNode): unknown {
  if (node.kind === 'map') {
    const entries = [...node.entries].map(([key, entry]) => [key, plain(entry.node)] as const);
    return Object.fromEntries(entries);
  }
  return node.kind === 'list' ? node.items.map(plain) : node;
}

/** The node at a path, and the span that stands for it: of a scalar itself, else of its key. */
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

/** What stands for a whole file: its first key. */
function beginningOf(root: TreeNode): Span {
  const [first] = root.kind === 'map' ? root.entries.values() : [];
  return first?.key ?? { ...root.span, end: Math.min(root.span.end, root.span.start + 1) };
}

/** The span of the key at the end of a path. */
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
