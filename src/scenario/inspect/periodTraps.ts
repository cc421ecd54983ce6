/** What is odd in the periods of somebody's table. */
import { groupBy } from '../../core/group.js';
import { greatest } from '../../core/lists.js';
import { add, compare, fraction, multiply, ZERO } from '../../core/number/fraction.js';
import type { SpelledPeriod } from '../../core/periodSpellings.js';
import { firstOf } from '../../core/text/prose.js';
import { halvesAlone, periodsLeftOut } from './countedLabels.js';
import { numberOf, type Figure } from './figures.js';
import { lineOf } from './tableLayout.js';
import type { TableReading } from './tableReading.js';

/** Remarks on the periods of a table. */
export function periodTraps(
  series: readonly (readonly [string, readonly Figure[]])[],
  { across, period, counted }: TableReading,
): readonly string[] {
  const labels = across?.holds === 'period' ? across.names : (period?.values ?? []);
  const halves = halvesAlone(counted);
  return [
    ...periodsLeftOut(labels, counted, period?.name ?? ''),
    ...(halves.length > 0
      ? [
          `${firstOf(halves)}: halves of years, which no scenario has: give the amounts of their quarters`,
        ]
      : []),
    ...severalDays(series),
    ...series.flatMap(([name, own]) => missingPeriods(name, own)),
    ...(halves.length > 0 ? [] : series.flatMap(([name, own]) => missingToDate(name, own))),
    ...series.flatMap(([name, own]) => yearToDate(name, own)),
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

/** Quarters, months or years between the first and the last that have no row. */
function missingPeriods(series: string, figures: readonly Figure[]): readonly string[] {
  const periods = figures.flatMap(({ period }) => period ?? []);
  const found = (['year', 'quarter', 'month'] as const).flatMap((part) => {
    const isSeries = periods.every((one) => one.part === part && !one.isToDate);
    const own = isSeries ? periods : [];
    const length = LENGTHS[part]!;
    const numbers = new Set(own.map(({ year, index }) => (year * 12) / length + index - 1));
    return missingBetween(numbers).map((number) => {
      const year = Math.floor((number * length) / 12);
      const index = number - (year * 12) / length + 1;
      return part === 'year' ? String(year) : `${year}${part === 'quarter' ? 'Q' : 'M'}${index}`;
    });
  });
  return found.length > 0
    ? [`no row for ${firstOf(found)}${series === '' ? '' : ` of ${series}`}`]
    : [];
}

/** In a series for the year to date: the ends of periods, from the first one of a year on, that have no row. */
function missingToDate(series: string, figures: readonly Figure[]): readonly string[] {
  const periods = figures.flatMap(({ period }) => period ?? []);
  if (!periods.some(({ isToDate, part }) => isToDate === true || part === 'half')) return [];
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
  return found.length > 0
    ? [`no row for ${firstOf(found)}${series === '' ? '' : ` of ${series}`}`]
    : [];
}

function missingBetween(numbers: ReadonlySet<number>): readonly number[] {
  if (numbers.size < 2) return [];
  const sorted = [...numbers].sort((a, b) => a - b);
  const [first, last] = [sorted[0]!, sorted.at(-1)!];
  if (last - first > MOST_PERIODS) return [];
  return Array.from({ length: last - first }, (_, i) => first + i).filter((n) => !numbers.has(n));
}

const MOST_PERIODS = 2000;

/** A quarter that has the figures of the year so far: above the three before it together, by half at least. */
function yearToDate(series: string, figures: readonly Figure[]): readonly string[] {
  const quarters = figures.filter(
    ({ period, digits }) => period?.part === 'quarter' && digits !== undefined,
  );
  const byYear = [...groupBy(quarters, ({ period }) => period!.year).values()];
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
        `${firstOf(where)}${series === '' ? '' : ` of ${series}`} is above all quarters before it ` +
          'in its year together: a figure for the year to date among quarters?',
      ]
    : [];
}
