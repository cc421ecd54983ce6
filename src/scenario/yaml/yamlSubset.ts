/**
 * The part of YAML that scenario files use: no anchors, aliases, tags and merge keys, no control
 * characters, and keys that are names.
 */
import { isAlias, isScalar, type Pair, type ParsedNode } from 'yaml';
import { suggestSpellings } from '../../core/number/suggestions.js';
import type { Problem } from '../../core/text/diagnostic.js';
import {
  oddCharactersIn,
  withoutOddCharacters,
  type OddCharacter,
} from '../../core/text/oddCharacters.js';
import type { Span } from '../../core/text/source.js';
import { NAME } from '../../model/field.js';
import type { TextReporter } from '../reporter.js';

/**
 * Refuses control characters and signs that turn the direction of writing: people would see another
 * text than the one that is read. Half of a character (a lone surrogate) cannot be shown at all.
 */
export function isPrintable(text: string, { start, end }: Span, { fail }: TextReporter): boolean {
  const bad = UNPRINTABLE.exec(text)?.[0];
  if (bad === undefined) return true;
  const code = bad.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  const kind = /\p{Cs}/u.test(bad) ? 'half of a character' : 'a control character';
  fail('text-character', start, end, {
    message: `U+${code}, ${kind}, in the text`,
    hint: 'delete it, or type the text anew',
  });
  return false;
}

export const UNPRINTABLE = /[^\P{Cc}\n\t]|\p{Cs}|[\u202A-\u202E\u2066-\u2069]/u;

/** Reports aliases, anchors and tags. The value behind an anchor or a tag is read all the same. */
export function refuseFeatures(node: ParsedNode, { source, fail }: TextReporter): void {
  const expected = 'plain maps, lists and values';
  const [start, end] = node.range;
  if (isAlias(node)) {
    const hint = 'write the value out where it is used';
    fail('yaml-feature', start, end, { message: 'an alias (`*`)', expected, hint });
    return;
  }
  const { anchor, tag } = node;
  if (anchor !== undefined) {
    const hint = 'delete it, and write the value out wherever it is used';
    const [from, to] = placeBefore(start, `&${anchor}`, source.text);
    fail('yaml-feature', from, to, { message: 'an anchor (`&`)', expected, hint });
  } else if (tag !== undefined) {
    const hint = 'delete it: a value is read as it is spelled';
    const [from, to] = placeBefore(start, '!', source.text);
    fail('yaml-feature', from, to, { message: 'a tag (`!`)', expected, hint });
  }
}

/** The start and the end of the last anchor or tag before an offset. A tag may have a second `!`. */
function placeBefore(offset: number, sign: string, text: string): readonly [number, number] {
  const last = text.lastIndexOf(sign, offset - 1);
  let word = last;
  while (word > 0 && /[^\s,[\]{}]/.test(text[word - 1]!)) word--;
  const length = text.slice(last, offset).search(/\s/);
  return [text.indexOf(sign, word), length < 0 ? offset : last + length];
}

/** A key of a map, and its place. */
export interface MapKey {
  readonly name: string;
  readonly span: Span;
}

export function reportDuplicate(
  { name, span }: MapKey,
  first: Span,
  { fail, lineOf }: TextReporter,
): void {
  fail('key-duplicate', span.start, span.end, {
    message: `\`${name}\` appears twice in this map`,
    expected: 'each key once',
    found: `the first is in line ${lineOf(first.start)}`,
    hint: 'delete one of the two',
  });
}

/** The keys below it are names of columns of somebody's table, which may be any text, or paths of a buyer's scenario. */
const ANY_KEYS = /(?:^|\.)where$|^buyers\.[^.]+\.set$/;

/**
 * The key of an entry, if it is a name; if it is not, that is reported.
 *
 * @param path of the map
 */
