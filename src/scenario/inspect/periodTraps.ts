/** What is odd in the periods of somebody's table. */
import { groupBy } from '../../core/group.js';
import { greatest } from '../../core/lists.js';
import { add, compare, fraction, multiply, ZERO } from '../../core/number/fraction.js';
import type { SpelledPeriod } from '../../core/periodSpellings.js';
import { firstOf } from '../../core/text/prose.js';
import { halvesAlone, periodsLeftOut } from './countedLabels.js';
import { numberOf, ofSeries, type Figure } from './figures.js';
import { lineOf } from './tableLayout.js';
import type { TableReading } from './tableReading.js';
import { isPartAlone } from './unreadColumns.js';

/** Remarks on the periods of a table. */
export function periodTraps(
  series: readonly (readonly [string, readonly Figure[]])[],
  { use, across, period, counted }: TableReading,
): readonly string[] {
  const all = across?.holds === 'period' ? across.names : (period?.values ?? []);
  // Quarters whose cell of the year is empty: that is told, and they are neither left out nor missing.
  const isYearLost = (label: string) => period?.behind !== undefined && isPartAlone(label);
  const labels = all.filter((label) => !isYearLost(label));
  const halves = halvesAlone(counted);
  const amounts = use === 'actuals' ? series : [];
  return [
    ...periodsLeftOut(labels, counted, period?.name ?? ''),
    ...(halves.length > 0
      ? [
          `${firstOf(halves)}: halves of years, which no scenario has: give the amounts of their quarters`,
        ]
      : []),
    ...severalDays(series),
    ...longPeriods(amounts),
    ...(labels.length < all.length
      ? []
      : series.flatMap(([name, own]) => missingPeriods(name, own))),
    ...amounts.flatMap(([name, own]) => emptyFigures(name, own)),
    ...(halves.length > 0 ? [] : series.flatMap(([name, own]) => missingToDate(name, own))),
    ...amounts.flatMap(([name, own]) => yearToDate(name, own)),
  ];
}

/** Days of one month, of which each would be the month: rates of every day. */
function severalDays(series: readonly (readonly [string, readonly Figure[]])[]): readonly string[] {
  const [, figures] = series[0] ?? ['', []];
  const days = new Map<string, Set<number>>();
  for (const { period } of figures) {
    if (period?.day === undefined) continue;
    const month = `${period.year}-${String(period.index).padStart(2, '0')}`;
    days.set(month, (days.get(month) ?? new Set()).add(period.day));
  }
  const found = [...days].flatMap(([month, own]) => (own.size > 1 ? [month] : []));
  return found.length > 0
    ? [
        `several days of ${firstOf(found.slice(0, MOST_REMARKS))}: keep one row for each period, its last day or its average`,
      ]
    : [];
}

const MOST_REMARKS = 5;

const LENGTHS: Readonly<Partial<Record<SpelledPeriod['part'], number>>> = {
  year: 12,
  half: 6,
  quarter: 3,
  month: 1,
};

/**
 * The last month of a period, from the year 0. A day of the first week ends the month before, but for the first day
 * of a month, which may name that month.
 */
function lastMonth({ year, part, index, day = 1 }: SpelledPeriod): number {
  const isEarly = day > 1 && day <= 7;
  return year * 12 + index * (LENGTHS[part] ?? 1) - 1 - (isEarly ? 1 : 0);
}

/** How many months apart the periods of a series end, at least; 1 for a single period. */
function stepOf(months: ReadonlySet<number>): number {
  const sorted = [...months].sort((a, b) => a - b);
  const gaps = sorted.slice(1).map((month, i) => month - sorted[i]!);
  return gaps.length === 0 ? 1 : -greatest(gaps.map((gap) => -gap));
}

/** The months in which single periods of one kind end; nothing where a series has several kinds. */
function endsOf(figures: readonly Figure[]): ReadonlySet<number> {
  const ends = new Set<number>();
  let kind: SpelledPeriod['part'] | undefined;
  for (const { period } of figures) {
    if (!period) continue;
    kind ??= period.part;
    if (period.part !== kind || period.isToDate) return new Set();
    ends.add(lastMonth(period));
  }
  return ends;
}

/** Quarters, months or years between the first and the last that have no row. */
function missingPeriods(series: string, figures: readonly Figure[]): readonly string[] {
  const part = figures.find(({ period }) => period)?.period?.part;
  const ends = endsOf(figures);
  const step = part === 'year' ? 12 : part === 'quarter' ? 3 : stepOf(ends);
  if (step !== 1 && step !== 3 && part !== 'year') return [];
  const found = missingBetween(ends, step).map((month) => {
    const [year, index] = [Math.floor(month / 12), (month % 12) + 1];
    return part === 'year' ? String(year) : `${year}${step === 3 ? `Q${index / 3}` : `M${index}`}`;
  });
  return found.length > 0 ? [`no row for ${firstOf(found)}${ofSeries(series)}`] : [];
}

