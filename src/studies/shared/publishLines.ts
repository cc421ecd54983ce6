/** The lines of a study in a coarser unit: every number a neighbour of its exact value, and all foots. */
import { groupBy } from '../../core/group.js';
import type { Measure } from '../../projection/plan.js';
import { captionOf, lineKindsOf, sumIn, type Counted } from './lineKinds.js';
import {
  adjustedTexts,
  adjustedWords,
  publishTable,
  type AdjustedText,
  type MarginPath,
} from './publishTable.js';
import {
  hasCoarserUnit,
  plainFormat,
  numberFormat,
  unitIn,
  type NumberFormatOptions,
  type NumberFormat,
} from './scale.js';

/** How the lines of a study lie in tables. */
export interface PublishLayout<L> {
  /** Lines of one table, measure and unit foot together. */
  readonly tableOf: (line: L) => string;
  readonly rowOf: (line: L) => MarginPath;
  /** Numbers that have a sum across the line, each with its column. */
  readonly partsOf: (line: L) => readonly (readonly [column: MarginPath, count: bigint])[];
  /** The line with other numbers for these parts, and for their sum. */
  readonly withParts: (line: L, parts: readonly bigint[], sum: bigint) => L;
  /** A column that other tables repeat, so that it is the last to move. */
  readonly firm?: MarginPath;
  /** What a total is called. */
  readonly nameOf: (row: MarginPath, column: MarginPath) => string;
}

export interface Publication<L> {
  /** The same lines, counted in what is printed of them: their unit is `CNY bn`. */
  readonly lines: readonly L[];
  readonly moved: readonly AdjustedIn[];
}

/** A total that moved, and the table that it is in. */
export interface AdjustedIn extends AdjustedText {
  readonly table: string;
  readonly measure: Measure;
  readonly unit: string;
}

/** In which unit the lines of one kind are printed, from one of them. */
export type ScaleOf = (line: Counted) => NumberFormat;

/** For other programs: the unit asked for, or the currency itself; none where all stays exact. */
export function tidyScale(asked: NumberFormatOptions): ScaleOf | undefined {
  if (!hasCoarserUnit(asked)) return undefined;
  return (line) => plainFormat(line, asked);
}

/** For eyes: the unit asked for, or one that suits the sum of all lines of a kind. */
export function eyesScale<L extends Counted>(
  lines: readonly L[],
  countOf: (line: L) => bigint,
  asked: NumberFormatOptions,
): ScaleOf {
  const kinds = lineKindsOf(lines).map(({ caption, lines: own, places }) => {
    return [
      caption,
      numberFormat(own[0]!.measure, places, sumIn(places, own, countOf), asked),
    ] as const;
  });
  const scales = new Map(kinds);
  return (line) => scales.get(captionOf(line))!;
}

/** The lines in printed steps; units of count stay as they are, and so does all without a scale. */
export function publishLines<L extends Counted>(
  lines: readonly L[],
  layout: PublishLayout<L>,
  scaleOf: ScaleOf | undefined,
): Publication<L> {
  if (!scaleOf) return { lines, moved: [] };
  const { tableOf, rowOf, partsOf, withParts, firm, nameOf } = layout;
  const keyOf = (line: L) => [tableOf(line), captionOf(line)].join('\n');
  const money = lines.filter(({ measure }) => measure !== 'units');
  const published = new Map(
    [...groupBy(money, keyOf)].map(([key, own]) => {
      const figures = own.flatMap((line) =>
        partsOf(line).map(([column, count]) => ({ row: rowOf(line), column, count })),
      );
      const table = publishTable(figures, scaleOf(own[0]!), firm);
      const { measure, unit } = own[0]!;
      const place = { table: tableOf(own[0]!), measure, unit: unitIn(table.scale, unit.label) };
      return [key, { ...table, place }] as const;
    }),
  );
  const inSteps = (line: L): L => {
    const table = published.get(keyOf(line));
    if (!table) return line;
    const { at, scale, place } = table;
    const parts = partsOf(line).map(([column]) => at(rowOf(line), column));
    const unit = { label: place.unit, places: scale.decimals, multiple: 1n };
    return { ...withParts(line, parts, at(rowOf(line), [])), unit };
  };
  const moved = [...published.values()].flatMap((table) =>
    adjustedTexts(table, nameOf).map((text) => ({ ...table.place, ...text })),
  );
  return { lines: lines.map(inSteps), moved };
}

/** What has moved where the numbers are `demand, CNY bn`. */
export function adjustedAt(moved: readonly AdjustedIn[], caption: string): readonly AdjustedIn[] {
  return moved.filter(({ measure, unit }) => `${measure}, ${unit}` === caption);
}

/** What has moved, in words: a note for each table. */
export function notesOnAdjusted(moved: readonly AdjustedIn[]): readonly string[] {
  const nameOf = ({ table, measure, unit }: AdjustedIn) =>
    [table, measure, unit].filter((word) => word !== '').join(' ');
  return [...groupBy(moved, nameOf)].flatMap(([name, own]) =>
    adjustedWords(own).map((words) => `${name}: ${words}`),
  );
}
