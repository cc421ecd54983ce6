/** Rows of several forecasts side by side: each output once, with its number in each forecast. */
import { groupBy } from '../../core/group.js';
import { gcd } from '../../core/number/fraction.js';
import type { Projection } from '../../projection/evaluate.js';
import { MEASURES, type Measure, type Unit } from '../../projection/plan.js';
import { compareTimes, isTime, rollup, scaleTo, type Dimension } from '../../projection/rollup.js';
import { buyerKey } from '../../scenario/scenario.js';

/** One output of several forecasts. */
export interface ComparedLine {
  readonly labels: readonly string[];
  readonly measure: Measure;
  /** The finest unit of them all; every count is a multiple of its `multiple`. */
  readonly unit: Unit;
  /** By forecast: a count of 10^-places of the unit; nothing where it has no such row. */
  readonly counts: readonly (bigint | undefined)[];
}

/** What is compared as one: the forecast of a scenario, or those of several buyers. */
export interface ComparedForecasts {
  readonly members: readonly Projection[];
}

/** An output of one forecast. */
type ForecastLine = Pick<ComparedLine, 'labels' | 'measure' | 'unit'> & { readonly count: bigint };

/**
 * All outputs that any of the forecasts has, in the order of time, then of the first forecast that
 * has them. Revenue after the window has a row if it is not zero, as in the forecast itself.
 */
export function lineUp(
  sides: readonly ComparedForecasts[],
  dimensions: readonly Dimension[],
): readonly ComparedLine[] {
  const lines = new Map<string, (ForecastLine | undefined)[]>();
  sides.forEach((side, p) => {
    for (const entry of entriesOf(side, dimensions)) {
      const key = lineKey(entry);
      const entries = lines.get(key) ?? sides.map(() => undefined);
      entries[p] = entry;
      lines.set(key, entries);
    }
  });
  const all = [...lines.values()].map(lineOf);
  const places = dimensions.map((dimension, d) => {
    if (!isTime(dimension)) return placesIn(sides, dimension);
    return [...new Set(all.map(({ labels }) => labels[d]!))].sort(compareTimes);
  });
  return inOrder(all, places);
}

/** What an output of several forecasts has in common, whatever the places of its unit. */
export function lineKey({ labels, measure, unit }: Omit<ComparedLine, 'counts'>): string {
  return JSON.stringify([labels, measure, unit.label]);
}

/** The rows of a side; those of several buyers are added up, unless the buyer is one of the dimensions. */
function entriesOf(
  { members }: ComparedForecasts,
  dimensions: readonly Dimension[],
): readonly ForecastLine[] {
  const entries = members.flatMap(({ scenario, cells }) => {
    const tail = scenario.window.periods.length;
    const shown = cells.filter(({ period, count }) => period < tail || count !== 0n);
    return rollup({ scenario, cells: shown }, dimensions).map(
      ({ labels, measure, count, cells: own }) => {
        return { labels, measure, unit: commonUnit(own.map(({ unit }) => unit)), count };
      },
    );
  });
  if (members.length === 1) return entries;
  return Array.from(groupBy(entries, lineKey).values(), (own) => {
    const unit = commonUnit(own.map((entry) => entry.unit));
    const count = own.reduce((sum, entry) => sum + entry.count * scaleTo(unit, entry.unit), 0n);
    return { ...own[0], unit, count };
  });
}

/** The coarsest unit in which all of them are whole numbers. */
function commonUnit(units: readonly Unit[]): Unit {
  const finest = units.reduce((a, b) => (b.places > a.places ? b : a));
  const multiples = units.map((unit) => unit.multiple * scaleTo(finest, unit));
  return { ...finest, multiple: multiples.reduce(gcd) };
}

function lineOf(entries: readonly (ForecastLine | undefined)[]): ComparedLine {
  const known = entries.filter((entry) => entry !== undefined);
  const { labels, measure } = known[0]!;
  const unit = commonUnit(known.map((entry) => entry.unit));
  const counts = entries.map((entry) => entry && entry.count * scaleTo(unit, entry.unit));
  return { labels, measure, unit, counts };
}

/** The buyers, components or suppliers as the forecasts have them. */
function placesIn(sides: readonly ComparedForecasts[], dimension: Dimension): readonly string[] {
  const places = new Set<string>();
  for (const { scenario, cells } of sides.flatMap(({ members }) => members)) {
    if (dimension === 'buyer') places.add(buyerKey(scenario));
    else
      for (const { path, supplier } of cells)
        places.add(dimension === 'component' ? path : supplier);
  }
  return [...places];
}

/** @param places by dimension: its labels in order */
function inOrder(
  lines: readonly ComparedLine[],
  places: readonly (readonly string[])[],
): readonly ComparedLine[] {
  const ranks = places.map(ranksByWord);
  const units = ranksByWord([...new Set(lines.map(({ unit }) => unit.label))]);
  const orderOf = (line: ComparedLine) => [
    ...line.labels.map((label, d) => ranks[d]!.get(label)!),
    MEASURES.indexOf(line.measure),
    units.get(line.unit.label)!,
  ];
  const ordered = lines.map((line) => ({ line, order: orderOf(line) }));
  ordered.sort((a, b) => compareOrders(a.order, b.order));
  return ordered.map(({ line }) => line);
}

function ranksByWord(words: readonly string[]): ReadonlyMap<string, number> {
  return new Map(words.map((word, rank) => [word, rank]));
}

function compareOrders(a: readonly number[], b: readonly number[]): number {
  const i = a.findIndex((rank, index) => rank !== b[index]);
  return i < 0 ? 0 : a[i]! - b[i]!;
}
