/** Steps that round once, half-even: the named roundings of the model beside `allocate`. */
import { roundedQuotient } from '../../core/kernel/quotient.js';
import { divide, multiply, ONE, roundHalfEven, sum } from '../../core/number/fraction.js';
import { putWhole, fractionAt, type Ref, type Registers } from '../../core/kernel/registers.js';
import { divided } from './denomination.js';
import { at as value, type Formula } from './formula.js';
import type { StepKind } from './stepKind.js';
import type { RegisterReader, Sentence } from './sentence.js';

/** Reported capex × the share of it that counts. */
export interface Attributable {
  readonly op: 'attributable';
  readonly out: Ref;
  readonly reported: Ref;
  readonly share: Ref;
}

/** A component's amount × its fx factor. */
export interface FactorStep {
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

export type RoundingStep = Attributable | FactorStep | Units | Translate;

export const attributable: StepKind<Attributable> = {
  operands: ({ reported, share }) => [reported, share],
  isWhole: true,
  prepare: (steps, at) => () => {
    for (const { out, reported, share } of steps) putProduct(at, out, reported, share);
  },
  denominate: ({ reported }, of) => of(reported),
  sentence: ({ out, reported, share }, reader) =>
    rounded(`${reader.say(reported)} × ${reader.say(share)}`, out, reader),
  formula: ({ reported, share }) => roundedTimes(reported, share),
};

export const factor: StepKind<FactorStep> = {
  operands: ({ amount, factor: by }) => [amount, by],
  isWhole: true,
  prepare: (steps, at) => () => {
    for (const { out, amount, factor: by } of steps) putProduct(at, out, amount, by);
  },
  denominate: ({ amount }, of) => of(amount),
  sentence: ({ out, amount, factor: by }, reader) =>
    rounded(`${reader.say(amount)} × ${reader.say(by)}`, out, reader),
  formula: ({ amount, factor: by }) => roundedTimes(amount, by),
};

export const translate: StepKind<Translate> = {
  operands: ({ amount, rate }) => [amount, rate],
  isWhole: true,
  prepare: (steps, at) => () => {
    const { numerators, denominators } = at;
    for (const { out, amount, rate } of steps) {
      const rounded = roundedQuotient(numerators[amount]!, denominators[rate]!, numerators[rate]!);
      putWhole(at, out, rounded, () =>
        roundHalfEven(divide(fractionAt(at, amount), fractionAt(at, rate))),
      );
    }
  },
  denominate: ({ amount, rate, currency }, of) => ({
    ...divided(of(amount), of(rate)),
    label: currency,
  }),
  sentence: ({ out, amount, rate }, reader) =>
    rounded(`${reader.say(amount)} ÷ ${reader.say(rate)}`, out, reader),
  formula: ({ amount, rate }) => ({ op: 'round', of: over(amount, rate) }),
};

export const units: StepKind<Units> = {
  operands: ({ amounts, prices, quantum }) => [...amounts, ...prices, quantum],
  isWhole: true,
  prepare: (steps, at) => () => {
    const { numerators, denominators } = at;
    for (const step of steps) {
      const { out, amounts, prices, quantum } = step;
      const price = prices[0]!;
      const over = denominators[price]! * denominators[quantum]!;
      const under = numerators[price]! * numerators[quantum]!;
      const rounded =
        amounts.length > 1 ? NaN : roundedQuotient(numerators[amounts[0]!]!, over, under);
      putWhole(at, out, rounded, () => bought(step, at));
    }
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

function putProduct(at: Registers, out: Ref, amount: Ref, by: Ref): void {
  const { numerators, denominators } = at;
  putWhole(at, out, roundedQuotient(numerators[amount]!, numerators[by]!, denominators[by]!), () =>
    roundHalfEven(multiply(fractionAt(at, amount), fractionAt(at, by))),
  );
}

function bought({ amounts, prices, quantum }: Units, at: Registers): bigint {
  const each = amounts.map((amount, i) =>
    divide(fractionAt(at, amount), fractionAt(at, prices[i]!)),
  );
  return roundHalfEven(divide(sum(each), fractionAt(at, quantum)));
}

function rounded(formula: string, out: Ref, { sayAs }: RegisterReader): Sentence {
  return { formula: `round(${formula} to ${sayAs(out, ONE)})` };
}

function roundedTimes(amount: Ref, by: Ref): Formula {
  return { op: 'round', of: { op: 'product', factors: [value(amount), value(by)] } };
}

function over(amount: Ref, by: Ref): Formula {
  return { op: 'quotient', over: value(amount), under: value(by) };
}
