/** A sheet of somebody's workbook as CSV text, whose places are cells of the sheet. */
import { nearest } from '../core/text/diagnostic.js';
import type { FileRefusal } from '../core/text/fileRequest.js';
import { firstOf } from '../core/text/prose.js';
import { columnNumber, type SourceText } from '../core/text/source.js';
import { failure, success, type Result } from '../core/result.js';

/** The sheets of a workbook as texts. */
export interface SheetTables {
  readonly sheets: readonly SheetTable[];
  /** What the names of ranges stand for: `Inputs!$B$4:$H$20`. */
  readonly ranges: ReadonlyMap<string, string>;
}

/** A sheet with the texts of its cells, from its first row and column on. */
export interface SheetTable {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
  readonly hiddenRows: number;
  readonly isHidden: boolean;
}

/** Which cells of a workbook are a table. */
export interface SheetPlace {
  readonly sheet?: string | undefined;
  /** `B4:H20`, or the name of a range. */
  readonly range?: string | undefined;
}

/** Cells of a sheet; the last row and column are one past the end. */
interface CellRange {
  readonly row: number;
  readonly column: number;
  readonly endRow: number;
  readonly endColumn: number;
}

/** The cells of a sheet as CSV, a line for each row; or why there are none. */
export function sheetText(
  name: string,
  { sheets, ranges }: SheetTables,
  { sheet, range }: SheetPlace,
): Result<SourceText, FileRefusal> {
  const [, ofRange, cells] =
    /^(?:'?(.+?)'?!)?(.+)$/.exec(ranges.get(range ?? '') ?? range ?? '') ?? [];
  const wanted = sheet ?? ofRange;
  const visible = sheets.filter(({ isHidden }) => !isHidden);
  const found =
    wanted === undefined
      ? visible.length === 1 && visible[0]
      : sheets.find((one) => one.name === wanted);
  if (!found) return failure(noSheet(name, wanted, visible));
  const all = { row: 0, column: 0, endRow: found.rows.length, endColumn: Infinity };
  const area = cells === undefined ? all : rangeOf(cells);
  if (!area) return failure(noRange(name, range!, ranges));
  const { row, column, endRow, endColumn } = area;
  const rows = found.rows.slice(row, endRow).map((one) => one.slice(column, endColumn));
  const text = rows.map((one) => `${one.map(csvCell).join(',')}\n`).join('');
  return success({ name, text, sheet: { name: found.name, row, column } });
}

/** In quotes where it needs them, and on one line, so that a line is a row. */
function csvCell(text: string): string {
  const line = text.replace(/\s*[\r\n]+\s*/gu, ' ');
  return /[",]/.test(line) ? `"${line.replaceAll('"', '""')}"` : line;
}

function rangeOf(text: string): CellRange | undefined {
  const [, first, top, last, bottom] =
    /^([A-Z]{1,3})([1-9]\d{0,6}):([A-Z]{1,3})([1-9]\d{0,6})$/u.exec(
      text.replaceAll('$', '').toUpperCase(),
    ) ?? [];
  if (bottom === undefined) return undefined;
  return {
    ...{ row: Number(top) - 1, column: columnNumber(first!) },
    ...{ endRow: Number(bottom), endColumn: columnNumber(last!) + 1 },
  };
}

function noSheet(
  name: string,
  wanted: string | undefined,
  visible: readonly SheetTable[],
): FileRefusal {
  const names = visible.map((one) => one.name);
  const meant = wanted === undefined ? undefined : nearest(wanted, names);
  const all = `its sheets are ${firstOf(names)}`;
  return {
    message:
      wanted === undefined
        ? `\`${name}\` has several sheets`
        : `\`${name}\` has no sheet \`${wanted}\``,
    hint:
      meant === undefined ? `name one beside \`file\`, as \`sheet\`: ${all}` : `write \`${meant}\``,
  };
}

function noRange(name: string, range: string, ranges: SheetTables['ranges']): FileRefusal {
  const meant = nearest(range, ranges.keys());
  return {
    message: `\`${range}\` is no range of \`${name}\``,
    hint:
      meant === undefined
        ? 'write its first and its last cell, B4:H20, or the name of a range'
        : `write \`${meant}\``,
  };
}
