/** Revenue of every supplier: demand by period of recognition, and the tail after the window. */
import { lagRefs, revenueOf, type DemandAt } from '../../model/lag.js';
import type { Planner, Ref } from '../../plan/builder.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { PeriodCells } from '../plan.js';

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
