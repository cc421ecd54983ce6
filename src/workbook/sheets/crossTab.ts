/**
 * The tables of a workbook. *By component* has a cell for each cell of the sheet Forecast; the others are sums over
 * its cells.
 */
import { groupBy } from '../../core/group.js';
import { append, greatest } from '../../core/lists.js';
import { leavesOf, type Component } from '../../model/component.js';
import { treeOf } from '../../projection/measureTree.js';
import { MEASURES, type Measure } from '../../projection/plan.js';
import type { Scenario } from '../../scenario/scenario.js';
import { partialGroups } from '../../studies/shared/timeNotes.js';
import type { LongFormulas } from '../formulas/longFormulas.js';
import { axisFormat, scaledFormat } from '../formulas/numberFormats.js';
import { sumOfCells } from '../formulas/printFormula.js';
import { columnName } from '../../core/text/source.js';
import {
  fixed,
  head,
  headOfNumbers,
  note,
  number,
  onSheet,
  text,
  title,
  type Chart,
  type WorkbookCell,
  type WorkbookRow,
  type WorkbookSheet,
} from '../workbook.js';
import {
  FORECAST,
  SELECTED,
  gradeCell,
  gradesOf,
  liveSum,
  numberCell,
  type ForecastEntry,
} from './forecastSheets.js';
import { widthOf } from './sheetColumns.js';
import type { SheetLayout } from './sheetLayout.js';
import {
  ABOVE,
  FINEST,
  TABLES,
  blocksOf,
  columnsOf,
  linesOf,
  placesIn,
  type EntryPlaces,
  type TableLine,
  type TableSpec,
} from './tableLines.js';

/** The total of a block of a table, which the check compares with the sum of its cells. */
export interface BlockTotal {
  readonly measure: Measure;
  readonly unit: string;
  readonly cell: string;
  readonly value: number;
  /** Of all buyers of a portfolio; else of the scenario that is selected. */
  readonly ofAllBuyers?: boolean;
}

export interface CrossTab {
  readonly sheet: WorkbookSheet;
  readonly totals: readonly BlockTotal[];
}

/** The tables of a workbook, and what their formulas refer to. */
export function tablesOf(
  layouts: readonly SheetLayout[],
  entries: readonly ForecastEntry[],
  long: LongFormulas,
): readonly CrossTable[] {
  const nameOf = namesIn(layouts.map(({ plan }) => plan.scenario));
  const sources = { layouts, entries, long, nameOf, places: placesIn(entries) };
  const scenarios = layouts.map(({ plan }) => ({ scenario: plan.scenario, sellers: [] }));
  return TABLES.map((spec) => {
    const { heading } = partialGroups(scenarios, spec.columns, layouts[0]!.language);
    return { ...sources, spec, heading, columns: columnsOf(spec, entries) };
  });
}

/** @param top the rows below the title */
export function crossTabs(
  tables: readonly CrossTable[],
  top: readonly WorkbookRow[],
): readonly CrossTab[] {
  return tables.map((table) => crossTab(table, top));
}

function crossTab(table: CrossTable, top: readonly WorkbookRow[]): CrossTab {
  const { spec, columns, heading, entries, layouts } = table;
  const { say } = layouts[0]!;
  const rows: WorkbookRow[] = [[title(say(spec.heading))], ...top.slice(0, 1), []];
  const blocks = blocksOf(entries).map((own) => {
    const block = blockOf(table, own, rows.length);
    append(rows, block.rows);
    rows.push([]);
    return block;
  });
  const texts = rows.slice(ABOVE);
  const names = spec.rows.flatMap((_, d) => [
    widthOf(texts, 2 * d, 24),
    widthOf(texts, 2 * d + 1, 20),
  ]);
  const charts = spec.isDrawn ? blocks.slice(0, 1).map((b) => chartOf(table, b, rows.length)) : [];
  return {
    sheet: {
      name: spec.name,
      widths: [...names, ...columns.map((one) => Math.max(16, heading(one).length)), 16, 14],
      rows,
      frozen: { rows: ABOVE - 1, columns: names.length },
      charts,
      isOnePage: spec.isDrawn === true,
    },
    totals: blocks.map(({ total }) => total),
  };
}

/** A table with the sources of its numbers. */
export interface CrossTable {
  readonly spec: TableSpec;
  readonly columns: readonly string[];
  /** Of a column: `FY2026, 9 of 12 months`. */
  readonly heading: (column: string) => string;
  readonly layouts: readonly SheetLayout[];
  readonly entries: readonly ForecastEntry[];
  readonly places: EntryPlaces;
  readonly long: LongFormulas;
  readonly nameOf: (dimension: 'component' | 'supplier', key: string) => string;
}

interface Block {
  readonly own: readonly ForecastEntry[];
  /** The unit in which its numbers are shown: `CNY bn`, and their number format. */
  readonly shown: string;
  readonly format: string;
  readonly first: number;
  readonly lines: readonly TableLine[];
  readonly rows: readonly WorkbookRow[];
  readonly total: BlockTotal;
}

