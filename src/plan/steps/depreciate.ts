/** The step that gives one period its part of an amount, which is depreciated over a life in equal parts. */
import { fractionAt, putWhole, type Ref } from '../../core/kernel/registers.js';
import { ONE, floor, divide, fraction, subtract } from '../../core/number/fraction.js';
import type { StepKind } from './stepKind.js';

/**
 * An allocation over as many equal weights as the life has periods, of which one part is written: each part is
 * rounded down, and the first ones get one quantum each of what is left over. So a life of hundreds of periods costs
 * no more than the periods of the window.
 */
export interface Depreciate {
  readonly op: 'depreciate';
  readonly out: Ref;
  readonly amount: Ref;
  /** In periods. */
  readonly life: Ref;
  /** Of the part among those of the life: 0 for the first. */
  readonly index: number;
}

/** Parts of depreciated amounts. */
export const depreciate: StepKind<Depreciate> = {
  operands: ({ amount, life }) => [amount, life],
  isWhole: true,
  prepare: (steps, registers) => () => {
    const { numerators } = registers;
    for (const { out, amount, life, index } of steps) {
      const [whole, periods] = [numerators[amount]!, numerators[life]!];
      const left = whole % periods;
      // Exact: `whole - left` is a multiple of the life. Numbers beyond 2^53 are NaN here.
      const part = index < periods ? (whole - left) / periods + (index < left ? 1 : 0) : 0;
      putWhole(registers, out, whole >= 0 ? part : NaN, () => {
        const { n } = fractionAt(registers, amount);
        const over = fractionAt(registers, life).n;
        if (BigInt(index) >= over) return 0n;
        return n / over + (BigInt(index) < n % over ? 1n : 0n);
      });
    }
  },
  denominate: ({ amount }, of) => of(amount),
  sentence: ({ out, amount, life, index }, { print, printAs, valueAt, say }) => {
    if (valueAt(life).n <= BigInt(index)) return { formula: printAs(amount, fraction(0n)) };
    const down = fraction(floor(divide(valueAt(amount), valueAt(life))));
    const isMore = subtract(valueAt(out), down).n > 0n;
    const quantum = printAs(amount, ONE);
    const formula = say('down({formula} to {step})', {
      ...{ formula: `${print(amount)} ÷ ${print(life)}`, step: quantum },
    });
    return { formula: isMore ? `${formula} + ${quantum}` : formula };
  },
  formula: ({ amount, life, index }) => ({ op: 'depreciation', amount, life, index }),
};
