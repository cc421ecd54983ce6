/** The values of formulas in doubles, as a spreadsheet computes them, with a bound of their error. */
import type { Ref } from '../../core/kernel/registers.js';
import type { Formula } from '../../plan/steps/formula.js';

/** The value of a cell with a formula. */
export interface FormulaEstimate {
  readonly value: number;
  /**
   * Upper bound of the difference from the exact number. An allocation without rounding differs by
   * less than one quantum, a rounding by one quantum at most, a double by its last digits. Sums,
   * products and quotients pass on the errors of their operands.
   */
  readonly slack: number;
}

/** The values that a formula refers to. */
export interface FormulaContext {
  readonly at: (ref: Ref) => FormulaEstimate;
  /** The quantum of the register that the formula computes. */
  readonly quantum: number;
  /** By how much a rounding may differ from the exact one: the quantum, or 0 where only the last digits count. */
  readonly roundingSlack: number;
}

/** The relative size of the last digit of a double. */
const DIGIT = 2 ** -52;

export function evaluateFormula(formula: Formula, around: FormulaContext): FormulaEstimate {
  const of = (one: Formula) => evaluateFormula(one, around);
  switch (formula.op) {
    case 'number':
      return estimate(formula.value, 0, 1);
    case 'at':
      return around.at(formula.ref);
    case 'sum':
      return total(formula.terms.map(of));
    case 'difference':
      return total([of(formula.from), ...formula.terms.map(of).map(negative)]);
    case 'product':
      return formula.factors.map(of).reduce(times);
    case 'quotient':
      return over(of(formula.over), of(formula.under));
    case 'power':
      return raised(of(formula.base), formula.exponent);
    case 'round':
      return rounded(of(formula.of), around);
    case 'depreciation': {
      const life = around.at(formula.life);
      if (life.value <= formula.index) return estimate(0, 0, 0);
      const { value, slack } = over(around.at(formula.amount), life);
      return { value, slack: slack + around.quantum };
    }
    case 'part':
      return part(
        around.at(formula.amount),
        around.at(formula.weight),
        total(formula.weights.map(around.at)),
        around.quantum,
      );
  }
}

function estimate(value: number, slack: number, operations: number): FormulaEstimate {
  return { value, slack: slack + Math.abs(value) * DIGIT * operations };
}

function negative({ value, slack }: FormulaEstimate): FormulaEstimate {
  return { value: -value, slack };
}

export function total(terms: readonly FormulaEstimate[]): FormulaEstimate {
  const reach = terms.reduce((sum, { value }) => sum + Math.abs(value), 0);
  return {
    value: terms.reduce((sum, { value }) => sum + value, 0),
    slack: terms.reduce((sum, { slack }) => sum + slack, 0) + reach * DIGIT * terms.length,
  };
}

function times(a: FormulaEstimate, b: FormulaEstimate): FormulaEstimate {
  const slack = a.slack * Math.abs(b.value) + b.slack * Math.abs(a.value) + a.slack * b.slack;
  return estimate(a.value * b.value, slack, 1);
}

export function over(a: FormulaEstimate, b: FormulaEstimate): FormulaEstimate {
  const value = a.value / b.value;
  const least = Math.abs(b.value) - b.slack;
  const slack = least > 0 ? (a.slack + Math.abs(value) * b.slack) / least : Infinity;
  return estimate(value, slack, 1);
}

/** A part, and the exact part too, is at most the amount; this bounds the error even when the weights are near zero. */
function part(
  amount: FormulaEstimate,
  weight: FormulaEstimate,
  whole: FormulaEstimate,
  quantum: number,
): FormulaEstimate {
  const uncut =
    whole.value === 0 ? { value: 0, slack: Infinity } : over(times(amount, weight), whole);
  const most = Math.abs(amount.value) + amount.slack;
  return { value: uncut.value, slack: Math.min(uncut.slack, most) + quantum };
}

function raised(base: FormulaEstimate, exponent: number): FormulaEstimate {
  let power = estimate(1, 0, 0);
  for (let i = 0; i < Math.abs(exponent); i++) power = times(power, base);
  return exponent < 0 ? over(estimate(1, 0, 0), power) : power;
}

function rounded(
  { value, slack }: FormulaEstimate,
  { quantum, roundingSlack }: FormulaContext,
): FormulaEstimate {
  const steps = Math.round(Math.abs(value) / quantum);
  // A division by the whole reciprocal is exact to the last digit: 100 is a double, 0.01 is not.
  const reciprocal = Math.round(1 / quantum);
  const size = reciprocal * quantum === 1 ? steps / reciprocal : steps * quantum;
  return estimate(value < 0 ? -size : size, slack + roundingSlack, 1);
}
