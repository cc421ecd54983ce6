/** Steps of exact arithmetic: nothing is rounded here. */
import {
  put,
  putProduct,
  putQuotient,
  putTotal,
  fractionAt,
  type Ref,
} from '../../core/kernel/registers.js';
import { power as raise } from '../../core/number/fraction.js';
import { alike, divided, multiplied, raised } from './denomination.js';
import { at as value } from './formula.js';
import type { StepKind } from './stepKind.js';

export interface Sum {
  readonly op: 'sum';
  readonly out: Ref;
  readonly terms: readonly Ref[];
}

export interface Difference {
  readonly op: 'difference';
  readonly out: Ref;
  readonly from: Ref;
  readonly terms: readonly Ref[];
}

export interface Product {
  readonly op: 'product';
  readonly out: Ref;
  readonly factors: readonly Ref[];
}

export interface Quotient {
  readonly op: 'quotient';
  readonly out: Ref;
  readonly over: Ref;
  readonly under: Ref;
}

export interface Power {
  readonly op: 'power';
  readonly out: Ref;
  readonly base: Ref;
  readonly exponent: number;
}

export type Arithmetic = Sum | Difference | Product | Quotient | Power;

export const sum: StepKind<Sum> = {
  operands: ({ terms }) => terms,
  prepare: (steps, at) => () => {
    for (const { out, terms } of steps) putTotal(at, out, undefined, terms, 1);
  },
  denominate: ({ terms }, of) => alike(terms.map(of)),
  sentence: ({ terms }, { say }) => ({ formula: terms.map(say).join(' + ') || '0' }),
  formula: ({ terms }) => ({ op: 'sum', terms: terms.map(value) }),
};

export const difference: StepKind<Difference> = {
  operands: ({ from, terms }) => [from, ...terms],
  prepare: (steps, at) => () => {
    for (const { out, from, terms } of steps) putTotal(at, out, from, terms, -1);
  },
  denominate: ({ from, terms }, of) => alike([from, ...terms].map(of)),
  sentence: ({ from, terms }, { say }) => ({ formula: [from, ...terms].map(say).join(' − ') }),
  formula: ({ from, terms }) => ({
    op: 'difference',
    from: value(from),
    terms: terms.map(value),
  }),
};

export const product: StepKind<Product> = {
  operands: ({ factors }) => factors,
  prepare: (steps, at) => () => {
    for (const { out, factors } of steps) putProduct(at, out, factors);
  },
  denominate: ({ factors }, of) => multiplied(factors.map(of)),
  sentence: ({ factors }, { say }) => {
    const said = factors.map(say).filter((factor) => factor !== '1');
    return { formula: said.join(' × ') || '1' };
  },
  formula: ({ factors }) => ({ op: 'product', factors: factors.map(value) }),
};

export const quotient: StepKind<Quotient> = {
  operands: ({ over, under }) => [over, under],
  prepare: (steps, at) => () => {
    for (const { out, over, under } of steps) putQuotient(at, out, over, under);
  },
  denominate: ({ over, under }, of) => divided(of(over), of(under)),
  sentence: ({ over, under }, { say }) => ({ formula: `${say(over)} ÷ ${say(under)}` }),
  formula: ({ over, under }) => ({ op: 'quotient', over: value(over), under: value(under) }),
};

export const power: StepKind<Power> = {
  operands: ({ base }) => [base],
  prepare: (steps, at) => () => {
    for (const { out, base, exponent } of steps)
      put(at, out, raise(fractionAt(at, base), exponent));
  },
  denominate: ({ base, exponent }, of) => raised(of(base), exponent),
  sentence: ({ base, exponent }, { say }) => ({ formula: `${say(base)} ^ ${exponent}` }),
  formula: ({ base, exponent }) => ({ op: 'power', base: value(base), exponent }),
};
