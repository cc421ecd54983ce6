/** A plan in which some cells are split over the months of their periods, in steps of their own. */
import { ONE } from '../core/number/fraction.js';
import { monthLabel, monthsIn } from '../core/period.js';
import { allocateInTime, constant, planner, type Ref } from '../plan/builder.js';
import { nameOfCell } from './explain/registerNames.js';
import type { Plan, PlannedCell } from './plan.js';
import type { CellTest } from './timeGroups.js';

/**
 * The plan with a cell for each month of the cells to split. `splitOverMonths` splits numbers by the same rule; a plan
 * is split where its cells are explained, or evaluated again.
 */
export function splitPlan(plan: Plan, isSplit: CellTest | undefined): Plan {
  if (!isSplit) return plan;
  const { scenario, registers, names } = plan;
  const wanted = plan.cells.filter((cell) => cell.month === undefined && isSplit(cell));
  if (wanted.length === 0) return plan;
  const own = { ...planner(), steps: [...plan.steps], size: registers, names: [...names] };
  const one = constant(own, ONE);
  const split = (cell: PlannedCell, months: readonly number[]): readonly Ref[] => {
    own.names[cell.ref] = nameOfCell(plan, cell);
    const weights = months.map(() => one);
    return allocateInTime(own, cell.ref, weights, months.map(monthLabel));
  };
  // Demand and revenue are one register where there is no lag.
  const known = new Map<Ref, readonly Ref[]>();
  const partsOf = (cell: PlannedCell): readonly PlannedCell[] => {
    const months = monthsIn(scenario.window.periods[cell.period]!);
    const parts = known.get(cell.ref) ?? split(cell, months);
    known.set(cell.ref, parts);
    return parts.map((ref, i) => ({ ...cell, ref, month: months[i]! }));
  };
  const isWanted = new Set(wanted);
  const cells = plan.cells.flatMap((cell) => (isWanted.has(cell) ? partsOf(cell) : [cell]));
  return { ...plan, cells, steps: own.steps, registers: own.size, names: own.names };
}
