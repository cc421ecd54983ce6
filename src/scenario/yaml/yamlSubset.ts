/** What scenario files do without, although YAML has it: features, characters, keys that are no names. */
import { isAlias, isScalar, type Pair, type ParsedNode } from 'yaml';
import type { Diagnostic, DiagnosticCode, Problem } from '../../core/text/diagnostic.js';
import { lineAt, type SourceText, type Span } from '../../core/text/source.js';
import { NAME } from '../../model/field.js';

/** What reading needs at every node: the text, and where problems go. */
export interface Reading {
  readonly source: SourceText;
  readonly fail: (code: DiagnosticCode, start: number, end: number, problem: Problem) => void;
  /** The line of an offset, from 1. */
  readonly lineOf: (offset: number) => number;
}

export function readingOf(source: SourceText, diagnostics: Diagnostic[]): Reading {
  const { text } = source;
  return {
    source,
    fail: (code, from, to, problem) => {
      const start = Math.min(from, Math.max(text.length - 1, 0));
      const span = { source, start, end: Math.min(Math.max(to, start + 1), text.length) };
      diagnostics.push({ code, severity: 'error', span, ...problem });
    },
    lineOf: (offset) => lineAt(source, offset),
  };
}

/** As far back as an anchor or a tag is looked for from its value. */
const LONGEST_NAME = 200;

/** What moves the cursor or turns the direction of a text would fool its readers; half of a character is none. */
export function isPrintable(text: string, { start, end }: Span, { fail }: Reading): boolean {
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
export function refuseFeatures(node: ParsedNode, { source, fail }: Reading): void {
  const expected = 'plain maps, lists and values';
  const [start, end] = node.range;
  if (isAlias(node)) {
    const hint = 'write the value out where it is used';
    fail('yaml-feature', start, end, { message: 'an alias (`*`)', expected, hint });
    return;
  }
  const anchored = node.anchor !== undefined;
  if (!anchored && node.tag === undefined) return;
  const before =
    /[&!]\S*(?:\s+[&!]\S*)*\s*$/.exec(
      source.text.slice(Math.max(start - LONGEST_NAME, 0), start),
    )?.[0] ?? '';
  const from = before === '' ? start : start - before.length;
  fail('yaml-feature', from, before === '' ? end : from + before.trimEnd().length, {
    message: anchored ? 'an anchor (`&`)' : 'a tag (`!`)',
    expected,
    hint: anchored
      ? 'delete it, and write the value out wherever it is used'
      : 'delete it: a value is read as it is spelled',
  });
}

/** A key as it is read: a name, and where it stands. */
export interface Key {
  readonly name: string;
  readonly span: Span;
}

export function reportDuplicate({ name, span }: Key, first: Span, { fail, lineOf }: Reading): void {
  fail('key-duplicate', span.start, span.end, {
    message: `\`${name}\` stands twice in this map`,
    expected: 'each key once',
    found: `the first one in line ${lineOf(first.start)}`,
    hint: 'delete one of the two',
  });
}

export function keyOf(
  { key, value }: Pair<ParsedNode, ParsedNode | null>,
  reading: Reading,
): Key | undefined {
  const { source, fail } = reading;
  const span = { source, start: key.range[0], end: key.range[1] };
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
  fail('key-name', span.start, span.end, keyProblem(name, value !== null));
  return undefined;
}

function keyProblem(name: string | undefined, hasValue: boolean): Problem {
  const expected = 'a letter, then letters, digits, `_` or `-`';
  if (name === undefined) {
    return { message: 'a map or a list as a key', expected, hint: 'rename it' };
  }
  if (name === '') return { message: 'a key is missing', expected, hint: 'write a name' };
  const [, key, value] = /^([^\s:]+)\s*[\s:]\s*(.+)$/su.exec(name) ?? [];
  if (!hasValue && key !== undefined) {
    const hint = `write \`${key}: ${value!}\``;
    return { message: `a colon and a space are missing in \`${name}\``, hint };
  }
  return { message: `\`${name}\` is no name for a key`, expected, hint: nameHint(name) };
}

function nameHint(name: string): string {
  const joined = name.replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '_').replace(/^_+|_+$/g, '');
  if (NAME.test(joined) && !name.startsWith('_')) return `write \`${joined}\``;
  return /^\d{4}\b/.test(name)
    ? 'a period begins with FY: FY2026, FY2026Q1'
    : 'begin with a letter';
}
