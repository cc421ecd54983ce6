/** XLSX → the cells of its sheets. With `xlsx.ts` the only file that knows hucre. */
import type { Cell, CellValue, Sheet } from 'hucre/xlsx';
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
