/** Numbers that come back from a workbook, tried with the command: what is written loads to what was typed. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeXlsx } from '../../src/formats/xlsx.js';
import { compile } from '../../src/projection/compile.js';
import { load } from '../../src/scenario/load.js';
import { workbook } from '../../src/workbook/book.js';
import { ROOT, capex, folder } from '../support/capex.js';
import { readBeside } from '../support/files.js';
import { withCells } from '../support/workbooks.js';

/** A copy of a case, with numbers typed over those of some inputs in its workbook, and `import --write`. */
async function imported(name: string, typed: Readonly<Record<string, number>>) {
  const cwd = folder();
  cpSync(join(ROOT, 'test/cases', name), cwd, { recursive: true });
  const file = join(cwd, 's.yaml');
  const { scenario } = load(readFileSync(file, 'utf8'), { name: file, read: readBeside });
  const rows = scenario!.inputs.map(({ path }) => path);
  const book = withCells(workbook([compile(scenario!)]), (cell, { sheet, row, column }) => {
    const number = sheet === 'Inputs' && column === 1 ? typed[rows[row - 3] ?? ''] : undefined;
    return number === undefined ? cell : { ...cell, content: number };
  });
  writeFileSync(join(cwd, 'w.xlsx'), await writeXlsx(book));
  const textOf = (one: string) => readFileSync(join(cwd, one), 'utf8');
  return {
    ...(await capex(['import', 'w.xlsx', '--onto', 's.yaml', '--write'], { cwd })),
    textOf,
    was: (one: string) => readFileSync(join(ROOT, 'test/cases', name, one), 'utf8'),
  };
}

it.concurrent(
  'import-cumulative-1: 30bn for one quarter is never written as 30 to date',
  async () => {
    const q2 = 'actuals.periods.FY2026Q2';
    const { code, err, textOf, was } = await imported('import-cumulative-1', { [q2]: 30e9 });
    expect(code).toBe(1);
    expect(err).toContain('w.xlsx:Inputs!B8');
    expect(err).toContain('change it there, a.csv:3:10');
    expect(textOf('a.csv')).toBe(was('a.csv'));
  },
);

it.concurrent(
  'import-cumulative-1: a first quarter that would move the second is refused',
  async () => {
    const q1 = 'actuals.periods.FY2026Q1';
    const { code, err, textOf, was } = await imported('import-cumulative-1', { [q1]: 22e9 });
    expect(code).toBe(1);
    expect(err).toContain('would be 23bn CNY, and this cell shows 25bn CNY');
    expect(err).toContain('w.xlsx:Inputs!B8');
    expect(err).toContain('w.xlsx:Inputs!B7');
    expect(textOf('a.csv')).toBe(was('a.csv'));
  },
);

const [SERVERS, STORAGE] = ['servers', 'storage'].map(
  (one) => `components.${one}.price.value.FY2026`,
);

it.concurrent.each([
  ['two numbers for one cell of a table', { [SERVERS!]: 20.5e6, [STORAGE!]: 21e6 }],
  ['a number of which another input would get as much', { [SERVERS!]: 20.5e6 }],
])('import-shared-table-3: %s is refused with both cells named', async (_, typed) => {
  const { code, err, textOf, was } = await imported('import-shared-table-3', typed);
  expect(code).toBe(1);
  expect(err).toContain('w.xlsx:Inputs!B8');
  expect(err).toContain('w.xlsx:Inputs!B9');
  expect(textOf('a.csv')).toBe(was('a.csv'));
});

it.concurrent('import-shared-table-3: one number in both cells is written once', async () => {
  const typed = { [SERVERS!]: 20.5e6, [STORAGE!]: 20.5e6 };
  const { code, err, textOf } = await imported('import-shared-table-3', typed);
  expect(code, err).toBe(0);
  expect(textOf('a.csv')).toBe('period,price (CNY m)\nFY2026,20.5\n');
});

it.concurrent('import-rate-name: the name and the date of a rate go with its number', async () => {
  const { code, err, textOf } = await imported('import-rate-name', { 'fx.base.USD': 7.5 });
  expect(code, err).toBe(0);
  expect(err).toContain('fx.base.USD.name and fx.base.USD.date');
  expect(textOf('s.yaml')).toContain('fx: { base: { USD: { value: 7.5 } } }');
});
