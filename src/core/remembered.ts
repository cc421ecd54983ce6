/** Answers that are kept: a table of 20,000 rows has a few hundred different labels. */

/** A function that reads each text once. */
export function remembered<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined || known.has(text)) return found as T;
    const value = read(text);
    known.set(text, value);
    return value;
  };
}
