/** Stage 8: revenue of every supplier, by period of recognition, and the tail after the window. */
import { saying } from '../../core/text/language.js';
import type { Planner, Ref } from '../../plan/builder.js';
import * as plan from '../../plan/builder.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { PeriodCells, SparseCells } from '../plan.js';
import { shareRefs } from './shareWeights.js';

/**
 * Revenue by period, and once more for the tail, in which a leaf without lag has no cells.
 *
 * @param demand by period of the window
 * @param before demand of the reported periods before the window, in the order of `Actuals.before`
 */
export function revenueCells(
  planner: Planner,
  { leaves, actuals }: Scenario,
  demand: readonly PeriodCells[],
  before: readonly PeriodCells[],
): readonly SparseCells[] {
  const columns = leaves.map(({ suppliers, lag }, l) =>
    suppliers.map((_, s): readonly (Ref | undefined)[] => {
      const within = demand.map((cells) => cells[l]![s]!);
      if (!lag) return [...within, undefined];
      const dated: DatedDemand[] = [
        ...before.map((cells, i) => ({ period: actuals.before[i]!.period, amount: cells[l]![s]! })),
        ...within.map((amount, period) => ({ period, amount })),
      ];
      return laggedRevenue(planner, shareRefs(planner, lag), dated, demand.length);
    }),
  );
  return Array.from({ length: demand.length + 1 }, (_, t) =>
    columns.map((suppliers) => suppliers.map((refs) => refs[t])),
  );
}

/** Demand for a supplier in a period, which is negative before the window. */
interface DatedDemand {
  readonly period: number;
  readonly amount: Ref;
}

/**
 * Every demand cell is allocated over the lag weights, so that nothing is lost; what falls before the
 * window was recognised already.
 *
 * @param lag weights, by number of periods after the demand
 * @returns revenue of each period of the window, then of the tail
 */
function laggedRevenue(
  planner: Planner,
  lag: readonly Ref[],
  demand: readonly DatedDemand[],
  periods: number,
): readonly Ref[] {
  const keys = lag.map((_, k) =>
    k === 1
      ? saying('recognised after 1 period', {})
      : saying('recognised after {periods} periods', { periods: k }),
  );
  const parts: Ref[][] = Array.from({ length: periods + 1 }, () => []);
  for (const { period, amount } of demand) {
    plan.allocateInTime(planner, amount, lag, keys).forEach((part, k) => {
      if (period + k >= 0) parts[Math.min(period + k, periods)]!.push(part);
    });
  }
  return parts.map((own) => plan.sum(planner, own));
}
