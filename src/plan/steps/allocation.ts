/** The step that splits money: an amount over weights, by the one rule. */
import { allocate as allocateExactly } from '../../core/rounding/allocate.js';
import { printDecimal, printFraction } from '../../core/number/decimal.js';
import { allocateFast } from '../../core/kernel/allocateFast.js';
import { prepareAllocation } from '../../core/kernel/preparedAllocation.js';
import {
  divide,
  equal,
  multiply,
  ONE,
  fraction,
  subtract,
  sum,
  ZERO,
  type Fraction,
} from '../../core/number/fraction.js';
import { put, fractionAt, type Ref, type Registers } from '../../core/kernel/registers.js';
import type { StepKind } from './stepKind.js';
import type { RegisterReader, Sentence, SplitPart } from './sentence.js';

/** Splits an amount into as many registers as weights, from `out` on. */
export interface Allocate {
  readonly op: 'allocate';
  readonly out: Ref;
  readonly amount: Ref;
  readonly weights: readonly Ref[];
  /** What each part is called among them: periods, components, suppliers. */
  readonly keys: readonly string[];
  /** Rank of each part in a tie; by position (in time) where absent. */
  readonly order?: readonly number[];
  /** Where all weights are zero nothing is split, and what is left is an under-run. */
  readonly allowsUnderrun?: true;
}

export const allocate: StepKind<Allocate> = {
  operands: ({ amount, weights }) => [amount, ...weights],
  isWhole: true,
  prepare: (steps, at, known) => {
    const ready = steps.map((step) => prepareAllocation(step, at, known));
    return () => {
      for (let i = 0; i < ready.length; i++)
        if (!allocateFast(ready[i]!, at)) splitExactly(steps[i]!, at);
    };
  },
  denominate: ({ amount }, of) => of(amount),
  sentence: sentenceOf,
  formula: ({ out, amount, weights }, ref) => ({
    op: 'part',
    amount,
    weight: weights[ref - out]!,
    weights,
  }),
};

/** The gear for everything that does not fit into doubles. */
function splitExactly({ out, amount, weights, order, allowsUnderrun }: Allocate, at: Registers): void {
  const given = weights.map((ref) => fractionAt(at, ref));
  const nothing = allowsUnderrun === true && given.every(({ n }) => n === 0n);
  const parts = nothing
    ? given.map(() => 0n)
    : allocateExactly(fractionAt(at, amount).n, given, order);
  parts.forEach((part, index) => put(at, out + index, { n: part, d: 1n }));
}

function sentenceOf(step: Allocate, reader: RegisterReader, ref: Ref): Sentence {
  const { out, amount, weights, order } = step;
  const { say, sayAs } = reader;
  const whole = sum(weights.map(reader.at));
  if (whole.n === 0n) return { formula: sayAs(amount, ZERO) };
  const parts = weights.map((_, i) => partOf(step, whole, i, reader));
  const left = subtract(reader.at(amount), sum(parts.map(({ floor }) => floor)));
  const quantum = sayAs(amount, ONE);
  const { weight, more } = parts[ref - out]!.said;
  const sayWhole = sayAs(
    weights.find((one) => reader.at(one).n > 0n)!,
    whole,
  );
  const formula = `down(${say(amount)} × ${weight} ÷ ${sayWhole} to ${quantum})`;
  const split = {
    whole: sayWhole,
    left: sayAs(amount, left),
    quantum,
    parts: inOrder(parts, order).map(({ said }) => said),
  };
  return { formula: more ? `${formula} + ${quantum}` : formula, split };
}

interface SaidPart {
  readonly floor: Fraction;
  readonly said: SplitPart;
}

function partOf(
  { out, amount, weights, keys }: Allocate,
  whole: Fraction,
  i: number,
  { at, say, sayAs }: RegisterReader,
): SaidPart {
  const exact = divide(multiply(at(amount), at(weights[i]!)), whole);
  const floor = fraction(exact.n / exact.d);
  const said = {
    key: keys[i]!,
    weight: say(weights[i]!),
    down: sayAs(amount, floor),
    remainder: inShort(subtract(exact, floor)),
    more: !equal(at(out + i), floor),
  };
  return { floor, said };
}

function inOrder<T>(parts: readonly T[], order: readonly number[] | undefined): readonly T[] {
  if (!order) return parts;
  return parts.map((_, rank) => parts[order.indexOf(rank)]!);
}

/** A fraction of a quantum to four places; the exact one follows from the weights. */
function inShort(part: Fraction): string {
  const exact = printFraction(part);
  if (!exact.includes('/') && exact.length <= 6) return exact;
  const scaled = multiply(part, fraction(10_000n));
  return `${printDecimal(scaled.n / scaled.d, 4)}…`;
}
