/** Steps that round once, half-even: the named roundings of the model beside `allocate`. */
import { roundedQuotient } from '../../core/quotient.js';
import { divide, multiply, ONE, roundHalfEven, sum } from '../../core/ratio.js';
import { putWhole, ratioAt, type Ref, type Registers } from '../../core/registers.js';
import { divided } from './denomination.js';
import { at as value, type Formula } from './formula.js';
import type { Kind, Run } from './kind.js';
import type { Reader, Sentence } from './sentence.js';

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
  /** What is counted. */
  readonly unit: string;
}

/** An amount ÷ the rate of another currency. */
export interface Translate {
  readonly op: 'translate';
  readonly out: Ref;
  readonly amount: Ref;
  readonly rate: Ref;
  /** The code of that currency. */
  readonly currency: string;
}

export type Rounded = Attributable | Factor | Units | Translate;

export const attributable: Kind<Attributable> = {
  operands: ({ reported, share }) => [reported, share],
  prepare: ({ out, reported, share }, at) => roundedProduct(at, out, reported, share),
  denominate: ({ reported }, of) => of(reported),
  sentence: ({ out, reported, share }, reader) =>
    rounded(`${reader.say(reported)} × ${reader.say(share)}`, out, reader),
  formula: ({ reported, share }) => roundedTimes(reported, share),
};

export const factor: Kind<Factor> = {
  operands: ({ amount, factor: by }) => [amount, by],
  prepare: ({ out, amount, factor: by }, at) => roundedProduct(at, out, amount, by),
  denominate: ({ amount }, of) => of(amount),
  sentence: ({ out, amount, factor: by }, reader) =>
    rounded(`${reader.say(amount)} × ${reader.say(by)}`, out, reader),
  formula: ({ amount, factor: by }) => roundedTimes(amount, by),
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
  denominate: ({ amount, rate, currency }, of) => ({
    ...divided(of(amount), of(rate)),
    label: currency,
  }),
  sentence: ({ out, amount, rate }, reader) =>
    rounded(`${reader.say(amount)} ÷ ${reader.say(rate)}`, out, reader),
  formula: ({ amount, rate }) => ({ op: 'round', of: over(amount, rate) }),
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
  denominate: ({ amounts, prices, quantum, unit }, of) => ({
    ...divided(divided(of(amounts[0]!), of(prices[0]!)), of(quantum)),
    label: unit,
  }),
  sentence: ({ out, amounts, prices }, reader) => {
    const bought = amounts.map((amount, i) => `${reader.say(amount)} ÷ ${reader.say(prices[i]!)}`);
    return rounded(bought.join(' + '), out, reader);
  },
  formula: ({ amounts, prices }) => ({
    op: 'round',
    of: { op: 'sum', terms: amounts.map((amount, i) => over(amount, prices[i]!)) },
  }),
};

function roundedProduct(at: Registers, out: Ref, amount: Ref, by: Ref): Run {
  const { n, d } = at;
  const exactly = (): bigint => roundHalfEven(multiply(ratioAt(at, amount), ratioAt(at, by)));
  return () => putWhole(at, out, roundedQuotient(n[amount]!, n[by]!, d[by]!), exactly);
}

function rounded(formula: string, out: Ref, { sayAs }: Reader): Sentence {
  return { formula: `round(${formula} to ${sayAs(out, ONE)})` };
}

function roundedTimes(amount: Ref, by: Ref): Formula {
  return { op: 'round', of: { op: 'product', factors: [value(amount), value(by)] } };
}

function over(amount: Ref, by: Ref): Formula {
  return { op: 'quotient', over: value(amount), under: value(by) };
}
