/** What is odd in somebody's table: it is said, never mended. */
import { groupBy } from '../../core/group.js';
import { ZERO, add, compare, equal, fraction, multiply } from '../../core/number/fraction.js';
import { printFraction } from '../../core/number/decimal.js';
import { firstOf } from '../../core/text/prose.js';
import { isTotal, type ColumnFacts } from './columnFacts.js';
import type { PlainTable } from './tableLayout.js';
import {
  totalRows,
  sameNames,
  blankCells,
  noPeriods,
  otherPairs,
  changedDefinitions,
  growthColumns,
  severalFigures,
  shiftedCells,
  unreadCells,
  linesText,
} from './columnTraps.js';
import { figuresOf, numberOf, ofSeries, type Figure } from './figures.js';
import { periodTraps } from './periodTraps.js';
import { YEAR_ENDS, type TableReading } from './tableReading.js';

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
    ...totalRows(table, facts),
    ...sameNames(table),
    ...blankCells(table, reading),
    ...(reading.unread ? [reading.unread.remark] : []),
    ...noPeriods(facts, reading),
    ...otherPairs(facts, reading),
    ...repeatedKeys(series),
    ...periodTraps(series, reading),
    ...belowZero(figures, reading),
    ...yearEnds(facts),
    ...(reading.use === 'actuals' ? series.flatMap(([name, own]) => farFigures(name, own)) : []),
    ...sameFigures(series),
    ...shareSums(figures, reading),
    ...changedDefinitions(table, facts, reading),
    ...growthColumns(facts),
    ...severalFigures(reading),
    ...shiftedCells(table, facts, reading, decimal),
    ...unreadCells(table, facts, reading, decimal),
  ];
}

/** Several rows for one value: restated where they were reported on other days. */
function repeatedKeys(all: readonly (readonly [string, readonly Figure[]])[]): readonly string[] {
  const groups = all.flatMap(([, own]) => {
    const isRepeated = new Set(own.map(({ label }) => label)).size < own.length;
    return isRepeated ? [...groupBy(own, ({ label }) => label).values()] : [];
  });
  return groups
    .filter(([{ series, label }, ...others]) => others.length > 0 && series + label !== '')
    .slice(0, MOST_REMARKS)
    .map((group) => {
      const [{ series, label }] = group;
      const days = new Set(group.map(({ reported }) => reported));
      const what = [series, label].filter(Boolean).join(' ');
      const where = linesText(group.map(({ row }) => row));
      return days.size === group.length && days.size > 1
        ? `${what} is restated, in ${where}: the latest up to \`as_of\` counts`
        : `${what} stands ${group.length} times, in ${where}`;
    });
}

/** Companies whose fiscal years end in different months. */
function yearEnds(facts: readonly ColumnFacts[]): readonly string[] {
  return facts
    .filter(({ name, values }) => YEAR_ENDS.test(name) && values.length > 1)
    .map(
      ({ name, values }) =>
        `fiscal years end in different months, in \`${name}\`: ${firstOf(values)}`,
    );
}

const MOST_REMARKS = 5;

/** Amounts below zero among others: what is spent is above it. */
function belowZero(figures: readonly Figure[], { use }: TableReading): readonly string[] {
  const known = figures.filter(({ digits }) => digits !== undefined);
  const found = known.filter(({ digits }) => digits!.startsWith('-'));
  return use === 'actuals' && found.length > 0
    ? [
        `amounts below zero, in ${linesText(found.map(({ row }) => row))}: what is spent is above it`,
      ]
    : [];
}

/** Figures some hundred times above or below the middle one of their series. */
function farFigures(series: string, figures: readonly Figure[]): readonly string[] {
  const known = figures.filter((one) => compare(numberOf(one), ZERO) > 0);
  if (known.length < 3) return [];
  const inOrder = known.map(numberOf).sort(compare);
  const middle = inOrder[inOrder.length >> 1]!;
  const isFar = (one: Figure) =>
    compare(numberOf(one), multiply(middle, FAR)) > 0 ||
    compare(multiply(numberOf(one), FAR), middle) < 0;
  const found = known.filter(isFar);
  return found.length > 0
    ? [
        `${firstOf(found.map(({ digits, label }) => `${digits!} for ${label}`))}${ofSeries(series)}, in ${linesText(found.map(({ row }) => row))}: hundreds of times above or below the others: is the point or the comma right?`,
      ]
    : [];
}

const FAR = fraction(300n);

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
      return isWhole ? [] : [`the shares${ofSeries(label)} sum to ${printFraction(sum)}`];
    })
    .slice(0, MOST_REMARKS);
}
