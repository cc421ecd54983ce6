/**
 * The whole calculation, in order. `compile` turns a scenario into a plan, `run` evaluates the plan.
 *
 *     envelope
 *        │  2 phasing, 3 actuals
 *     amount of each period
 *        │  4 mix, 5 component tree
 *     amount of each leaf  ◀── 6 fx closure ◀── exchange rates, foreign content
 *        │  7 shares of wallet
 *     demand for each supplier
 *        ├─ 8 lags ───▶ revenue and its tail
 *        ├─ 9 prices ─▶ units
 *        ├─ 10 bills ─▶ content of bought-in parts
 *        │
 *     cells in every reporting currency
 */
import { currencyOf, type Currency } from '../core/number/currency.js';
import { powerOfTen } from '../core/number/decimal.js';
import { ONE } from '../core/number/fraction.js';
import type { Closure } from '../model/fx.js';
import type { Leaf } from '../model/leaf.js';
import type { Planner } from '../plan/builder.js';
import * as plan from '../plan/builder.js';
import type { Scenario } from '../scenario/scenario.js';
import { run, type Projection } from './evaluate.js';
import { measuredLeaves, treeOf } from './measureTree.js';
import {
  MEASURES,
  type Measure,
  type PeriodCells,
  type Plan,
  type PlannedCell,
  type SparseCells,
  type Unit,
} from './plan.js';
import { applyClosure } from './stages/closure.js';
import { contentCells } from './stages/content.js';
import { leafAmounts, supplierDemand } from './stages/demand.js';
import { fxFactors, ratesOf, type Rates, type Shock } from './stages/fxFactors.js';
import { periodAmounts, periodWeights } from './stages/periodAmounts.js';
import { revenueCells } from './stages/revenue.js';
import { translateCells } from './stages/translation.js';
import { unitCells } from './stages/unitCounts.js';

/** What a plan is compiled for. */
export interface ProjectionOptions {
  /**
   * ISO 4217 codes to report in; the envelope's currency unless given. Each must have a rate for every
   * period: `missingRates` lists those that have none.
   */
  readonly currencies?: readonly string[];
  /** ISO 4217 codes of currencies whose rates a study multiplies: the plan has registers for that. */
  readonly shocked?: readonly string[];
  /** What absorbs a change of foreign prices; the scenario's own closure unless given. */
  readonly closure?: Closure | undefined;
  /** What is computed; every measure unless given. */
  readonly measures?: readonly Measure[];
}

/** The forecast of a scenario: compiled and evaluated. */
export function project(scenario: Scenario, options: ProjectionOptions = {}): Projection {
  return run(compile(scenario, options));
}

/** Compiles a scenario: every stage of the model adds its steps to the plan. */
export function compile(
  scenario: Scenario,
  {
    currencies = [],
    shocked = [],
    closure = scenario.fx.closure,
    measures = MEASURES,
  }: ProjectionOptions = {},
): Plan {
  const { window, actuals, leaves } = scenario;
  const planner = plan.planner();
  const shocks = shocked.map((code) => shockOf(planner, code));

  // 1–3. The envelope over the window: phasing, and what has been reported.
  const envelope = plan.input(planner, scenario.envelope);
  const weights = periodWeights(planner, scenario.phasing, window);
  const amounts = periodAmounts(planner, envelope, weights, actuals, window);

  // 4–5. Each period's amount over the mix, and down the component tree to its leaves.
  const planned = amounts.within.map((amount, t) => leafAmounts(planner, scenario, amount, t));

  // 6. The FX closure changes the open periods; a reported one keeps its amounts.
  const rates = ratesOf(planner, scenario, shocks);
  const factors = fxFactors(planner, scenario, rates);
  const paths = leaves.map(({ path }) => path);
  const afterFx = planned.map((leafAmount, t) =>
    actuals.within.has(t)
      ? leafAmount
      : applyClosure(planner, closure, {
          amounts: leafAmount,
          factors: factors.map((byPeriod) => byPeriod[t]!),
          ...{ paths, label: window.periods[t]!.label },
        }),
  );

  // 7. Each leaf over its suppliers, by share of wallet.
  const demand = afterFx.map((leafAmount, t) => supplierDemand(planner, scenario, leafAmount, t));

  // 8. From demand to revenue, with what was spent before the window and what falls after it.
  const before = amounts.before.map((amount) =>
    supplierDemand(planner, scenario, leafAmounts(planner, scenario, amount, 0), 0),
  );
  const has = (measure: Measure) => measures.includes(measure);
  const revenue = has('revenue') ? revenueCells(planner, scenario, demand, before) : [];

  // 9. Units, where there is a price.
  const units = has('units') ? unitCells(planner, scenario, demand, factors, rates) : [];

  // 10. Content: each supplier's demand over the parts of the bill, and their makers.
  const content = has('content') ? contentCells(planner, scenario, demand) : [];

  // Reporting: the totals of periods are translated and allocated down the same tree.
  const codes = currencies.length === 0 ? [scenario.currency.code] : currencies;
  const reporting = codes.map((code) => currencyOf(code)!);
  const registers = { demand: has('demand') ? demand : [], revenue, units, content };
  const cells = planCells(planner, scenario, reporting, registers, rates);

  return {
    ...{ scenario, closure, currencies: reporting, cells, envelope, shocks },
    total: plan.sum(planner, demand.flat(2)),
    before: amounts.before,
    ...{ steps: planner.steps, registers: planner.size },
    ...{ names: planner.names, guards: planner.guards },
  };
}

function shockOf(planner: Planner, code: string): Shock {
  return {
    code,
    inFactors: plan.parameter(planner, ONE),
    inTranslation: plan.parameter(planner, ONE),
  };
}

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
