/** Numbers that come again and again: each once, rising, and how often. */

export interface Values {
  readonly numbers: Float64Array;
  readonly counts: Float64Array;
}

export const NO_VALUES: Values = { numbers: new Float64Array(), counts: new Float64Array() };

/** @param given in any order; they are sorted in place */
export function valuesOf(given: Float64Array): Values {
  given.sort();
  const numbers = new Float64Array(given.length);
  const counts = new Float64Array(given.length);
  let size = 0;
  for (const number of given) {
    if (size === 0 || numbers[size - 1] !== number) numbers[size++] = number;
    counts[size - 1]! += 1;
  }
  return firstOf(size, numbers, counts);
}

export function mergeValues(one: Values, other: Values): Values {
  const numbers = new Float64Array(one.numbers.length + other.numbers.length);
  const counts = new Float64Array(numbers.length);
  let [size, a, b] = [0, 0, 0];
  while (a < one.numbers.length || b < other.numbers.length) {
    const [left, right] = [one.numbers[a] ?? Infinity, other.numbers[b] ?? Infinity];
    numbers[size] = Math.min(left, right);
    if (left <= right) counts[size]! += one.counts[a++]!;
    if (right <= left) counts[size]! += other.counts[b++]!;
    size++;
  }
  return firstOf(size, numbers, counts);
}

/** Those of which something holds. */
export function valuesWhere(values: Values, holds: (number: number) => boolean): Values {
  const numbers = new Float64Array(values.numbers.length);
  const counts = new Float64Array(numbers.length);
  let size = 0;
  for (let i = 0; i < numbers.length; i++) {
    const number = values.numbers[i]!;
    if (!holds(number)) continue;
    numbers[size] = number;
    counts[size++] = values.counts[i]!;
  }
  return firstOf(size, numbers, counts);
}

function firstOf(size: number, numbers: Float64Array, counts: Float64Array): Values {
  return { numbers: numbers.slice(0, size), counts: counts.slice(0, size) };
}
