/** The registers of an evaluated plan as people read them: numbers in what they are counted in. */
import {
  grouped,
  printDecimal,
  printFraction,
  powerOfTen,
  percent,
  printRounded,
} from '../../core/number/decimal.js';
import {
  compare,
  divide,
  multiply,
  fraction,
  sum,
  type Fraction,
} from '../../core/number/fraction.js';
import { fractionAt } from '../../core/kernel/registers.js';
import type { Ref } from '../../plan/builder.js';
import { denominate, writtenBy, type Step } from '../../plan/step.js';
import type { Denomination } from '../../plan/steps/denomination.js';
import type { RegisterReader } from '../../plan/steps/sentence.js';
import type { Plan } from '../plan.js';
import { evaluateAll } from '../evaluate.js';

/** A number in words. */
export interface DescribedNumber {
  /** Exact, as a plain number: `13194444444.45`, `0.35`, `1/3`. */
  readonly value: string;
  /** The same as formulas say it: `13,194,444,444.45`, `35%`, `(1/3)`. */
  readonly said: string;
  /** To six places, where the exact number is hard to read. */
  readonly about: string | undefined;
  /** A currency code, the name of a unit, or nothing. */
  readonly unit: string;
}

/** A plan that can be asked what its registers hold, and by which step. */
export interface RegisterDescriptions extends RegisterReader {
  readonly stepOf: (ref: Ref) => Step;
  /** What the number of a register is counted in. */
  readonly countedIn: (ref: Ref) => Denomination;
  /** The sum of registers that are counted in one unit, if in different quanta of it. */
  readonly total: (refs: readonly Ref[]) => DescribedNumber;
}

export function describeRegisters(plan: Plan): RegisterDescriptions {
  const values = evaluateAll(plan);
  const steps: Step[] = [];
  const denominations: Denomination[] = [];
  for (const step of plan.steps) {
    const denomination = denominate(step, (ref) => denominations[ref]!);
    for (const ref of writtenBy(step)) {
      steps[ref] = step;
      denominations[ref] = denomination;
    }
  }
  const at = (ref: Ref) => fractionAt(values, ref);
  const sayAs = (ref: Ref, value: Fraction) => sayIn(denominations[ref]!, value);
  const say = (ref: Ref) => {
    const step = steps[ref]!;
    // A ratio is said as the file says it.
    const isRatio = step.op === 'input' && step.input.currency === undefined;
    return isRatio ? apart(step.input.text) : sayAs(ref, at(ref));
  };
  const total = (refs: readonly Ref[]): DescribedNumber => {
    const counted = refs.map((ref) => denominations[ref]!).reduce(finer);
    const numbers = refs.map((ref) => multiply(at(ref), denominations[ref]!.quantum));
    const value = divide(sum(numbers), counted.quantum);
    return {
      value: exactly(counted, value),
      said: refs.length === 1 ? say(refs[0]!) : sayIn(counted, value),
      about: nearly(sum(numbers)),
      unit: counted.label === '%' ? '' : counted.label,
    };
  };
  const stepOf = (ref: Ref) => steps[ref]!;
  return { at, say, sayAs, total, stepOf, countedIn: (ref) => denominations[ref]! };
}

function finer(a: Denomination, b: Denomination): Denomination {
  return compare(b.quantum, a.quantum) < 0 ? b : a;
}

/** Money with its thousands apart, shares as percentages, everything else as a number. */
function sayIn(denomination: Denomination, value: Fraction): string {
  if (denomination.label === '%') return apart(percent(value));
  const number = exactly(denomination, value);
  return number.includes('/') ? apart(number) : grouped(number);
}

/** A fraction among other numbers. */
function apart(number: string): string {
  return number.includes('/') ? `(${number})` : number;
}

/** What is counted to the places of its quantum, everything else as it is. */
function exactly({ label, quantum }: Denomination, value: Fraction): string {
  const number = multiply(value, quantum);
  const isCount = label !== '' && label !== '%' && value.d === 1n;
  const places = isCount ? placesOf(quantum) : undefined;
  if (places === undefined) return printFraction(number);
  return printDecimal(multiply(number, fraction(powerOfTen(places))).n, places);
}

/** Decimal places of a quantum; nothing where it has no decimal, as a third of a rack. */
function placesOf(quantum: Fraction): number | undefined {
  const text = printFraction(quantum);
  return text.includes('/') ? undefined : (text.split('.')[1] ?? '').length;
}

const PLACES = 6;

/** A fraction, or a decimal that nobody reads to its end, to six places. */
function nearly(number: Fraction): string | undefined {
  const places = placesOf(number);
  if (places !== undefined && places <= PLACES) return undefined;
  return grouped(printRounded(number, PLACES));
}
