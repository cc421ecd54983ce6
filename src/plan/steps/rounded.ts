/** Steps that round once, half-even: the roundings of the model other than `allocate`. */
import { roundedQuotient } from '../../core/kernel/quotient.js';
import { fractionAt, putWhole, type Ref, type Registers } from '../../core/kernel/registers.js';
import {
  ONE,
  divide,
  divideHalfEven,
  multiply,
  roundHalfEven,
  sum,
} from '../../core/number/fraction.js';
import { unitOfQuotient } from './denomination.js';
import { valueAt, type Formula } from './formula.js';
import type { RegisterReader, Sentence } from './sentence.js';
import type { StepKind } from './stepKind.js';

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

/** What units cost at their price. */
export interface Priced {
  readonly op: 'priced';
  readonly out: Ref;
  /** Units × price, exact. */
  readonly cost: Ref;
}

/** The units that amounts buy at their prices, summed and then rounded to the quantum of the unit. */
export interface Units {
  readonly op: 'units';
  readonly out: Ref;
  readonly amounts: readonly Ref[];
  /** One for each amount. */
  readonly prices: readonly Ref[];
  readonly quantum: Ref;
  /** Name of the unit of count: `server`. */
  readonly unit: string;
}

/** An amount ÷ the rate of another currency. */
export interface Translate {
  readonly op: 'translate';
  readonly out: Ref;
  readonly amount: Ref;
  readonly rate: Ref;
  /** ISO 4217 code of that currency. */
  readonly currency: string;
}

/** The steps that round. */
export type RoundingStep = Attributable | FactorStep | Priced | Units | Translate;

/** Attributable amounts. */
export const attributable: StepKind<Attributable> = {
  operands: ({ reported, share }) => [reported, share],
  isWhole: true,
  prepare: (steps, registers) => () => {
    for (const { out, reported, share } of steps)
      putRoundedProduct(registers, out, reported, share);
  },
  denominate: ({ reported }, of) => of(reported),
  sentence: ({ out, reported, share }, reader) =>
    rounded(`${reader.print(reported)} × ${reader.print(share)}`, out, reader),
  formula: ({ reported, share }) => roundedTimes(reported, share),
};

/** Amounts after their fx factors. */
export const factor: StepKind<FactorStep> = {
  operands: ({ amount, factor: by }) => [amount, by],
  isWhole: true,
  prepare: (steps, registers) => () => {
    for (const { out, amount, factor: by } of steps) putRoundedProduct(registers, out, amount, by);
  },
  denominate: ({ amount }, of) => of(amount),
  sentence: ({ out, amount, factor: by }, reader) =>
    rounded(`${reader.print(amount)} × ${reader.print(by)}`, out, reader),
  formula: ({ amount, factor: by }) => roundedTimes(amount, by),
};

/** Costs of units. */
export const priced: StepKind<Priced> = {
  operands: ({ cost }) => [cost],
  isWhole: true,
  prepare: (steps, registers) => () => {
    const { numerators, denominators } = registers;
    for (const { out, cost } of steps) {
      const rounded = roundedQuotient(numerators[cost]!, 1, denominators[cost]!);
      putWhole(registers, out, rounded, () => roundHalfEven(fractionAt(registers, cost)));
    }
  },
  denominate: ({ cost }, of) => of(cost),
  sentence: ({ out, cost }, reader) => rounded(reader.print(cost), out, reader),
  formula: ({ cost }) => ({ op: 'round', of: valueAt(cost) }),
};

/** Amounts in another currency. */
export const translate: StepKind<Translate> = {
  operands: ({ amount, rate }) => [amount, rate],
  isWhole: true,
  prepare: (steps, registers) => () => {
    const { numerators, denominators } = registers;
    for (const { out, amount, rate } of steps) {
      const rounded = roundedQuotient(numerators[amount]!, denominators[rate]!, numerators[rate]!);
      putWhole(registers, out, rounded, () =>
        roundHalfEven(divide(fractionAt(registers, amount), fractionAt(registers, rate))),
      );
    }
  },
  denominate: ({ amount, rate, currency }, of) => ({
    ...unitOfQuotient(of(amount), of(rate)),
    label: currency,
  }),
  sentence: ({ out, amount, rate }, reader) =>
    rounded(`${reader.print(amount)} ÷ ${reader.print(rate)}`, out, reader),
  formula: ({ amount, rate }) => ({ op: 'round', of: over(amount, rate) }),
};

/** Units at their prices. */
export const units: StepKind<Units> = {
  operands: ({ amounts, prices, quantum }) => [...amounts, ...prices, quantum],
  isWhole: true,
  prepare: (steps, registers) => () => {
    const { numerators, denominators } = registers;
    for (const step of steps) {
      const { out, amounts, prices, quantum } = step;
      const price = prices[0]!;
      const over = denominators[price]! * denominators[quantum]!;
      const under = numerators[price]! * numerators[quantum]!;
      const rounded =
        amounts.length > 1 ? NaN : roundedQuotient(numerators[amounts[0]!]!, over, under);
      putWhole(registers, out, rounded, () => exactUnits(step, registers));
    }
  },
  denominate: ({ amounts, prices, quantum, unit }, of) => ({
    ...unitOfQuotient(unitOfQuotient(of(amounts[0]!), of(prices[0]!)), of(quantum)),
    label: unit,
  }),
  sentence: ({ out, amounts, prices }, reader) => {
    const terms = amounts.map(
      (amount, i) => `${reader.print(amount)} ÷ ${reader.print(prices[i]!)}`,
    );
    return rounded(terms.join(' + '), out, reader);
  },
  formula: ({ amounts, prices }) => ({
    op: 'round',
    of: { op: 'sum', terms: amounts.map((amount, i) => over(amount, prices[i]!)) },
  }),
};

function putRoundedProduct(registers: Registers, out: Ref, amount: Ref, by: Ref): void {
  const { numerators, denominators } = registers;
  putWhole(
    registers,
    out,
    roundedQuotient(numerators[amount]!, numerators[by]!, denominators[by]!),
    () => roundHalfEven(multiply(fractionAt(registers, amount), fractionAt(registers, by))),
  );
}

/** Prices with erosion are long: to reduce a quotient of them would take longer than to round it. */
function exactUnits({ amounts, prices, quantum }: Units, registers: Registers): bigint {
  const each = amounts.map((amount, i) => {
    const money = fractionAt(registers, amount);
    const price = fractionAt(registers, prices[i]!);
    return { n: money.n * price.d, d: money.d * price.n };
  });
  const { n, d } = each.length === 1 ? each[0]! : sum(each);
  const size = fractionAt(registers, quantum);
  return divideHalfEven(n * size.d, d * size.n);
}

function rounded(formula: string, out: Ref, { printAs, say }: RegisterReader): Sentence {
  return { formula: say('round({formula} to {step})', { formula, step: printAs(out, ONE) }) };
}

function roundedTimes(amount: Ref, by: Ref): Formula {
  return { op: 'round', of: { op: 'product', factors: [valueAt(amount), valueAt(by)] } };
}

function over(amount: Ref, by: Ref): Formula {
  return { op: 'quotient', over: valueAt(amount), under: valueAt(by) };
}