/** Days or months that are half a year or a year apart: read as periods that end on them, they are quarters. */
function longPeriods(series: readonly (readonly [string, readonly Figure[]])[]): readonly string[] {
  for (const [name, own] of series) {
    const kind = own.find(({ period }) => period)?.period?.part;
    const months = kind === 'day' || kind === 'month' ? stepOf(endsOf(own)) : 1;
    if (months < 6) continue;
    return [
      `the periods${ofSeries(name)} end ${months} months apart: amounts of so many months would be read as those of one quarter or month`,
    ];
  }
  return [];
}

/** Periods with an empty cell, or a word, before the last figure of a series. */
function emptyFigures(series: string, figures: readonly Figure[]): readonly string[] {
  const last = figures.findLastIndex(({ digits }) => digits !== undefined);
  const empty = figures.slice(0, Math.max(last, 0)).filter(({ digits }) => digits === undefined);
  return empty.length > 0
    ? [`no figure for ${firstOf(empty.map(({ label }) => label))}${ofSeries(series)}`]
    : [];
}

/** In a series for the year to date: the ends of periods, from the first one of a year on, that have no row. */
function missingToDate(series: string, figures: readonly Figure[]): readonly string[] {
  if (!figures.some(({ period }) => period?.isToDate === true || period?.part === 'half'))
    return [];
  const periods = figures.flatMap(({ period }) => period ?? []);
  const ends = periods.map(({ year, part, index }) => ({
    year,
    month: index * (LENGTHS[part] ?? 1),
  }));
  const step = ends.every(({ month }) => month % 3 === 0) ? 3 : 1;
  const found = [...groupBy(ends, ({ year }) => year)].flatMap(([year, own]) => {
    const known = new Set(own.map(({ month }) => month));
    const count = greatest(known, 0) / step;
    const all = Array.from({ length: count }, (_, i) => (i + 1) * step);
    return all
      .filter((month) => !known.has(month))
      .map((month) => `${year} up to ${step === 3 ? 'Q' : 'M'}${month / step}`);
  });
  return found.length > 0 ? [`no row for ${firstOf(found)}${ofSeries(series)}`] : [];
}

/** The numbers between the first and the last that are missing, step by step. */
function missingBetween(numbers: ReadonlySet<number>, step: number): readonly number[] {
  if (numbers.size < 2) return [];
  const sorted = [...numbers].sort((a, b) => a - b);
  const [first, last] = [sorted[0]!, sorted.at(-1)!];
  const count = Math.floor((last - first) / step);
  if (count > MOST_PERIODS) return [];
  return Array.from({ length: count }, (_, i) => first + i * step).filter((n) => !numbers.has(n));
}

const MOST_PERIODS = 2000;

/** A quarter that has the figures of the year so far: above the three before it together, by half at least. */
function yearToDate(series: string, figures: readonly Figure[]): readonly string[] {
  const quarters = figures.filter(
    ({ period, digits }) => period?.part === 'quarter' && digits !== undefined,
  );
  const byYear = [...groupBy(quarters, ({ period }) => period!.year).values()];
  if (areAllToDate(figures)) {
    return [
      `the figures${ofSeries(series)} rise within each year as figures for the year to date do: if they are, write \`cumulative: true\``,
    ];
  }
  const odd = byYear.flatMap((own) => {
    const inOrder = own.toSorted((a, b) => a.period!.index - b.period!.index);
    return inOrder.filter((one, i) => {
      const before = inOrder.slice(0, i);
      const sum = before.reduce((all, other) => add(all, numberOf(other)), ZERO);
      const isLate = i > 0 && before.length === one.period!.index - 1 && compare(sum, ZERO) > 0;
      return isLate && compare(numberOf(one), multiply(sum, fraction(11n, 10n))) >= 0 && i > 1;
    });
  });
  const where = odd.map(({ label, row }) => `${label} (line ${lineOf(row)})`);
  return odd.length > 0
    ? [
        `${firstOf(where)}${ofSeries(series)} is above all quarters before it ` +
          'in its year together: a figure for the year to date among quarters?',
      ]
    : [];
}

/**
 * Whether the figures of each year rise like sums. The figure of two quarters is at least 3/2 of that of one, the next at
 * least 5/4 and the last 7/6 of the one before it. The first figure of a year is below the last of the year before.
 */
function areAllToDate(figures: readonly Figure[]): boolean {
  const known = figures.flatMap((one) => {
    const month = one.period && !one.period.isToDate && one.digits ? lastMonth(one.period) : 0;
    return (month + 1) % 3 === 0 ? [{ quarter: (month + 1) / 3, value: numberOf(one) }] : [];
  });
  if (known.length < FEWEST_QUARTERS || known.length < figures.length) return false;
  const byQuarter = new Map(known.map(({ quarter, value }) => [quarter, value]));
  let steps = 0;
  let starts = 0;
  for (const [quarter, value] of byQuarter) {
    const before = byQuarter.get(quarter - 1);
    if (!before) continue;
    const inYear = (quarter - 1) % 4;
    if (inYear === 0) starts++;
    else steps++;
    const least = fraction(BigInt(2 * inYear + 1), BigInt(Math.max(2 * inYear, 1)));
    const rises = compare(value, multiply(before, least)) >= 0;
    if (inYear === 0 ? compare(value, before) >= 0 : !rises) return false;
  }
  return steps >= FEWEST_QUARTERS && starts > 0;
}

/** Of fewer figures the order says little. */
const FEWEST_QUARTERS = 4;
