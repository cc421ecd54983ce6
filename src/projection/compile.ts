/** The whole calculation in order: a scenario is compiled into a plan, and a plan is evaluated. */
import { powerOfTen } from '../core/number/decimal.js';
import { type Currency, currencyOf } from '../core/number/currency.js';
import type { Leaf } from '../model/leaf.js';
import type { Planner, Ref } from '../plan/builder.js';
import type { Scenario } from '../scenario/scenario.js';
import { placesOf, treeOf, contentCells } from './stages/content.js';
import { type Rates, fxFactors, ratesOf, type Shock } from './stages/fxFactors.js';
import type { Measure, PeriodCells, PlannedCell, Unit, Plan } from './plan.js';
import { type RevenueCells, revenueCells } from './stages/revenue.js';
import { translateCells, type Cells } from './stages/translation.js';
import { type UnitCells, unitCells } from './stages/unitCounts.js';
import { ONE } from '../core/number/fraction.js';
import { periodAmounts, periodWeights } from './stages/periodAmounts.js';
import type { Closure } from '../model/fx.js';
import { applyClosure } from './stages/closure.js';
import * as plan from '../plan/builder.js';
import { leafAmounts, splitOverSuppliers } from './stages/demand.js';
import { type Projection, run } from './evaluate.js';

/** Registers by period, leaf and supplier; revenue has one more period for the tail. */
export interface CellRegisters {
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
  registers: CellRegisters,
  rates: Rates,
): readonly PlannedCell[] {
  const { components, leaves, window } = scenario;
  const money = currencies.map((currency) => {
    const reported = (measure: Measure, all: readonly Cells[]) => {
      const tree = treeOf(measure, components);
      return all.map((cells, t) => translateCells(p, scenario, tree, cells, currency, rates, t));
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
  while (powerOfTen(places) % d !== 0n) places++;
  return { label: unit?.name ?? '', places, multiple: (n * powerOfTen(places)) / d };
}

/** What a plan is compiled for. */
export interface ProjectionOptions {
  /** ISO 4217 codes to report in; the envelope's currency unless given. */
  readonly currencies?: readonly string[];
  /** A currency whose rate a study will multiply: the plan then has registers for it. */
  readonly shocked?: string;
  /** What gives way to foreign prices; the scenario's own closure unless given. */
  readonly closure?: Closure;
}

/**
 * Compiles a scenario: every stage of the model adds its steps, in the order of the calculation.
 *
 * @param options the currencies to report in; each must have a rate for every period, as `missingRates` tells
 */
export function compile(
  scenario: Scenario,
  { currencies = [], shocked, closure = scenario.fx.closure }: ProjectionOptions = {},
): Plan {
  const { window, actuals, leaves } = scenario;
  const p = plan.planner();
  const shock = shocked === undefined ? undefined : shockOf(p, shocked);

  // 1–3. The envelope over the window: phasing, and what has been reported.
  const envelope = plan.input(p, scenario.envelope);
  const weights = periodWeights(p, scenario.phasing, window);
  const amounts = periodAmounts(p, envelope, weights, actuals, window);

  // 4–5. Each period's amount over the mix, and down the component tree to its leaves.
  const planned = amounts.within.map((amount, t) => leafAmounts(p, scenario, amount, t));

  // 6. The FX closure moves the open periods; a reported one keeps its amounts.
  const rates = ratesOf(p, scenario, shock);
  const factors = fxFactors(p, scenario, rates);
  const paths = leaves.map(({ path }) => path);
  const moved = planned.map((leafAmount, t) =>
    actuals.within.has(t)
      ? leafAmount
      : applyClosure(p, closure, {
          amounts: leafAmount,
          factors: factors.map((f) => f[t]!),
          ...{ paths, label: window.periods[t]!.label },
        }),
  );

  // 7. Each leaf over its suppliers, by share of wallet.
  const demand = moved.map((leafAmount, t) => splitOverSuppliers(p, scenario, leafAmount, t));

  // 8. From demand to revenue, with what was spent before the window and what falls after it.
  const before = amounts.before.map((amount) =>
    splitOverSuppliers(p, scenario, leafAmounts(p, scenario, amount, 0), 0),
  );
  const revenue = revenueCells(p, scenario, demand, before);

  // 9. Units, where there is a price.
  const units = unitCells(p, scenario, demand, factors, rates);

  // 10. What is inside: every supplier's demand over the parts of the bill, and their makers.
  const content = contentCells(p, scenario, demand);

  // Reporting currencies: period totals are translated and allocated down the same tree.
  const reporting = currencies.length === 0 ? [scenario.currency.code] : currencies;
  const known = reporting.map((code) => currencyOf(code)!);
  const cells = cellsOf(p, scenario, known, { demand, revenue, units, content }, rates);

  const total = plan.sum(p, demand.flat(2));
  const { steps, size: registers, names, guards } = p;
  const compiled = { scenario, currencies: known, steps, registers, names, guards, cells };
  return { ...compiled, envelope, total, shock };
}

function shockOf(p: plan.Planner, code: string): Shock {
  return { code, inFactors: plan.parameter(p, ONE), inTranslation: plan.parameter(p, ONE) };
}

/**
 * The forecast of a scenario: compiled and evaluated.
 *
 * @param options the currencies to report in; each must have a rate for every period, as `missingRates` tells
 */
export function project(scenario: Scenario, options: ProjectionOptions = {}): Projection {
  return run(compile(scenario, options));
}
