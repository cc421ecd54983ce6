/** Evaluates a plan once: the number of every register, and the forecast that its cells make. */
import { createRegisters, fractionAt, type Registers } from '../core/kernel/registers.js';
import type { Currency } from '../core/number/currency.js';
import type { Ref } from '../plan/builder.js';
import { prepare } from '../plan/step.js';
import type { Scenario } from '../scenario/scenario.js';
import type { Plan, PlannedCell } from './plan.js';

/** An evaluated plan: flat cells, and how the demand of the window compares with the envelope. */
export interface Projection {
  /** From which every number can be explained. */
  readonly plan: Plan;
  readonly scenario: Scenario;
  readonly currencies: readonly Currency[];
  readonly cells: readonly ProjectedCell[];
  /** In quanta of the envelope's currency. */
  readonly envelope: bigint;
  /** Demand over the whole window, in the same quanta; differs from the envelope by an under- or over-run. */
  readonly total: bigint;
  /** What was reported of the periods before the window, in the order of `Actuals.before`, in the same quanta. */
  readonly before: readonly bigint[];
}

/** One number of the forecast, with its period, component, supplier, measure and unit. */
export interface ProjectedCell extends PlannedCell {
  /** An integer: the cell's number is `count` × 10^-places of its unit. */
  readonly count: bigint;
}

/** Evaluates a plan, step by step, in exact arithmetic. */
export function run(plan: Plan): Projection {
  const values = evaluateAll(plan);
  const countAt = (ref: Ref) => {
    const { n, d } = fractionAt(values, ref);
    if (d !== 1n) throw new Error('a cell holds a fraction of its quantum');
    return n;
  };
  return {
    plan,
    scenario: plan.scenario,
    currencies: plan.currencies,
    // Written out, not spread: a million cells then take a third of the memory.
    cells: plan.cells.map(({ period, month, path, supplier, measure, unit, ref }) => {
      const count = countAt(ref) * unit.multiple;
      const cell = { period, path, supplier, measure, unit, ref, count };
      return month === undefined ? cell : { ...cell, month };
    }),
    envelope: countAt(plan.envelope),
    total: countAt(plan.total),
    before: plan.before.map(countAt),
  };
}

/** The number of every register. */
export function evaluateAll({ steps, registers: size }: Plan): Registers {
  const values = createRegisters(size);
  for (const step of steps) prepare([step], values, NOTHING_KNOWN)();
  return values;
}

/** A step that runs once gains nothing from what is known of its operands. */
const NOTHING_KNOWN = { isFixed: () => false, isWhole: () => false };
