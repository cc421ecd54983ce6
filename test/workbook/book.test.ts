/** A workbook holds what it says: inputs by name, live tables, the engine's own cells, one verdict. */
import { readFileSync } from 'node:fs';
import { homedir, hostname, tmpdir, userInfo } from 'node:os';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { printDecimal } from '../../src/core/number/decimal.js';
import { writeXlsx } from '../../src/formats/xlsx.js';
import { ask, forecast, sensitivity } from '../../src/index.js';
import { compile } from '../../src/projection/compile.js';
import { run } from '../../src/projection/evaluate.js';
import { load } from '../../src/scenario/load.js';
import { workbook } from '../../src/workbook/book.js';
import { readBeside } from '../support/files.js';
import { valueOf } from '../support/results.js';
import {
  SHIPPED,
  errorsIn,
  formulasOf,
  partsOf,
  placeOf,
  planOf,
  rangesIn,
  read,
  sheetNamed,
} from '../support/workbooks.js';

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
    const exact = new Map(
      sheetNamed(book, 'Exact')
        .rows.slice(1)
        .map((row) => [row.slice(1, 6).join('\n'), Number(row[6])]),
    );
    expect([...exact.values()].sort()).toEqual(
      cells.map(({ count, unit }) => Number(printDecimal(count, unit.places))).sort(),
    );
    check.slice(first).forEach((row) => {
      const [live, is, , tolerance] = row.slice(6, 10).map(Number);
      expect(is).toBe(exact.get(row.slice(1, 6).join('\n')));
      expect(Math.abs(live! - is!)).toBeLessThanOrEqual(tolerance!);
    });
  });
});

describe.each([
  ['one scenario', ['alibaba-rolling']],
  ['all scenarios', SHIPPED],
])('a workbook of %s', (_, ids) => {
  let bytes: Uint8Array;
  let book: Awaited<ReturnType<typeof read>>;
  beforeAll(async () => {
    bytes = await writeXlsx(workbook(ids.map((id) => planOf(id))));
    book = await read(bytes);
  });

  it('prints one page wide, with its heads in sight', () => {
    const { sheets } = book;
    expect(sheets.length).toBeGreaterThan(8);
    for (const { name, pageSetup, freezePane } of sheets) {
      const { fitToWidth: wide, orientation: by } = pageSetup!;
      expect({ name, wide, by }).toEqual({ name, wide: 1, by: 'landscape' });
      expect(freezePane!.rows, name).toBeGreaterThan(0);
    }
  });

  it('has no dead link: names, formulas and charts lead to cells that are there', () => {
    const texts = [
      ...book.namedRanges!.map(({ range }) => range),
      ...book.sheets.flatMap((sheet) => formulasOf(sheet).map(([, cell]) => cell.formula!)),
      ...partsOf(bytes)
        .filter(({ name }) => name.startsWith('xl/charts/'))
        .map(({ text }) => text.replaceAll('&apos;', "'")),
    ];
    const ranges = new Set(texts.flatMap(rangesIn).map((range) => range.join('\n')));
    expect(ranges.size).toBeGreaterThan(100);
    /** A cell has a content; the corners of a range lie on its sheet. */
    const isThere = (sheet: string, at: string, isAlone: boolean) => {
      const { rows } = sheetNamed(book, sheet);
      const { row, column } = placeOf(at);
      const content = rows[row]?.[column] ?? undefined;
      const width = Math.max(...rows.map(({ length }) => length));
      return content !== undefined || (!isAlone && row < rows.length && column < width);
    };
    const dead = [...ranges].filter((range) => {
      const [sheet, from, to] = range.split('\n') as [string, string, string];
      return [from, to].some((at) => !isThere(sheet, at, from === to));
    });
    expect(dead).toEqual([]);
    expect(partsOf(bytes).filter(({ text }) => text.includes('TargetMode="External"'))).toEqual([]);
  });

  it('tells nothing of the machine, its user or its clock', () => {
    const parts = partsOf(bytes);
    expect(parts.length).toBeGreaterThan(15);
    expect(new Set(parts.map(({ stamp }) => stamp)).size).toBe(1);
    const [own] = parts.filter(({ name }) => name === 'docProps/core.xml');
    expect(own!.text).toContain('<dc:creator>capex</dc:creator>');
    const today = new Date().toISOString().slice(0, 10);
    const [texts, words] = [
      [process.cwd(), tmpdir(), homedir(), today],
      [hostname(), userInfo().username],
    ];
    for (const { name, text } of parts) {
      for (const secret of texts) expect(text.includes(secret), `${name}: ${secret}`).toBe(false);
      const told = new Set(text.split(/\W+/));
      for (const secret of words) expect(told.has(secret), `${name}: ${secret}`).toBe(false);
    }
  });
});

it.each(SHIPPED)('grades the lines of %s as `run` does', async (id) => {
  const book = await written(id);
  for (const [sheet, by, left] of [
    ['By year', 'component', 1],
    ['By component', 'component,supplier', 3],
    ['By supplier', 'supplier', 1],
  ] as const) {
    const answer = ask(forecast, [planOf(id).scenario], { by, measure: 'demand' });
    const rows = sheetNamed(book, sheet).rows;
    const first = rows.findIndex(([cell]) => String(cell).startsWith('demand, ')) + 1;
    const lines = [...valueOf(answer).table!.rows].map((row) =>
      row.slice(1, -4).concat(row.at(-1)!),
    );
    const shown = rows.slice(first, first + lines.length);
    const keys = left === 1 ? [1] : [1, 3];
    expect(shown.map((row) => [...keys.map((at) => row[at]), row.at(-1)])).toEqual(lines);
  }
});

it('says what the total and each supplier hang on, as `sensitivity` does, but for what moves nothing', async () => {
  const { rows } = sheetNamed(await written('alibaba-380bn'), 'Sensitivity');
  const { scenario } = planOf('alibaba-380bn');
  const outputs = new Set(rows.slice(3).map((row) => String(row[1])));
  expect(outputs.size).toBe(1 + 9);
  for (const of of outputs) {
    const answer = ask(sensitivity, [scenario], { of });
    const told = [...valueOf(answer).table!.rows].filter((row) => Number(row.at(-1)) !== 0);
    const shown = rows.slice(3).filter((row) => row[1] === of);
    const numbers = told.map((row) => [row[2], ...row.slice(5).map(Number)]);
    expect(shown.map((row) => [row[2], ...row.slice(5)])).toEqual(numbers);
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
  expect(rule!.formula1).toBe('$D$5:$I$5');
  expect(book.sheets[0]!.rows[4]!.slice(3)).toEqual(SHIPPED);
  expect(errorsIn(book)).toEqual([]);
});

it('says in its heads how many months of a year the window holds', () => {
  const text = readFileSync('scenarios/alibaba-380bn.yaml', 'utf8');
  const { scenario } = load(text, {
    name: 'scenarios/alibaba-380bn.yaml',
    read: readBeside,
    set: ['calendar.from=FY2026Q2', 'phasing=even'],
  });
  const book = workbook([compile(scenario!)]);
  const heads = book.sheets.find(({ name }) => name === 'By year')!.rows[3]!;
  expect(heads.map((cell) => cell?.content)).toEqual(
    expect.arrayContaining(['FY2026, 9 of 12 months', 'FY2027', 'FY2028']),
  );
});
