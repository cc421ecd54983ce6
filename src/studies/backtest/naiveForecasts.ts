/** Hindsight: a forecast and two naive ones, beside what was reported for the same periods. */
import { allocate } from '../../core/rounding/allocate.js';
import { MONTHS_IN, periodAt } from '../../core/period.js';
import { ONE } from '../../core/number/fraction.js';
import { countedOf, type Actual, type Actuals } from '../../model/actuals.js';
import { project } from '../../projection/compile.js';
import type { Scenario } from '../../scenario/scenario.js';

/** A period of the window that has been reported, and that the scenario does not know. */
export interface BacktestOutcome {
  /** Index in the window. */
  readonly period: number;
  /** What counts towards the envelope of what was reported, in quanta. */
  readonly reported: bigint;
}

/** A way to forecast, with what it says of each outcome, in quanta. */
export interface Method {
  readonly name: string;
  readonly forecasts: readonly bigint[];
}

export interface MethodComparison {
  /** In the order of time. */
  readonly outcomes: readonly BacktestOutcome[];
  /** The scenario first; the naive ones need no knowledge but that of its day. */
  readonly methods: readonly Method[];
}

export function compareMethods(scenario: Scenario, actuals: Actuals): MethodComparison {
  const outcomes = [...actuals.within]
    .filter(([period]) => !scenario.actuals.within.has(period))
    .map(([period, actual]) => ({ period, reported: countedOf(actual) }))
    .sort((a, b) => a.period - b.period);
  const held = lastKnown(scenario, actuals, outcomes[0]?.period ?? 0);
  const perPeriod = [planned(scenario), ...(held ? [held] : []), evenly(scenario)];
  const methods = perPeriod.map(({ name, amounts }) => {
    return { name, forecasts: outcomes.map(({ period }) => amounts[period]!) };
  });
  return { outcomes, methods };
}

/** What a method says of every period of the window. */
interface PerPeriod {
  readonly name: string;
  readonly amounts: readonly bigint[];
}

/** The forecast itself: demand of each period. */
function planned(scenario: Scenario): PerPeriod {
  const amounts = scenario.window.periods.map(() => 0n);
  for (const { measure, period, count } of project(scenario).cells) {
    if (measure === 'demand') amounts[period]! += count;
  }
  return { name: scenario.id, amounts };
}

/**
 * The last period before the first outcome that had ended by the day of the scenario, held flat;
 * nothing where none is reported.
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
  return { name: `${label} held flat`, amounts: window.periods.map(() => countedOf(known)) };
}

/** The envelope in equal parts. */
function evenly({ envelope, window: { periods } }: Scenario): PerPeriod {
  const ones = periods.map(() => ONE);
  return { name: `plan ÷ ${periods.length}`, amounts: allocate(envelope.value.n, ones) };
}
