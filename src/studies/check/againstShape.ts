/** Plausibility checks of the numbers themselves: growth, the last year, and the units that prices imply. */
import { grouped, powerOfTen, printFraction } from '../../core/number/decimal.js';
import {
  ONE,
  compare,
  divide,
  fraction,
  multiply,
  type Fraction,
} from '../../core/number/fraction.js';
import type { Scenario } from '../../scenario/scenario.js';
import { locate } from '../../scenario/tree.js';
import { amountText } from '../variation/inputValues.js';
import type { DemandTotals, PlausibilityWarning } from './demandTotals.js';

/** The greatest growth from one period to the next, up or down. */
const STEEP = fraction(2n);
/** The greatest ratio of the last year to the average year before it, up or down. */
const APART = fraction(3n, 2n);
/** A billion should buy at least a thousand units, and no plan should need more than a billion units. */
const BILLION = fraction(10n ** 9n);
const FEWEST = fraction(1000n);
const MOST = BILLION;

/** The ratio of an amount to one before it, which is not zero. */
function timesOf(amount: bigint, before: bigint): Fraction {
  return divide(fraction(amount), fraction(before));
}

/** A growth of exactly 100% may miss the limit by a fen. */
const ROUNDING = fraction(1_000_001n, 1_000_000n);

/** Whether a ratio is beyond a limit, up or down, by more than rounding. */
function isBeyond(times: Fraction, limit: Fraction): boolean {
  const wide = multiply(limit, ROUNDING);
  return compare(times, wide) > 0 || compare(times, divide(ONE, wide)) < 0;
}

/** Finds the first period with steep growth; reported periods are facts, and not checked. */
export function steepGrowth(
  scenario: Scenario,
  { byPeriod }: DemandTotals,
): readonly PlausibilityWarning[] {
  const { window, actuals, currency } = scenario;
  const t = byPeriod.findIndex((amount, at) => {
    const before = byPeriod[at - 1] ?? 0n;
    return before > 0n && !actuals.within.has(at) && isBeyond(timesOf(amount, before), STEEP);
  });
  if (t < 0) return [];
  const [from, to] = [t - 1, t].map((at) => window.periods[at]!.label) as [string, string];
  const [before, amount] = [byPeriod[t - 1]!, byPeriod[t]!];
  return [
    {
      code: 'steep-growth',
      span: locate(scenario.tree, 'phasing'),
      problem: {
        message: `demand ${amount > before ? 'more than doubles' : 'less than halves'} from ${from} to ${to}`,
        expected: 'growth that the buyer can use and suppliers can deliver',
        found: `${amountText(before, currency)}, then ${amountText(amount, currency)}`,
        hint: 'check `phasing`, and what `actuals` leave to be spent',
      },
    },
  ];
}

/** Compares the last year with the years before, per period, as the window may cut the first or the last year. */
export function lastYearApart(
  scenario: Scenario,
  { byYear }: DemandTotals,
): readonly PlausibilityWarning[] {
  const { currency, actuals } = scenario;
  const last = byYear.at(-1)!;
  const earlier = byYear.slice(0, -1);
  const before = earlier.reduce((sum, { amount }) => sum + amount, 0n);
  if (before === 0n || last.periods.every((t) => actuals.within.has(t))) return [];
  const periods = earlier.reduce((sum, year) => sum + year.periods.length, 0);
  const times = timesOf(last.amount * BigInt(periods), before * BigInt(last.periods.length));
  if (!isBeyond(times, APART)) return [];
  const usual = (before * BigInt(last.periods.length)) / BigInt(periods);
  const isMore = compare(times, ONE) > 0;
  return [
    {
      code: 'last-year',
      span: locate(scenario.tree, 'phasing'),
      problem: {
        message: `${last.label}, the last year, is far ${isMore ? 'above' : 'below'} the years before`,
        expected: `about ${amountText(usual, currency)}, as in the years before`,
        found: amountText(last.amount, currency),
        hint: lastYearHint(scenario, last.year),
      },
    },
  ];
}

/** What the last year depends on: a reported period takes no part of the phasing. */
function lastYearHint(
  { window: { periods }, actuals: { within, reforecast }, phasing }: Scenario,
  lastYear: number,
): string {
  const isOnlyOpen = periods.every(({ year }, t) => year === lastYear || within.has(t));
  if (isOnlyOpen && reforecast === 'keep-envelope') {
    return 'it takes what the reported amounts leave of the envelope: check those, or write `reforecast: keep-phasing`';
  }
  const beside = within.size > 0 ? ', and what `actuals` leave to be spent' : '';
  return `check ${PHASING_PARTS[phasing.kind]}${beside}`;
}

/** What decides how much a year takes. */
const PHASING_PARTS: Readonly<Record<Scenario['phasing']['kind'], string>> = {
  even: '`phasing`',
  growth: 'the growth',
  years: 'the shares of all years: `rest` is what the others leave',
  weights: 'the weights of the periods that are not reported',
  units: 'the counts, ratios and prices of the year',
};

/** Compares the number of units with what the money could plausibly buy. */
export function unitsImplied(
  scenario: Scenario,
  { units, of }: DemandTotals,
): readonly PlausibilityWarning[] {
  return units.flatMap(({ path, unit, number }): PlausibilityWarning[] => {
    const money = fraction(of(path), powerOfTen(scenario.currency.places));
    const isFew = compare(money, BILLION) >= 0 && compare(number, FEWEST) < 0;
    if (!isFew && compare(number, MOST) <= 0) return [];
    const component = path.split('/').join('.components.');
    return [
      {
        code: 'units-count',
        span: locate(scenario.tree, `components.${component}.price`),
        problem: {
          message: `the price implies ${grouped(printFraction(number))} ${unit} of ${path} in total`,
          expected: `from ${grouped(printFraction(FEWEST))} to ${grouped(printFraction(MOST))}`,
          hint: `check the price: its suffix may be too ${isFew ? 'large' : 'small'}`,
        },
      },
    ];
  });
}