export function keyOf(
  { key, value }: Pair<ParsedNode, ParsedNode | null>,
  path: string,
  reading: TextReporter,
): MapKey | undefined {
  const { source, fail } = reading;
  const span = { source, start: key.range[0], end: key.range[1] };
  const name =
    isScalar(key) && typeof key.value === 'string' ? key.value.normalize('NFC') : undefined;
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
  const isAnyText = name !== undefined && name.trim() !== '' && ANY_KEYS.test(path);
  if (name !== undefined && (NAME.test(name) || isAnyText)) return { name, span };
  const quote = oddQuoteBefore(span.start, source.text);
  const problem = keyProblem(name, value !== null);
  fail('key-name', span.start, span.end, { ...problem, ...(quote && { found: quote.name }) });
  return undefined;
}

/** How far a text may begin before the entry that a comma cuts off: a bound, as a line may be long. */
const MOST_QUOTED = 500;

/** The odd character in a line that keeps a quotation mark from opening a text: commas then cut the text. */
function oddQuoteBefore(offset: number, text: string): OddCharacter | undefined {
  const before = text.slice(Math.max(offset - MOST_QUOTED, 0), offset);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return oddCharactersIn(line).findLast(
    ({ at, plain }) => /["']/.test(plain) || /^.["']/u.test(line.slice(at)),
  );
}

/** A number that commas cut into entries, and its place. */
interface CutNumber {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The number that commas inside brackets cut into entries, of which one begins at an offset: `7,1717` or
 * `100,000 CNY`.
 */
export function cutNumberAt(offset: number, text: string): CutNumber | undefined {
  const [, before] =
    /(?:^|[^\p{L}\p{N}_])(-?\d[\d.,]*,)$/u.exec(
      text.slice(Math.max(offset - MOST_DIGITS, 0), offset),
    ) ?? [];
  if (before === undefined) return undefined;
  const near = text.slice(offset, offset + MOST_DIGITS);
  const [after] = /^\d[\d.]*(?:,\d[\d.]*)*[^,{}[\]\n#]*/.exec(near) ?? [];
  if (after === undefined) return undefined;
  const start = offset - before.length;
  const whole = (before + after).trimEnd();
  return { text: whole, start, end: start + whole.length };
}

/** Longer runs of digits and commas are no number. */
const MOST_DIGITS = 60;

export function failCutNumber({ text, start, end }: CutNumber, { fail }: TextReporter): void {
  const meant = suggestSpellings(text).filter((one) => !one.includes(','));
  fail('literal', start, end, {
    message: `commas cut \`${text}\` into several entries: inside brackets a comma separates`,
    hint:
      meant.length > 0
        ? `write ${meant.join(' or ')}`
        : 'write the number without commas, and its decimals behind a point',
  });
}

function keyProblem(written: string | undefined, hasValue: boolean): Problem {
  const expected = 'a letter, then letters, digits, `_` or `-`';
  const name = written === undefined ? undefined : withoutOddCharacters(written);
  if (name === undefined) {
    return { message: 'a map or a list as a key', expected, hint: 'rename it' };
  }
  if (name === '') return { message: 'a key is missing', expected, hint: 'write a name' };
  const [, key, value] = /^([^\s:]+)\s*[\s:]\s*(.+)$/su.exec(name) ?? [];
  if (!hasValue && key !== undefined) {
    const hint = `write \`${key}: ${value!}\``;
    return { message: `a colon and a space are missing in \`${written!}\``, hint };
  }
  const hint = NAME.test(name) ? `write \`${name}\`` : nameHint(name);
  return { message: `\`${written!}\` is no name for a key`, expected, hint };
}

function nameHint(name: string): string {
  const words = name.split(/[^\p{L}\p{M}\p{N}-]+/u).filter((word) => word !== '');
  const joined = words.join('_');
  if (NAME.test(joined) && !name.startsWith('_')) return `write \`${joined}\``;
  return /^\d{4}\b/.test(name)
    ? 'a period begins with FY: FY2026, FY2026Q1'
    : 'begin with a letter';
}
