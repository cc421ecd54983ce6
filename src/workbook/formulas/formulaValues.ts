/** The formulas of a workbook in doubles, as a spreadsheet computes them, and how far they may be off. */
import type { Ref } from '../../core/kernel/registers.js';
import type { Formula } from '../../plan/steps/formula.js';

/** A number of a live cell. */
export interface FormulaEstimate {
  readonly value: number;
  /**
   * How far it may lie from the exact number. An allocation that is not cut to a quantum is off by
   * less than one, a rounding by one at most, doubles by their last digits; sums, products and
   * quotients carry on what their operands are off.
   */
  readonly slack: number;
}

/** What a formula is evaluated in. */
export interface FormulaContext {
  readonly at: (ref: Ref) => FormulaEstimate;
  /** The quantum of the register that the formula is for. */
  readonly quantum: number;
}

/** The last digit of a double. */
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
      return rounded(of(formula.of), around.quantum);
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

function over(a: FormulaEstimate, b: FormulaEstimate): FormulaEstimate {
  const value = a.value / b.value;
  const least = Math.abs(b.value) - b.slack;
  const slack = least > 0 ? (a.slack + Math.abs(value) * b.slack) / least : Infinity;
  return estimate(value, slack, 1);
}

/** Neither it nor the exact part is larger than the amount, however little is known of the weights. */
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

function rounded({ value, slack }: FormulaEstimate, quantum: number): FormulaEstimate {
  const steps = Math.round(Math.abs(value) / quantum);
  // Divided by the reciprocal where that is whole: 0.01 is no double, 100 is.
  const reciprocal = Math.round(1 / quantum);
  const size = reciprocal * quantum === 1 ? steps / reciprocal : steps * quantum;
  return estimate(value < 0 ? -size : size, slack + quantum, 1);
}
