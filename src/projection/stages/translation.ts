/** Reporting currencies: the total of a period is rounded once, then allocated down the component tree. */
import type { Currency } from '../../core/number/currency.js';
import { powerOfTen } from '../../core/number/decimal.js';
import { fraction } from '../../core/number/fraction.js';
import { saying } from '../../core/text/language.js';
import { tailLabel } from '../../model/calendar.js';
import { isBranch, leavesOf, type Component } from '../../model/component.js';
import type { Leaf } from '../../model/leaf.js';
import type { Planner, Ref } from '../../plan/builder.js';
import * as plan from '../../plan/builder.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { SparseCells } from '../plan.js';
import type { Rates } from './fxFactors.js';

/**
 * The cells of one period in a reporting currency: the total ÷ rate, rounded once, then allocated
 * down a tree by the amounts, so that the translated table foots as well. The tail takes the rate of
 * the last period.
 *
 * @param cells by leaf of the tree
 * @param period index of the period; one past the last for the tail
 */
export function translateCells(
  planner: Planner,
  { currency: envelopeCurrency, window }: Scenario,
  tree: readonly Component[],
  cells: SparseCells,
  currency: Currency,
  { translation }: Rates,
  period: number,
): SparseCells {
  if (currency.code === envelopeCurrency.code) return cells;
  if (cells.flat().every((ref) => ref === undefined)) return cells;
  const leaves = tree.flatMap(leavesOf);
  const last = Math.min(period, window.periods.length - 1);
  const rate = translation(currency.code, last);
  const byLeaf = new Map(leaves.map((leaf, l) => [leaf, cells[l]!]));
  const sums = tree.flatMap((component) => sumBelow(planner, component, byLeaf) ?? []);
  const label = window.periods[period]?.label ?? tailLabel(window);
  const whole = plan.name(
    planner,
    plan.sum(planner, sums),
    saying('all of {period}', { period: label }),
  );
  const total = translate(planner, whole, rate, envelopeCurrency, currency);
  const parts = splitDownTree(planner, total, tree, byLeaf);
  return leaves.map((leaf) => parts.get(leaf)!);
}

/** An amount of the envelope's currency in a reporting currency, rounded to its quantum. */
function translate(planner: Planner, amount: Ref, rate: Ref, from: Currency, to: Currency): Ref {
  const scale = fraction(powerOfTen(from.places), powerOfTen(to.places));
  const quanta = plan.product(planner, [rate, plan.conversion(planner, scale)]);
  const currency = to.code;
  return plan.add(planner, (out) => ({ op: 'translate', out, amount, rate: quanta, currency }));
}

/** By supplier; nothing where there is no cell. */
type LeafCells = ReadonlyMap<Leaf, readonly (Ref | undefined)[]>;

/** Splits a translated total over components by their amounts, and on down to the suppliers. */
function splitDownTree(
  planner: Planner,
  total: Ref,
  components: readonly Component[],
  cells: LeafCells,
): LeafCells {
  const sums = components.map((component) => sumBelow(planner, component, cells));
  const present = components.filter((_, c) => sums[c] !== undefined);
  const weights = sums.filter((sum) => sum !== undefined);
  const keys = present.map(({ key }) => key);
  const amounts = plan.allocateByKey(planner, total, weights, keys);
  return new Map(
    components.flatMap((component) => {
      const amount = amounts[present.indexOf(component)];
      if (amount === undefined) return leavesOf(component).map((leaf) => [leaf, cells.get(leaf)!]);
      if (isBranch(component))
        return [...splitDownTree(planner, amount, component.children, cells)];
      return [[component, splitOverCells(planner, amount, component, cells.get(component)!)]];
    }),
  );
}

/** The sum of the cells below a component, level by level; nothing where there are none. */
function sumBelow(planner: Planner, component: Component, cells: LeafCells): Ref | undefined {
  const refs = isBranch(component)
    ? component.children.map((child) => sumBelow(planner, child, cells))
    : cells.get(component)!;
  const present = refs.filter((ref) => ref !== undefined);
  return present.length === 0 ? undefined : plan.sum(planner, present);
}

/** A translated amount of a leaf over its suppliers, by their amounts. */
function splitOverCells(
  planner: Planner,
  amount: Ref,
  { suppliers }: Leaf,
  refs: readonly (Ref | undefined)[],
): readonly (Ref | undefined)[] {
  const present = refs.filter((ref) => ref !== undefined);
  if (present.length < refs.length) return refs;
  return plan.allocateByKey(planner, amount, present, suppliers);
}
