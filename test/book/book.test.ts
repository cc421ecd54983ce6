/** A workbook holds what it says: inputs by name, live tables, the engine's own cells, one verdict. */
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { workbook } from '../../src/book/book.js';
import { printDecimal } from '../../src/core/decimal.js';
import { compile, run } from '../../src/projection/project.js';
import { load } from '../../src/scenario/load.js';
import { readBeside } from '../../src/cli/files.js';
import { writeXlsx } from '../../src/write/xlsx.js';
import { errorsIn, formulasOf, planOf, read, sheetNamed, SHIPPED } from './books.js';

afterEach(() => vi.useRealTimers());

const written = async (id: string) => read(await writeXlsx(workbook([planOf(id)])));

describe.each(SHIPPED)('%s', (id) => {
  it('shows numbers at once: every formula has its result, none is an error', async () => {
    const book = await written(id);
    expect(errorsIn(book)).toEqual([]);
    const formulas = book.sheets.flatMap(formulasOf);
    expect(formulas.length).toBeGreaterThan(500);
    const blank = formulas.filter(([, cell]) => (cell.formulaResult ?? cell.value ?? '') === '');
    expect(blank).toEqual([]);
  });

  it('holds the exact cells of the engine, and live ones within their tolerance', async () => {
    const book = await written(id);
    const check = sheetNamed(book, 'Check').rows;
    const first = check.findIndex(([cell]) => cell === 'scenario') + 1;
    const cells = run(planOf(id)).cells;
    expect(check.length - first).toBe(cells.length);
    const exact = sheetNamed(book, 'Exact')
      .rows.slice(1)
      .map((row) => Number(row[6]));
    expect([...exact].sort()).toEqual(
      cells.map(({ count, unit }) => Number(printDecimal(count, unit.places))).sort(),
    );
    check.slice(first).forEach((row, i) => {
      const [live, is, , tolerance] = row.slice(6, 10).map(Number);
      expect(is).toBe(exact[i]);
      expect(Math.abs(live! - is!)).toBeLessThanOrEqual(tolerance!);
    });
  });
});

it('prints one page wide, with its heads in sight', async () => {
  const { sheets } = await written('alibaba-380bn');
  expect(sheets.length).toBe(10);
  for (const { name, pageSetup, freezePane } of sheets) {
    expect({ name, wide: pageSetup!.fitToWidth, by: pageSetup!.orientation }).toEqual({
      ...{ name, wide: 1, by: 'landscape' },
    });
    expect(freezePane!.rows, name).toBeGreaterThan(0);
  }
});

it('names every input, and the cell holds its number', async () => {
  const book = await written('alibaba-380bn');
  const named = new Map(book.namedRanges!.map(({ name, range }) => [name, range]));
  const valueOf = (name: string) => {
    const row = /\$B\$(\d+)$/.exec(named.get(name)!)![1]!;
    return sheetNamed(book, 'Inputs').rows[Number(row) - 1]![1];
  };
  expect(valueOf('input.envelope')).toBe(380e9);
  expect(valueOf('input.components.servers.suppliers.inspur.share')).toBe(0.35);
  expect(valueOf('input.fx.base.USD')).toBe(7.1717);
});

it('is the same bytes whenever it is written, and wherever the file lies', async () => {
  const text = readFileSync('scenarios/alibaba-380bn.yaml', 'utf8');
  const at = async (name: string, day: string) => {
    vi.useFakeTimers({ now: new Date(day), toFake: ['Date'] });
    const beside: typeof readBeside = (file) =>
      readBeside({ ...file, from: 'scenarios/alibaba-380bn.yaml' });
    const { scenario } = load(text, { name, read: beside });
    return Buffer.from(await writeXlsx(workbook([compile(scenario!)])));
  };
  const one = await at('scenarios/alibaba-380bn.yaml', '2026-01-01');
  const other = await at('/home/somebody/plans/alibaba-380bn.yaml', '2031-12-31');
  expect(one.equals(other)).toBe(true);
});

it('of several scenarios has a cell that selects which one the tables show', async () => {
  const book = await read(await writeXlsx(workbook(SHIPPED.map((id) => planOf(id)))));
  expect(book.sheets[0]!.name).toBe('Scenarios');
  const [rule] = book.sheets[0]!.dataValidations!;
  expect(rule!.values).toEqual(SHIPPED);
  expect(errorsIn(book)).toEqual([]);
});
