/** The whole calculation in order: a scenario is compiled into a plan, and a plan is evaluated. */
import { currencyOf, type Currency } from '../core/number/currency.js';
import { ONE } from '../core/number/fraction.js';
import { ratioAt, registers, type Registers } from '../core/kernel/registers.js';
import { periodAmounts } from '../model/actuals.js';
import { closed, type Closure } from '../model/closure.js';
import { periodWeights } from '../model/phasing.js';
import * as plan from '../plan/builder.js';
import { prepare } from '../plan/step.js';
import type { Scenario } from '../scenario/scenario.js';
import { cellsOf } from './cells.js';
import { contentCells } from './stages/content.js';
import { leafAmounts, splitOverSuppliers } from './stages/demand.js';
import { fxFactors, ratesOf, type Shock } from './stages/fxFactors.js';
import type { Plan, PlannedCell } from './plan.js';
import { revenueCells } from './stages/revenue.js';
import { unitCells } from './stages/unitCounts.js';

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
      : closed(p, closure, {
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

/** An evaluated plan: flat cells, and how the demand of the window compares with the envelope. */
export interface Projection {
  /** How every number came about. */
  readonly plan: Plan;
  readonly scenario: Scenario;
  readonly currencies: readonly Currency[];
  readonly cells: readonly ProjectedCell[];
  /** In quanta of the envelope's currency. */
  readonly envelope: bigint;
  /** Demand over the whole window; it differs from the envelope by an under- or over-run. */
  readonly total: bigint;
}

/** One number of the forecast, and where it stands. */
export interface ProjectedCell extends PlannedCell {
  /** An integer: the cell's number is `count` × 10^-places of its unit. */
  readonly count: bigint;
}

/** Evaluates a plan, step by step, in exact arithmetic. */
export function run(compiled: Plan): Projection {
  const at = evaluateAll(compiled);
  const countAt = (ref: plan.Ref) => {
    const { n, d } = ratioAt(at, ref);
    if (d !== ONE.d) throw new Error('a cell holds a fraction of its quantum');
    return n;
  };
  return {
    plan: compiled,
    scenario: compiled.scenario,
    currencies: compiled.currencies,
    // Written out, not spread: a million cells then take a third of the memory.
    cells: compiled.cells.map(({ period, path, supplier, measure, unit, ref }) => ({
      period,
      path,
      supplier,
      measure,
      unit,
      ref,
      count: countAt(ref) * unit.multiple,
    })),
    envelope: countAt(compiled.envelope),
    total: countAt(compiled.total),
  };
}

/** The value of every register. */
export function evaluateAll({ steps, registers: size }: Plan): Registers {
  const at = registers(size);
  for (const step of steps) prepare([step], at, NOTHING)();
  return at;
}

/** A step that runs once gains nothing by looking ahead. */
const NOTHING = { isFixed: () => false, isWhole: () => false };

/**
 * The forecast of a scenario: compiled and evaluated.
 *
 * @param options the currencies to report in; each must have a rate for every period, as `missingRates` tells
 */
export function project(scenario: Scenario, options: ProjectionOptions = {}): Projection {
  return run(compile(scenario, options));
}
