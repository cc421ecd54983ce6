/** Workbooks of several scenarios, and workbooks that were changed in other ways than typing numbers. */
import { writeXlsx as write } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { readXlsx } from '../../../src/formats/readXlsx.js';
import { fraction } from '../../../src/core/number/fraction.js';
import { compile } from '../../../src/projection/compile.js';
import { writeDiagnostics } from '../../../src/formats/diagnosticText.js';
import { workbook } from '../../../src/workbook/book.js';
import type { EditedWorkbook } from '../../../src/workbook/import/editedWorkbook.js';
import { importChanges, type ImportResult } from '../../../src/workbook/import/importChanges.js';
import { readBeside } from '../../support/files.js';
import { loadAll, readerOf } from '../../support/returnLaw.js';
import {
  asEdited,
  diffOf,
  editsOf,
  importedOnto,
  nameOf,
  textOf,
} from '../../support/workbookEdits.js';
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
    expect({ codes, files }).toEqual({ codes: [other, other, other, other], files: 0 });
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

describe('read or passed over', () => {
  const ENVELOPE = ['Inputs', 'B', '4', '400000000000'];
  const NEW_ENVELOPE = '+  { value: 400bn CNY, low: 300bn CNY';
  const id = 'alibaba-380bn';
  const ok = (result: ImportResult) => {
    expect(writeDiagnostics(result.diagnostics)).toBe('');
    return result;
  };

  it('comments, blank lines and quotes that the file has got since', () => {
    const text = textOf(id)
      .replace('envelope:', '# asked again\n\nenvelope:')
      .replace('380bn CNY', '"380bn CNY"');
    const onto = [{ name: nameOf(id), text }];
    const { files } = ok(importChanges(asEdited(made, [ENVELOPE]), onto, readBeside));
    expect(files.map((one) => one.text)).toEqual([
      text.replace('"380bn CNY", evidence: plan-380bn', '"400bn CNY"'),
    ]);
  });

  it('remarks and columns of one’s own, on every sheet', () => {
    const edits = [
      ENVELOPE,
      ...[
        ['Inputs', 'L', '4', 'ask Li'],
        ['Inputs', 'A', '99', 'sum'],
        ['Inputs', 'B', '99', '7'],
      ],
      ...[
        ['Plan', 'Z', '2', '=SUM(B5:B9)'],
        ['By year', 'K', '1', '12'],
      ],
    ];
    const result = ok(importedOnto(asEdited(made, edits), id));
    expect(result.files.length).toBe(1);
    expect(result.notes[0]).toBe(
      'cells of your own are not compared: By year!K1, Inputs!L4, Inputs!A99, Inputs!B99 and 1 more',
    );
  });

  it.each(['Inputs', 'Plan', 'Exact', 'By supplier'])('a renamed sheet: %s', (name) => {
    const book = asEdited(made, [ENVELOPE]);
    const renamed = renamedSheet(book, name, "Li's sheet");
    const result = ok(importedOnto(renamed, id));
    expect(diffOf(result)).toContain(NEW_ENVELOPE);
    expect(result.notes).toHaveLength(1);
  });

  it('a copy of the sheet of inputs', () => {
    const book = asEdited(made, [ENVELOPE]);
    const copy = { ...book.sheets.find(({ name }) => name === 'Inputs')!, name: 'Inputs (2)' };
    const result = ok(importedOnto({ ...book, sheets: [copy, ...book.sheets] }, id));
    expect(diffOf(result)).toContain(NEW_ENVELOPE);
    expect(result.notes[0]).toBe('added sheets are not compared: `Inputs (2)`');
  });

  it('not two sheets of the same inputs, of which none has its name', () => {
    const book = renamedSheet(asEdited(made, [ENVELOPE]), 'Inputs', 'before');
    const copy = { ...book.sheets.find(({ name }) => name === 'before')!, name: 'after' };
    const { diagnostics, files } = importedOnto({ ...book, sheets: [...book.sheets, copy] }, id);
    expect({ files, codes: diagnostics.map(({ code }) => code) }).toEqual({
      ...{ files: [], codes: ['workbook-version'] },
    });
  });

  it.each(['400bn CNY', '4000亿 CNY', '400,000,000,000.00', '400 000 000 000', '400000000000'])(
    'a text: %s',
    (text) => {
      const result = ok(importedOnto(asEdited(made, [['Inputs', 'B', '4', `'${text}`]]), id));
      expect(diffOf(result)).toContain(NEW_ENVELOPE);
    },
  );

  it('numbers that a program has saved as texts', () => {
    const book = asEdited(made, [ENVELOPE]);
    const sheets = book.sheets.map((sheet) => {
      const cells = [...sheet.cells].map(([key, { content, span }]) => {
        const text = 'number' in content ? { text: String(content.number) } : content;
        return [key, { content: text, span }] as const;
      });
      return { ...sheet, cells: new Map(cells) };
    });
    const result = ok(importedOnto({ ...book, sheets }, id));
    expect(result.changes).toBe(1);
    expect(diffOf(result)).toContain(NEW_ENVELOPE);
  });
});

