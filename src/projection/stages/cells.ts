/** The last stage: the cells of a plan, in every reporting currency and in the order of the forecast. */
import type { Currency } from '../../core/number/currency.js';
import { powerOfTen } from '../../core/number/decimal.js';
import type { Leaf } from '../../model/leaf.js';
import type { Planner } from '../../plan/builder.js';
import type { Scenario } from '../../scenario/scenario.js';
import { measuredLeaves, treeOf } from '../measureTree.js';
import type { Measure, PeriodCells, PlannedCell, SparseCells, Unit } from '../plan.js';
import type { Rates } from './fxFactors.js';
import { translateCells } from './translation.js';

/** The registers of every measure in the envelope's currency, by period. */
export interface MeasureRegisters {
  readonly demand: readonly PeriodCells[];
  /** With one more period, for the tail. */
  readonly revenue: readonly SparseCells[];
  readonly units: readonly SparseCells[];
  /** By part of a bill and maker. */
  readonly content: readonly PeriodCells[];
}

/** By period, then leaf, supplier, measure, currency; the content of a leaf follows its suppliers. */
export function planCells(
  planner: Planner,
  scenario: Scenario,
  currencies: readonly Currency[],
  registers: MeasureRegisters,
  rates: Rates,
): readonly PlannedCell[] {
  const { components, leaves, window } = scenario;
  const money = currencies.map((currency) =>
    translateAll(planner, scenario, currency, registers, rates),
  );
  const countUnits = leaves.map(unitOfCount);
  const parts = measuredLeaves('content', components);
  const cells: PlannedCell[] = [];
  for (let period = 0; period <= window.periods.length; period++) {
    const addCell = (
      measure: Measure,
      unit: Unit,
      all: readonly SparseCells[],
      { path, suppliers }: Leaf,
      [l, s]: readonly [leaf: number, supplier: number],
    ) => {
      const ref = all[period]?.[l]![s];
      if (ref !== undefined)
        cells.push({ period, path, supplier: suppliers[s]!, measure, unit, ref });
    };
    leaves.forEach((leaf, l) => {
      leaf.suppliers.forEach((_, s) => {
        for (const { unit, demand } of money) addCell('demand', unit, demand, leaf, [l, s]);
        for (const { unit, revenue } of money) addCell('revenue', unit, revenue, leaf, [l, s]);
        addCell('units', countUnits[l]!, registers.units, leaf, [l, s]);
      });
      for (const part of leaf.bill?.children ?? []) {
        const position = parts.indexOf(part);
        part.suppliers.forEach((_, s) => {
          for (const { unit, content } of money)
            addCell('content', unit, content, part, [position, s]);
        });
      }
    });
  }
  return cells;
}

/** The amounts of every measure in one currency. */
function translateAll(
  planner: Planner,
  scenario: Scenario,
  currency: Currency,
  registers: MeasureRegisters,
  rates: Rates,
): { readonly unit: Unit } & Readonly<
  Record<'demand' | 'revenue' | 'content', readonly SparseCells[]>
> {
  const translated = (measure: 'demand' | 'revenue' | 'content') => {
    const tree = treeOf(measure, scenario.components);
    return registers[measure].map((cells, period) =>
      translateCells(planner, scenario, tree, cells, currency, rates, period),
    );
  };
  return {
    unit: { label: currency.code, places: currency.places, multiple: 1n },
    demand: translated('demand'),
    revenue: translated('revenue'),
    content: translated('content'),
  };
}

/** What the units of a leaf are counted in; its quantum as an integer of the fewest decimal places. */
function unitOfCount({ unit }: Leaf): Unit {
  const { n, d } = unit?.quantum ?? { n: 1n, d: 1n };
  let places = 0;
  while (powerOfTen(places) % d !== 0n) places++;
  return { label: unit?.name ?? '', places, multiple: (n * powerOfTen(places)) / d };
}
