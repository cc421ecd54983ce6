/** YAML text → a tree: one plain document, in which every value stays text. */
import {
  Composer,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  Parser,
  type CST,
  type Document,
  type ParsedNode,
  type YAMLMap,
} from 'yaml';
import type { Diagnostic } from '../../core/text/diagnostic.js';
import type { SourceText, Span } from '../../core/text/source.js';
import {
  isPrintable,
  keyOf,
  refuseFeatures,
  reportDuplicate,
  readingOf,
  type Reading,
} from './yamlSubset.js';
import { firstSlip } from './yamlErrors.js';
import { join, type MapEntry, type MapNode, type ScalarNode, type TreeNode } from '../tree.js';

/** Larger and deeper than any scenario, and small enough to read in a moment. */
export const LARGEST_TEXT = 32 * 1024 * 1024;
const DEEPEST_TREE = 64;

const OPTIONS = {
  schema: 'failsafe',
  version: '1.2',
  uniqueKeys: false,
  logLevel: 'silent',
  prettyErrors: false,
} as const;

/**
 * Reads one YAML 1.2 document without anchors, aliases, tags and merge keys. Every scalar stays
 * text, so that no number passes through a binary float.
 *
 * @param path where the text belongs in the scenario: empty for a file, the path of a `--set`
 * @param from the offset at which the YAML begins: behind the `=` of a `--set`
 * @returns nothing where there is no tree to go on with; what is wrong is in `diagnostics`
 */
export function readTree(
  source: SourceText,
  diagnostics: Diagnostic[],
  path = '',
  from = 0,
): TreeNode | undefined {
  const reading = readingOf(source, diagnostics);
  const { fail } = reading;
  const text = ' '.repeat(from) + source.text.slice(from);
  if (text.length > LARGEST_TEXT) {
    fail('text-size', 0, 1, {
      message: 'the text is larger than 32 MiB',
      hint: 'a scenario has a few hundred lines: look whether this is the right file',
    });
    return undefined;
  }
  const tokens = tokensOf(text, reading);
  if (!tokens) return undefined;
  const documents = [...new Composer(OPTIONS).compose(tokens, true, text.length)];
  if (!isPlain(tokens, documents, reading)) return undefined;
  const root = nodeOf(documents[0]!.contents, path, reading, [0, text.length]);
  return root.kind === 'scalar' && root.isPartial ? undefined : root;
}

/** What a whole file is, and what it begins with. */
interface WholeFile {
  readonly noun: string;
  readonly beginning: string;
}

/** Reads a text that has to be a map of keys; nothing where it is something else, which is told. */
export function readMap(
  source: SourceText,
  { noun, beginning }: WholeFile,
  diagnostics: Diagnostic[],
): MapNode | undefined {
  const whole = readTree(source, diagnostics);
  if (!whole || whole.kind === 'map') return whole;
  const found = whole.kind === 'list' ? 'a list' : whole.text === '' ? 'nothing' : 'a text';
  diagnostics.push({
    ...{ code: 'shape', severity: 'error', span: whole.span },
    ...{ message: `${noun} is a map of keys`, found, hint: `begin with \`${beginning}\`` },
  });
  return undefined;
}

/** The tokens of a text, unless it is nested too deeply: parser and composer both recur. */
function tokensOf(text: string, { fail }: Reading): readonly CST.Token[] | undefined {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    if (parser.stack.length <= DEEPEST_TREE) continue;
    fail('text-size', parser.offset, parser.offset + 1, {
      message: `more than ${DEEPEST_TREE} levels of maps and lists`,
      hint: 'a scenario needs about ten: look for a bracket that is not closed',
    });
    return undefined;
  }
  return [...tokens, ...parser.end()];
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
  if (node === null)
    return { kind: 'scalar', text: '', path, span: { source, start: within[0], end: within[1] } };
  const [start, end] = node.range;
  // An empty item is shown by the sign that stands before it.
  const span = { source, start: start === end ? Math.max(start - 1, 0) : start, end };
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

function mapOf(map: YAMLMap.Parsed, path: string, reading: Reading, span: Span): MapNode {
  const entries = new Map<string, MapEntry>();
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
