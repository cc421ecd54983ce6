/** What a table says of its groups of time: which the window holds in part, and which periods are split. */
import { groupBy } from '../../core/group.js';
import { MONTHS_IN, spanOf, type Months } from '../../core/period.js';
import { sayIn, type Language } from '../../core/text/language.js';
import { firstOf } from '../../core/text/prose.js';
import type { ProjectedCell, Projection } from '../../projection/evaluate.js';
import type { Output } from '../../projection/output.js';
import { compareTimes, isTime, type Dimension } from '../../projection/rollup.js';
import {
  calendarOf,
  isBySupplier,
  partLabel,
  tailWords,
  straddlingPeriods,
  timeGroups,
  type TimeDimension,
  type TimeGroup,
} from '../../projection/timeGroups.js';
import { buyerKey, type Scenario } from '../../scenario/scenario.js';
import { supplierName } from './tableWords.js';

/** What a table says of the groups that its window holds in part. */
export interface PartialGroups {
  /** The heading of a label of time: `2025, 9 of 12 months`. */
  readonly heading: (label: string) => string;
  /** Groups of which more months are held for one scenario or supplier than for another. */
  readonly notes: readonly string[];
}

/** A scenario of a table, with the suppliers that the table has of it. */
export interface TableScenario {
  readonly scenario: Scenario;
  readonly sellers: Iterable<string>;
}

/** A forecast of which no more is needed than the suppliers that it has. */
export interface SuppliersOf extends Pick<Projection, 'scenario'> {
  readonly cells: readonly Pick<ProjectedCell, 'supplier'>[];
}

/** A forecast as a table over its suppliers. */
export function tableScenario({ scenario, cells }: SuppliersOf): TableScenario {
  return { scenario, sellers: new Set(cells.map(({ supplier }) => supplier)) };
}

/** A group has its months in its heading where they are the same for every scenario and supplier that has it. */
export function partialGroups(
  all: readonly TableScenario[],
  dimension: TimeDimension,
  language?: Language,
): PartialGroups {
  const say = sayIn(language);
  const whole = spanOf(all.map(({ scenario: { window } }): Months => window));
  const groups = all.flatMap(({ scenario, sellers }) =>
    holdersOf(scenario, sellers, dimension).flatMap((supplier): HeldGroup[] => {
      const holder = {
        buyer: all.length > 1 ? buyerKey(scenario) : undefined,
        supplier: supplier === '' ? undefined : supplierName(scenario, supplier, language),
      };
      const calendar = calendarOf(scenario, dimension, supplier);
      const { window, buyer } = scenario;
      // A group that a buyer does not have is missing from the sum over buyers.
      const months = buyer ? whole : window;
      return timeGroups(window, calendar, months).map((group) => ({ group, ...holder }));
    }),
  );
  const byLabel = [...groupBy(groups, ({ group }) => group.label)].sort(([a], [b]) =>
    compareTimes(a, b),
  );
  const headings = new Map<string, string>();
  const notes: string[] = [];
  for (const [label, own] of byLabel) {
    const parts = groupBy(own, ({ group }) => partLabel(group, language));
    if (parts.size === 1) headings.set(label, [...parts.keys()][0]!);
    else {
      for (const [part, some] of parts) {
        if (part === label) continue;
        const names = holderNames(some, own).join(', ');
        const { held, unit } = some[0].group;
        const all = MONTHS_IN[unit];
        notes.push(say('{label}: {held} of {all} months for {names}', { label, held, all, names }));
      }
    }
  }
  return { heading: (label) => headings.get(label) ?? tailWords(label, language), notes };
}

/** A group of time with who has it: a buyer, where there are several, and the supplier, where it has a calendar. */
interface HeldGroup {
  readonly group: TimeGroup;
  readonly buyer: string | undefined;
  readonly supplier: string | undefined;
}

/** Who has some of the groups with one label; a buyer by its key alone where that is true of all its suppliers. */
function holderNames(some: readonly HeldGroup[], all: readonly HeldGroup[]): readonly string[] {
  const whole = groupBy(all, ({ buyer }) => buyer);
  return [...groupBy(some, ({ buyer }) => buyer)].flatMap(([buyer, own]) => {
    if (buyer === undefined) return own.map(({ supplier }) => supplier!);
    if (own.length === whole.get(buyer)!.length) return [buyer];
    const names = own.map(({ supplier }) =>
      supplier === undefined ? buyer : `${buyer} ${supplier}`,
    );
    return [...new Set(names)];
  });
}

