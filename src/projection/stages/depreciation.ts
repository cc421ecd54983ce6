/** Stage 11: depreciation of what was bought, by period, and what is left of it at the end of the window. */
import { fraction } from '../../core/number/fraction.js';
import { saying } from '../../core/text/language.js';
import type { Window } from '../../model/calendar.js';
import type { Life } from '../../model/life.js';
import type { Planner, Ref } from '../../plan/builder.js';
import * as plan from '../../plan/builder.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { PeriodCells, SparseCells } from '../plan.js';

/**
 * By period, and once more for the tail, which is the net book value at the end of the window. A leaf without a life
 * has no cells. What was spent before the window is not in its demand, and not depreciated here.
 *
 * @param demand by period of the window
 */
export function depreciationCells(
  planner: Planner,
  { leaves, window }: Scenario,
  demand: readonly PeriodCells[],
): readonly SparseCells[] {
  if (leaves.every(({ life }) => !life)) return [];
  const columns = leaves.map(({ suppliers, life }, l) =>
    suppliers.map((_, s): readonly (Ref | undefined)[] =>
      life
        ? depreciationOf(
            planner,
            life,
            demand.map((cells) => cells[l]![s]!),
            window,
          )
        : [],
    ),
  );
  return Array.from({ length: demand.length + 1 }, (_, t) =>
    columns.map((suppliers) => suppliers.map((refs) => refs[t])),
  );
}

/**
 * Every demand cell is allocated over the periods of its life with equal weights; the tail has what is left.
 *
 * @returns by period of the window, nothing before any part is in service; then the tail
 */
function depreciationOf(
  planner: Planner,
  { length, periodsPerUnit, delay }: Life,
  demand: readonly Ref[],
  { periods }: Window,
): readonly (Ref | undefined)[] {
  const written = plan.input(planner, length);
  const perUnit = () => plan.constant(planner, fraction(BigInt(periodsPerUnit)));
  const life = periodsPerUnit === 1 ? written : plan.product(planner, [written, perUnit()]);
  const parts: Ref[][] = demand.map(() => []);
  const left = demand.map((amount, t) => {
    const within = parts.slice(t + delay).map((period, index) => {
      const part = plan.add(planner, (out) => ({ op: 'depreciate', out, amount, life, index }));
      plan.name(planner, part, saying('period {number} of its life', { number: index + 1 }));
      period.push(part);
      return part;
    });
    if (within.length === 0) return amount;
    const { label } = periods[t]!;
    const value = plan.difference(planner, amount, within);
    return plan.name(planner, value, saying('net book value of {period}', { period: label }));
  });
  return [...parts, left].map((own) => (own.length > 0 ? plan.sum(planner, own) : undefined));
}
