/** Workbooks of several scenarios, and workbooks that were changed in other ways than typing numbers. */
import { writeXlsx as write } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { readXlsx } from '../../../src/formats/readXlsx.js';
import { workbook } from '../../../src/workbook/book.js';
import type { EditedWorkbook } from '../../../src/workbook/import/editedWorkbook.js';
import { asEdited, diffOf, importedOnto } from '../../support/workbookEdits.js';
import { SHIPPED, planOf } from '../../support/workbooks.js';

const plan = planOf('alibaba-380bn');
const made = workbook([plan], ['--currency', 'CNY,USD']);

function codesIn(book: EditedWorkbook, ...ids: readonly string[]) {
  const { diagnostics, files } = importedOnto(book, ...ids);
  return { codes: diagnostics.map(({ code }) => code), files: files.length };
}

describe('a workbook of several scenarios', () => {
  const plans = SHIPPED.map((id) => planOf(id));
  const all = workbook(plans, ['--currency', 'CNY,USD']);

  it('changes the file of each, whatever scenario is selected and in any order', () => {
    const book = asEdited(all, [
      ['Scenarios', 'B', '3', 'alibaba-low'],
      ['Inputs 2 alibaba-high', 'B', '5', '0.25'],
      ['Inputs 3 alibaba-low', 'B', '4', '310000000000'],
    ]);
    const result = importedOnto(book, ...[...SHIPPED].reverse());
    expect(result.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(result.files.map(({ source }) => source.name)).toEqual([
      'scenarios/alibaba-high.yaml',
      'scenarios/alibaba-low.yaml',
    ]);
    expect(diffOf(result)).toContain('+phasing: { growth: { value: 25%, ');
    expect(diffOf(result)).toContain(
      '+envelope: { value: 310bn CNY, was: 380bn CNY, evidence: guo',
    );
  });

  it('requires the file of each', () => {
    const { codes, files } = codesIn(asEdited(all, []), 'alibaba-380bn', 'alibaba-high');
    const other = 'workbook-version';
    expect({ codes, files }).toEqual({ codes: [other, other, other], files: 0 });
  });
});

it('reports a file without a sheet', () => {
  const found = codesIn(asEdited(made, []), 'alibaba-380bn', 'alibaba-high');
  expect(found).toEqual({ codes: ['workbook-version'], files: 0 });
});

it('skips and names added sheets and removed sheets', () => {
  const { sheets, ...book } = asEdited(made, [['Inputs', 'B', '4', '400000000000']]);
  const own = { ...sheets[0]!, name: 'My notes' };
  const kept = sheets.filter(({ name }) => name !== 'Sensitivity');
  const result = importedOnto({ ...book, sheets: [own, ...kept] }, 'alibaba-380bn');
  expect(result.notes.slice(0, 2)).toEqual([
    'added sheets are not compared: `My notes`',
    'deleted sheets are not compared: `Sensitivity`',
  ]);
  expect(result.files.length).toBe(1);
});

it('keeps evidence that supports the new number, and removes other evidence', () => {
  const low = workbook([planOf('alibaba-low')], ['--currency', 'CNY,USD']);
  const within = importedOnto(asEdited(low, [['Inputs', 'B', '4', '320000000000']]), 'alibaba-low');
  expect(diffOf(within)).toContain('+envelope: { value: 320bn CNY, was: 380bn CNY, evidence: guo');
  expect(within.notes).toEqual([]);
  const beyond = importedOnto(
    asEdited(made, [['Inputs', 'B', '4', '390000000000']]),
    'alibaba-380bn',
  );
  expect(diffOf(beyond)).toContain('+  { value: 390bn CNY, low: 300bn CNY');
  expect(beyond.notes[0]).toContain('envelope.evidence does not say the new number');
});

it('reads a shared formula for each of its cells', async () => {
  const formula = { formulaType: 'shared', formulaSharedIndex: 0, value: 2 } as const;
  const bytes = await write({
    sheets: [
      {
        name: 'Plan',
        cells: new Map([
          ['0,1', { ...formula, formula: 'A1*$C$1', formulaRef: 'B1:B2' }],
          ['1,1', { ...formula, formula: '' }],
        ]),
      },
    ],
  });
  const { cells } = (await readXlsx('shared.xlsx', bytes))!.sheets[0]!;
  expect([...cells].map(([key, { content }]) => [key, content])).toEqual([
    ['0,1', { formula: 'A1*$C$1' }],
    ['1,1', { formula: 'A2*$C$1' }],
  ]);
});

it.each([
  ['nothing', []],
  ['text', [...Buffer.from('envelope: 380bn CNY\n')]],
  ['an archive of nothing', [...Buffer.from('PK\x05\x06'), ...Array<number>(18).fill(0)]],
])('rejects %s as a workbook', async (_, bytes) => {
  expect(await readXlsx('a.xlsx', Uint8Array.from(bytes))).toBeUndefined();
});
