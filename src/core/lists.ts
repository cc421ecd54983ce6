/**
 * Long lists. `Math.max(...numbers)` and `list.push(...items)` fail where there are hundreds of thousands,
 * as every item becomes an argument.
 */

/** The greatest of the numbers, and never less than `least`. */
export function greatest(numbers: Iterable<number>, least = -Infinity): number {
  let most = least;
  for (const number of numbers) most = Math.max(most, number);
  return most;
}

/** Puts items at the end of a list. */
export function append<T>(list: T[], items: Iterable<T>): void {
  for (const item of items) list.push(item);
}
