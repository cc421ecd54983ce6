/** The sheet *Inputs* of a workbook as the CSV that a spreadsheet saves of it. */
import { readXlsx, type CellValue } from 'hucre/xlsx';
import { readFileSync } from 'node:fs';

export async function inputsCsv(path: string): Promise<string> {
  const { sheets } = await readXlsx(readFileSync(path));
  const { rows } = sheets.find(({ name }) => name === 'Inputs')!;
  const cell = (value: CellValue | undefined) =>
    `"${(value === null || value === undefined ? '' : String(value)).replaceAll('"', '""')}"`;
  return rows
    .map((row) => `${row.map(cell).join(',')}\r\n`)
    .join('')
    .replaceAll('""', '');
}
