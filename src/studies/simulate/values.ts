/** Numbers that come again and again: each once, rising, and how often. */

export interface Values {
  readonly numbers: Float64Array;
  readonly counts: Float64Array;
}

export const NO_VALUES: Values = { numbers: new Float64Array(), counts: new Float64Array() };

/** @param given in any order; they are sorted in place */
export function valuesOf(given: Float64Array): Values {
  given.sort();
  return valuesFrom((tell) => {
    for (let i = 0, first = 0; i < given.length; i++) {
      if (given[i + 1] === given[i]) continue;
      tell(given[i]!, i + 1 - first);
      first = i + 1;
    }
  });
}

/** The values of both, of which something holds. */
export function mergeValues(
  one: Values,
  other: Values,
  holds: (number: number) => boolean = () => true,
): Values {
  return valuesFrom((tell) => {
    let [a, b] = [0, 0];
    while (a < one.numbers.length || b < other.numbers.length) {
      const [left, right] = [one.numbers[a] ?? Infinity, other.numbers[b] ?? Infinity];
      let count = 0;
      if (left <= right) count += one.counts[a++]!;
      if (right <= left) count += other.counts[b++]!;
      const number = Math.min(left, right);
      if (holds(number)) tell(number, count);
    }
  });
}

/** Told twice, first to be counted: arrays that are too long, and cut, would be twice the memory. */
function valuesFrom(each: (tell: (number: number, count: number) => void) => void): Values {
  let size = 0;
  each(() => size++);
  const [numbers, counts] = [new Float64Array(size), new Float64Array(size)];
  size = 0;
  each((number, count) => {
    numbers[size] = number;
    counts[size++] = count;
  });
  return { numbers, counts };
}
