/** Scenarios side by side: every output of each beside the same output of the first. */
import { groupBy } from '../../core/group.js';
import { grouped, powerOfTen, printDecimal } from '../../core/number/decimal.js';
import { fraction, subtract, sum, type Fraction } from '../../core/number/fraction.js';
import type { Column, Sheet, SheetRow, Table } from '../../core/table.js';
import { sayIn, type Language, type Word } from '../../core/text/language.js';
import type { Dimension } from '../../projection/rollup.js';
import { namedColumns } from '../shared/columns.js';
import { captionIn, lineKindsOf, sumIn } from '../shared/lineKinds.js';
import { percentOf } from '../shared/numberFormat.js';
import {
  adjustmentsAt,
  publishLines,
  tableAdjustmentNotes,
  type FormatOf,
  type PublishLayout,
  type TableAdjustment,
} from '../shared/publishLines.js';
import { adjustmentNotes } from '../shared/publishTable.js';
import type { TableHeadings } from '../shared/timeNotes.js';
import { lineUp, type ComparedLine } from './comparedLines.js';
import type { ComparedSide } from './comparedSides.js';

/** An output of a scenario beside that of the base; 0 in a scenario that does not have it. */
export interface Pair extends Pick<ComparedLine, 'labels' | 'measure' | 'unit'> {
  readonly scenario: string;
  readonly base: bigint;
  readonly value: bigint;
  readonly difference: bigint;
  /** Before rounding for print. */
  readonly exact: Exact;
}

interface Exact {
  readonly base: Fraction;
  readonly value: Fraction;
}

export interface SideBySide {
  readonly dimensions: readonly Dimension[];
  /** The id of the scenario that all others are compared with. */
  readonly base: string;
  readonly scenarios: readonly string[];
  /** By output, then by scenario. */
  readonly pairs: readonly Pair[];
  /** Totals that are not rounded to the nearest. */
  readonly adjusted: readonly TableAdjustment[];
}

export function sideBySide(
  [base, ...others]: readonly ComparedSide[],
  dimensions: readonly Dimension[],
): SideBySide {
  const scenarios = others.map(({ id }) => id);
  const pairs = lineUp([base!, ...others], dimensions).flatMap(
    ({ labels, measure, unit, counts: [first, ...counts] }) =>
      counts.flatMap((count, i): Pair[] => {
        if (first === undefined && count === undefined) return [];
        const [before, after] = [first ?? 0n, count ?? 0n];
        const numbers = { base: before, value: after, difference: after - before };
        const exact = {
          base: fraction(before, quanta(unit)),
          value: fraction(after, quanta(unit)),
        };
        return [{ labels, measure, unit, scenario: scenarios[i]!, ...numbers, exact }];
      }),
  );
  return { dimensions, base: base!.id, scenarios, pairs, adjusted: [] };
}

/** A note beside every `relative`, which is rounded by itself. */
export const RELATIVE =
  'relative is difference ÷ base in percent, rounded half-even to 2 decimals; empty where base is 0' satisfies Word;

const quanta = ({ places }: ComparedLine['unit']) => powerOfTen(places);

/** How notes call the columns of a comparison, and the row of totals. */
interface NamesInNotes {
  readonly base: string;
  readonly difference: string;
  readonly valueOf: (scenario: string) => string;
  readonly total: string;
}

/** The names of the columns of a file. */
const COLUMN_NAMES: NamesInNotes = {
  ...{ base: 'base', difference: 'difference', total: 'total' },
  valueOf: () => 'value',
};

/** The headings of the sheets of a comparison. */
export function sheetHeadings({ base }: SideBySide, language?: Language): NamesInNotes {
  const say = sayIn(language);
  const [difference, total] = [say('difference'), say('total')];
  return { base, difference, total, valueOf: (scenario) => scenario };
}

/** The comparison in a coarser unit: totals add up, and base and difference add up to the value. */
export function publishSideBySide(
  beside: SideBySide,
  formatOf: FormatOf | undefined,
  names = COLUMN_NAMES,
): SideBySide {
  const { lines, adjusted } = publishLines(beside.pairs, layoutOf(names), formatOf);
  return { ...beside, pairs: lines, adjusted };
}

const layoutOf = (names: NamesInNotes): PublishLayout<Pair> => ({
  tableOf: ({ scenario }) => scenario,
  rowOf: ({ labels }) => labels,
  partsOf: ({ base, difference }) => [
    [[names.base], base],
    [[names.difference], difference],
  ],
  withParts: (pair, [base, difference], value) => {
    return { ...pair, base: base!, difference: difference!, value };
  },
  pinnedColumn: [names.base],
  nameOf: (row, [column], scenario) =>
    [...(row.length > 0 ? row : [names.total]), column ?? names.valueOf(scenario)].join(' '),
});

