/** The lines of a study in a coarser unit: every number is next to its exact value, and all totals add up. */
import { groupBy } from '../../core/group.js';
import { sayIn, type Language } from '../../core/text/language.js';
import type { Measure } from '../../projection/plan.js';
import { captionOf, lineKindsOf, sumIn, type Counted } from './lineKinds.js';
import {
  hasCoarserUnit,
  numberFormat,
  plainFormat,
  unitIn,
  type NumberFormat,
  type NumberFormatOptions,
} from './numberFormat.js';
import {
  adjustmentNotes,
  adjustmentsOf,
  publishTable,
  type Adjustment,
  type MarginPath,
} from './publishTable.js';

/** The place of the lines of a study in tables. */
export interface PublishLayout<L> {
  /** Lines of one table, measure and unit add up. */
  readonly tableOf: (line: L) => string;
  readonly rowOf: (line: L) => MarginPath;
  /** The numbers of a line that add up across it, each with its column. */
  readonly partsOf: (line: L) => readonly (readonly [column: MarginPath, count: bigint])[];
  /** The line with other numbers for these parts and their sum. */
  readonly withParts: (line: L, parts: readonly bigint[], sum: bigint) => L;
  /** A column that other tables repeat, so it is adjusted last. */
  readonly pinnedColumn?: MarginPath;
  /** The name of a total of a table. */
  readonly nameOf: (row: MarginPath, column: MarginPath, table: string) => string;
}

export interface Publication<L> {
  /** The lines in printed steps, with the printed unit: `CNY bn`. */
  readonly lines: readonly L[];
  readonly adjusted: readonly TableAdjustment[];
}

/** An adjusted total, and its table. */
export interface TableAdjustment extends Adjustment {
  readonly table: string;
  readonly measure: Measure;
  readonly unit: string;
}

/** The format of all lines of a kind, from one of them. */
export type FormatOf = (line: Counted) => NumberFormat;

/** The formats for tidy tables: the unit asked for, or the currency itself; none if nothing is rounded. */
export function tidyFormat(formatOptions: NumberFormatOptions): FormatOf | undefined {
  if (!hasCoarserUnit(formatOptions)) return undefined;
  return (line) => plainFormat(line, formatOptions);
}

/** The formats for sheets: the unit asked for, or one chosen for the sum of all lines of a kind. */
export function sheetFormat<L extends Counted>(
  lines: readonly L[],
  countOf: (line: L) => bigint,
  formatOptions: NumberFormatOptions,
): FormatOf {
  const kinds = lineKindsOf(lines).map(({ caption, lines: own, places }) => {
    return [
      caption,
      numberFormat(own[0]!.measure, places, sumIn(places, own, countOf), formatOptions),
    ] as const;
  });
  const scales = new Map(kinds);
  return (line) => scales.get(captionOf(line))!;
}

/** Rounds lines to printed steps. Units of count are not rounded, nor is anything without a format. */
export function publishLines<L extends Counted>(
  lines: readonly L[],
  layout: PublishLayout<L>,
  formatOf: FormatOf | undefined,
): Publication<L> {
  if (!formatOf) return { lines, adjusted: [] };
  const { tableOf, rowOf: rowOf, partsOf, withParts, pinnedColumn, nameOf } = layout;
  const keyOf = (line: L) => [tableOf(line), captionOf(line)].join('\n');
  const money = lines.filter(({ measure }) => measure !== 'units');
  const published = new Map(
    [...groupBy(money, keyOf)].map(([key, own]) => {
      const figures = own.flatMap((line) =>
        partsOf(line).map(([column, count]) => ({ row: rowOf(line), column, count })),
      );
      const table = publishTable(figures, formatOf(own[0]), pinnedColumn);
      const { measure, unit } = own[0];
      const place = { table: tableOf(own[0]), measure, unit: unitIn(table.format, unit.label) };
      return [key, { ...table, place }] as const;
    }),
  );
  const toSteps = (line: L): L => {
    const table = published.get(keyOf(line));
    if (!table) return line;
    const { at, format, place } = table;
    const parts = partsOf(line).map(([column]) => at(rowOf(line), column));
    const unit = { label: place.unit, places: format.decimals, multiple: 1n };
    return { ...withParts(line, parts, at(rowOf(line), [])), unit };
  };
  const adjusted = [...published.values()].flatMap((table) =>
    adjustmentsOf(table, (row, column) => nameOf(row, column, table.place.table)).map((text) => ({
      ...table.place,
      ...text,
    })),
  );
  return { lines: lines.map(toSteps), adjusted };
}

/** The adjustments of the lines with a caption such as `demand, CNY bn`. */
export function adjustmentsAt(
  adjusted: readonly TableAdjustment[],
  caption: string,
): readonly TableAdjustment[] {
  return adjusted.filter(({ measure, unit }) => `${measure}, ${unit}` === caption);
}

/** A note on the adjusted totals of each table. */
export function tableAdjustmentNotes(
  adjusted: readonly TableAdjustment[],
  language?: Language,
): readonly string[] {
  const say = sayIn(language);
  const nameOf = ({ table, measure, unit }: TableAdjustment) =>
    [table, say(measure), unit].filter((word) => word !== '').join(' ');
  return [...groupBy(adjusted, nameOf)].flatMap(([name, own]) =>
    adjustmentNotes(own, language).map((words) => `${name}: ${words}`),
  );
}
