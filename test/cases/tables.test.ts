/** Cases of tables, of texts that are written in another way than the format, and of what is said of them. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { printDecimal } from '../../src/core/number/decimal.js';
import { positionOf } from '../../src/core/text/source.js';
import { project } from '../../src/projection/compile.js';
import { load, type Loaded } from '../../src/scenario/load.js';
import { cellsOf } from '../support/cells.js';
import { readBeside } from '../support/files.js';

/** A case as a command reads it: `shares-asof-silent/s.yaml`. */
function caseOf(file: string, edit = (text: string) => text): Loaded {
  const name = `test/cases/${file}`;
  return load(edit(readFileSync(name, 'utf8')), { name, read: readBeside });
}

/** What a case says: `csv-cell 4:8`. */
function placesOf({ diagnostics }: Loaded): readonly string[] {
  return diagnostics.map(({ code, span }) => {
    const { line, column } = positionOf(span);
    return `${code} ${line}:${column}`;
  });
}

/** The inputs below a path, without it. */
function inputsOf({ scenario }: Loaded, path: string): Readonly<Record<string, string>> {
  const own = scenario!.inputs.filter((input) => input.path.startsWith(path));
  return Object.fromEntries(own.map((input) => [input.path.slice(path.length + 1), input.text]));
}

describe('a row of a table is known by all of its keys', () => {
  it('the dates of rates drop no currency', () => {
    expect(inputsOf(caseOf('rates-as-of-column-later-wins/s.yaml'), 'fx.path')).toEqual({
      'USD.FY2026Q1': '7.1',
      'USD.FY2026Q2': '7.2',
      'JPY.FY2026Q1': '0.049',
    });
  });

  it('rates with a column `as_of` give the units of rates with a column `date`', () => {
    const unitsOf = (file: string) => {
      const { scenario } = caseOf('rates-asof-numbers/s.yaml', (text) =>
        text.replace('r.csv', file),
      );
      const units = project(scenario!).cells.filter(({ measure }) => measure === 'units');
      return printDecimal(
        units.reduce((sum, { count }) => sum + count, 0n),
        0,
      );
    };
    expect([unitsOf('r.csv'), unitsOf('ok.csv')]).toEqual(['55444', '55444']);
    const { scenario } = caseOf('rates-asof-numbers/s.yaml');
    const dates = scenario!.inputs.flatMap(({ attributes }) => attributes.date?.text ?? []);
    expect(dates).toEqual(['2025-02-24', '2025-02-25']);
  });

  it('the dates of shares drop no supplier', () => {
    const cells = cellsOf(project(caseOf('shares-asof-silent/s.yaml').scenario!));
    const shareOf = (supplier: string) => cells.get(`FY2026Q1|servers|${supplier}|demand|CNY`);
    expect(['a', 'b', 'others'].map(shareOf)).toEqual([
      '4500000000.00', // 30% of 60% of 25bn
      '3750000000.00',
      '6750000000.00',
    ]);
  });

  it('a table without periods may have dates', () => {
    expect(inputsOf(caseOf('rates-base-reported-column/s.yaml'), 'fx.base')).toEqual({
      USD: '7.1',
      JPY: '0.049',
    });
  });

  it('rates on two bases are refused, and the help can be followed', () => {
    const file = 'rates-basis-hint/s.yaml';
    const [diagnostic] = caseOf(file).diagnostics;
    expect(diagnostic).toMatchObject({
      code: 'csv-series',
      hint: 'write `basis: fixing` beside `file`',
    });
    const followed = caseOf(file, (text) => text.replace('r.csv', 'r.csv, basis: fixing'));
    expect(followed.diagnostics).toEqual([]);
    expect(inputsOf(followed, 'fx.path')).toEqual({ 'USD.FY2026Q1': '7.1' });
  });
});

it('a table over a table replaces it', () => {
  const periods = inputsOf(caseOf('layer-table-table/s.yaml'), 'actuals.periods');
  expect(periods).toEqual({ FY2026Q1: '21bn CNY' });
});

