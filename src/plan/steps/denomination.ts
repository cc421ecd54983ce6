/** The unit of the number in a register: fen, servers, or none. */
import { ONE, divide, multiply, power, type Fraction } from '../../core/number/fraction.js';

/** The number that people read is that of the register × the quantum: 1/100 from fen to yuan. */
export interface Denomination {
  /** A currency code, the name of a unit, `%` for a percentage, or empty. */
  readonly label: string;
  readonly quantum: Fraction;
}

/** A plain number. */
export const PLAIN: Denomination = { label: '', quantum: ONE };

/** The unit of a sum: that of its terms, among which a plain 1 may be, as in 1 − 35%. */
export function unitOfSum(terms: readonly Denomination[]): Denomination {
  return terms.find(({ label }) => label !== '') ?? terms[0] ?? PLAIN;
}

/** The unit of a product: money × ratios is money, a percentage of a percentage is a percentage. */
export function unitOfProduct(factors: readonly Denomination[]): Denomination {
  const labels = [...new Set(factors.map(({ label }) => label))];
  const counted = labels.find((label) => label !== '' && label !== '%');
  const label = counted ?? (labels.length === 1 ? labels[0]! : '');
  return { label, quantum: factors.map(({ quantum }) => quantum).reduce(multiply, ONE) };
}

/** The unit of a quotient: money ÷ money is a plain number. */
export function unitOfQuotient(over: Denomination, under: Denomination): Denomination {
  const label = over.label === under.label ? '' : over.label;
  return { label, quantum: divide(over.quantum, under.quantum) };
}

/** The unit of a power. */
export function unitOfPower(base: Denomination, exponent: number): Denomination {
  return { label: base.label === '%' ? '' : base.label, quantum: power(base.quantum, exponent) };
}