describe('scenarios that share files', () => {
  const text = (id: string, more: string) =>
    `scenario: ${id}\ncurrency: CNY\ncalendar: { fiscal_year_ends: 3, from: FY2026, to: FY2026 }\n` +
    'envelope: 100bn CNY\nphasing: even\nestimates: { mine: { split: { servers: 60%, other: rest } } }\n' +
    `mix: mine\ncomponents: { servers: { price: { ${more}, unit: server } } }\n`;
  const table = 'period,price (CNY m)\nFY2026,20\n';
  const files = {
    'one.yaml': text('one', 'value: { file: a.csv }'),
    'two.yaml': text('two', 'value: { file: b.csv }'),
    ...{ 'a.csv': table, 'b.csv': table },
    'base.yaml': text('base', 'value: 20m CNY'),
    'layer.yaml': 'extends: base.yaml\nscenario: layer\n',
  };
  const [PRICE, PRICES] = ['components.servers.price', 'components.servers.price.value.FY2026'];

  /** What is written of numbers typed over the prices of two scenarios. */
  function imported(onto: readonly string[], path: string, numbers: readonly number[]) {
    const scenarios = loadAll(files, onto, []).map((one) => one!);
    const typed = numbers.map((number, scenario) => {
      return { scenario, path, of: 'value', number: fraction(BigInt(number)) } as const;
    });
    const book = workbook(scenarios.map((one) => compile(one)));
    const edited = editsOf({ files, onto, set: [], scenarios, book, typed });
    const sources = onto.map((name) => ({ name, text: files[name as 'one.yaml'] }));
    // The two tables are one file under two names.
    const result = importChanges(edited, sources, readerOf(files), (name) => {
      return name === 'b.csv' ? 'a.csv' : name;
    });
    const cells = result.diagnostics.flatMap(({ span, related }) => [span, related?.span]);
    return {
      files: result.files.map((one) => [one.source.name, one.text]),
      cells: cells.flatMap((span) => span?.source.cell ?? []),
    };
  }

  it('refuses two numbers for one table, also under two names', () => {
    const found = imported(['one.yaml', 'two.yaml'], PRICES, [21e6, 22e6]);
    expect(found).toEqual({ files: [], cells: ['Inputs 2 two!B7', 'Inputs 1 one!B7'] });
  });

  it('refuses a number for a table that another scenario reads too', () => {
    const found = imported(['one.yaml', 'two.yaml'], PRICES, [21e6]);
    expect(found).toEqual({ files: [], cells: ['Inputs 2 two!B7', 'Inputs 1 one!B7'] });
  });

  it('writes a table once if both cells have one number', () => {
    const found = imported(['one.yaml', 'two.yaml'], PRICES, [21e6, 21e6]);
    expect(found.files).toEqual([['a.csv', table.replace(',20', ',21')]]);
  });

  it('refuses a number of a parent that would move the layer', () => {
    const found = imported(['base.yaml', 'layer.yaml'], PRICE, [21e6]);
    expect(found).toEqual({ files: [], cells: ['Inputs 2 layer!B7', 'Inputs 1 base!B7'] });
  });

  it('writes a number into the parent alone if both cells have it', () => {
    const found = imported(['base.yaml', 'layer.yaml'], PRICE, [21e6, 21e6]);
    expect(found.files).toEqual([['base.yaml', files['base.yaml'].replace('20m', '21m')]]);
  });

  it('writes two numbers into the parent and the layer', () => {
    const found = imported(['base.yaml', 'layer.yaml'], PRICE, [21e6, 22e6]);
    expect(found.files.map(([name]) => name)).toEqual(['base.yaml', 'layer.yaml']);
  });
});

/** A sheet with another name, in the formulas too. */
function renamedSheet(book: EditedWorkbook, from: string, to: string): EditedWorkbook {
  const quoted = `'${to.replaceAll("'", "''")}'`;
  const sheets = book.sheets.map((sheet) => {
    const cells = [...sheet.cells].map(([key, { content, span }]) => {
      const isFormula = 'formula' in content;
      const formula = isFormula && content.formula.replaceAll(`'${from}'!`, () => `${quoted}!`);
      return [key, { content: formula === false ? content : { formula }, span }] as const;
    });
    return { ...sheet, cells: new Map(cells), name: sheet.name === from ? to : sheet.name };
  });
  return { ...book, sheets };
}

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