function blockOf(table: CrossTable, own: readonly ForecastEntry[], start: number): Block {
  const { spec, columns, heading, nameOf, layouts, long } = table;
  const { language, say } = layouts[0]!;
  const { measure, unit } = own[0]!;
  const lines = linesOf(spec, own);
  const left = spec.rows.length * 2;
  const first = start + 1;
  const valueOf = (entries: readonly ForecastEntry[]) => liveSum(entries, 0);
  const largest = greatest(
    lines.map(({ entries }) => Math.abs(valueOf(entries))),
    0,
  );
  const { head: words, shown, format } = scaledFormat(unit, largest, language);
  const rows = lines.map(({ keys, entries }, i): WorkbookRow => {
    const names = keys.flatMap((key, d) => [text(nameOf(spec.rows[d]!, key)), note(key)]);
    const byColumn = groupBy(entries, (entry) => entry[spec.columns]);
    const cells = columns.map((column): WorkbookCell => {
      const some = byColumn.get(column);
      if (!some) return number(0, format);
      return number({ formula: formulaOf(table, some), value: valueOf(some) }, format);
    });
    const row = first + i + 1;
    const range = `${columnName(left)}${row}:${columnName(left + columns.length - 1)}${row}`;
    const sum = { formula: `SUM(${range})`, value: valueOf(entries) };
    const grade = gradeCell(gradesOf(layouts, entries), say, long);
    return [...names, ...cells, { content: sum, look: 'sum', format }, grade];
  });
  const end = first + lines.length;
  const ofColumn = groupBy(own, (entry) => entry[spec.columns]);
  const totals = [...columns, undefined].map((column, c): WorkbookCell => {
    const at = columnName(left + c);
    const formula = `SUM(${at}${first + 1}:${at}${end})`;
    const value = valueOf(column === undefined ? own : (ofColumn.get(column) ?? []));
    return { content: { formula, value }, look: 'total', format };
  });
  const blank = Array.from({ length: left - 1 }, () => ({ content: '', look: 'total' as const }));
  return {
    ...{ own, shown, format, first, lines },
    rows: [
      [
        head(say('{measure}, {unit}', { measure: say(measure), unit: words })),
        ...blank.map(() => head('')),
        ...[...columns.map(heading), say('total')].map(headOfNumbers),
        head(say('grade')),
      ],
      ...rows,
      [
        { content: say('total'), look: 'total' },
        ...blank,
        ...totals,
        gradeCell(gradesOf(layouts, own), say, long, 'total'),
      ],
    ],
    total: {
      ...{ measure, unit },
      cell: onSheet(spec.name, fixed({ row: end, column: left + columns.length })),
      value: valueOf(own),
    },
  };
}

/** On the finest table the one cell of Forecast; on the others a sum over the cells of the finest. */
function formulaOf({ spec, places, long }: CrossTable, some: readonly ForecastEntry[]): string {
  if (spec === FINEST) return numberCell(FORECAST, places.get(some[0]!)!.index, SELECTED);
  const print = (terms: readonly ForecastEntry[]) =>
    sumOfCells(
      terms.map((entry) => places.get(entry)!),
      (range) => onSheet(FINEST.name, range),
    );
  return long.sum(print(some), { terms: some, print, valueOf: (terms) => liveSum(terms, 0) });
}

function chartOf({ spec, columns, nameOf, layouts }: CrossTable, block: Block, row: number): Chart {
  const { say } = layouts[0]!;
  const { own, shown, format, first, lines } = block;
  const left = spec.rows.length * 2;
  const drawn = columns.filter((column) => own.some((entry) => entry[spec.columns] === column));
  const range = (at: number) =>
    onSheet(
      spec.name,
      `${fixed({ row: at, column: left })}:${fixed({ row: at, column: left + drawn.length - 1 })}`,
    );
  const columnTotals = [...groupBy(own, (entry) => entry[spec.columns]).values()].map((some) =>
    liveSum(some, 0),
  );
  return {
    title: say('{measure} by fiscal year, {unit}', { measure: say(own[0]!.measure), unit: shown }),
    from: { row, column: 0 },
    to: { row: row + 14, column: left + columns.length + 2 },
    categories: range(first - 1),
    format: axisFormat(format, greatest(columnTotals)),
    series: lines.map(({ keys }, i) => ({
      name: nameOf('component', keys[0]!),
      values: range(first + i),
    })),
  };
}

/** Display names of components and suppliers, from the first scenario that has them. */
function namesIn(scenarios: readonly Scenario[]): CrossTable['nameOf'] {
  const components = new Map<string, string>();
  const suppliers = new Map<string, string>();
  for (const scenario of scenarios.toReversed()) {
    for (const measure of MEASURES) {
      for (const leaf of treeOf(measure, scenario.components).flatMap((c: Component) =>
        leavesOf(c),
      ))
        components.set(leaf.path, leaf.name);
    }
    for (const [key, { name }] of scenario.suppliers) suppliers.set(key, name);
  }
  return (dimension, key) => (dimension === 'component' ? components : suppliers).get(key) ?? key;
}
