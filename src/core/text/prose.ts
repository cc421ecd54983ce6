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
