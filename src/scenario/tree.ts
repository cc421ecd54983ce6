/** YAML text → a tree of maps, lists and scalars that knows where each of them stands. */
import { Composer, isAlias, isMap, isScalar, isSeq, Parser } from 'yaml';
import type { CST, Document, Pair, ParsedNode, YAMLMap } from 'yaml';
import type { Diagnostic, DiagnosticCode, Problem } from '../core/diagnostic.js';
import type { Scalar, Source, Span } from '../core/source.js';
import { NAME } from '../model/field.js';

export interface MapNode {
  readonly kind: 'map';
  readonly entries: Map<string, Entry>;
  readonly span: Span;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: TreeNode[];
  readonly span: Span;
}

export interface ScalarNode extends Scalar {
  readonly kind: 'scalar';
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
    const span = { source, start, end: Math.max(end, start + 1) };
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
  if (!isPlain(tokens, documents, fail)) return undefined;
  return nodeOf(documents[0]!.contents, path, { source, fail }, [0, text.length]);
}

/** The offset of a collection nested too deeply; found without recursion, before anything recurs. */
function firstTooDeep(tokens: readonly CST.Token[]): number | undefined {
  let level: readonly CST.Token[] = tokens;
  for (let depth = 0; level.length > 0; depth++) {
    const collections = level.flatMap((token) => ('items' in token ? [token] : []));
    if (depth > DEEPEST_TREE && collections[0]) return collections[0].offset;
    level = level
      .flatMap((token): (CST.Token | null | undefined)[] => {
        if (token.type === 'document') return [token.value];
        return 'items' in token ? token.items.flatMap(({ key, value }) => [key, value]) : [];
      })
      .filter((token) => token !== null && token !== undefined);
  }
  return undefined;
}

/** Whether the text is one YAML document without directives and without errors. */
function isPlain(
  tokens: readonly CST.Token[],
  documents: readonly Document.Parsed[],
  fail: Reading['fail'],
): boolean {
  const directive = tokens.find(({ type }) => type === 'directive');
  if (directive) {
    fail('yaml-feature', directive.offset, directive.offset + 1, {
      message: 'a directive changes what the YAML means',
      expected: 'YAML 1.2 without directives',
      hint: 'delete the line',
    });
    return false;
  }
  const errors = documents.flatMap((document) => document.errors);
  for (const { pos, message } of errors) {
    const hint = /tab/i.test(message)
      ? 'indent with spaces'
      : 'check indentation, quotes, brackets';
    fail('yaml-syntax', pos[0], pos[1], { message: firstSentence(message), hint });
  }
  if (errors.length > 0) return false;
  if (documents.length > 1) {
    const [start] = documents[1]!.range;
    fail('yaml-feature', start, start + 3, {
      message: 'a second document in the file',
      expected: 'one scenario in each file',
      hint: 'delete `---`, or move what follows it into a file of its own',
    });
    return false;
  }
  return true;
}

function firstSentence(message: string): string {
  return message.split('\n')[0]!.replace(/[.:]$/, '');
}

function nodeOf(
  node: ParsedNode | null,
  path: string,
  reading: Reading,
  within: readonly [number, number],
): TreeNode | undefined {
  const { source, fail } = reading;
  if (node === null) return { kind: 'scalar', text: '', path, span: spanOf(source, within) };
  const [start, end] = node.range;
  const fault = featureOf(node);
  if (fault !== undefined) {
    fail('yaml-feature', start, end, {
      message: `${fault} in a scenario`,
      expected: 'plain maps, lists and values',
      hint: 'write the value out where it is used',
    });
    return undefined;
  }
  const span = { source, start, end };
  if (isMap(node)) return { kind: 'map', entries: entriesOf(node, path, reading), span };
  if (isSeq(node)) {
    const items = node.items.map((item, index) =>
      nodeOf(item, join(path, String(index)), reading, [start, start + 1]),
    );
    return { kind: 'list', items: items.filter((item) => item !== undefined), span };
  }
  return scalarOf(node, path, span, reading);
}

function scalarOf(
  node: ParsedNode,
  path: string,
  span: Span,
  { fail }: Reading,
): ScalarNode | undefined {
  const text = isScalar(node) && typeof node.value === 'string' ? node.value : '';
  if (/[^\P{Cc}\n\t]|\p{Cs}/u.test(text)) {
    fail('text-character', span.start, span.end, {
      message: 'a control character, or half of a character, in the text',
      hint: 'type the text anew',
    });
    return undefined;
  }
  return { kind: 'scalar', text, path, span };
}

function featureOf(node: ParsedNode): string | undefined {
  if (isAlias(node)) return 'an alias (`*`)';
  if (node.anchor !== undefined) return 'an anchor (`&`)';
  return node.tag === undefined ? undefined : 'a tag (`!`)';
}

function entriesOf(map: YAMLMap.Parsed, path: string, reading: Reading): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const pair of map.items) {
    const key = keyOf(pair, reading);
    if (!key) continue;
    const { name, span } = key;
    if (entries.has(name)) {
      reading.fail('key-duplicate', span.start, span.end, {
        message: `\`${name}\` stands twice in this map`,
        expected: 'each key once',
        hint: 'delete one of the two',
      });
      continue;
    }
    const node = nodeOf(pair.value, join(path, name), reading, [span.start, span.end]);
    if (node) entries.set(name, { key: span, node });
  }
  return entries;
}

function keyOf(
  { key }: Pair<ParsedNode, ParsedNode | null>,
  { source, fail }: Reading,
): { readonly name: string; readonly span: Span } | undefined {
  const span = spanOf(source, key.range);
  const name = isScalar(key) && typeof key.value === 'string' ? key.value : undefined;
  if (name === '<<') {
    fail('yaml-feature', span.start, span.end, {
      message: 'a merge key (`<<`) in a scenario',
      expected: 'plain maps, lists and values',
      hint: 'write the values out where they are used',
    });
    return undefined;
  }
  if (name !== undefined && NAME.test(name)) return { name, span };
  fail('key-name', span.start, span.end, {
    message: name === undefined ? 'a key has to be a name' : `\`${name}\` is no name for a key`,
    expected: 'a letter, then letters, digits, `_` or `-`',
    hint: name !== undefined && /^\d/.test(name) ? 'begin with a letter' : 'rename it',
  });
  return undefined;
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
  let span: Span = { ...root.span, end: Math.min(root.span.end, root.span.start + 1) };
  for (const key of path === '' ? [] : path.split('.')) {
    const next = childOf(node, key);
    if (!next) return span;
    ({ node, span } = next);
  }
  return span;
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
