/** The law of the way back for workbooks that LibreOffice, openpyxl and Gnumeric have edited and saved. */
import { describe, expect, it } from 'vitest';
import { readXlsx } from '../../../src/formats/readXlsx.js';
import { writeXlsx } from '../../../src/formats/xlsx.js';
import type { ImportResult } from '../../../src/workbook/import/importChanges.js';
import {
  GNUMERIC,
  OFFICE,
  OPENPYXL,
  saved,
  savedByGnumeric,
  typedByOpenpyxl,
} from '../../support/office.js';
import { contradictions, imported, returnCase, type ReturnCase } from '../../support/returnLaw.js';
import { cellsTyped, editsOf, withTyped } from '../../support/workbookEdits.js';

/** Twenty were tried once; the gate tries as many as fit into its time. */
const COUNT = Number(process.env['RETURN_CASES'] ?? 3);

/** The first random cases of which something is written. */
const CASES = new Map<string, ReturnCase>();
for (let seed = 5000; CASES.size < COUNT; seed++) {
  const one = returnCase(seed);
  if (one && imported(one, editsOf(one)).files.length > 0) CASES.set(String(seed), one);
}

/** The changes that come back from a file are those that were typed, and hold. */
async function holds(one: ReturnCase, bytes: Uint8Array): Promise<void> {
  const result = imported(one, (await readXlsx('edited.xlsx', bytes))!);
  expect(textsOf(result)).toEqual(textsOf(imported(one, editsOf(one))));
  expect(contradictions(one, result)).toEqual([]);
}

const textsOf = ({ files, diagnostics }: ImportResult) => ({
  files: files.map(({ source, text }) => [source.name, text]),
  errors: diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message),
});

const absent = (name: string) => `${name}, which is not installed here unless this runs`;

describe.skipIf(!OFFICE)(absent('LibreOffice'), () => {
  it(`${COUNT} workbooks hold`, async () => {
    const books = [...CASES].map(([name, one]) => [name, withTyped(one)] as const);
    const files = await saved(Object.fromEntries(books));
    for (const [name, one] of CASES) await holds(one, files.get(name)!);
  }, 120_000);
});

describe.skipIf(!OPENPYXL)(absent('openpyxl'), () => {
  it(`${COUNT} workbooks hold`, async () => {
    const books = [...CASES].map(async ([name, one]) => {
      return [name, { bytes: await writeXlsx(one.book), edits: cellsTyped(one) }] as const;
    });
    const files = typedByOpenpyxl(new Map(await Promise.all(books)));
    for (const [name, one] of CASES) await holds(one, files.get(name)!);
  }, 120_000);
});

describe.skipIf(!GNUMERIC)(absent('Gnumeric'), () => {
  it(`${COUNT} workbooks hold`, async () => {
    const books = [...CASES].map(async ([name, one]) => {
      return [name, await writeXlsx(withTyped(one))] as const;
    });
    const files = savedByGnumeric(new Map(await Promise.all(books)));
    for (const [name, one] of CASES) await holds(one, files.get(name)!);
  }, 120_000);
});
