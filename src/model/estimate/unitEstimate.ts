/** Estimates in units: what is bought follows from counts, ratios and the prices of components. */
import { divide, fraction, multiply, type Fraction } from '../../core/number/fraction.js';
import { MONTHS_IN, monthsOf, readPeriodKey } from '../../core/period.js';
import type { Reporter } from '../../core/text/diagnostic.js';
import { acrossWindow, type ByPeriod, type Window } from '../calendar.js';
import type { Input } from '../input.js';
import {
  boughtIn,
  checkKeys,
  checkPer,
  idleIn,
  keysInOrder,
  type UnitsContext,
} from './unitChecks.js';
import type { QuantityText, UnitsText } from './unitQuantity.js';

/** A quantity: in each period its count, or a ratio to another quantity. */
export interface UnitQuantity {
  readonly key: string;
  /** Of what is counted; the key where the file does not say it. */
  readonly unit: string;
  /** The quantity that this one follows from; none for one that is counted. */
  readonly per?: string;
  /** By period: the count or the ratio, and the number of periods over which it lies evenly. */
  readonly values: readonly { readonly input: Input; readonly over: number }[];
}

/** What is bought, by counting units: the money follows from the prices of the components. */
export interface UnitEstimate {
  readonly name: string;
  /** Each after the one that it follows from. */
  readonly quantities: readonly UnitQuantity[];
  /** The components that are bought, in the order of the file. */
  readonly bought: readonly string[];
  /** The quantities that are not bought, and that nothing follows from. */
  readonly idle: readonly string[];
}

/** Whether an estimate, or the envelope of a plan, counts units. */
export function isInUnits(estimate: object): estimate is UnitEstimate {
  return 'quantities' in estimate;
}

/** An estimate in units, checked; nothing where an error was reported. */
export function unitEstimateOf(
  name: string,
  units: UnitsText,
  context: UnitsContext,
): UnitEstimate | undefined {
  const { window, report } = context;
  const path = `estimates.${name}.units`;
  const found = new Map(
    [...units].map(([key, text]) => {
      const isRight = checkKeys(text, `${path}.${key}`, report) && checkPer(text, units, report);
      return [key, isRight ? quantityOf(key, text, path, window, report) : undefined];
    }),
  );
  const keys = keysInOrder(units, path, report);
  const bought = boughtIn(units, path, context);
  const quantities = keys?.map((key) => found.get(key));
  if (!bought || !quantities?.every((one) => one !== undefined)) return undefined;
  return { name, quantities, bought, idle: idleIn(units, bought, path, report) };
}

function quantityOf(
  key: string,
  { count, per, ratio, unit }: QuantityText,
  parent: string,
  window: Window,
  report: Reporter,
): UnitQuantity | undefined {
  const path = `${parent}.${key}`;
  const values = count
    ? countsOf(count, `${path}.count`, window, report)
    : acrossWindow(ratio!, `${path}.ratio`, window, report)?.map((input) => ({ input, over: 1 }));
  return values && { key, unit: unit?.value ?? key, per: per?.value, values };
}

/** A count of every fiscal year, or by year or period. No two keys may hold one period. */
function countsOf(
  count: ByPeriod<Input>,
  path: string,
  window: Window,
  report: Reporter,
): UnitQuantity['values'] | undefined {
  if (count.kind === 'constant') {
    const over = new Map(window.years.map(({ year, periods }) => [year, periods.length]));
    return window.periods.map(({ year }) => ({ input: count.value, over: over.get(year)! }));
  }
  const values: UnitQuantity['values'][number][] = [];
  const keyAt: string[] = [];
  let isRight = true;
  for (const [key, input] of count.from) {
    const held = periodsOf(key, `${path}.${key}`, window, report);
    if (!held) isRight = false;
    for (const t of held ?? []) {
      if (keyAt[t] !== undefined) {
        const message = `${keyAt[t]} and ${key} both count ${window.periods[t]!.label}`;
        const hint = `delete one of them, or write a count for each ${window.calendar.unit}`;
        report.error('keys-conflict', `${path}.${key}`, { message, hint }, 'key');
        return undefined;
      }
      keyAt[t] = key;
      values[t] = { input, over: held!.length };
    }
  }
  const gap = window.periods.findIndex((_, t) => values[t] === undefined);
  if (gap >= 0 && isRight) {
    const { label } = window.periods[gap]!;
    report.error('period-uncovered', path, {
      message: `there is no \`count\` for ${label}`,
      expected: 'a count for every period of the window',
      hint: `add \`${label}: 0\` if there are none`,
    });
  }
  return gap >= 0 || !isRight ? undefined : values;
}

/** The periods of the window in a key; a key that is shorter than a period is an error. */
function periodsOf(
  key: string,
  path: string,
  { calendar, periods, start, end }: Window,
  report: Reporter,
): readonly number[] | undefined {
  const months = monthsOf(readPeriodKey(key)!, calendar);
  if (months.end - months.start < MONTHS_IN[calendar.unit]) {
    report.error(
      'period-key',
      path,
      {
        message: `${key} is shorter than a ${calendar.unit}`,
        expected:
          calendar.unit === 'year' ? 'a fiscal year' : `a ${calendar.unit}, or a longer period`,
        hint: `give one count for each ${calendar.unit}`,
      },
      'key',
    );
    return undefined;
  }
  if (months.start >= end || months.end <= start) {
    const message = `${key} lies outside the window, so its count is never used`;
    const hint = 'delete the key, or widen the window';
    report.warn('unused', path, { message, hint }, 'key');
  }
  const isHeld = (one: { start: number }) => one.start >= months.start && one.start < months.end;
  return periods.flatMap((period, t) => (isHeld(period) ? [t] : []));
}

/** The number of each quantity in a period, exact. */
export function unitsIn({ quantities }: UnitEstimate, t: number): ReadonlyMap<string, Fraction> {
  const found = new Map<string, Fraction>();
  for (const { key, per, values } of quantities) {
    const { input, over } = values[t]!;
    const own = divide(input.value, fraction(BigInt(over)));
    found.set(key, per === undefined ? own : multiply(found.get(per)!, own));
  }
  return found;
}

/** Whether anything is bought in a period. */
export function buysIn(estimate: UnitEstimate, t: number): boolean {
  const units = unitsIn(estimate, t);
  return estimate.bought.some((key) => units.get(key)!.n > 0n);
}
