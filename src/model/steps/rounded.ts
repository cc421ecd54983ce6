/** Steps that round once, half-even: the named roundings of the model beside `allocate`. */
import { roundedQuotient } from '../../core/quotient.js';
import { divide, multiply, roundHalfEven, sum } from '../../core/ratio.js';
import { putWhole, ratioAt, type Ref, type Registers } from '../../core/registers.js';
import type { Kind, Run } from './kind.js';

/** Reported capex × the share of it that counts. */
export interface Attributable {
  readonly op: 'attributable';
  readonly out: Ref;
  readonly reported: Ref;
  readonly share: Ref;
}

/** A component's amount × its fx factor. */
export interface Factor {
  readonly op: 'factor';
  readonly out: Ref;
  readonly amount: Ref;
  readonly factor: Ref;
}

/** What amounts buy at their prices, summed and then rounded to the quantum of the unit. */
export interface Units {
  readonly op: 'units';
  readonly out: Ref;
  readonly amounts: readonly Ref[];
  /** As many as amounts. */
  readonly prices: readonly Ref[];
  readonly quantum: Ref;
}

/** An amount ÷ the rate of another currency. */
export interface Translate {
  readonly op: 'translate';
  readonly out: Ref;
  readonly amount: Ref;
  readonly rate: Ref;
}

export type Rounded = Attributable | Factor | Units | Translate;

export const attributable: Kind<Attributable> = {
  operands: ({ reported, share }) => [reported, share],
  prepare: ({ out, reported, share }, at) => roundedProduct(at, out, reported, share),
};

export const factor: Kind<Factor> = {
  operands: ({ amount, factor: by }) => [amount, by],
  prepare: ({ out, amount, factor: by }, at) => roundedProduct(at, out, amount, by),
};

export const translate: Kind<Translate> = {
  operands: ({ amount, rate }) => [amount, rate],
  prepare: ({ out, amount, rate }, at) => {
    const { n, d } = at;
    return () =>
      putWhole(at, out, roundedQuotient(n[amount]!, d[rate]!, n[rate]!), () =>
        roundHalfEven(divide(ratioAt(at, amount), ratioAt(at, rate))),
      );
  },
};

export const units: Kind<Units> = {
  operands: ({ amounts, prices, quantum }) => [...amounts, ...prices, quantum],
  prepare: ({ out, amounts, prices, quantum }, at) => {
    const exactly = () => {
      const bought = amounts.map((amount, i) =>
        divide(ratioAt(at, amount), ratioAt(at, prices[i]!)),
      );
      return roundHalfEven(divide(sum(bought), ratioAt(at, quantum)));
    };
    const [amount, price] = [amounts[0]!, prices[0]!];
    if (amounts.length > 1) return () => putWhole(at, out, NaN, exactly);
    const { n, d } = at;
    return () => {
      const over = d[price]! * d[quantum]!;
      const under = n[price]! * n[quantum]!;
      putWhole(at, out, roundedQuotient(n[amount]!, over, under), exactly);
    };
  },
};

function roundedProduct(at: Registers, out: Ref, amount: Ref, by: Ref): Run {
  const { n, d } = at;
  const exactly = (): bigint => roundHalfEven(multiply(ratioAt(at, amount), ratioAt(at, by)));
  return () => putWhole(at, out, roundedQuotient(n[amount]!, n[by]!, d[by]!), exactly);
}
