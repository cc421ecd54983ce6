/** The shipped workbooks, computed by IronCalc, which is installed with the tests. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/projection/compile.js';
import { workbook } from '../../src/workbook/book.js';
import type { Workbook, WorkbookSheet } from '../../src/workbook/workbook.js';
import { loaded } from '../support/cells.js';
import { computed, type Computed } from '../support/ironcalc.js';
import { SHIPPED, planOf } from '../support/workbooks.js';

describe('a workbook of all scenarios', () => {
  const book = workbook(SHIPPED.map((id) => compile(planOf(id).scenario)));
  const engine = computed(book);
  const sheetOf = (name: string) => book.sheets.find((sheet) => sheet.name === name)!;

  it('comes to the results that it holds, to the last digits of a double', () => {
    expect(book.sheets.flatMap(formulasOf).length).toBeGreaterThan(5000);
    expect(differences(book, engine)).toEqual([]);
  });

  it('comes to the exact cells within the tolerance', () => {
    const lines = checkLines(sheetOf('Check'));
    expect(lines.length).toBeGreaterThan(1000);
    for (const row of lines) {
      const [live, exact, tolerance] = [6, 7, 9].map((c) => Number(engine.at('Check', row, c)));
      expect(Math.abs(live! - exact!), `row ${row}`).toBeLessThanOrEqual(tolerance!);
      expect(engine.at('Check', row, 11)).toBe('OK');
    }
  });

  it.each(SHIPPED)('shows %s when that is selected', (id) => {
    engine.type('Scenarios', 2, 1, id);
    expect(engine.at('Check', 2, 1)).toBe('OK');
    const alone = workbook([compile(planOf(id).scenario)]).sheets.find(
      ({ name }) => name === 'By year',
    )!;
    const [own, shown] = [alone, sheetOf('By year')].map((sheet) =>
      sheet.rows.findIndex((row) => row[0]?.content === 'total'),
    );
    const [total, grade] = alone.rows[own!]!.slice(-2).map((cell) => valueOf(cell!.content));
    const last = sheetOf('By year').widths.length - 1;
    expect(Number(engine.at('By year', shown!, last - 1))).toBeCloseTo(Number(total), 1);
    expect(engine.at('By year', shown!, last)).toBe(grade);
  });
});

it('says FAIL where a cell is an error, also beside changed inputs', () => {
  const plan = planOf('alibaba-380bn');
  const book = workbook([plan]);
  const engine = computed(book);
  const [at] = checkLines(book.sheets.find(({ name }) => name === 'Check')!);
  engine.type('Check', at!, 6, '=NA()');
  expect(engine.at('Check', 2, 1)).toBe('FAIL');
  const input = plan.scenario.inputs.findIndex(({ path }) => path === 'envelope');
  engine.type('Inputs', 3 + input, 1, '400000000000');
  expect(engine.at('Check', 2, 1)).toBe('FAIL');
  engine.type('Inputs', 3 + input, 1, '=NA()');
  expect(engine.at('Check', 2, 1)).toBe('INVALID');
});

it('splits by weights near zero', () => {
  const text = [
    'scenario: small',
    'currency: CNY',
    'calendar: { fiscal_year_ends: 12, from: FY2026Q1, to: FY2027Q2 }',
    'envelope: 9tn CNY',
    'phasing: { growth: -99.99%, per: period }',
    'actuals: { periods: { FY2026Q1: 1bn CNY, FY2026Q2: 1bn CNY, FY2026Q3: 1bn CNY, FY2026Q4: 1bn CNY } }',
    'estimates: { view: { split: { servers: 100% } } }',
    'mix: view',
    '',
  ].join('\n');
  const engine = computed(workbook([compile(loaded(text))]));
  expect(engine.at('Check', 2, 1)).toBe('OK');
});

describe('a workbook in two currencies', () => {
  const plan = planOf('alibaba-380bn');
  const book = workbook([plan]);
  const engine = computed(book);

  it('comes to the results that it holds, to the last digits of a double', () => {
    expect(differences(book, engine)).toEqual([]);
  });

  it('says that an input was changed, and grades no number any longer', () => {
    const input = plan.scenario.inputs.findIndex(({ path }) => path === 'envelope');
    engine.type('Inputs', 3 + input, 1, '400000000000');
    expect(engine.at('Check', 2, 1)).toBe('CHANGED');
    const { rows } = book.sheets.find(({ name }) => name === 'By year')!;
    const total = rows.findIndex((cells) => cells[0]?.content === 'total');
    const last = rows[total]!.length - 1;
    expect(Number(engine.at('By year', total, last - 1))).toBeCloseTo(400e9, 1);
    expect(engine.at('By year', total, last)).toBe('changed');
  });
});

/** Formulas that come to another result than the workbook holds. */
function differences({ sheets }: Workbook, engine: Computed) {
  return sheets.flatMap(formulasOf).filter(({ sheet, row, column, value }) => {
    const found = engine.at(sheet, row, column);
    if (typeof value === 'string' || typeof found === 'string') return found !== value;
    // A small difference of billions has their last digits, and none of its own.
    const least = sheet === 'Check' ? 1e-3 : 1e-12;
    return Math.abs(found - value) > Math.max(least, 1e-12 * Math.abs(value));
  });
}

function formulasOf({ name: sheet, rows }: WorkbookSheet) {
  return rows.flatMap((cells, row) =>
    cells.flatMap((cell, column) =>
      typeof cell?.content === 'object' ? [{ sheet, row, column, ...cell.content }] : [],
    ),
  );
}

function checkLines({ rows }: WorkbookSheet): readonly number[] {
  const first = rows.findIndex((row) => row[0]?.content === 'scenario') + 1;
  return rows.slice(first).map((_, i) => first + i);
}

function valueOf(content: string | number | { readonly value: string | number }) {
  return typeof content === 'object' ? content.value : content;
}