/** The difference as a percentage of the base (*relative*: rounded half-even to 2 decimals). */
export function relative({ base, value }: Exact): string {
  return percentOf(subtract(value, base), base);
}

export function exactSum(pairs: readonly Pair[]): Exact {
  return {
    base: sum(pairs.map(({ exact }) => exact.base)),
    value: sum(pairs.map(({ exact }) => exact.value)),
  };
}

/** Columns derived from the numbers of both scenarios, the cells of a pair, and why cells are empty. */
export interface DerivedPairs {
  readonly columns: readonly Column[];
  readonly cellsOf: (pair: Pair) => readonly string[];
  readonly notes: readonly string[];
}

export function sideBySideTable(
  { dimensions, pairs, adjusted }: SideBySide,
  derived: DerivedPairs,
): Table {
  return {
    columns: [
      ...namedColumns('text', [...dimensions, 'measure', 'unit', 'scenario']),
      ...namedColumns('number', ['base', 'value', 'difference', 'relative']),
      ...derived.columns,
    ],
    rows: pairs.map((pair) => {
      const { labels, measure, unit, scenario, base, value, difference, exact } = pair;
      const numbers = [base, value, difference].map((count) => printDecimal(count, unit.places));
      const text = [...labels, measure, unit.label, scenario];
      return [...text, ...numbers, relative(exact), ...derived.cellsOf(pair)];
    }),
    notes: [...tableAdjustmentNotes(adjusted), ...derived.notes],
  };
}

/** Lines below the rows of a sheet. */
export interface RowsBelow {
  /** @param depth of the row that sums the pairs */
  readonly below: (pairs: readonly Pair[], depth: number) => readonly SheetRow[];
  /** Why cells are empty; to be read after the lines. */
  readonly notes: () => readonly string[];
}

/** How sheets are labelled, and what stands below their rows. */
export interface SheetContext extends Partial<Pick<RowsBelow, 'below'>> {
  /** The heading of a label, with the place of its dimension. */
  readonly heading?: TableHeadings['heading'];
  readonly lang?: Language | undefined;
}

/** A sheet for each scenario, measure and unit, with totals. */
export function sideBySideSheets(
  { base, scenarios, pairs, adjusted }: SideBySide,
  { heading = (label) => label, below = () => [], lang }: SheetContext = {},
): readonly Sheet[] {
  const say = sayIn(lang);
  return scenarios.flatMap((scenario) =>
    lineKindsOf(pairs.filter((pair) => pair.scenario === scenario)).map(
      ({ caption, lines, places }): Sheet => ({
        title: `${base} → ${scenario}`,
        caption: captionIn(lines[0]!, lang),
        headings: [base, scenario, say('difference'), '%'],
        rows: [
          ...nested(lines, places, { heading, below }),
          rowOf(say('total'), 0, 'total', lines, places),
        ],
        notes: adjustmentNotes(
          adjustmentsAt(adjusted, caption).filter(({ table }) => table === scenario),
          lang,
        ),
      }),
    ),
  );
}

/** Rows by the first dimension, each followed by the lines below it and its rows by the next dimension. */
function nested(
  pairs: readonly Pair[],
  places: number,
  context: Pick<TableHeadings, 'heading'> & Pick<RowsBelow, 'below'>,
  depth = 0,
): readonly SheetRow[] {
  if (pairs[0]?.labels[depth] === undefined) return [];
  return [...groupBy(pairs, ({ labels }) => labels[depth]!)].flatMap(([label, own]) => [
    rowOf(context.heading(label, depth), depth, 'part', own, places),
    ...context.below(own, depth),
    ...nested(own, places, context, depth + 1),
  ]);
}

function rowOf(
  label: string,
  depth: number,
  kind: SheetRow['kind'],
  pairs: readonly Pair[],
  places: number,
): SheetRow {
  const sumOf = (name: 'base' | 'value' | 'difference') =>
    sumIn(places, pairs, (pair) => pair[name]);
  const numbers = [sumOf('base'), sumOf('value'), sumOf('difference')];
  const cells = numbers.map((count) => grouped(printDecimal(count, places)));
  return { label, depth, kind, cells: [...cells, relative(exactSum(pairs))] };
}
