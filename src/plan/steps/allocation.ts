/** The step that allocates an amount over weights, by largest remainder. */
import { allocateFast } from '../../core/kernel/allocateFast.js';
import { prepareAllocation } from '../../core/kernel/preparedAllocation.js';
import { fractionAt, put, type Ref, type Registers } from '../../core/kernel/registers.js';
import { printDecimal, printFraction } from '../../core/number/decimal.js';
import {
  ONE,
  ZERO,
  divide,
  equal,
  fraction,
  multiply,
  subtract,
  sum,
  type Fraction,
} from '../../core/number/fraction.js';
import { allocate as allocateExactly } from '../../core/rounding/allocate.js';
import { sayName, type Saying } from '../../core/text/language.js';
import type { RegisterReader, Sentence, SplitPart } from './sentence.js';
import type { StepKind } from './stepKind.js';

/** Writes one part for each weight, in consecutive registers from `out` on. */
export interface Allocate {
  readonly op: 'allocate';
  readonly out: Ref;
  readonly amount: Ref;
  readonly weights: readonly Ref[];
  /** Of each part: labels of periods, keys of components or suppliers. */
  readonly keys: readonly (string | Saying)[];
  /** Rank of each part in a tie; by default its position, which is the order in time. */
  readonly order?: readonly number[];
  /** Whether weights may all be zero: nothing is then split, and the amount is an under-run. */
  readonly allowsUnderrun?: true;
}

/** Allocation by largest remainder: exact, in whole quanta. */
export const allocate: StepKind<Allocate> = {
  operands: ({ amount, weights }) => [amount, ...weights],
  isWhole: true,
  prepare: (steps, registers, known) => {
    const prepared = steps.map((step) => prepareAllocation(step, registers, known));
    return () => {
      for (let i = 0; i < prepared.length; i++)
        if (!allocateFast(prepared[i]!, registers)) splitExactly(steps[i]!, registers);
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

/** With BigInt, for amounts and weights that do not fit into doubles, and for an under-run. */
function splitExactly(
  { out, amount, weights, order, allowsUnderrun }: Allocate,
  registers: Registers,
): void {
  const fractions = weights.map((ref) => fractionAt(registers, ref));
  const isUnderrun = allowsUnderrun === true && fractions.every(({ n }) => n === 0n);
  const parts = isUnderrun
    ? fractions.map(() => 0n)
    : allocateExactly(fractionAt(registers, amount).n, fractions, order);
  parts.forEach((part, index) => put(registers, out + index, { n: part, d: 1n }));
}

function sentenceOf(step: Allocate, reader: RegisterReader, ref: Ref): Sentence {
  const { out, amount, weights, order } = step;
  const { print, printAs } = reader;
  const whole = sum(weights.map(reader.valueAt));
  if (whole.n === 0n) return { formula: printAs(amount, ZERO) };
  const parts = weights.map((_, i) => partOf(step, whole, i, reader));
  const left = subtract(reader.valueAt(amount), sum(parts.map(({ floor }) => floor)));
  const quantum = printAs(amount, ONE);
  const { weight, more } = parts[ref - out]!.shown;
  const printedWhole = printAs(
    weights.find((one) => reader.valueAt(one).n > 0n)!,
    whole,
  );
  const formula = reader.say('down({formula} to {step})', {
    ...{ formula: `${print(amount)} × ${weight} ÷ ${printedWhole}`, step: quantum },
  });
  const split = {
    whole: printedWhole,
    left: printAs(amount, left),
    quantum,
    parts: inOrder(parts, order).map(({ shown }) => shown),
  };
  return { formula: more ? `${formula} + ${quantum}` : formula, split };
}

/** A part rounded down, and how it is shown. */
interface PrintedPart {
  readonly floor: Fraction;
  readonly shown: SplitPart;
}

function partOf(
  { out, amount, weights, keys }: Allocate,
  whole: Fraction,
  i: number,
  { valueAt, print, printAs, say }: RegisterReader,
): PrintedPart {
  const exact = divide(multiply(valueAt(amount), valueAt(weights[i]!)), whole);
  const floor = fraction(exact.n / exact.d);
  const shown = {
    key: sayName(keys[i]!, say),
    weight: print(weights[i]!),
    down: printAs(amount, floor),
    remainder: printRemainder(subtract(exact, floor)),
    more: !equal(valueAt(out + i), floor),
  };
  return { floor, shown };
}

function inOrder<T>(parts: readonly T[], order: readonly number[] | undefined): readonly T[] {
  if (!order) return parts;
  const sorted: T[] = [];
  order.forEach((rank, i) => (sorted[rank] = parts[i]!));
  return sorted;
}

/** To four decimal places, cut off; the exact remainder follows from the weights. */
function printRemainder(part: Fraction): string {
  const exact = printFraction(part);
  if (!exact.includes('/') && exact.length <= 6) return exact;
  const scaled = multiply(part, fraction(10_000n));
  return `${printDecimal(scaled.n / scaled.d, 4)}…`;
}