/** The headings of labels in tables that keep several dimensions. */
export interface TableHeadings {
  /** @param dimension its place among the dimensions */
  readonly heading: (label: string, dimension: number) => string;
  readonly notes: readonly string[];
}

export function tableHeadings(
  all: readonly TableScenario[],
  dimensions: readonly Dimension[],
  language?: Language,
): TableHeadings {
  const groups = dimensions.map((one) =>
    isTime(one) ? partialGroups(all, one, language) : undefined,
  );
  return {
    heading: (label, dimension) => groups[dimension]?.heading(label) ?? label,
    notes: groups.flatMap((one) => one?.notes ?? []),
  };
}

/** Those who have the calendars of a dimension: the sellers in the order of the file, or the buyer, by no name. */
function holdersOf(
  { suppliers }: Scenario,
  sellers: Iterable<string>,
  dimension: TimeDimension,
): readonly string[] {
  if (!isBySupplier(dimension)) return [''];
  const own = new Set(sellers);
  return [...suppliers.keys()].filter((key) => own.has(key));
}

/** Periods of the window that lie in more than one group of a dimension. */
export interface SplitPeriods {
  readonly dimension: TimeDimension;
  /** The suppliers that have such groups; none where a dimension is not of suppliers. */
  readonly suppliers: readonly string[];
  /** Their labels. */
  readonly periods: readonly string[];
}

/** @param sellers the suppliers of the table */
export function splitPeriods(
  scenario: Scenario,
  sellers: Iterable<string>,
  dimensions: readonly Dimension[],
): readonly SplitPeriods[] {
  const { window } = scenario;
  return dimensions.filter(isTime).flatMap((dimension) => {
    const holders = holdersOf(scenario, sellers, dimension);
    const calendar = (supplier: string) => calendarOf(scenario, dimension, supplier);
    const byYearEnd = groupBy(holders, (supplier) => calendar(supplier).endMonth);
    return [...byYearEnd.values()].flatMap((own): readonly SplitPeriods[] => {
      const across = straddlingPeriods(window, calendar(own[0]));
      if (across.size === 0) return [];
      const periods = [...across].map((t) => window.periods[t]!.label);
      return [{ dimension, suppliers: isBySupplier(dimension) ? own : [], periods }];
    });
  });
}

/** `FY2026Q4 lies in more than one calendar year and is split over its months in equal parts` */
function splitNote({ dimension, suppliers, periods }: SplitPeriods, language?: Language): string {
  const say = sayIn(language);
  const [whose, unit] = dimension.split('_') as [string, 'year' | 'half' | 'quarter'];
  const part = say(unit);
  const group =
    suppliers.length > 0
      ? say('fiscal {part} of {suppliers}', { part, suppliers: firstOf(suppliers) })
      : whose === 'fiscal'
        ? say('fiscal {part}', { part })
        : say('calendar {part}', { part });
  // A verb in Chinese does not depend on how many periods there are.
  if (language === 'zh') {
    return say('{periods}: split over months, by {group}', { periods: firstOf(periods), group });
  }
  const [lie, are, its] = verbs(periods.length);
  const place = `${firstOf(periods)} ${lie} in more than one ${group}`;
  return `${place} and ${are} split over ${its} months in equal parts`;
}

/** The note on each kind of group that splits periods of a forecast. */
export function splitNotes(
  scenario: Scenario,
  sellers: Iterable<string>,
  dimensions: readonly Dimension[],
  language?: Language,
): readonly string[] {
  return splitPeriods(scenario, sellers, dimensions).map((one) => splitNote(one, language));
}

/** A note on each group of time that is part of a cell's name and of which periods are split. */
export function splitOutputNotes(
  { window }: Scenario,
  outputs: readonly Output[],
  language?: Language,
): readonly string[] {
  const say = sayIn(language);
  const notes = outputs.flatMap(({ group, splitPeriods: split }) => {
    if (!group || split.length === 0) return [];
    const periods = split.map((t) => window.periods[t]!.label).join(', ');
    const values = { periods, group: group.label };
    return [
      split.length > 1
        ? say(
            '{periods} lie partly in {group} and are split over their months in equal parts',
            values,
          )
        : say(
            '{periods} lies partly in {group} and is split over its months in equal parts',
            values,
          ),
    ];
  });
  return [...new Set(notes)];
}

function verbs(subjects: number): readonly [lie: string, are: string, its: string] {
  return subjects > 1 ? ['lie', 'are', 'their'] : ['lies', 'is', 'its'];
}
