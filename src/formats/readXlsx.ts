/** XLSX → the cells of its sheets. With `xlsx.ts` the only file that knows hucre. */
import type { Cell, CellValue, Sheet } from 'hucre/xlsx';
import { printFraction, readDecimal } from '../core/number/decimal.js';
import { shifted } from '../workbook/formulas/normalise.js';
import {
  cellSpan,
  contentText,
  keyOf,
  placeAt,
  type CellContent,
  type EditedCell,
  type EditedSheet,
  type EditedWorkbook,
} from '../workbook/import/editedWorkbook.js';
import type { CellPlace } from '../workbook/workbook.js';
import type { SheetTable, SheetTables } from './sheetText.js';

/**
 * Reads the cells of a workbook: numbers, texts and formulas.
 *
 * @returns nothing if the bytes are no workbook, or are encrypted
 */
export async function readXlsx(
  name: string,
  bytes: Uint8Array,
): Promise<EditedWorkbook | undefined> {
  const { readXlsx: read } = await import('hucre/xlsx');
  try {
    const { sheets } = await read(bytes, { readStyles: false });
    return { name, sheets: sheets.map((sheet) => sheetOf(name, sheet)), isShown: false };
  } catch {
    return undefined;
  }
}

function sheetOf(file: string, sheet: Sheet): EditedSheet {
  const masters = mastersOf(sheet);
  const cells = new Map<string, EditedCell>();
  sheet.rows.forEach((row, r) =>
    row.forEach((value, column) => {
      const place = { row: r, column };
      const content = contentOf(value, sheet.cells?.get(keyOf(place)), place, masters);
      if (!content) return;
      const span = cellSpan(file, sheet.name, place, contentText(content));
      cells.set(keyOf(place), { content, span });
    }),
  );
  const spanAt = (place: CellPlace) => cellSpan(file, sheet.name, place, '');
  return { name: sheet.name, cells, spanAt };
}

/**
 * Reads a workbook as tables of texts, as people see them: numbers with the 15 digits that a spreadsheet
 * shows, days as 2024-09-30, and what formulas came to when the workbook was saved.
 *
 * @returns nothing if the bytes are no workbook, or are encrypted
 */
export async function readSheetTables(bytes: Uint8Array): Promise<SheetTables | undefined> {
  const { readXlsx: read } = await import('hucre/xlsx');
  try {
    const { sheets, namedRanges = [] } = await read(bytes);
    const ranges = namedRanges.map(({ name, range }) => [name, range] as const);
    return { sheets: sheets.map(tableOf), ranges: new Map(ranges) };
  } catch {
    return undefined;
  }
}

function tableOf({
  name,
  rows,
  cells,
  merges = [],
  rowDefs,
  hidden,
  veryHidden,
}: Sheet): SheetTable {
  const texts = rows.map((row, r) =>
    row.map((value, column) => textOf(value, cells?.get(keyOf({ row: r, column })))),
  );
  // A merged cell shows its text over all of them.
  for (const { startRow, startCol, endRow, endCol } of merges) {
    for (let row = startRow; row <= Math.min(endRow, texts.length - 1); row++) {
      for (let column = startCol; column <= endCol; column++)
        texts[row]![column] = texts[startRow]?.[startCol] ?? '';
    }
  }
  const hiddenRows = [...(rowDefs ?? [])].filter(([, { hidden: isHidden }]) => isHidden).length;
  return { name, rows: texts, hiddenRows, isHidden: hidden === true || veryHidden === true };
}

function textOf(value: CellValue, cell: Cell | undefined): string {
  const shown = value ?? cell?.formulaResult ?? null;
  if (shown === null) return cell?.formula === undefined ? '' : `=${cell.formula}`;
  if (typeof shown === 'number') return printDouble(shown);
  if (typeof shown === 'object') return shown.toISOString().slice(0, 10);
  return typeof shown === 'boolean' ? String(shown).toUpperCase() : shown;
}

/** A double as the 15 digits that a spreadsheet shows, without an exponent. */
function printDouble(value: number): string {
  const [digits, exponent] = value.toPrecision(15).split('e');
  return printFraction(readDecimal(digits!, Number(exponent ?? 0)));
}

/** The first cell of several that share a formula, and the formula. */
interface Master {
  readonly place: CellPlace;
  readonly formula: string;
}

function mastersOf({ cells }: Sheet): ReadonlyMap<number, Master> {
  const masters = new Map<number, Master>();
  for (const [key, { formula, formulaSharedIndex }] of cells ?? []) {
    if (!formula || formulaSharedIndex === undefined) continue;
    masters.set(formulaSharedIndex, { place: placeAt(key), formula });
  }
  return masters;
}

function contentOf(
  value: CellValue,
  cell: Cell | undefined,
  place: CellPlace,
  masters: ReadonlyMap<number, Master>,
): CellContent | undefined {
  if (cell?.formula !== undefined) return { formula: formulaOf(cell, place, masters) };
  if (cell?.type === 'error') return { other: String(value) };
  if (value === null || value === '') return undefined;
  if (typeof value === 'number') return { number: value };
  if (typeof value === 'string') return { text: value };
  return { other: typeof value === 'boolean' ? String(value).toUpperCase() : 'a date' };
}

function formulaOf(
  { formula = '', formulaSharedIndex }: Cell,
  place: CellPlace,
  masters: ReadonlyMap<number, Master>,
): string {
  const master = formulaSharedIndex === undefined ? undefined : masters.get(formulaSharedIndex);
  return formula === '' && master ? shifted(master.formula, master.place, place) : formula;
}
