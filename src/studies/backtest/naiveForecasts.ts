/** The forecasts that a backtest compares: the scenario, the last known period held flat, and equal parts of the plan. */
import { ONE } from '../../core/number/fraction.js';
import { MONTHS_IN, periodAt, type Period } from '../../core/period.js';
import { allocate } from '../../core/rounding/allocate.js';
import { saying, type Saying } from '../../core/text/language.js';
import { countedOf, type Actual, type Actuals } from '../../model/actuals.js';
import { project } from '../../projection/compile.js';
import type { Scenario } from '../../scenario/scenario.js';

/** A period of the window that has been reported since: the scenario does not have it as an actual. */
export interface BacktestOutcome {
  readonly period: Period;
  /** The part of the reported amount that counts towards the envelope, in quanta. */
  readonly reported: bigint;
}

/** A method of forecasting, with its forecast of each outcome in quanta. */
export interface Method {
  readonly kind: 'scenario' | 'held' | 'even';
  readonly name: string | Saying;
  readonly forecasts: readonly bigint[];
}

export interface MethodComparison {
  /** In the order of time. */
  readonly outcomes: readonly BacktestOutcome[];
  /** The scenario first; the naive methods use only what was known on its day. */
  readonly methods: readonly Method[];
}

export function compareMethods(scenario: Scenario, actuals: Actuals): MethodComparison {
  const { periods } = scenario.window;
  const reported = [...actuals.within]
    .filter(([period]) => !scenario.actuals.within.has(period))
    .sort(([a], [b]) => a - b);
  const held = lastKnown(scenario, actuals, reported[0]?.[0] ?? 0);
  const perPeriod = [planned(scenario), ...(held ? [held] : []), evenly(scenario)];
  const methods = perPeriod.map(({ kind, name, amounts }) => {
    return { kind, name, forecasts: reported.map(([period]) => amounts[period]!) };
  });
  const outcomes = reported.map(([period, actual]) => {
    return { period: periods[period]!, reported: countedOf(actual) };
  });
  return { outcomes, methods };
}

/** The forecast of a method for every period of the window. */
interface PerPeriod extends Pick<Method, 'kind' | 'name'> {
  readonly amounts: readonly bigint[];
}

/** The forecast itself: demand of each period. */
function planned(scenario: Scenario): PerPeriod {
  const amounts = scenario.window.periods.map(() => 0n);
  for (const { measure, period, count } of project(scenario).cells) {
    if (measure === 'demand') amounts[period]! += count;
  }
  return { kind: 'scenario', name: scenario.id, amounts };
}

/**
 * The last reported period that ended before the first outcome and by the day of the scenario, held
 * flat; nothing if there is none.
 */
function lastKnown(
  { window, asOf }: Scenario,
  { before, within }: Actuals,
  first: number,
): PerPeriod | undefined {
  const length = MONTHS_IN[window.calendar.unit];
  const month = asOf ? asOf.year * 12 + asOf.month - 1 : Infinity;
  const hasEnded = ({ period }: Actual) => window.start + (period + 1) * length <= month;
  const known = [...before, ...within.values()]
    .filter((actual) => actual.period < first && hasEnded(actual))
    .sort((a, b) => a.period - b.period)
    .at(-1);
  if (!known) return undefined;
  const { label } = periodAt(window.start + known.period * length, window.calendar);
  return {
    kind: 'held',
    name: saying('{period} held flat', { period: label }),
    amounts: window.periods.map(() => countedOf(known)),
  };
}

/** The envelope in equal parts. */
function evenly(scenario: Scenario): PerPeriod {
  const { periods } = scenario.window;
  const ones = periods.map(() => ONE);
  return {
    kind: 'even',
    name: saying('plan ÷ {count}', { count: periods.length }),
    amounts: allocate(project(scenario, { measures: [] }).envelope, ones),
  };
}
