/** LibreOffice, where it is installed: workbooks as it computes and saves them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeXlsx } from '../../src/formats/xlsx.js';
import type { Workbook } from '../../src/workbook/workbook.js';
import { withoutResults } from './workbooks.js';

export const OFFICE = spawnSync('soffice', ['--version']).status === 0;

/** How a file is saved: the filter of LibreOffice, and how the name ends that it gives. */
interface Saving {
  readonly filter: string;
  readonly ending: string;
}

const XLSX: Saving = { filter: 'xlsx', ending: '.xlsx' };

/** The fourth sheet, cells as they are shown, in GB18030 (85): what a Chinese Excel does. */
export const CHINESE_CSV: Saving = {
  filter: 'csv:Text - txt - csv (StarCalc):44,34,85,1,,0,false,true,true,false,false,4',
  ending: '-Inputs.csv',
};

/** The files of workbooks without results, computed and saved, by their names. */
export async function saved(
  books: Readonly<Record<string, Workbook>>,
  { filter, ending } = XLSX,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const folder = mkdtempSync(join(tmpdir(), 'capex-book-'));
  try {
    const files: string[] = [];
    for (const [name, book] of Object.entries(books)) {
      files.push(join(folder, `${name}.xlsx`));
      writeFileSync(files.at(-1)!, await writeXlsx(withoutResults(book)));
    }
    const profile = `-env:UserInstallation=file://${folder}/profile`;
    const args = [profile, '--headless', '--convert-to', filter, '--outdir', join(folder, 'out')];
    execFileSync('soffice', [...args, ...files], { stdio: 'ignore' });
    const names = Object.keys(books);
    return new Map(
      names.map((name) => [name, readFileSync(join(folder, 'out', name + ending))] as const),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
