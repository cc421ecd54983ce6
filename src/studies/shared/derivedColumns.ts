/** Derived columns, asked for by `--with`: growth, running totals, shares, days and names beside each number. */
import { powerOfTen, printDecimal, printRounded } from '../../core/number/decimal.js';
import { fraction } from '../../core/number/fraction.js';
import { daysIn } from '../../core/number/literal.js';
import { printDate } from '../../core/period.js';
import { success, type Result } from '../../core/result.js';
import type { Column } from '../../core/table.js';
import { sayIn, type Language } from '../../core/text/language.js';
import { firstOf } from '../../core/text/prose.js';
import {
  DERIVED_NAMES,
  derivedNumbersOver,
  isSum,
  type DerivedName,
  type DerivedNumber,
} from '../../projection/derivedNumbers.js';
import type { Projection } from '../../projection/evaluate.js';
import { measuredLeaves } from '../../projection/measureTree.js';
import { MEASURES } from '../../projection/plan.js';
import { compareTimes, isTime, type Dimension } from '../../projection/rollup.js';
import {
  REASONS,
  type CoveredGroup,
  type ExactRow,
  type Reason,
} from '../../projection/seriesLine.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { FormatOf } from './publishLines.js';
import { printPlain, toSteps } from './numberFormat.js';
import { listOf } from './options.js';
import { computedWhere, type RowOptions } from './where.js';

const UNIT = 'in the unit of the row';

/** What each column holds. */
const COLUMNS = {
  yoy: 'Growth over the same group of time a year before: 0.1 is 10% more.',
  qoq: 'Growth over the group of time just before: 0.1 is 10% more.',
  ttm: `The sum of the twelve months up to the end of the group, ${UNIT}.`,
  ytd: `The sum from the beginning of the year up to the group, ${UNIT}.`,
  cumulative: `The sum from the beginning of the window up to the group, ${UNIT}.`,
  share: 'The number as a part of the sum over the last dimension that is not of time: 0.1 is 10%.',
  cagr: 'The yearly growth from the first to the last whole year of the window: 0.1 is 10%.',
  start: 'The first day of the group of time in the window.',
  end: 'The last day of the group of time in the window.',
  months: 'The months of the group of time that lie in the window.',
  component_name: 'The name of the component.',
  supplier_name: 'The name of the supplier.',
} as const;

const NAMES = [...DERIVED_NAMES, ...(['start', 'end', 'months', 'name'] as const)];
export type ColumnName = (typeof NAMES)[number];

export const withColumns = listOf(NAMES, 'derived column')
  .optional()
  .meta({ description: `Columns beside each number: ${NAMES.join(',')}` });

/** Columns beside the numbers of some rows. */
export interface DerivedOptions extends RowOptions {
  /** The columns asked for. */
  readonly with?: readonly ColumnName[] | undefined;
}

/** How a table is made whose numbers get columns beside them. */
export interface DerivedContext extends DerivedOptions {
  /** Those of the labels of the rows. */
  readonly dimensions: readonly Dimension[];
  /** The format of sums; without it they are exact. */
  readonly formatOf: FormatOf | undefined;
  /** Of the notes. */
  readonly lang?: Language | undefined;
}

/** Whether the numbers are of the whole forecast: what was reported before the window then counts. */
export function isWhole(kept: RowOptions): boolean {
  return computedWhere(kept).length === 0;
}

/** The cells of the derived columns. */
interface DerivedCells {
  /** By row. */
  readonly cells: readonly (readonly string[])[];
  /** Why cells are empty: a note for each column and reason. */
  readonly notes: readonly string[];
}

/** @param members the forecast of the rows, or those of the buyers that they add up */
export function derivedCells(
  members: readonly Pick<Projection, 'scenario' | 'before'>[],
  rows: readonly ExactRow[],
  { dimensions, with: names = [], formatOf, lang, ...kept }: DerivedContext,
): DerivedCells {
  if (names.length === 0) return { cells: [], notes: [] };
  const { numberAt, groupAt } = derivedNumbersOver(members, dimensions, rows, isWhole(kept));
  const gaps = emptyCells(lang);
  const timeAt = dimensions.findLastIndex(isTime);
  const namesOf = namesIn(members.map(({ scenario }) => scenario));
  const cellsOf = (row: ExactRow, name: ColumnName): readonly string[] => {
    if (name === 'name') return namesOf(dimensions, row);
    const text = isDay(name)
      ? printed(groupAt(row), printDay(name))
      : printed(numberAt(row, name), (number) => printNumber(name, row, number, formatOf));
    return [gaps.textOf(name, row.labels[timeAt], text)];
  };
  const cells = rows.map((row) => names.flatMap((name) => cellsOf(row, name)));
  return { cells, notes: gaps.notes() };
}