describe('a table as a spreadsheet writes it', () => {
  it('a row without its empty last cells is read', () => {
    const periods = inputsOf(caseOf('csv-ragged-short/s.yaml'), 'actuals.periods');
    expect(periods).toEqual({ FY2026Q1: '31bn CNY', FY2026Q2: '28bn CNY' });
  });

  it('a table without a row is said', () => {
    expect(caseOf('csv-header-only/s.yaml').diagnostics).toMatchObject([
      { code: 'csv-empty', severity: 'warning', message: 'this table gives no value' },
    ]);
  });

  it('`$` and 美元 are USD', () => {
    const rates = inputsOf(caseOf('cur-row-0/s.yaml'), 'fx.path');
    expect(rates).toEqual({ 'USD.FY2026Q1': '7.2' });
  });

  it('columns `currency` and `unit` stand side by side', () => {
    const periods = inputsOf(caseOf('actual-currency-2/s.yaml'), 'actuals.periods');
    expect(periods).toEqual({ FY2026Q1: '31.8bn CNY' });
  });

  it('a decimal comma with three decimals is refused, and the help multiplies nothing', () => {
    const { diagnostics } = caseOf('csv-decimal-comma-3digits/s.yaml');
    expect(diagnostics.map(({ code, hint }) => `${code}: ${hint!}`)).toEqual([
      'csv-cell: write 31.800 or 31800, and every number of the table with a decimal point',
      'csv-cell: write 0.500',
    ]);
  });

  it('every wrong key and every wrong cell is told at once', () => {
    expect(placesOf(caseOf('csv-two-bad-keys/s.yaml'))).toEqual([
      'period-key 2:1',
      'period-key 3:1',
      'period-key 4:1',
      'csv-cell 4:8',
    ]);
  });
});

describe('another file than the format has', () => {
  it('UTF-8 is never read as GB18030', () => {
    const [diagnostic] = caseOf('csv-utf8-ascii-header-as-gb18030/s.yaml').diagnostics;
    expect(diagnostic).toMatchObject({
      code: 'file-unread',
      message: '`a.csv` is UTF-8, not gb18030',
    });
  });

  it('a file whose name begins with two points lies in the folder', () => {
    const periods = inputsOf(caseOf('path-dotdotname/s.yaml'), 'actuals.periods');
    expect(periods).toEqual({ FY2026Q1: '31.8bn CNY' });
  });

  it('a shared file in another folder is told where it may stand', () => {
    const [diagnostic] = caseOf('shared-rates/buyers/a.yaml').diagnostics;
    expect(diagnostic!.hint).toBe(
      'copy it beside that file and write `rates.csv`; or move the files that share it ' +
        'to the folder `shared-rates` and write `shared/rates.csv`',
    );
    const moved = load(
      readFileSync('test/cases/shared-rates/buyers/a.yaml', 'utf8').replace('../', ''),
      { name: 'test/cases/shared-rates/a.yaml', read: readBeside },
    );
    expect(moved.diagnostics).toEqual([]);
  });

  it.each([
    ['semicolons', 'csv-separators/r.yaml', 'semicolons separate the cells'],
    [
      'a title',
      'csv-separators/t.yaml',
      '`Rates from Bloomberg` stands above the names of the columns',
    ],
    [
      'a merge conflict',
      'merge-conflict/s.yaml',
      'a merge conflict: two versions of this text stand one below the other',
    ],
  ])('%s', (_, file, message) => {
    expect(caseOf(file).diagnostics.map((one) => one.message)).toEqual([message]);
  });
});

describe('a character that nobody sees, or that looks like another', () => {
  it.each([
    ['nbsp/s.yaml', ['yaml-syntax: U+00A0 (no-break space)']],
    ['fullwidth-colon/s.yaml', ['yaml-syntax: U+FF1A (full-width `:`)']],
    [
      'csv-zero-width-value/s.yaml',
      ['csv-cell: U+200B (zero-width space)', 'period-key: U+200B (zero-width space)'],
    ],
  ])('%s is named', (file, told) => {
    const { diagnostics } = caseOf(file);
    expect(diagnostics.map(({ code, found }) => `${code}: ${found!}`)).toEqual(told);
  });

  it('one supplier is known by one name, however its ü is composed', () => {
    const { scenario, diagnostics } = caseOf('nfd-csv-vs-yaml/s.yaml');
    expect(diagnostics).toEqual([]);
    expect([...scenario!.suppliers.values()].map(({ key, name }) => [key, name])).toContainEqual([
      ...['müller', 'Müller AG'],
    ]);
    expect(scenario!.suppliers.size).toBe(3);
  });
});

describe('a scenario that YAML reads in another way', () => {
  it.each([
    ['digits-in-flow/s.yaml', 'literal 4:20', 'write 100000000000 CNY'],
    ['rate-decimal-comma/s.yaml', 'literal 8:20', 'write 7.1717'],
    ['hash-in-note/s.yaml', 'yaml-syntax 4:82', 'put a text with a `#` in quotes: "broker #3"'],
  ])('%s has a help that can be followed', (file, place, hint) => {
    const found = caseOf(file);
    expect(placesOf(found)).toEqual([place]);
    expect(found.diagnostics[0]!.hint).toBe(hint);
  });
});
