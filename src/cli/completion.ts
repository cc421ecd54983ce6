/** Shell completion: commands, options, and the words of options that take known words. */
import type { FallbackCompletionFunction } from 'yargs';
import { CLOSURES, DIMENSIONS, MEASURES } from '../index.js';

const KNOWN_WORDS: Readonly<Record<string, readonly string[]>> = {
  '--by': DIMENSIONS,
  '--measure': MEASURES,
  '--closure': CLOSURES,
};

/**
 * Completes the last of the words that the shell passes on, the name of the command being the first
 * of them. Where there is nothing to offer, the shell completes the name of a file.
 */
export function completer(words: readonly string[]): FallbackCompletionFunction {
  return (current, _, defaults, done) => {
    const typed = words.filter((word) => word !== '='); // bash makes three words of `--by=period`
    const known = KNOWN_WORDS[typed.at(-2) ?? ''];
    if (known) done(continued(current, known));
    else if (current.startsWith('-') || words.length <= 2) defaults();
    else done([]);
  };
}

/** What a comma list may go on with: the words that it does not have yet. */
function continued(current: string, words: readonly string[]): string[] {
  const before = current.slice(0, current.lastIndexOf(',') + 1);
  const given = before.split(',');
  return words.filter((word) => !given.includes(word)).map((word) => before + word);
}
