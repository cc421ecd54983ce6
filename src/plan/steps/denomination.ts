/** What the number of a register is counted in: fen, servers, or nothing. */
import { divide, multiply, ONE, power, type Fraction } from '../../core/number/fraction.js';

/** A register stands for its number × the quantum: 1/100 where it holds fen and people say yuan. */
export interface Denomination {
  /** A currency code, the name of a unit, `%` for what is written as a percentage, or nothing. */
  readonly label: string;
  readonly quantum: Fraction;
}

export const PLAIN: Denomination = { label: '', quantum: ONE };

/** What terms of one sum are counted in; a plain 1 may stand among percentages. */
export function alike(terms: readonly Denomination[]): Denomination {
  return terms.find(({ label }) => label !== '') ?? terms[0] ?? PLAIN;
}

/** Money × ratios is money, a percentage of a percentage is one. */
export function multiplied(factors: readonly Denomination[]): Denomination {
  const labels = [...new Set(factors.map(({ label }) => label))];
  const counted = labels.find((label) => label !== '' && label !== '%');
  const label = counted ?? (labels.length === 1 ? labels[0]! : '');
  return { label, quantum: factors.map(({ quantum }) => quantum).reduce(multiply, ONE) };
}

/** Money ÷ money is a plain number. */
export function divided(over: Denomination, under: Denomination): Denomination {
  const label = over.label === under.label ? '' : over.label;
  return { label, quantum: divide(over.quantum, under.quantum) };
}

export function raised(base: Denomination, exponent: number): Denomination {
  return { label: base.label === '%' ? '' : base.label, quantum: power(base.quantum, exponent) };
}
