/** What is odd in somebody's table: it is said, never mended. */
import { groupBy } from '../../core/group.js';
import {
  add,
  compare,
  equal,
  fraction,
  multiply,
  ZERO,
  type Fraction,
} from '../../core/number/fraction.js';
import { readDecimal, printFraction } from '../../core/number/decimal.js';
import { spelledPeriod, type SpelledPeriod } from '../../core/periodSpellings.js';
import { remembered } from '../../core/remembered.js';
import { firstOf } from '../../core/text/prose.js';
import { readNumber } from '../tables/cellUnits.js';
import { isTotal, type ColumnFacts } from './columnFacts.js';
import { lineOf, type PlainTable } from './tableLayout.js';
import {
  totalRows,
  sameNames,
  blankCells,
  noPeriods,
  otherPairs,
  changedDefinitions,
  growthColumns,
  severalFigures,
  unreadCells,
  linesText,
} from './columnTraps.js';
import type { TableReading } from './tableReading.js';

/** A value of a tall table, with what names it. */
interface Figure {
  readonly row: PlainTable['rows'][number];
  readonly label: string;
  readonly period: SpelledPeriod | undefined;
  /** The values of the other columns that name it, such as a company and a definition. */
  readonly series: string;
  readonly reported: string;
  /** Of its number, if it is one. */
  readonly digits: string | undefined;
}

function numberOf({ digits }: Figure): Fraction {
  return digits === undefined ? ZERO : readDecimal(digits);
}

/** Remarks on a table, the most important first. */
export function trapsOf(
  table: PlainTable,
  facts: readonly ColumnFacts[],
  reading: TableReading,
  decimal: '.' | ',',
): readonly string[] {
  const figures = figuresOf(table, facts, reading, decimal);
  const series = [...groupBy(figures, ({ series: name }) => name)];
  return [
    ...totalRows(table),
    ...sameNames(table),
    ...blankCells(table, reading),
    ...noPeriods(facts, reading),
    ...otherPairs(facts, reading),
    ...otherLengths(figures),
    ...repeatedKeys(figures),
    ...series.flatMap(([name, own]) => missingPeriods(name, own)),
    ...series.flatMap(([name, own]) => missingToDate(name, own)),
    ...series.flatMap(([name, own]) => yearToDate(name, own)),
    ...yearEnds(facts),
    ...sameFigures(series),
    ...shareSums(figures, reading),
    ...changedDefinitions(table, facts, reading),
    ...growthColumns(facts),
    ...severalFigures(facts, reading),
    ...unreadCells(table, facts, reading, decimal),
  ];
}

function figuresOf(
  { rows }: PlainTable,
  facts: readonly ColumnFacts[],
  { across, period, value, owner, reported, conditions }: TableReading,
  decimal: '.' | ',',
): readonly Figure[] {
  const columns = value ? [value] : facts.filter(({ name }) => across?.names.includes(name));
  const names = [owner, ...conditions].filter((one) => one !== undefined);
  const periodOf = remembered(spelledPeriod);
  const figures: Figure[] = [];
  for (const row of rows) {
    const textOf = (one: ColumnFacts | undefined) => (one ? (row[one.index]?.text ?? '') : '');
    const owners = names.map(textOf);
    for (const column of columns) {
      const text = textOf(column);
      const label = across?.holds === 'period' ? column.name : textOf(period);
      if (text === '' && label === '') continue;
      const isOwn = across !== undefined && across.holds !== 'period';
      figures.push({
        row,
        label,
        period: periodOf(label),
        reported: textOf(reported),
        series: (isOwn ? [...owners, column.name] : owners).join(', '),
        digits: readNumber(text, decimal)?.digits,
      });
    }
  }
  return figures;
}

/** Years among quarters, and quarters among figures for the year to date, which one series cannot have. */
function otherLengths(figures: readonly Figure[]): readonly string[] {
  const periods = new Map(figures.map(({ label, period }) => [label, period]));
  const labels = (test: (period: SpelledPeriod) => boolean) =>
    [...periods].flatMap(([label, period]) => (period && test(period) ? [label] : []));
  const toDate = labels((one) => one.isToDate === true || one.part === 'half');
  const single = labels((one) => one.part === 'quarter' && !one.isToDate && one.index > 1);
  const years = labels((one) => one.part === 'year');
  const parts = labels((one) => one.part === 'quarter' || one.part === 'month');
  if (toDate.length > 0 && single.length > 0)
    return [
      `${firstOf(toDate)} are for the year to date or a half, ${firstOf(single)} for a quarter: leave out one kind by \`where\``,
    ];
  return toDate.length === 0 && years.length > 0 && parts.length > 0
    ? [`${firstOf(years)} are years among shorter periods: leave them out by \`where\``]
    : [];
}

