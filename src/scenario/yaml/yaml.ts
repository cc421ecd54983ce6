/** Reads a YAML text as a tree, in which every value is still text. */
import {
  Composer,
  Lexer,
  Parser,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type CST,
  type ParsedNode,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { append } from '../../core/lists.js';
import { mergeConflictIn } from '../../core/text/mergeConflict.js';
import type { SourceText, Span } from '../../core/text/source.js';
import { textReporter, type ProblemList, type TextReporter } from '../reporter.js';
import { join, type MapEntry, type MapNode, type ScalarNode, type TreeNode } from '../tree.js';
import { findYamlProblem } from './yamlErrors.js';
import {
  cutNumberAt,
  failCutNumber,
  isPrintable,
  keyOf,
  refuseFeatures,
  reportDuplicate,
} from './yamlSubset.js';

/** Limits far above any scenario: a text below them is read in seconds and fits into memory. */
export const LARGEST_TEXT = 32 * 1024 * 1024;
const MOST_WORDS = 2_000_000;
const DEEPEST_TREE = 64;

const TOO_LARGE = {
  message: 'the text is larger than 32 MiB',
  hint: 'a scenario has a few hundred lines: look whether this is the right file',
};
const TOO_LONG = { ...TOO_LARGE, message: 'more than 2,000,000 words and signs' };
const TOO_DEEP = {
  message: `more than ${DEEPEST_TREE} levels of maps and lists`,
  hint: 'a scenario needs about ten: look for a bracket that is not closed',
};

const OPTIONS = {
  schema: 'failsafe',
  version: '1.2',
  uniqueKeys: false,
  logLevel: 'silent',
  prettyErrors: false,
} as const;

/**
 * Reads one YAML 1.2 document without anchors, aliases, tags and merge keys. Every value stays text,
 * so that no number passes through a binary float. Texts are in NFC: `é` is one character, whether it was
 * typed as one or as two, so that names are found.
 *
 * @param path where the text belongs in the scenario: empty for a file, the path of a `--set`
 * @param from the offset at which the YAML begins: behind the `=` of a `--set`
 * @returns nothing if the text cannot be read
 */
export function readTree(
  source: SourceText,
  problems: ProblemList,
  path = '',
  from = 0,
): TreeNode | undefined {
  const reading = textReporter(source, problems);
  const { fail } = reading;
  const text = ' '.repeat(from) + source.text.slice(from);
  if (text.length > LARGEST_TEXT) {
    fail('text-size', 0, 1, TOO_LARGE);
    return undefined;
  }
  const conflict = mergeConflictIn(text);
  const tokens = conflict ? undefined : tokensOf(text, reading);
  if (conflict) fail('yaml-syntax', conflict.start, conflict.end, conflict.problem);
  if (!tokens) return undefined;
  const [document] = new Composer(OPTIONS).compose(firstDocument(tokens), true, text.length);
  const problem = findYamlProblem(tokens, document!.errors, text);
  if (problem) {
    const { code, start, end, ...words } = problem;
    fail(code, start, end, words);
    return undefined;
  }
  const root = nodeOf(document!.contents, path, reading, [0, text.length]);
  return root.kind === 'scalar' && root.isPartial ? undefined : root;
}

/** What a whole file has to be. */
interface WholeFile {
  /** In a sentence: `a scenario`. */
  readonly noun: string;
  /** Its first key. */
  readonly beginning: string;
}

/** Reads a file that has to be a map of keys. If it is something else, that is reported. */
export function readMap(
  source: SourceText,
  { noun, beginning }: WholeFile,
  problems: ProblemList,
): MapNode | undefined {
  const whole = readTree(source, problems);
  if (!whole || whole.kind === 'map') return whole;
  const found = whole.kind === 'list' ? 'a list' : whole.text === '' ? 'nothing' : 'a text';
  const message = `${noun} is a map of keys`;
  problems.error('shape', whole.span, { message, found, hint: `begin with \`${beginning}\`` });
  return undefined;
}

/** The tokens of a text, unless they are too many, or too deep for the recursion of the library. */
function tokensOf(text: string, { fail }: TextReporter): readonly CST.Token[] | undefined {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let words = 0;
  for (const word of new Lexer().lex(text)) {
    append(tokens, parser.next(word));
    words++;
    const excess = words > MOST_WORDS ? TOO_LONG : parser.stack.length > DEEPEST_TREE && TOO_DEEP;
    if (!excess) continue;
    fail('text-size', parser.offset, parser.offset + 1, excess);
    return undefined;
  }
  return [...tokens, ...parser.end()];
}

/** The tokens before a second document. It is an error, and composing thousands of them takes minutes. */
function firstDocument(tokens: readonly CST.Token[]): readonly CST.Token[] {
  const [, second] = tokens.filter(({ type }) => type === 'document');
  return second ? tokens.slice(0, tokens.indexOf(second)) : tokens;
}

/** @param within the place of a value that is not written */
function nodeOf(
  node: ParsedNode | null,
  path: string,
  reading: TextReporter,
  within: readonly [number, number],
): TreeNode {
  const { source } = reading;
  if (node === null)
    return { kind: 'scalar', text: '', path, span: { source, start: within[0], end: within[1] } };
  const [start, end] = node.range;
  // The place of an empty value is the sign before it.
  const span = { source, start: start === end ? Math.max(start - 1, 0) : start, end };
  refuseFeatures(node, reading);
  if (isAlias(node)) return { kind: 'scalar', text: '', path, span, isPartial: true };
  if (isMap(node)) return mapOf(node, path, reading, span);
  if (isSeq(node)) return { kind: 'list', items: itemsOf(node, path, reading), span };
  return scalarOf(node, path, span, reading);
}

function itemsOf(list: YAMLSeq.Parsed, path: string, reading: TextReporter): TreeNode[] {
  const { source } = reading;
  let read = 0;
  return list.items.map((item, index) => {
    const [start] = item.range;
    const cut = isScalar(item) ? cutNumberAt(start, source.text) : undefined;
    const at = join(path, String(index));
    // In a list without blanks, only a group such as `000` tells a number from several ones.
    if (!cut || !/,0\d\d(?![\d.])/.test(cut.text)) {
      return nodeOf(item, at, reading, [list.range[0], list.range[0] + 1]);
    }
    if (cut.end > read) failCutNumber(cut, reading);
    read = cut.end;
    return { kind: 'scalar', text: '', path: at, span: { source, ...cut }, isPartial: true };
  });
}

function scalarOf(node: ParsedNode, path: string, span: Span, reading: TextReporter): ScalarNode {
  const text = isScalar(node) && typeof node.value === 'string' ? node.value.normalize('NFC') : '';
  const isPartial = !isPrintable(text, span, reading);
  return { kind: 'scalar', text, path, span, ...(isPartial && { isPartial }) };
}

function mapOf(map: YAMLMap.Parsed, path: string, reading: TextReporter, span: Span): MapNode {
  const entries = new Map<string, MapEntry>();
  let isPartial = false;
  let read = 0;
  for (const pair of map.items) {
    const cut =
      pair.value === null ? cutNumberAt(pair.key.range[0], reading.source.text) : undefined;
    if (cut) {
      if (cut.end > read) failCutNumber(cut, reading);
      read = cut.end;
      isPartial = true;
      continue;
    }
    const key = keyOf(pair, path, reading);
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
