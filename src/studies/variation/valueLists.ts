/** Lists of values as they are typed: `-10%..+10%/1%`, `1%,2%,5%`, or `±10%`. */
import { add, compare, type Fraction } from '../../core/number/fraction.js';
import type { LiteralReading } from '../../core/number/literal.js';
import { failure, success, type Result } from '../../core/result.js';
import type { Problem } from '../../core/text/diagnostic.js';

/** Keeps the time of a command to a few seconds. */
const MOST_VALUES = 10_000;

/**
 * Reads a range, with both ends where the step meets them, or a list of values; `±10%` is two of them.
 *
 * @param read how one value is read; a leading `+` is dropped before
 */
export function readRange(
  text: string,
  read: (literal: string) => LiteralReading<Fraction>,
): Result<readonly Fraction[], Problem> {
  const parts = /^(.+?)\.\.(.+)\/(.+)$/.exec(text);
  const literals = parts ? parts.slice(1) : text.split(',').flatMap(bothSigns);
  const values: Fraction[] = [];
  for (const literal of literals) {
    const reading = read(literal.trim().replace(/^\+/, ''));
    if (!reading.ok) return reading;
    values.push(reading.value);
  }
  return parts ? steps(values as [Fraction, Fraction, Fraction]) : success(values);
}

function bothSigns(literal: string): readonly string[] {
  const [, size] = /^\s*±(.*)$/su.exec(literal) ?? [];
  return size === undefined ? [literal] : [`-${size}`, `+${size}`];
}

function steps([from, to, step]: readonly [Fraction, Fraction, Fraction]): Result<
  readonly Fraction[],
  Problem
> {
  if (step.n <= 0n || compare(from, to) > 0) {
    return failure({
      code: 'range-order',
      message: 'a range must rise from its first value by a positive step',
    });
  }
  const values: Fraction[] = [];
  for (let value = from; compare(value, to) <= 0; value = add(value, step)) {
    if (values.length === MOST_VALUES)
      return failure({ message: `more than ${MOST_VALUES} values` });
    values.push(value);
  }
  return success(values);
}