/** Several rows for one value: restated where they were reported on other days. */
function repeatedKeys(figures: readonly Figure[]): readonly string[] {
  const keyOf = ({ series, label }: Figure) => `${series}\n${label}`;
  const [known, twice] = [new Set<string>(), new Set<string>()];
  for (const figure of figures) {
    const key = keyOf(figure);
    (known.has(key) ? twice : known).add(key);
  }
  const again = twice.size === 0 ? [] : figures.filter((one) => twice.has(keyOf(one)));
  const groups = [...groupBy(again, keyOf).values()];
  return groups
    .filter(([{ series, label }, ...others]) => others.length > 0 && series + label !== '')
    .slice(0, MOST_REMARKS)
    .map((group) => {
      const [{ series, label }] = group as [Figure];
      const days = new Set(group.map(({ reported }) => reported));
      const what = [series, label].filter(Boolean).join(' ');
      const where = linesText(group.map(({ row }) => row));
      return days.size === group.length && days.size > 1
        ? `${what} is restated, in ${where}: the latest up to \`as_of\` counts`
        : `${what} stands ${group.length} times, in ${where}`;
    });
}

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

/** In a series for the year to date: ends of quarters between the first and the last that have no row. */
function missingToDate(series: string, figures: readonly Figure[]): readonly string[] {
  const periods = figures.flatMap(({ period }) => period ?? []);
  if (!periods.some(({ isToDate, part }) => isToDate === true || part === 'half')) return [];
  const ends = new Set(
    periods.map(({ year, part, index }) => 4 * year + (index * (LENGTHS[part] ?? 1)) / 3 - 1),
  );
  const found = missingBetween(ends).map((end) => `${Math.floor(end / 4)} up to Q${(end % 4) + 1}`);
  return found.length > 0
    ? [`no row for ${firstOf(found)}${series === '' ? '' : ` of ${series}`}`]
    : [];
}

/** Companies whose fiscal years end in different months. */
function yearEnds(facts: readonly ColumnFacts[]): readonly string[] {
  return facts
    .filter(
      ({ name, values }) =>
        /year[\s_-]*ends?\b|\bfye\b|财年截止|财年末/iu.test(name) && values.length > 1,
    )
    .map(
      ({ name, values }) =>
        `fiscal years end in different months, in \`${name}\`: ${firstOf(values)}`,
    );
}

function missingBetween(numbers: ReadonlySet<number>): readonly number[] {
  if (numbers.size < 2) return [];
  const sorted = [...numbers].sort((a, b) => a - b);
  const [first, last] = [sorted[0]!, sorted.at(-1)!];
  if (last - first > MOST_PERIODS) return [];
  return Array.from({ length: last - first }, (_, i) => first + i).filter((n) => !numbers.has(n));
}

const MOST_PERIODS = 2000;
const MOST_REMARKS = 5;

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

/** Series whose figures are equal in three periods and more. */
function sameFigures(series: readonly (readonly [string, readonly Figure[]])[]): readonly string[] {
  if (series.length < 2) return [];
  const first = new Map<string, number>();
  const having = new Map<string, number[]>();
  series.forEach(([, own], i) => {
    for (const { label, digits } of own) {
      if (digits === undefined) continue;
      const figure = `${label} ${plainDigits(digits)}`;
      const one = first.get(figure);
      if (one === undefined) first.set(figure, i);
      else if (one !== i) {
        const known = having.get(figure);
        if (!known) having.set(figure, [one, i]);
        else if (known.at(-1) !== i) known.push(i);
      }
    }
  });
  const periods = series.map(() => new Map<number, number>());
  for (const inOrder of having.values()) {
    inOrder.forEach((first, at) => {
      for (const second of inOrder.slice(at + 1)) {
        if (second - first > MOST_SERIES) break;
        periods[first]!.set(second, (periods[first]!.get(second) ?? 0) + 1);
      }
    });
  }
  return periods
    .flatMap((counts, first) =>
      [...counts]
        .filter(([, count]) => count >= 3)
        .sort(([a], [b]) => a - b)
        .map(([second, count]) => {
          const [[name], [other]] = [series[first]!, series[second]!];
          return `${name} and ${other} have the same figures in ${count} periods`;
        }),
    )
    .slice(0, MOST_REMARKS);
}

const MOST_SERIES = 50;

/** Digits without zeros at the end of their decimals. */
function plainDigits(digits: string): string {
  return digits.includes('.') && digits.endsWith('0') ? digits.replace(/\.?0+$/, '') : digits;
}

/** Shares of one period that do not sum to 100%. */
function shareSums(figures: readonly Figure[], { use }: TableReading): readonly string[] {
  if (use !== 'shares') return [];
  const own = figures.filter(({ series, digits }) => digits !== undefined && !isTotal(series));
  return [...groupBy(own, ({ label }) => label)]
    .flatMap(([label, group]) => {
      const sum = group.reduce((all, one) => add(all, numberOf(one)), ZERO);
      const isWhole = equal(sum, fraction(100n)) || equal(sum, fraction(1n));
      const of = label === '' ? '' : ` of ${label}`;
      return isWhole ? [] : [`the shares${of} sum to ${printFraction(sum)}`];
    })
    .slice(0, MOST_REMARKS);
}