/** The derived columns asked for. */
export function derivedColumns(
  names: readonly ColumnName[] = [],
  dimensions: readonly Dimension[],
): readonly Column[] {
  return names.flatMap((name) => columnsOf(name, dimensions));
}

/** Those of the columns whose cells differ from one group of time to the next. */
export function timedColumns(names: readonly ColumnName[] = []): readonly ColumnName[] {
  return names.filter((name) => name !== 'name' && name !== 'cagr');
}

/** Cells of a column that are empty for one reason. */
interface EmptyCells {
  readonly name: ColumnName;
  readonly reason: Reason;
  /** Of the groups of time; an empty one where no dimension of time is kept. */
  readonly labels: Set<string>;
}

/** Collects why cells of a table are empty. */
export function emptyCells(language?: Language) {
  const say = sayIn(language);
  const found = new Map<string, EmptyCells>();
  return {
    /** @param label of the group of time */
    textOf: (name: ColumnName, label = '', text: Result<string, Reason>): string => {
      if (text.ok) return text.value;
      const reason = text.diagnostics;
      const key = `${name} ${reason}`;
      const own = found.get(key) ?? { name, reason, labels: new Set() };
      own.labels.add(label);
      found.set(key, own);
      return '';
    },
    /** A note for each column and reason. */
    notes: () =>
      Array.from(found.values(), ({ name, reason, labels }) => {
        const values = {
          name: say(name),
          reason: say(REASONS[reason]),
          labels: firstOf([...labels].sort(compareTimes)),
        };
        return values.labels === ''
          ? say('{name} is empty: {reason}', values)
          : say('{name} is empty in {labels}: {reason}', values);
      }),
  };
}

export function printed<T>(
  found: Result<T, Reason>,
  print: (value: T) => string,
): Result<string, Reason> {
  return found.ok ? success(print(found.value)) : found;
}

/** Sums take the format of their row, ratios have 6 decimals. */
function printNumber(
  name: DerivedName,
  row: ExactRow,
  { count, places }: DerivedNumber,
  formatOf: FormatOf | undefined,
): string {
  if (!isSum(name) || !formatOf) return printDecimal(count, places);
  const format = { ...formatOf(row), from: places };
  return printPlain(toSteps(count, format), format);
}

/** A ratio for people: `12.3%`. */
export function printPercent({ count, places }: DerivedNumber): string {
  return `${printRounded(fraction(count, powerOfTen(places - 2)), 1)}%`;
}

export type Day = 'start' | 'end' | 'months';

const DAYS: Readonly<Record<Day, (group: CoveredGroup) => string>> = {
  start: ({ within }) => dayOf(within.start, 1),
  end: ({ within }) => lastDayOf(within.end - 1),
  months: ({ held }) => String(held),
};

/** How a day of a group, or the number of its months, is printed. */
export function printDay(name: Day): (group: CoveredGroup) => string {
  return DAYS[name];
}

export function isDay(name: ColumnName): name is Day {
  return Object.hasOwn(DAYS, name);
}

/** @param month counted from the year 0 */
function dayOf(month: number, day: number): string {
  return printDate({ year: Math.floor(month / 12), month: (month % 12) + 1, day });
}

function lastDayOf(month: number): string {
  return dayOf(month, daysIn(Math.floor(month / 12), (month % 12) + 1));
}

/** The dimensions that have names, with the columns of these. */
const NAMED = { component: 'component_name', supplier: 'supplier_name' } as const;

function hasName(dimension: Dimension): dimension is keyof typeof NAMED {
  return Object.hasOwn(NAMED, dimension);
}

function columnsOf(name: ColumnName, dimensions: readonly Dimension[]): readonly Column[] {
  if (name === 'name') {
    return dimensions.flatMap((one) => {
      if (!hasName(one)) return [];
      return [{ name: NAMED[one], kind: 'text', description: COLUMNS[NAMED[one]] } as const];
    });
  }
  const kind = name === 'start' || name === 'end' ? 'text' : 'number';
  return [{ name, kind, description: COLUMNS[name] }];
}

/** The names of the component and the supplier of a row, as far as its labels say them. */
function namesIn(scenarios: readonly Scenario[]) {
  const byPath = new Map<string, string>();
  const bySupplier = new Map<string, string>();
  // Of several buyers the first one that has a name says it.
  for (const { components, suppliers } of [...scenarios].reverse()) {
    const leaves = MEASURES.flatMap((measure) => measuredLeaves(measure, components));
    for (const { path, name } of leaves) byPath.set(path, name);
    for (const { key, name } of suppliers.values()) {
      if (name !== key || !bySupplier.has(key)) bySupplier.set(key, name);
    }
  }
  return (dimensions: readonly Dimension[], { labels }: ExactRow): readonly string[] =>
    dimensions.flatMap((one, i) => {
      if (!hasName(one)) return [];
      const label = labels[i]!;
      return [one === 'component' ? byPath.get(label)! : (bySupplier.get(label) ?? label)];
    });
}
