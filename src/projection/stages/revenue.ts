/** Revenue of every supplier: demand by period of recognition, and the tail after the window. */
import type { Planner, Ref } from '../../plan/builder.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { PeriodCells } from '../plan.js';
import * as plan from '../../plan/builder.js';
import { shareRefs } from './demand.js';
import type { Lag } from '../../model/lag.js';

/** By period, and once more for the tail; the tail of a leaf without lag is nothing. */
export type RevenueCells = readonly (readonly (readonly (Ref | undefined)[])[])[];

/**
 * @param demand by period of the window
 * @param before demand of the reported periods before the window, in the order of `Actuals.before`
 */
export function revenueCells(
  p: Planner,
  { leaves, actuals }: Scenario,
  demand: readonly PeriodCells[],
  before: readonly PeriodCells[],
): RevenueCells {
  const columns = leaves.map(({ suppliers, lag }, l) =>
    suppliers.map((_, s): readonly (Ref | undefined)[] => {
      const within = demand.map((cells) => cells[l]![s]!);
      if (!lag) return [...within, undefined];
      const flows: DemandAt[] = [
        ...before.map((cells, i) => ({ period: actuals.before[i]!.period, amount: cells[l]![s]! })),
        ...within.map((amount, period) => ({ period, amount })),
      ];
      return revenueOf(p, lagRefs(p, lag), flows, demand.length);
    }),
  );
  return Array.from({ length: demand.length + 1 }, (_, t) =>
    columns.map((suppliers) => suppliers.map((refs) => refs[t])),
  );
}

/** Demand that reaches a supplier, by period from the first one before the window that is reported. */
export interface DemandAt {
  readonly period: number;
  readonly amount: Ref;
}

/**
 * Revenue of each period of the window and of the tail: every demand cell is allocated over the lag
 * weights, so nothing is lost; what lands before the window has been recognised already.
 *
 * @returns as many registers as periods, and one more for the tail
 */
export function revenueOf(
  p: Planner,
  lag: readonly Ref[],
  demand: readonly DemandAt[],
  periods: number,
): readonly Ref[] {
  const keys = lag.map((_, k) => `recognised after ${k} ${k === 1 ? 'period' : 'periods'}`);
  const landing: Ref[][] = Array.from({ length: periods + 1 }, () => []);
  for (const { period, amount } of demand) {
    plan.allocateInTime(p, amount, lag, keys).forEach((part, k) => {
      if (period + k >= 0) landing[Math.min(period + k, periods)]!.push(part);
    });
  }
  return landing.map((parts) => plan.sum(p, parts));
}

export function lagRefs(p: Planner, lag: Lag): readonly Ref[] {
  return shareRefs(p, lag);
}
