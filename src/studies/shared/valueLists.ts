/** Lists of values as they are typed: `-10%..+10%/1%`, or `1%,2%,5%`. */
import type { Problem } from '../../core/text/diagnostic.js';
import type { LiteralReading } from '../../core/number/literal.js';
import { add, compare, type Fraction } from '../../core/number/fraction.js';

/** More than anybody reads, and few enough to compute while one waits. */
const MOST_VALUES = 10_000;

/**
 * The values of a range, both ends included where the step hits them, or why it is none.
 *
 * @param read how one value is read; a leading `+` is passed over
 */
export function readRange(
  text: string,
  read: (literal: string) => LiteralReading<Fraction>,
): readonly Fraction[] | Problem {
  const parts = /^(.+?)\.\.(.+)\/(.+)$/.exec(text);
  const literals = parts ? parts.slice(1) : text.split(',');
  const values: Fraction[] = [];
  for (const literal of literals) {
    const reading = read(literal.trim().replace(/^\+/, ''));
    if (!reading.ok) return reading.diagnostics;
    values.push(reading.value);
  }
  return parts ? steps(values as [Fraction, Fraction, Fraction]) : values;
}

function steps([from, to, step]: readonly [Fraction, Fraction, Fraction]):
  readonly Fraction[] | Problem {
  if (step.n <= 0n || compare(from, to) > 0) {
    return {
      code: 'range-order',
      message: 'a range must rise from its first value by a positive step',
    };
  }
  const values: Fraction[] = [];
  for (let value = from; compare(value, to) <= 0; value = add(value, step)) {
    if (values.length === MOST_VALUES) return { message: `more than ${MOST_VALUES} values` };
    values.push(value);
  }
  return values;
}
