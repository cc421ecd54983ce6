/** Steps of exact arithmetic, which round nothing. */
import {
  fractionAt,
  put,
  putProduct,
  putQuotient,
  putTotal,
  type Ref,
} from '../../core/kernel/registers.js';
import { power as powerOf } from '../../core/number/fraction.js';
import { unitOfPower, unitOfProduct, unitOfQuotient, unitOfSum } from './denomination.js';
import { valueAt } from './formula.js';
import type { StepKind } from './stepKind.js';

/** The sum of `terms`; 0 for none. */
export interface Sum {
  readonly op: 'sum';
  readonly out: Ref;
  readonly terms: readonly Ref[];
}

/** `from` less all `terms`. */
export interface Difference {
  readonly op: 'difference';
  readonly out: Ref;
  readonly from: Ref;
  readonly terms: readonly Ref[];
}

/** The product of `factors`. */
export interface Product {
  readonly op: 'product';
  readonly out: Ref;
  readonly factors: readonly Ref[];
}

/** `over` ÷ `under`. */
export interface Quotient {
  readonly op: 'quotient';
  readonly out: Ref;
  readonly over: Ref;
  readonly under: Ref;
}

/** base^exponent, for a whole exponent from 0. */
export interface Power {
  readonly op: 'power';
  readonly out: Ref;
  readonly base: Ref;
  readonly exponent: number;
}

/** The steps of exact arithmetic. */
export type Arithmetic = Sum | Difference | Product | Quotient | Power;

/** Sums. */
export const sum: StepKind<Sum> = {
  operands: ({ terms }) => terms,
  prepare: (steps, registers) => () => {
    for (const { out, terms } of steps) putTotal(registers, out, undefined, terms, 1);
  },
  denominate: ({ terms }, of) => unitOfSum(terms.map(of)),
  sentence: ({ terms }, { print }) => ({ formula: terms.map(print).join(' + ') || '0' }),
  formula: ({ terms }) => ({ op: 'sum', terms: terms.map(valueAt) }),
};

/** Differences. */
export const difference: StepKind<Difference> = {
  operands: ({ from, terms }) => [from, ...terms],
  prepare: (steps, registers) => () => {
    for (const { out, from, terms } of steps) putTotal(registers, out, from, terms, -1);
  },
  denominate: ({ from, terms }, of) => unitOfSum([from, ...terms].map(of)),
  sentence: ({ from, terms }, { print }) => ({ formula: [from, ...terms].map(print).join(' − ') }),
  formula: ({ from, terms }) => ({
    op: 'difference',
    from: valueAt(from),
    terms: terms.map(valueAt),
  }),
};

/** Products. */
export const product: StepKind<Product> = {
  operands: ({ factors }) => factors,
  prepare: (steps, registers) => () => {
    for (const { out, factors } of steps) putProduct(registers, out, factors);
  },
  denominate: ({ factors }, of) => unitOfProduct(factors.map(of)),
  sentence: ({ factors }, { print }) => {
    const shown = factors.map(print).filter((factor) => factor !== '1');
    return { formula: shown.join(' × ') || '1' };
  },
  formula: ({ factors }) => ({ op: 'product', factors: factors.map(valueAt) }),
};

/** Quotients. */
export const quotient: StepKind<Quotient> = {
  operands: ({ over, under }) => [over, under],
  prepare: (steps, registers) => () => {
    for (const { out, over, under } of steps) putQuotient(registers, out, over, under);
  },
  denominate: ({ over, under }, of) => unitOfQuotient(of(over), of(under)),
  sentence: ({ over, under }, { print }) => ({ formula: `${print(over)} ÷ ${print(under)}` }),
  formula: ({ over, under }) => ({ op: 'quotient', over: valueAt(over), under: valueAt(under) }),
};

/** Powers. */
export const power: StepKind<Power> = {
  operands: ({ base }) => [base],
  prepare: (steps, registers) => () => {
    for (const { out, base, exponent } of steps)
      put(registers, out, powerOf(fractionAt(registers, base), exponent));
  },
  denominate: ({ base, exponent }, of) => unitOfPower(of(base), exponent),
  sentence: ({ base, exponent }, { print }) => ({ formula: `${print(base)} ^ ${exponent}` }),
  formula: ({ base, exponent }) => ({ op: 'power', base: valueAt(base), exponent }),
};
