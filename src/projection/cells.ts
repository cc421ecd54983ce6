/** The cells of a forecast, in the order of its rows, in every reporting currency. */
import type { Currency } from '../core/currency.js';
import { isBranch, leavesOf, type Component } from '../model/component.js';
import type { Leaf } from '../model/leaf.js';
import { translated } from '../model/fx.js';
import * as plan from '../model/plan.js';
import type { Planner, Ref } from '../model/plan.js';
import type { Scenario } from '../scenario/scenario.js';
import type { Rates } from './factors.js';
import type { PeriodCells, PlannedCell, Unit } from './plan.js';
import type { RevenueCells } from './revenue.js';
import type { UnitCells } from './units.js';

/** Registers by period, leaf and supplier; revenue has one more period for the tail. */
export interface Registers {
  readonly demand: readonly PeriodCells[];
  readonly revenue: RevenueCells;
  readonly units: UnitCells;
}

export function cellsOf(
  p: Planner,
  scenario: Scenario,
  currencies: readonly Currency[],
  registers: Registers,
  rates: Rates,
): readonly PlannedCell[] {
  const { leaves, window } = scenario;
  const money = currencies.map((currency) => ({
    unit: { label: currency.code, places: currency.places, multiple: 1n },
    demand: registers.demand.map((cells, t) => inCurrency(p, scenario, cells, currency, rates, t)),
    revenue: registers.revenue.map((cells, t) =>
      inCurrency(p, scenario, cells, currency, rates, t),
    ),
  }));
  const units = leaves.map(countOf);
  const cells: PlannedCell[] = [];
  for (let period = 0; period <= window.periods.length; period++) {
    leaves.forEach(({ path, suppliers }, l) =>
      suppliers.forEach((supplier, s) => {
        const add = (measure: PlannedCell['measure'], unit: Unit, ref: Ref | undefined) => {
          if (ref !== undefined) cells.push({ period, path, supplier, measure, unit, ref });
        };
        money.forEach(({ unit, demand }) => add('demand', unit, demand[period]?.[l]![s]));
        money.forEach(({ unit, revenue }) => add('revenue', unit, revenue[period]![l]![s]));
        add('units', units[l]!, registers.units[period]?.[l]![s]);
      }),
    );
  }
  return cells;
}

/** What a leaf's units are counted in, as an integer of decimal places. */
function countOf({ unit }: Leaf): Unit {
  const { n, d } = unit?.quantum ?? { n: 1n, d: 1n };
  let places = 0;
  while (10n ** BigInt(places) % d !== 0n) places++;
  return { label: unit?.name ?? '', places, multiple: (n * 10n ** BigInt(places)) / d };
}

type Cells = readonly (readonly (Ref | undefined)[])[];

/**
 * The cells of one period in a reporting currency: the total ÷ rate, rounded once, then allocated
 * down the component tree by the amounts, so that the translated table foots as well. The tail
 * takes the rate of the last period.
 */
function inCurrency(
  p: Planner,
  scenario: Scenario,
  cells: Cells,
  currency: Currency,
  { translation }: Rates,
  period: number,
): Cells {
  const { currency: own, window, components, leaves } = scenario;
  if (currency.code === own.code) return cells;
  if (cells.flat().every((ref) => ref === undefined)) return cells;
  const last = Math.min(period, window.periods.length - 1);
  const rate = translation(currency.code, last);
  const byLeaf = new Map(leaves.map((leaf, l) => [leaf, cells[l]!]));
  const sums = components.flatMap((component) => sumBelow(p, component, byLeaf) ?? []);
  const total = translated(p, plan.sum(p, sums), rate, own, currency);
  const parts = downTree(p, total, components, byLeaf);
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
