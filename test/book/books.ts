/** What the tests of workbooks share: shipped scenarios as plans, and files as they are read back. */
import { readFileSync } from 'node:fs';
import { readXlsx, type Cell, type Sheet, type Workbook as Read } from 'hucre/xlsx';
import { readBeside } from '../../src/cli/files.js';
import type { BookCell, Workbook } from '../../src/book/workbook.js';
import { compile } from '../../src/projection/project.js';
import type { Plan } from '../../src/projection/plan.js';
import { load } from '../../src/scenario/load.js';

export const SHIPPED = [
  'alibaba-380bn',
  'alibaba-high',
  'alibaba-low',
  'alibaba-rolling',
  'alibaba-weak-yuan',
];

/** A shipped scenario, in its own currency and in dollars where it has a rate. */
export function planOf(id: string, set: readonly string[] = []): Plan {
  const name = `scenarios/${id}.yaml`;
  const { scenario } = load(readFileSync(name, 'utf8'), { name, set, read: readBeside });
  const currencies = [scenario!.currency.code, ...scenario!.fx.base.keys()];
  return compile(scenario!, { currencies });
}

/** The workbook with other contents in some cells. */
export function withCells(
  book: Workbook,
  edit: (cell: BookCell, at: { sheet: string; row: number; column: number }) => BookCell,
): Workbook {
  const sheets = book.sheets.map((sheet) => ({
    ...sheet,
    rows: sheet.rows.map((cells, row) =>
      cells.map((cell, column) => cell && edit(cell, { sheet: sheet.name, row, column })),
    ),
  }));
  return { ...book, sheets };
}

/** Whatever opens it has to compute every formula. */
export function withoutResults(book: Workbook): Workbook {
  return withCells(book, (cell) =>
    typeof cell.content === 'object'
      ? { ...cell, content: { formula: cell.content.formula } as never }
      : cell,
  );
}

export async function read(bytes: Uint8Array): Promise<Read> {
  return readXlsx(bytes, { readStyles: true });
}

export function sheetNamed({ sheets }: Read, name: string): Sheet {
  return sheets.find((sheet) => sheet.name === name)!;
}

export function formulasOf({ cells }: Sheet): readonly (readonly [string, Cell])[] {
  return [...cells!].filter(([, cell]) => cell.formula !== undefined);
}

/** Cells that show `#REF!` and the like. */
export function errorsIn(book: Read): readonly string[] {
  return book.sheets.flatMap(({ name, rows, cells }) => {
    const wrong = [...(cells ?? [])].filter(
      ([, { type, value, formulaResult }]) =>
        type === 'error' || /^(#|Err:)/.test(String(formulaResult ?? value ?? '')),
    );
    const shown = rows.flat().filter((value) => /^(#|Err:)/.test(String(value)));
    return [...wrong.map(([at]) => `${name} ${at}`), ...shown.map(String)];
  });
}
