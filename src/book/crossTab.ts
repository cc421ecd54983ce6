/** Tables over the live cells: by year, by component, by supplier. */
import type { Scenario } from '../scenario/scenario.js';
import { leavesOf, type Component } from '../model/component.js';
import { MEASURES } from '../projection/plan.js';
import { treeOf } from '../projection/content.js';
import { scaledFormat } from './formats.js';
import { gradesOf, SELECTED, sumIfs, type Entry } from './forecast.js';
import type { Frame } from './frame.js';
import { gradeCell } from './gradeCell.js';
import type { Layout } from './layouts.js';
import {
  columnName,
  fixed,
  head,
  headOfNumbers,
  note,
  number,
  onSheet,
  text,
  title,
  type BookCell,
  type BookSheet,
  type Chart,
  type Row,
} from './workbook.js';

/** The total of a block of a table: what the check adds up. */
export interface BlockTotal {
  readonly measure: string;
  readonly unit: string;
  readonly cell: string;
  readonly value: number;
}

export interface CrossTab {
  readonly sheet: BookSheet;
  readonly totals: readonly BlockTotal[];
}

/** The rows above the first block: heading, verdict, a blank one. */
const ABOVE = 3;

export function crossTab(
  frames: readonly Frame[],
  entries: readonly Entry[],
  layout: Layout,
  top: readonly Row[],
): CrossTab {
  const columns = [...new Set(entries.map((entry) => entry[layout.columns]))];
  const nameOf = namesIn(frames.map(({ plan }) => plan.scenario));
  const table = { layout, columns, frames, entries, nameOf };
  const rows: Row[] = [[title(layout.heading)], ...top.slice(0, 1), []];
  const blocks = blocksOf(entries).map((own) => {
    const block = blockOf(table, own, rows.length);
    rows.push(...block.rows, []);
    return block;
  });
  const names = layout.rows.flatMap((dimension) => [dimension === 'component' ? 26 : 22, 20]);
  const charts = layout.isDrawn
    ? blocks.slice(0, 1).map((b) => chartOf(table, b, rows.length))
    : [];
  return {
    sheet: {
      name: layout.name,
      widths: [...names, ...columns.map(() => 16), 16, 14],
      rows,
      frozen: { rows: ABOVE - 1, columns: names.length },
      charts,
      isOnePage: layout.isDrawn === true,
    },
    totals: blocks.map(({ total }) => total),
  };
}

interface Table {
  readonly layout: Layout;
  readonly columns: readonly string[];
  readonly frames: readonly Frame[];
  readonly entries: readonly Entry[];
  readonly nameOf: (dimension: 'component' | 'supplier', key: string) => string;
}

interface Block {
  readonly own: readonly Entry[];
  /** What its numbers are shown in: `CNY bn`. */
  readonly shown: string;
  readonly first: number;
  readonly lines: readonly (readonly string[])[];
  readonly rows: readonly Row[];
  readonly total: BlockTotal;
}

/** Entries of one measure and unit stand together; what is counted differently is never added up. */
function blocksOf(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const blocks = new Map<string, Entry[]>();
  for (const measure of MEASURES) {
    for (const entry of entries.filter((one) => one.measure === measure)) {
      const key = `${measure} ${entry.unit}`;
      blocks.set(key, [...(blocks.get(key) ?? []), entry]);
    }
  }
  return [...blocks.values()];
}

function blockOf(table: Table, own: readonly Entry[], start: number): Block {
  const { layout, columns, nameOf } = table;
  const { measure, unit } = own[0]!;
  const lines = linesOf(layout, own);
  const left = layout.rows.length * 2;
  const first = start + 1;
  const onLine = (line: readonly string[] | undefined) =>
    line ? own.filter((entry) => layout.rows.every((key, i) => entry[key] === line[i])) : own;
  const valueOf = (line: readonly string[] | undefined, column: string | undefined) =>
    onLine(line)
      .filter((entry) => column === undefined || entry[layout.columns] === column)
      .reduce((sum, { numbers }) => sum + (numbers[0]?.live.value ?? 0), 0);
  const largest = Math.max(...lines.map((line) => Math.abs(valueOf(line, undefined))), 0);
  const { unit: shown, format } = scaledFormat(unit, largest);
  const rows = lines.map((line, i): Row => {
    const row = first + i;
    const names = line.flatMap((key, d) => [text(nameOf(layout.rows[d]!, key)), note(key)]);
    const cells = columns.map((column, c): BookCell => {
      const at = `${columnName(left + c)}$${start + 1}`;
      const formula = sumIfs(table.entries, SELECTED, [
        [layout.columns, at],
        ...layout.rows.map((key, d) => [key, `$${columnName(d * 2 + 1)}${row + 1}`] as const),
        ['measure', `"${measure}"`],
        ['unit', `"${unit}"`],
      ]);
      return number({ formula, value: valueOf(line, column) }, format);
    });
    const range = `${columnName(left)}${row + 1}:${columnName(left + columns.length - 1)}${row + 1}`;
    const sum = { formula: `SUM(${range})`, value: valueOf(line, undefined) };
    const grade = gradeCell(gradesOf(table.frames, onLine(line)));
    return [...names, ...cells, { content: sum, look: 'sum', format }, grade];
  });
  const end = first + lines.length;
  const totals = [...columns, undefined].map((column, c): BookCell => {
    const at = columnName(left + c);
    const formula = `SUM(${at}${first + 1}:${at}${end})`;
    return { content: { formula, value: valueOf(undefined, column) }, look: 'total', format };
  });
  const blank = Array.from({ length: left - 1 }, () => ({ content: '', look: 'total' as const }));
  return {
    ...{ own, shown, first, lines },
    rows: [
      [
        head(`${measure}, ${shown}`),
        ...blank.map(() => head('')),
        ...[...columns, 'total'].map(headOfNumbers),
        head('grade'),
      ],
      ...rows,
      [
        { content: 'total', look: 'total' },
        ...blank,
        ...totals,
        gradeCell(gradesOf(table.frames, own), 'total'),
      ],
    ],
    total: {
      ...{ measure, unit },
      cell: onSheet(layout.name, fixed({ row: end, column: left + columns.length })),
      value: valueOf(undefined, undefined),
    },
  };
}

/** The keys of the rows, in the order of the forecast. */
function linesOf({ rows }: Layout, own: readonly Entry[]): readonly (readonly string[])[] {
  const lines = new Map(
    own.map((entry) => rows.map((key) => entry[key])).map((l) => [l.join('\n'), l]),
  );
  return [...lines.values()];
}

function chartOf({ layout, columns, nameOf }: Table, block: Block, row: number): Chart {
  const { own, shown, first, lines } = block;
  const left = layout.rows.length * 2;
  const drawn = columns.filter((column) => own.some((entry) => entry[layout.columns] === column));
  const range = (at: number) =>
    onSheet(
      layout.name,
      `${fixed({ row: at, column: left })}:${fixed({ row: at, column: left + drawn.length - 1 })}`,
    );
  return {
    title: `${own[0]!.measure} by ${layout.columns.replace('_', ' ')}, ${shown}`,
    from: { row, column: 0 },
    to: { row: row + 14, column: left + columns.length + 2 },
    categories: range(first - 1),
    series: lines.map((line, i) => ({
      name: nameOf('component', line[0]!),
      values: range(first + i),
    })),
  };
}

/** The names that people read, of the first scenario that has them. */
function namesIn(scenarios: readonly Scenario[]): Table['nameOf'] {
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
