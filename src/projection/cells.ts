/** The cells of a forecast, in the order of its rows, in every reporting currency. */
import type { Currency } from '../core/number/currency.js';
import type { Leaf } from '../model/leaf.js';
import type { Planner, Ref } from '../plan/builder.js';
import type { Scenario } from '../scenario/scenario.js';
import { placesOf, treeOf } from './stages/content.js';
import type { Rates } from './stages/fxFactors.js';
import type { Measure, PeriodCells, PlannedCell, Unit } from './plan.js';
import type { RevenueCells } from './stages/revenue.js';
import { inCurrency, type Cells } from './stages/translation.js';
import type { UnitCells } from './stages/unitCounts.js';

/** Registers by period, leaf and supplier; revenue has one more period for the tail. */
export interface Registers {
  readonly demand: readonly PeriodCells[];
  readonly revenue: RevenueCells;
  readonly units: UnitCells;
  /** By period, part of a bill and maker. */
  readonly content: readonly PeriodCells[];
}

export function cellsOf(
  p: Planner,
  scenario: Scenario,
  currencies: readonly Currency[],
  registers: Registers,
  rates: Rates,
): readonly PlannedCell[] {
  const { components, leaves, window } = scenario;
  const money = currencies.map((currency) => {
    const reported = (measure: Measure, all: readonly Cells[]) => {
      const tree = treeOf(measure, components);
      return all.map((cells, t) => inCurrency(p, scenario, tree, cells, currency, rates, t));
    };
    return {
      unit: { label: currency.code, places: currency.places, multiple: 1n },
      demand: reported('demand', registers.demand),
      revenue: reported('revenue', registers.revenue),
      content: reported('content', registers.content),
    };
  });
  const units = leaves.map(countOf);
  const parts = placesOf('content', components);
  const cells: PlannedCell[] = [];
  for (let period = 0; period <= window.periods.length; period++) {
    const add = ({ path, suppliers }: Leaf, s: number, measure: Measure, unit: Unit, ref?: Ref) => {
      if (ref !== undefined)
        cells.push({ period, path, supplier: suppliers[s]!, measure, unit, ref });
    };
    leaves.forEach((leaf, l) => {
      leaf.suppliers.forEach((_, s) => {
        money.forEach(({ unit, demand }) => add(leaf, s, 'demand', unit, demand[period]?.[l]![s]));
        money.forEach(({ unit, revenue }) =>
          add(leaf, s, 'revenue', unit, revenue[period]![l]![s]),
        );
        add(leaf, s, 'units', units[l]!, registers.units[period]?.[l]![s]);
      });
      for (const part of leaf.bill?.children ?? []) {
        const at = parts.indexOf(part);
        part.suppliers.forEach((_, s) =>
          money.forEach(({ unit, content }) =>
            add(part, s, 'content', unit, content[period]?.[at]![s]),
          ),
        );
      }
    });
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
