/** Stage 10: content, what the makers of bought-in parts get of their customers' demand. */
import { ONE } from '../../core/number/fraction.js';
import type { Bill } from '../../model/leaf.js';
import type { Planner, Ref } from '../../plan/builder.js';
import * as plan from '../../plan/builder.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { PeriodCells } from '../plan.js';
import { splitOverSuppliers } from './demand.js';
import { shareRefs } from './shareWeights.js';

/**
 * By period, part of a bill and maker: the sum over the suppliers that embed the part. It is included
 * in demand, and never added to it.
 */
export function contentCells(
  planner: Planner,
  { leaves }: Scenario,
  demand: readonly PeriodCells[],
): readonly PeriodCells[] {
  return demand.map((cells, t) =>
    leaves.flatMap(({ bill }, l) => {
      if (!bill) return [];
      const bySupplier = cells[l]!.map((amount) => makerAmounts(planner, bill, amount, t));
      return bill.children.map(({ suppliers }, part) =>
        suppliers.map((_, maker) =>
          plan.sum(
            planner,
            bySupplier.map((parts) => parts[part]![maker]!),
          ),
        ),
      );
    }),
  );
}

/** The key, in ties, of what the parts of a bill leave. */
const REMAINDER = '';

/**
 * By part and maker, what they get of one supplier's demand in a period: it is allocated over the
 * parts and the remainder, then each part over its makers.
 */
function makerAmounts(
  planner: Planner,
  { children, parts }: Bill,
  demand: Ref,
  period: number,
): readonly (readonly Ref[])[] {
  const shares = shareRefs(planner, parts[period]!);
  // The parts of a bill may leave something that nobody is named for.
  const remainder = plan.difference(planner, plan.constant(planner, ONE), shares);
  plan.guard(planner, remainder, 'not negative');
  const keys = [...children.map(({ key }) => key), REMAINDER];
  const amounts = plan.allocateByKey(planner, demand, [...shares, remainder], keys);
  return children.map((child, c) => splitOverSuppliers(planner, child, amounts[c]!, period));
}
