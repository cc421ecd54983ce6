/** Quotes in CSV text: where a text in quotes ends, and what is wrong with it. */
import { oddCharacterIn } from '../../core/text/oddCharacters.js';
import type { TextReporter } from '../reporter.js';

/** The offset of a byte of the text in UTF-8. */
export function offsetOf(byte: number, text: string): number {
  let [at, bytes] = [0, 0];
  for (const sign of text) {
    if (bytes >= byte) break;
    at += sign.length;
    bytes += sign < '\x80' ? 1 : sign < '\u0800' ? 2 : sign.length + 2;
  }
  return at;
}

/** Reports what is wrong with the first text in quotes from an offset on. */
export function failQuote(from: number, { source: { text }, fail }: TextReporter): void {
  const end = endOf(/[^"]*"[^"]*(?:""[^"]*)*"[ \t]*/y, text, from);
  const start = text.indexOf('"', from);
  const odd = end > 0 ? oddCharacterIn(text.slice(end, end + 2)) : undefined;
  if (end > 0)
    fail('csv-syntax', end - 1, end + 1, { ...CLOSED_EARLY, ...(odd && { found: odd.name }) });
  else fail('csv-syntax', start, start + 1, NOT_CLOSED);
}

/** Where a sticky pattern ends that is looked for at an offset. */
export function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  pattern.test(text);
  return pattern.lastIndex;
}

const CLOSED_EARLY = {
  message: 'text after a closing quote',
  expected: 'a comma or the end of the line',
  hint: 'double a quote that is part of the text: ""',
};
const NOT_CLOSED = {
  message: 'a quote that is not closed',
  hint: 'close it, or double a quote that is part of the text: ""',
};
