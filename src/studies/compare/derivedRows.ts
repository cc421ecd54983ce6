/** The lines below each row of scenarios side by side: growth, running totals and shares, as `--with` asks for them. */
import { greatest } from '../../core/lists.js';
import { powerOfTen } from '../../core/number/decimal.js';
import { fraction } from '../../core/number/fraction.js';
import type { SheetRow } from '../../core/table.js';
import { sayIn, type Language } from '../../core/text/language.js';
import {
  derivedNumbersOver,
  isSum,
  type DerivedName,
  type DerivedNumber,
} from '../../projection/derivedNumbers.js';
import { isTime, type Dimension } from '../../projection/rollup.js';
import { exactTable } from '../../projection/seriesLine.js';
import {
  emptyCells,
  isDay,
  isWhole,
  printDay,
  printed,
  printPercent,
  type ColumnName,
  type Day,
  type DerivedContext,
} from '../shared/derivedColumns.js';
import { exactFormat, printSteps, toSteps, type NumberFormat } from '../shared/numberFormat.js';
import { lineKey } from './comparedLines.js';
import type { ComparedSide } from './comparedSides.js';
import { relative, type Pair, type RowsBelow, type SideBySide } from './sideBySide.js';

/**
 * @param beside not rounded
 * @param formatOf of sums; they are exact without it
 */
export function derivedRows(
  sides: readonly ComparedSide[],
  { base, pairs, dimensions }: SideBySide,
  { with: names = [], formatOf, lang, ...kept }: Omit<DerivedContext, 'dimensions'>,
): RowsBelow {
  if (names.length === 0) return { below: () => [], notes: () => [] };
  // A pair keeps its exact numbers when it is rounded for print; its unit becomes another one.
  const originals = new Map(pairs.map((pair) => [pair.exact, pair]));
  const tables = sides.map((side) => numbersOf(side, dimensions, isWhole(kept), lang));
  const tableOf = (id: string) => tables.find((table) => table.id === id)!;
  const below: RowsBelow['below'] = ([one], depth) => {
    const pair = originals.get(one!.exact)!;
    const ends = [base, pair.scenario].map((id) => tableOf(id).cellsAt(pair, depth));
    const rows = columnsAt(names, dimensions, depth).map((name): SheetRow => {
      const cells = isDay(name)
        ? [...ends.map((cell) => cell.day(name)), '', '']
        : isSum(name)
          ? sumCells(
              ends.map((cell) => cell.number(name)),
              formatOf?.(pair),
            )
          : [...ends.map((cell) => printRatio(cell.number(name))), '', ''];
      return { label: sayIn(lang)(name), depth: depth + 1, kind: 'part', cells };
    });
    return rows.filter(({ cells }) => cells.some((cell) => cell !== ''));
  };
  return { below, notes: () => tables.flatMap(({ notes }) => notes()) };
}

/** The lines that a row has: days below a group of time, shares where the row is a part of a sum. */
function columnsAt(
  names: readonly ColumnName[],
  dimensions: readonly Dimension[],
  depth: number,
): readonly Exclude<ColumnName, 'name'>[] {
  const kept = dimensions.slice(0, depth + 1);
  return names.filter((name) => {
    if (name === 'name') return false;
    if (isDay(name)) return isTime(kept.at(-1)!);
    return name !== 'share' || !kept.every(isTime);
  }) as readonly Exclude<ColumnName, 'name'>[];
}

/** The derived numbers of one side, at every depth of the rows. */
function numbersOf(
  { id, members }: ComparedSide,
  dimensions: readonly Dimension[],
  isWhole: boolean,
  language?: Language,
) {
  const gaps = emptyCells(language);
  const levels = dimensions.map((_, depth) => {
    const kept = dimensions.slice(0, depth + 1);
    const rows = exactTable(members, kept);
    const byKey = new Map(rows.map((row) => [lineKey(row), row]));
    return {
      rows: byKey,
      timeAt: kept.findLastIndex(isTime),
      ...derivedNumbersOver(members, kept, rows, isWhole),
    };
  });
  const cellsAt = (pair: Pair, depth: number) => {
    const { rows, timeAt, numberAt, groupAt } = levels[depth]!;
    const labels = pair.labels.slice(0, depth + 1);
    const row = rows.get(lineKey({ ...pair, labels }));
    return {
      number: (name: DerivedName): DerivedNumber | undefined => {
        if (!row) return undefined;
        const found = numberAt(row, name);
        if (!found.ok) gaps.textOf(name, row.labels[timeAt], found);
        return found.ok ? found.value : undefined;
      },
      day: (name: Day) =>
        row ? gaps.textOf(name, row.labels[timeAt], printed(groupAt(row), printDay(name))) : '',
    };
  };
  return { id, cellsAt, notes: () => gaps.notes().map((note) => `${id}: ${note}`) };
}

function printRatio(number: DerivedNumber | undefined): string {
  return number ? printPercent(number) : '';
}

/** Sums take the format of their row; their difference is that of the printed numbers. */
function sumCells(
  ends: readonly (DerivedNumber | undefined)[],
  formatOfRow: NumberFormat | undefined,
): readonly string[] {
  const places = greatest(ends.map((one) => one?.places ?? 0));
  const format = formatOfRow ?? exactFormat(places);
  const steps = ends.map((one) => one && toSteps(one.count, { ...format, from: one.places }));
  const cells = steps.map((one) => (one === undefined ? '' : printSteps(one, format)));
  const [base, value] = steps;
  if (base === undefined || value === undefined) return [...cells, '', ''];
  const [before, after] = ends.map((one) => fraction(one!.count, powerOfTen(one!.places)));
  const change = relative({ base: before!, value: after! });
  return [...cells, printSteps(value - base, format), change];
}
