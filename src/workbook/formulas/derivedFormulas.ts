/** Derived columns as formulas over the cells of one line of a table. */
import { greatest } from '../../core/lists.js';
import { MONTHS_IN, type TimeCalendar } from '../../core/period.js';
import { tailLabel } from '../../model/calendar.js';
import { isSum } from '../../projection/derivedNumbers.js';
import {
  calendarOf,
  timeGroups,
  type TimeDimension,
  type TimeGroup,
} from '../../projection/timeGroups.js';
import {
  partsOf,
  timeSeries,
  type SeriesName,
  type SeriesPart,
  type TimeSeries,
} from '../../projection/timeSeries.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { Live } from '../workbook.js';
import { over, total, type FormulaEstimate } from './formulaValues.js';

/** A cell, or a sum of cells, that a formula refers to. */
export interface Referred extends FormulaEstimate {
  readonly text: string;
}

/** A formula with its value, and a bound of the difference from the exact number; an empty one has none. */
export interface BoundedLive extends Live {
  readonly slack: number;
}

/** What a derived number is made of: a sum, or two of which one is compared with the other. */
export interface DerivedTerms {
  readonly name: SeriesName;
  readonly sums: readonly SumTerms[];
  /** Between the two years of a yearly growth. */
  readonly years: number;
}

/** Columns of a table, and the first months of periods that were reported before the window. */
interface SumTerms {
  readonly labels: readonly string[];
  readonly before: readonly number[];
}

/** The terms of a derived number, the same for all lines of a table; nothing where its months are not known. */
export type TermsOf = (name: SeriesName, label: string) => DerivedTerms | undefined;

/**
 * Which groups are summed or compared: it follows from the calendar; whether a base is above 0 is for the formula to
 * say.
 *
 * @param dimension that of the columns, of which periods before the window are whole groups or parts of one
 * @param before the first months of the periods before the window that count
 */
export function derivedTerms(
  scenario: Scenario,
  dimension: TimeDimension,
  before: readonly number[],
): TermsOf {
  const { window } = scenario;
  const calendar = calendarOf(scenario, dimension, '');
  const groups = timeGroups(window, calendar);
  const byLabel = new Map(groups.map((group) => [group.label, group]));
  const series = knownSeries(scenario, calendar, groups, before);
  const tail = tailLabel(window, calendar);
  return (name, label) => {
    if (name === 'cumulative' && label === tail) {
      return { name, sums: [{ labels: [...byLabel.keys(), tail], before: [] }], years: 0 };
    }
    const group = byLabel.get(label);
    const parts = group && partsOf(series, group.ordinal, name);
    if (!parts?.ok) return undefined;
    const sums = parts.value.map((part) => termsIn(groups, before, part));
    if (isSum(name)) return { name, sums: [joined(sums)], years: 0 };
    const [last, first] = parts.value as [SeriesPart, SeriesPart];
    return { name, sums, years: last.period.year - first.period.year };
  };
}

/** A series of which only the months that are known count: each of its numbers is 1. */
function knownSeries(
  { window }: Scenario,
  calendar: TimeCalendar,
  groups: readonly TimeGroup[],
  before: readonly number[],
): TimeSeries {
  const length = MONTHS_IN[window.calendar.unit];
  const months = before.flatMap((start) => Array.from({ length }, (_, month) => start + month));
  const counts = new Map(groups.map(({ ordinal }) => [ordinal, 1n]));
  const known = { window, before: new Map(months.map((month) => [month, 1n])) };
  return timeSeries(calendar, [known], counts);
}

function termsIn(
  groups: readonly TimeGroup[],
  before: readonly number[],
  { period: { start, end }, reported }: SeriesPart,
): SumTerms {
  const isWithin = (month: number) => start <= month && month < end;
  return {
    labels: groups.flatMap((one) => (isWithin(one.start) ? [one.label] : [])),
    before: reported.length === 0 ? [] : before.filter(isWithin),
  };
}

function joined(sums: readonly SumTerms[]): SumTerms {
  return {
    labels: sums.flatMap(({ labels }) => labels),
    before: sums.flatMap(({ before }) => before),
  };
}

/** The cells of one line of a table. */
export interface LineCells {
  /** The sum of its cells in some columns. */
  readonly sumOf: (labels: readonly string[]) => Referred;
  /** What was reported of the periods before the window, by their first month; empty where it does not count. */
  readonly reported: ReadonlyMap<number, Referred>;
}

/** The formula of a derived number of a line. */
export function derivedFormula({ name, sums, years }: DerivedTerms, line: LineCells): BoundedLive {
  const [a, b] = sums.map((terms) => sumOfTerms(line, terms));
  if (isSum(name)) return liveOf(a!);
  return name === 'cagr' ? yearlyGrowth(a!, b!, years) : growth(a!, b!);
}

function sumOfTerms({ sumOf, reported }: LineCells, { labels, before }: SumTerms): Referred {
  const own = labels.length > 0 ? [sumOf(labels)] : [];
  const terms = [...own, ...before.map((month) => reported.get(month)!)];
  const formula = terms.map(({ text }) => text).join('+');
  return { text: terms.length > 1 ? `(${formula})` : formula, ...total(terms) };
}

function liveOf({ text, value, slack }: Referred): BoundedLive {
  return { formula: text, value, slack };
}

/** *ratio* rounds the exact number to a millionth. */
const HALF_MILLIONTH = 0.5e-6;
const EMPTY = { value: '', slack: Infinity } as const;

/** v ÷ base − 1; empty where the base is not above 0. */
function growth(own: Referred, base: Referred): BoundedLive {
  const formula = `IF(${base.text}>0,${own.text}/${base.text}-1,"")`;
  if (base.value <= 0) return { formula, ...EMPTY };
  const { value, slack } = over(own, base);
  return { formula, value: value - 1, slack: slack + HALF_MILLIONTH };
}

function yearlyGrowth(last: Referred, first: Referred, years: number): BoundedLive {
  const [a, b] = [first.text, last.text];
  const formula = `IF(AND(${a}>0,${b}>0),(${b}/${a})^(1/${years})-1,"")`;
  if (first.value <= 0 || last.value <= 0) return { formula, ...EMPTY };
  const { value, slack } = over(last, first);
  const rootOf = (power: number) => Math.max(power, 0) ** (1 / years);
  const ends = [value - slack, value + slack].map((end) => Math.abs(rootOf(end) - rootOf(value)));
  const digits = rootOf(value) * 2 ** -48;
  return {
    formula,
    value: rootOf(value) - 1,
    slack: greatest(ends) + digits + HALF_MILLIONTH,
  };
}

/** A part of a sum; empty where the sum is 0. The exact shares are rounded so that they add up. */
export function shareFormula(own: Referred, whole: Referred): BoundedLive {
  const formula = `IF(${whole.text}<>0,${own.text}/${whole.text},"")`;
  if (whole.value === 0) return { formula, ...EMPTY };
  const { value, slack } = over(own, whole);
  return { formula, value, slack: slack + 2 * HALF_MILLIONTH };
}
