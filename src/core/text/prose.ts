/** Lists of words in prose. */

/** `a, b or c` */
export function either(words: readonly string[]): string {
  return listed(words, 'or');
}

/** `a, b and c` */
export function listed(words: readonly string[], conjunction: 'and' | 'or'): string {
  const [last] = words.slice(-1);
  return words.length < 2
    ? (last ?? '')
    : `${words.slice(0, -1).join(', ')} ${conjunction} ${last!}`;
}

/** `a, b, c`; of many words the first ones, then `…`: as many of them may be wrong as there are. */
export function firstOf(words: Iterable<string>, separator = ', '): string {
  const first: string[] = [];
  for (const word of words) {
    first.push(first.length < MOST_LISTED ? word : '…');
    if (first.length > MOST_LISTED) break;
  }
  return first.join(separator);
}

const MOST_LISTED = 24;

/** A word of a command as a shell reads it: in single quotes, unless it needs none. */
export function shellWord(word: string): string {
  return /^[\w./,=%@:-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
