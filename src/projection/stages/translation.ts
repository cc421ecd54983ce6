/** Cells in a reporting currency: a period's total is rounded once, then goes down the same tree. */
import { powerOfTen } from '../../core/number/decimal.js';
import { type Currency } from '../../core/number/currency.js';
import { tailLabels } from '../../model/calendar.js';
import { isBranch, leavesOf, type Component } from '../../model/component.js';
import type { Leaf } from '../../model/leaf.js';
import * as plan from '../../plan/builder.js';
import type { Planner, Ref } from '../../plan/builder.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { Rates } from './fxFactors.js';
import { fraction } from '../../core/number/fraction.js';

/** Registers of one period, by leaf of a tree and supplier; nothing where there is no cell. */
export type Cells = readonly (readonly (Ref | undefined)[])[];

/**
 * The cells of one period in a reporting currency: the total ÷ rate, rounded once, then allocated
 * down a tree by the amounts, so that the translated table foots as well. The tail takes the rate of
 * the last period.
 *
 * @param cells by leaf of the tree
 */
export function translateCells(
  p: Planner,
  { currency: own, window }: Scenario,
  tree: readonly Component[],
  cells: Cells,
  currency: Currency,
  { translation }: Rates,
  period: number,
): Cells {
  if (currency.code === own.code) return cells;
  if (cells.flat().every((ref) => ref === undefined)) return cells;
  const leaves = tree.flatMap(leavesOf);
  const last = Math.min(period, window.periods.length - 1);
  const rate = translation(currency.code, last);
  const byLeaf = new Map(leaves.map((leaf, l) => [leaf, cells[l]!]));
  const sums = tree.flatMap((component) => sumBelow(p, component, byLeaf) ?? []);
  const label = window.periods[period]?.label ?? tailLabels(window).period;
  const whole = plan.name(p, plan.sum(p, sums), 'all of', label);
  const total = translate(p, whole, rate, own, currency);
  const parts = downTree(p, total, tree, byLeaf);
  return leaves.map((leaf) => parts.get(leaf)!);
}

type LeafCells = ReadonlyMap<Leaf, readonly (Ref | undefined)[]>;

/** The sum of the cells below a component, level by level; nothing where there are none. */
function sumBelow(p: Planner, component: Component, cells: LeafCells): Ref | undefined {
  const refs = isBranch(component)
    ? component.children.map((child) => sumBelow(p, child, cells))
    : cells.get(component)!;
  const known = refs.filter((ref) => ref !== undefined);
  return known.length === 0 ? undefined : plan.sum(p, known);
}

/** Splits a translated total over components by their amounts, and on down to the suppliers. */
function downTree(
  p: Planner,
  total: Ref,
  components: readonly Component[],
  cells: LeafCells,
): LeafCells {
  const sums = components.map((component) => sumBelow(p, component, cells));
  const present = components.filter((_, c) => sums[c] !== undefined);
  const weights = sums.filter((sum) => sum !== undefined);
  const keys = present.map(({ key }) => key);
  const amounts = plan.allocateByKey(p, total, weights, keys);
  return new Map(
    components.flatMap((component) => {
      const amount = amounts[present.indexOf(component)];
      if (amount === undefined) return leavesOf(component).map((leaf) => [leaf, cells.get(leaf)!]);
      if (isBranch(component)) return [...downTree(p, amount, component.children, cells)];
      return [[component, overSuppliers(p, amount, component, cells.get(component)!)]];
    }),
  );
}

function overSuppliers(
  p: Planner,
  amount: Ref,
  { suppliers }: Leaf,
  refs: readonly (Ref | undefined)[],
): readonly (Ref | undefined)[] {
  const known = refs.filter((ref) => ref !== undefined);
  return known.length < refs.length ? refs : plan.allocateByKey(p, amount, known, suppliers);
}

/** An amount of the envelope's currency in a reporting currency, rounded to its quantum. */
export function translate(p: Planner, amount: Ref, rate: Ref, from: Currency, to: Currency): Ref {
  const scale = fraction(powerOfTen(from.places), powerOfTen(to.places));
  const quanta = plan.product(p, [rate, plan.conversion(p, scale)]);
  const currency = to.code;
  return plan.add(p, (out) => ({ op: 'translate', out, amount, rate: quanta, currency }));
}
