/** The numbers of an evaluated plan as people read them: in yuan, percent or servers, not in quanta. */
import { fractionAt } from '../../core/kernel/registers.js';
import {
  grouped,
  percent,
  placesOf,
  powerOfTen,
  printDecimal,
  printFraction,
  printRounded,
} from '../../core/number/decimal.js';
import {
  compare,
  divide,
  fraction,
  multiply,
  sum,
  type Fraction,
} from '../../core/number/fraction.js';
import type { Say } from '../../core/text/language.js';
import type { Ref } from '../../plan/builder.js';
import { denominate, writtenBy } from '../../plan/step.js';
import type { Denomination } from '../../plan/steps/denomination.js';
import type { RegisterReader } from '../../plan/steps/sentence.js';
import { stepsByRegister, type StepByRegister } from '../combineParts.js';
import { evaluateAll } from '../evaluate.js';
import type { Plan } from '../plan.js';

/** A number as it is printed. */
export interface DescribedNumber {
  /** Exact, as a plain number: `13194444444.45`, `0.35`, `1/3`. */
  readonly value: string;
  /** As it is printed in a formula: `13,194,444,444.45`, `35%`, `(1/3)`; a long number is cut. */
  readonly said: string;
  /** Rounded to six places, where the exact number is hard to read. */
  readonly about: string | undefined;
  /** A currency code, the name of a unit, or nothing. */
  readonly unit: string;
}

/** The numbers of the registers of a plan, and the steps that wrote them. */
export interface RegisterDescriptions extends RegisterReader {
  readonly steps: StepByRegister;
  /** What the number of a register is counted in. */
  readonly countedIn: (ref: Ref) => Denomination;
  /** The sum of registers of one unit, which may be counted in different quanta. */
  readonly total: (refs: readonly Ref[]) => DescribedNumber;
}

/** Evaluates a plan, and prints its numbers in their units. */
export function describeRegisters(plan: Plan, say: Say): RegisterDescriptions {
  const values = evaluateAll(plan);
  const steps = stepsByRegister(plan);
  const denominations: Denomination[] = [];
  for (const step of plan.steps) {
    const denomination = denominate(step, (ref) => denominations[ref]!);
    for (const ref of writtenBy(step)) denominations[ref] = denomination;
  }
  const valueAt = (ref: Ref) => fractionAt(values, ref);
  const printAs = (ref: Ref, value: Fraction) => printIn(denominations[ref]!, value);
  const printed: string[] = [];
  const print = (ref: Ref) => {
    const step = steps[ref]!;
    // A ratio is printed in a formula as it is written in the file.
    const isRatio = step.op === 'input' && step.input.currency === undefined;
    return (printed[ref] ??= isRatio ? inParentheses(step.input.text) : printAs(ref, valueAt(ref)));
  };
  const total = (refs: readonly Ref[]): DescribedNumber => {
    const counted = refs.map((ref) => denominations[ref]!).reduce(finer);
    const numbers = refs.map((ref) => multiply(valueAt(ref), denominations[ref]!.quantum));
    const value = divide(sum(numbers), counted.quantum);
    return {
      value: printExactly(counted, value),
      said: refs.length === 1 ? print(refs[0]!) : printIn(counted, value),
      about: printNearly(sum(numbers)),
      unit: counted.label === '%' ? '' : counted.label,
    };
  };
  return { say, valueAt, print, printAs, total, steps, countedIn: (ref) => denominations[ref]! };
}

function finer(a: Denomination, b: Denomination): Denomination {
  return compare(b.quantum, a.quantum) < 0 ? b : a;
}

/** Money with separators between thousands, shares as percentages, everything else as a number. */
function printIn(denomination: Denomination, value: Fraction): string {
  if (denomination.label === '%') return inParentheses(shortened(percent(value)));
  const number = shortened(printExactly(denomination, value));
  return number.includes('/') ? inParentheses(number) : grouped(number);
}

/** Nobody reads the thousands of digits of a power: the first ones of each integer, and how many there are. */
function shortened(number: string): string {
  if (number.length <= MOST_DIGITS) return number;
  return number.replace(/\d{40,}/g, (digits) => `${digits.slice(0, 20)}…[${digits.length} digits]`);
}

const MOST_DIGITS = 100;

/** A fraction inside a formula is put in parentheses. */
function inParentheses(number: string): string {
  return number.includes('/') ? `(${number})` : number;
}

/** A count to the places of its quantum, every other number as it is. */
function printExactly({ label, quantum }: Denomination, value: Fraction): string {
  const number = multiply(value, quantum);
  const isCount = label !== '' && label !== '%' && value.d === 1n;
  const places = isCount ? placesOf(quantum) : undefined;
  if (places === undefined) return printFraction(number);
  return printDecimal(multiply(number, fraction(powerOfTen(places))).n, places);
}

const PLACES = 6;

/** A fraction without a finite decimal, or a long decimal, to six places; nothing for a short decimal. */
function printNearly(number: Fraction): string | undefined {
  const places = placesOf(number);
  if (places !== undefined && places <= PLACES) return undefined;
  return grouped(printRounded(number, PLACES));
}
