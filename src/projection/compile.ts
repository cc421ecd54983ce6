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
 *        ├─ 11 lives ─▶ depreciation and the net book value
 *        │
 *     cells in every reporting currency
 */
import { currencyOf, type Currency } from '../core/number/currency.js';
import { powerOfTen } from '../core/number/decimal.js';
import { ONE } from '../core/number/fraction.js';
import type { Closure } from '../model/fx.js';
import type { Input } from '../model/input.js';
import type { Leaf } from '../model/leaf.js';
import { isInUnits, type UnitEstimate } from '../model/estimate/unitEstimate.js';
import type { Planner, Ref } from '../plan/builder.js';
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
import { depreciationCells } from './stages/depreciation.js';
import { leafAmounts, supplierDemand } from './stages/demand.js';
import { fxFactors, ratesOf, type Rates, type Shock } from './stages/fxFactors.js';
import { periodAmounts, periodWeights, reportedAmounts } from './stages/periodAmounts.js';
import {
  boughtPeriods,
  purchasesOf,
  type PriceSources,
  type Purchases,
} from './stages/purchases.js';
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
  { currencies = [], shocked = [], closure: asked, measures = MEASURES }: ProjectionOptions = {},
): Plan {
  const closure = closureFor(scenario, asked);
  const planner = plan.planner();
  const shocks = shocked.map((code) => shockOf(planner, code));

  // Rates and fx factors: the closure needs them, and earlier the prices of an estimate in units.
  const rates = once(() => ratesOf(planner, scenario, shocks));
  const factors = once(() => fxFactors(planner, scenario, rates()));
  const purchases = purchasesOf(planner, scenario, { factors, rates });
  const overLeaves = (amount: Ref, t: number) =>
    leafAmounts(planner, scenario, amount, t, purchases);

  // 1–6. The amount of each leaf in each period: what is planned, or what an estimate in units buys.
  const { envelope, before, spent } = isInUnits(scenario.envelope)
    ? boughtAmounts(planner, scenario, scenario.envelope, purchases, overLeaves)
    : plannedAmounts(planner, scenario, scenario.envelope, closure, { factors, overLeaves });

  // 7. Each leaf over its suppliers, by share of wallet.
  const demand = spent.map((amounts, t) => supplierDemand(planner, scenario, amounts, t));

  // 8. From demand to revenue, with what was spent before the window and what falls after it.
  const earlier = before.map((amount) =>
    supplierDemand(planner, scenario, overLeaves(amount, 0), 0),
  );
  const has = (measure: Measure) => measures.includes(measure);
  const revenue = has('revenue') ? revenueCells(planner, scenario, demand, earlier) : [];

  // 9. Units, where there is a price.
  const units = has('units') ? unitCells(planner, scenario, demand, factors(), rates()) : [];

  // 10. Content: each supplier's demand over the parts of the bill, and their makers.
  const content = has('content') ? contentCells(planner, scenario, demand) : [];

  // 11. Depreciation: each demand over its life, and what is left of it after the window.
  const depreciation = has('depreciation') ? depreciationCells(planner, scenario, demand) : [];
  // Reporting: the totals of periods are translated and allocated down the same tree.
  const codes = currencies.length === 0 ? [scenario.currency.code] : currencies;
  const reporting = codes.map((code) => currencyOf(code)!);
  const registers = { demand: has('demand') ? demand : [], revenue, units, content, depreciation };
  const cells = planCells(planner, scenario, reporting, registers, rates());

  return {
    ...{ scenario, closure, currencies: reporting, cells, envelope, shocks },
    total: plan.sum(planner, demand.flat(2)),
    before,
    ...{ steps: planner.steps, registers: planner.size },
    ...{ names: planner.names, guards: planner.guards },
  };
}

/** The closure asked for, else the scenario's own; a plan that follows from units keeps its units. */
export function closureFor({ envelope, fx }: Scenario, asked?: Closure): Closure {
  return isInUnits(envelope) ? 'volume' : (asked ?? fx.closure);
}

/** The amounts of leaves by period, and what they follow from. */
interface SpentAmounts {
  readonly envelope: Ref;
  /** Attributable amounts of the periods before the window. */
  readonly before: readonly Ref[];
  /** By period, then by leaf, after the FX closure. */
  readonly spent: readonly (readonly Ref[])[];
}

type OverLeaves = (amount: Ref, period: number) => readonly Ref[];

/** Stages 1 to 6: an envelope over periods and leaves; the FX closure changes the open periods. */
function plannedAmounts(
  planner: Planner,
  { window, phasing, actuals, leaves }: Scenario,
  amount: Input,
  closure: Closure,
  {
    factors,
    overLeaves,
  }: { readonly factors: PriceSources['factors']; readonly overLeaves: OverLeaves },
): SpentAmounts {
  // 1–3. The envelope over the window: phasing, and what has been reported.
  const envelope = plan.input(planner, amount);
  const weights = periodWeights(planner, phasing, window);
  const { within, before } = periodAmounts(planner, envelope, weights, actuals, window);

  // 4–5. Each period's amount over the mix, and down the component tree to its leaves.
  const planned = within.map(overLeaves);

  // 6. A reported period keeps its amounts.
  const factorsOf = factors();
  const paths = leaves.map(({ path }) => path);
  const spent = planned.map((amounts, t) =>
    actuals.within.has(t)
      ? amounts
      : applyClosure(planner, closure, {
          ...{ amounts, factors: factorsOf.map((byPeriod) => byPeriod[t]!) },
          ...{ paths, label: window.periods[t]!.label },
        }),
  );
  return { envelope, before, spent };
}

/** Stages 1 to 6 of a plan that follows from units: a reported period is split by what would have been bought. */
function boughtAmounts(
  planner: Planner,
  scenario: Scenario,
  estimate: UnitEstimate,
  purchases: Purchases,
  overLeaves: OverLeaves,
): SpentAmounts {
  const { within, before } = reportedAmounts(planner, scenario.actuals, scenario.window);
  const { envelope, amounts } = boughtPeriods(planner, scenario, estimate, purchases);
  const spent = amounts.map((bought, t) => {
    const reported = within.get(t);
    return reported === undefined ? bought : overLeaves(reported, t);
  });
  return { envelope, before, spent };
}

/** A function that computes its value when it is first asked for it. */
function once<T extends object>(compute: () => T): () => T {
  let known: T | undefined;
  return () => (known ??= compute());
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
  readonly depreciation: readonly SparseCells[]; // with a tail, too
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
      leaf.suppliers.forEach((_, s) => {
        for (const { unit, depreciation } of money)
          addCell('depreciation', unit, depreciation, leaf, [l, s]);
      });
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
): { readonly unit: Unit } & Readonly<Record<Exclude<Measure, 'units'>, readonly SparseCells[]>> {
  const translated = (measure: Exclude<Measure, 'units'>) => {
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
    depreciation: translated('depreciation'),
  };
}

/** What the units of a leaf are counted in; its quantum as an integer of the fewest decimal places. */
function unitOfCount({ unit }: Leaf): Unit {
  const { n, d } = unit?.quantum ?? { n: 1n, d: 1n };
  let places = 0;
  while (powerOfTen(places) % d !== 0n) places++;
  return { label: unit?.name ?? '', places, multiple: (n * powerOfTen(places)) / d };
}
