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
import { currencyOf } from '../core/number/currency.js';
import { ONE } from '../core/number/fraction.js';
import type { Closure } from '../model/fx.js';
import * as plan from '../plan/builder.js';
import type { Planner } from '../plan/builder.js';
import type { Scenario } from '../scenario/scenario.js';
import { run, type Projection } from './evaluate.js';
import type { Plan } from './plan.js';
import { periodAmounts, periodWeights } from './stages/periodAmounts.js';
import { leafAmounts, supplierDemand } from './stages/demand.js';
import { fxFactors, ratesOf, type Shock } from './stages/fxFactors.js';
import { applyClosure } from './stages/closure.js';
import { revenueCells } from './stages/revenue.js';
import { unitCells } from './stages/unitCounts.js';
import { contentCells } from './stages/content.js';
import { planCells } from './stages/cells.js';

/** What a plan is compiled for. */
export interface ProjectionOptions {
  /**
   * ISO 4217 codes to report in; the envelope's currency unless given. Each must have a rate for every
   * period: `missingRates` lists those that have none.
   */
  readonly currencies?: readonly string[];
  /** ISO 4217 code of a currency whose rate a study multiplies: the plan has registers for that. */
  readonly shocked?: string;
  /** What absorbs a change of foreign prices; the scenario's own closure unless given. */
  readonly closure?: Closure | undefined;
}

/** The forecast of a scenario: compiled and evaluated. */
export function project(scenario: Scenario, options: ProjectionOptions = {}): Projection {
  return run(compile(scenario, options));
}

/** Compiles a scenario: every stage of the model adds its steps to the plan. */
export function compile(
  scenario: Scenario,
  { currencies = [], shocked, closure = scenario.fx.closure }: ProjectionOptions = {},
): Plan {
  const { window, actuals, leaves } = scenario;
  const planner = plan.planner();
  const shock = shocked === undefined ? undefined : shockOf(planner, shocked);

  // 1–3. The envelope over the window: phasing, and what has been reported.
  const envelope = plan.input(planner, scenario.envelope);
  const weights = periodWeights(planner, scenario.phasing, window);
  const amounts = periodAmounts(planner, envelope, weights, actuals, window);

  // 4–5. Each period's amount over the mix, and down the component tree to its leaves.
  const planned = amounts.within.map((amount, t) => leafAmounts(planner, scenario, amount, t));

  // 6. The FX closure changes the open periods; a reported one keeps its amounts.
  const rates = ratesOf(planner, scenario, shock);
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
  const revenue = revenueCells(planner, scenario, demand, before);

  // 9. Units, where there is a price.
  const units = unitCells(planner, scenario, demand, factors, rates);

  // 10. Content: each supplier's demand over the parts of the bill, and their makers.
  const content = contentCells(planner, scenario, demand);

  // Reporting: the totals of periods are translated and allocated down the same tree.
  const codes = currencies.length === 0 ? [scenario.currency.code] : currencies;
  const reporting = codes.map((code) => currencyOf(code)!);
  const registers = { demand, revenue, units, content };
  const cells = planCells(planner, scenario, reporting, registers, rates);

  return {
    ...{ scenario, closure, currencies: reporting, cells, envelope, shock },
    total: plan.sum(planner, demand.flat(2)),
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
