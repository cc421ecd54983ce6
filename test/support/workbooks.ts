/** Helpers for tests of workbooks: shipped scenarios as plans, and workbook files read back. */
import { readXlsx, type Cell, type Workbook as Read, type Sheet } from 'hucre/xlsx';
import { readFileSync } from 'node:fs';
import { crc32, inflateRawSync } from 'node:zlib';
import { compile } from '../../src/projection/compile.js';
import type { Plan } from '../../src/projection/plan.js';
import { load } from '../../src/scenario/load.js';
import type { Workbook, WorkbookCell } from '../../src/workbook/workbook.js';
import { readBeside } from './files.js';

export const SHIPPED = [
  'alibaba-380bn',
  'alibaba-high',
  'alibaba-low',
  'alibaba-rolling',
  'alibaba-weak-yuan',
  'alibaba-domestic',
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
  edit: (cell: WorkbookCell, at: { sheet: string; row: number; column: number }) => WorkbookCell,
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

/** A file in the archive that a workbook is. */
export interface Part {
  readonly name: string;
  /** When it was changed, as the archive says: two 16-bit numbers. */
  readonly stamp: number;
  readonly text: string;
}

/** The files of the archive, by its directory. */
export function partsOf(bytes: Uint8Array): readonly Part[] {
  const zip = Buffer.from(bytes);
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  let at = zip.readUInt32LE(end + 16);
  return Array.from({ length: zip.readUInt16LE(end + 10) }, () => {
    const [names, extra, remark] = [28, 30, 32].map((field) => zip.readUInt16LE(at + field));
    const name = zip.toString('utf8', at + 46, at + 46 + names!);
    const [stamp, size, local] = [12, 20, 42].map((field) => zip.readUInt32LE(at + field));
    const start = local! + 30 + zip.readUInt16LE(local! + 26) + zip.readUInt16LE(local! + 28);
    const packed = zip.subarray(start, start + size!);
    const text = zip.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed);
    at += 46 + names! + extra! + remark!;
    return { name, stamp: stamp!, text: text.toString('utf8') };
  });
}

/** An archive of these files, not compressed. */
export function archiveOf(parts: readonly Part[]): Uint8Array {
  const fieldsOf = (sizes: readonly (2 | 4)[], values: readonly number[]) => {
    const bytes = sizes.map((size, i) => {
      const field = Buffer.alloc(size);
      field.writeUIntLE(values[i]!, 0, size);
      return field;
    });
    return Buffer.concat(bytes);
  };
  let start = 0;
  const files = parts.map(({ name, stamp, text }) => {
    const [title, content] = [Buffer.from(name), Buffer.from(text)];
    const sum = crc32(content);
    const about = [stamp, sum, content.length, content.length, title.length];
    const head = fieldsOf([4, 2, 2, 2, 4, 4, 4, 4, 2, 2], [0x04034b50, 20, 0x800, 0, ...about, 0]);
    const entry = fieldsOf(
      [4, 2, 2, 2, 2, 4, 4, 4, 4, 2, 2, 2, 2, 2, 4, 4],
      [0x02014b50, 20, 20, 0x800, 0, ...about, 0, 0, 0, 0, 0, start],
    );
    const file = Buffer.concat([head, title, content]);
    start += file.length;
    return { file, entry: Buffer.concat([entry, title]) };
  });
  const directory = Buffer.concat(files.map(({ entry }) => entry));
  const counts = [0, 0, files.length, files.length, directory.length, start, 0];
  const end = fieldsOf([4, 2, 2, 2, 2, 4, 4, 2], [0x06054b50, ...counts]);
  return Buffer.concat([...files.map(({ file }) => file), directory, end]);
}

/** Row and column of `AB12`, from 0. */
export function placeOf(at: string): { readonly row: number; readonly column: number } {
  const [, letters, row] = /^([A-Z]+)(\d+)$/.exec(at)!;
  const column = Array.from(letters!).reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0);
  return { row: Number(row) - 1, column: column - 1 };
}

/** Ranges of other sheets that a text of formulas names: the sheet, and its first and last cell. */
export function rangesIn(
  text: string,
): readonly (readonly [sheet: string, from: string, to: string])[] {
  return [...text.matchAll(/'([^']+)'!([$A-Z\d]+)(?::([$A-Z\d]+))?/g)].map(
    ([, sheet, from, to]) => [
      ...([sheet!, from!.replaceAll('$', ''), (to ?? from!).replaceAll('$', '')] as const),
    ],
  );
}

/** The lines of the check: live, exact, difference, tolerance. */
export function linesOf(rows: readonly (readonly unknown[])[]) {
  const first = rows.findIndex(([cell]) => cell === 'scenario') + 1;
  return rows.slice(first).map((row) => ({
    place: row.slice(0, 6).join(' '),
    live: Number(row[6]),
    exact: Number(row[7]),
    tolerance: Number(row[9]),
  }));
}
