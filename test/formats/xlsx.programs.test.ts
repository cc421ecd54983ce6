/** Programs that share no code with the writer read its workbooks: the Open XML SDK's validator, and Gnumeric. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeXlsx } from '../../src/formats/xlsx.js';
import { editPart } from '../../src/formats/zipPart.js';
import { compile } from '../../src/projection/compile.js';
import { workbook } from '../../src/workbook/book.js';
import type { Workbook } from '../../src/workbook/workbook.js';
import { scenarios } from '../naive/generator.js';
import { toYaml } from '../naive/spec.js';
import { loaded } from '../support/cells.js';
import { GNUMERIC, VALIDATOR, savedByGnumeric, schemaErrors } from '../support/office.js';
import {
  SHIPPED,
  errorsIn,
  planOf,
  read,
  sheetNamed,
  withoutResults,
} from '../support/workbooks.js';

const ONE = workbook([planOf('alibaba-380bn')]);
const ALL = workbook(SHIPPED.map((id) => planOf(id)));

/** Workbooks of random plans with few cells, so that many of them are read in little time. */
const RANDOM = fc
  .sample(scenarios(), { numRuns: 40, seed: 2026 })
  .map((spec) => {
    const scenario = loaded(toYaml(spec));
    return compile(scenario, { currencies: [scenario.currency.code] });
  })
  .filter(({ cells }) => cells.length < 100)
  .slice(0, 10)
  .map((plan) => workbook([plan]));

const absent = (name: string) => `${name}, which is not installed here unless this runs`;

describe.skipIf(!VALIDATOR)(absent("the Open XML SDK's validator"), () => {
  it('finds no error in any workbook', async () => {
    expect(RANDOM).toHaveLength(10);
    for (const book of [ALL, ...RANDOM])
      expect(await schemaErrors(await writeXlsx(book)), book.title).toEqual([]);
  }, 120_000);

  it('finds the error of a font whose size is after its colour', async () => {
    const bytes = await writeXlsx(RANDOM[0]!);
    const wrong = await editPart(bytes, 'xl/styles.xml', (styles) =>
      styles.replace(/(<sz [^>]*>)(<color [^>]*>)/, '$2$1'),
    );
    expect(await schemaErrors(wrong)).toHaveLength(1);
  });
});

describe.skipIf(!GNUMERIC)(absent('Gnumeric'), () => {
  it('comes to the results of the shipped workbooks, to the last digits of a double, without a warning', async () => {
    const [one, all] = await inGnumeric([ONE, ALL]);
    expect(differences(ONE, one!)).toEqual([]);
    expect(differences(ALL, all!)).toEqual([]);
  }, 120_000);

  it('says OK in random workbooks, without a warning', async () => {
    for (const book of await inGnumeric(RANDOM)) {
      expect(errorsIn(book)).toEqual([]);
      expect(sheetNamed(book, 'Check').rows[2]![1]).toBe('OK');
    }
  }, 120_000);
});

/** Workbooks without results, as Gnumeric computes and saves them. */
async function inGnumeric(books: readonly Workbook[]) {
  const files = books.map(async (book, i) => {
    return [`${i}`, await writeXlsx(withoutResults(book))] as const;
  });
  const saved = savedByGnumeric(new Map(await Promise.all(files)));
  return Promise.all([...saved.values()].map(read));
}

/**
 * Formulas that come to another result than the workbook holds. On the sheet Check, numbers are differences
 * of amounts, and their digits are the last ones of a double.
 */
function differences(book: Workbook, { sheets }: Awaited<ReturnType<typeof read>>) {
  return book.sheets.flatMap(({ name, rows }, s) =>
    rows.flatMap((row, r) =>
      row.flatMap((cell, c) => {
        if (typeof cell?.content !== 'object') return [];
        const { value, formula } = cell.content;
        const found = sheets[s]!.rows[r]?.[c];
        const isSame =
          typeof value === 'number' && typeof found === 'number'
            ? name === 'Check' || Math.abs(found - value) <= 1e-12 * Math.max(1, Math.abs(value))
            : found === value;
        return isSame ? [] : [{ place: `${name} ${r} ${c}`, value, found, formula }];
      }),
    ),
  );
}
