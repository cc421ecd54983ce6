/** Actuals: what the buyer has reported, and how the plan for the other periods follows from it. */
import * as z from 'zod';
import { multiply, roundHalfEven } from '../core/number/fraction.js';
import { printAmount } from '../core/number/literal.js';
import { MONTHS_IN, monthsOf, periodAt, readPeriodKey } from '../core/period.js';
import type { Reporter } from '../core/text/diagnostic.js';
import { firstOf } from '../core/text/prose.js';
import { byPeriod, reportUncovered, stepsOf, type Window } from './calendar.js';
import { choiceField, mapOrTable, periodKey, recordField } from './field.js';
import { inputField, type Input } from './input.js';
import { AMOUNT, SHARE } from './inputKind.js';
import { tableField } from './tableReference.js';

/** The section `actuals`. */
export const actualsField = recordField({
  periods: mapOrTable(
    periodKey,
    inputField(AMOUNT, 'The capex that the buyer reported for this period.'),
    'Reported capex by period; a key is exactly one period, also one before the window.',
    tableField('reported amounts by period'),
  ),
  attributable: byPeriod(
    inputField(SHARE, 'The share of reported capex that counts towards the envelope.'),
    'The share of reported capex that counts towards the envelope; 100% unless given.',
    tableField('shares by period'),
  ).optional(),
  reforecast: choiceField(
    ['keep-envelope', 'keep-phasing'],
    'Whether the open periods take what is left of the envelope (keep-envelope, unless given), or stay as they were.',
  ).optional(),
}).meta({ description: 'Reported capex, which replaces the plan in its periods.' });

/** The section `actuals` as it is written. */
export type ActualsText = z.output<typeof actualsField>;

/** A reported period. */
export interface Actual {
  /** Index in the window; negative before it. */
  readonly period: number;
  readonly reported: Input;
  /** 100% where absent. */
  readonly attributable?: Input;
}

/** All reported periods. */
export interface Actuals {
  /** By index of the period in the window; they replace the plan. */
  readonly within: ReadonlyMap<number, Actual>;
  /** Before the window, in order: only lags use them. */
  readonly before: readonly Actual[];
  readonly reforecast: 'keep-envelope' | 'keep-phasing';
}

/** A scenario without reported periods. */
export const NO_ACTUALS: Actuals = { within: new Map(), before: [], reforecast: 'keep-envelope' };

/** The reported periods, checked against the window. */
export function actualsOf(text: ActualsText, window: Window, report: Reporter): Actuals {
  const steps =
    text.attributable && stepsOf(text.attributable, 'actuals.attributable', window, report);
  const within = new Map<number, Actual>();
  const before: Actual[] = [];
  for (const [key, reported] of text.periods) {
    const period = periodOf(key, window, report);
    if (period === undefined) continue;
    const start = window.start + period * MONTHS_IN[window.calendar.unit];
    const attributable = steps?.(start);
    if (steps && !attributable) reportUncovered(key, 'actuals.attributable', report);
    const actual = { period, reported, attributable };
    if (period < 0) before.push(actual);
    else within.set(period, actual);
  }
  before.sort((a, b) => a.period - b.period);
  return { within, before, reforecast: text.reforecast?.value ?? 'keep-envelope' };
}

/** The index of the period of a key, negative before the window; nothing, and an error, for other keys. */
function periodOf(key: string, window: Window, report: Reporter): number | undefined {
  const { calendar } = window;
  const months = monthsOf(readPeriodKey(key)!, calendar);
  const period = periodAt(months.start, calendar);
  const path = `actuals.periods.${key}`;
  if (months.start !== period.start || months.end !== period.end) {
    const problem = {
      message: `${key} is not one ${calendar.unit}`,
      expected: `a key for each ${calendar.unit}, such as ${period.label}`,
      hint: `give one amount for each ${calendar.unit}`,
    };
    report.error('period-key', path, problem, 'key');
    return undefined;
  }
  if (months.start >= window.end) {
    const problem = {
      message: `${key} lies after the window`,
      expected: `a period up to ${window.periods.at(-1)!.label}`,
      hint: 'let the window end later, or delete the key',
    };
    report.error('period-outside', path, problem, 'key');
    return undefined;
  }
  return (months.start - window.start) / MONTHS_IN[calendar.unit];
}

/** The part of a reported amount that counts towards the envelope, in quanta (*attributable*). */
export function countedOf({ reported, attributable }: Actual): bigint {
  return roundHalfEven(
    attributable ? multiply(reported.value, attributable.value) : reported.value,
  );
}

/** Under `keep-envelope` the reported amounts may not exceed the envelope. */
export function checkAgainstEnvelope(actuals: Actuals, envelope: Input, report: Reporter): void {
  if (actuals.reforecast !== 'keep-envelope') return;
  const amounts = [...actuals.within.values()].map(countedOf);
  const total = amounts.reduce((a, b) => a + b, 0n);
  const over = total - envelope.value.n;
  if (over <= 0n) return;
  const print = (quanta: bigint) => printAmount(quanta, envelope.currency!);
  report.error('actuals-exceed', 'actuals.periods', {
    message: `the reported amounts exceed the envelope by ${print(over)}`,
    expected: `at most ${print(envelope.value.n)} under \`reforecast: keep-envelope\``,
    found: `${firstOf(amounts.map(print), ' + ')} = ${print(total)}`,
    hint: 'raise the envelope, or write `reforecast: keep-phasing`',
  });
}
