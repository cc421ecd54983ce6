/** A sheet of a workbook as CSV: which cells are taken, and where each text stands. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { printPlace } from '../../src/core/text/source.js';
import { readSheetTables } from '../../src/formats/readXlsx.js';
import { sheetText, type SheetPlace, type SheetTables } from '../../src/formats/sheetText.js';

const WORKBOOK = readFileSync('test/scenario/inspect/tables/inputs.xlsx');

async function taken(place: SheetPlace): Promise<string> {
  const found = sheetText('inputs.xlsx', (await readSheetTables(WORKBOOK))!, place);
  return found.ok ? found.value.text : `${found.diagnostics.message}: ${found.diagnostics.hint}`;
}

describe('the cells of a table', () => {
  it.each<[string, SheetPlace, string]>([
    [
      'a range',
      { sheet: 'Inputs', range: 'B4:C6' },
      'Quarter ended,Capex\n2025-06-30,38.676\n2025-09-30,31.501\n',
    ],
    [
      'a range of the sheet that has its name',
      { range: 'spend' },
      'Quarter ended,Capex\n2025-06-30,38.676\n2025-09-30,31.501\n2025-12-31,0.3\n',
    ],
    [
      'a merged cell shows its text in all of them',
      { sheet: 'Inputs', range: 'B3:D3' },
      'Capital spending,Capital spending,Capital spending\n',
    ],
    [
      'no sheet among several',
      {},
      '`inputs.xlsx` has several sheets: name one beside `file`, as `sheet`: its sheets are Inputs, Other',
    ],
    ['a misspelt sheet', { sheet: 'Input' }, '`inputs.xlsx` has no sheet `Input`: write `Inputs`'],
    [
      'no range',
      { sheet: 'Inputs', range: 'all' },
      '`all` is no range of `inputs.xlsx`: write its first and its last cell, B4:H20, or the name of a range',
    ],
  ])('%s', async (_, place, text) => {
    expect(await taken(place)).toBe(text);
  });

  it('are read as days, words and numbers of 15 digits, hidden rows too', async () => {
    expect(await taken({ sheet: 'Inputs', range: 'B4:D8' })).toBe(
      'Quarter ended,Capex,Note\n2025-06-30,38.676,a\n2025-09-30,31.501,\n' +
        '2025-12-31,0.3,x\n2026-03-31,n/a,\n',
    );
  });

  it('are on one line each, in quotes where they need them', () => {
    const sheet = { name: 'S', rows: [['a, b', 'c\nd', 'e "f"']], hiddenRows: 0, isHidden: false };
    const found = sheetText('t.xlsx', { sheets: [sheet], ranges: new Map() }, {});
    expect(found.ok && found.value.text).toBe('"a, b",c d,"e ""f"""\n');
  });
});

it('every text has the place of its cell', async () => {
  const tables: SheetTables = (await readSheetTables(WORKBOOK))!;
  const found = sheetText('inputs.xlsx', tables, { sheet: 'Inputs', range: 'B4:D8' });
  const source = found.ok ? found.value : expect.unreachable();
  const placeOf = (text: string) => {
    const start = source.text.indexOf(text);
    return printPlace({ source, start, end: start + text.length });
  };
  expect(['Quarter ended', 'Note', '31.501', 'n/a'].map(placeOf)).toEqual([
    'inputs.xlsx:Inputs!B4',
    'inputs.xlsx:Inputs!D4',
    'inputs.xlsx:Inputs!C6',
    'inputs.xlsx:Inputs!C8',
  ]);
});

it('bytes that are no workbook give nothing', async () => {
  expect(await readSheetTables(Buffer.from('no workbook'))).toBeUndefined();
});
