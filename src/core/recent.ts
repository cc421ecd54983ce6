/** A memory of bounded size. */

/** Remembers the values of the keys that were asked last; a value is made where none is known. */
export function recent<V>(most: number) {
  const known = new Map<string, V>();
  return (key: string, make: () => V | undefined): V | undefined => {
    const value = known.get(key) ?? make();
    known.delete(key);
    if (value !== undefined) known.set(key, value);
    if (known.size > most) known.delete(known.keys().next().value!);
    return value;
  };
}
