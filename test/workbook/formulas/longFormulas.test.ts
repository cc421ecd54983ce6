/** A sum or a choice that no formula holds comes to the same in cells of the sheet Parts. */
import { expect, it } from 'vitest';
import { longFormulas } from '../../../src/workbook/formulas/longFormulas.js';
import { number, onSheet, text, type WorkbookSheet } from '../../../src/workbook/workbook.js';
import { excelFaults } from '../../support/excelLimits.js';
import { computed } from '../../support/ironcalc.js';

/** A workbook of numbers below each other, of one formula over them, and of the sheet Parts. */
function bookOf(
  count: number,
  formulaOf: (cell: (i: number) => string) => string,
  parts: () => readonly WorkbookSheet[],
) {
  const numbers = Array.from({ length: count }, (_, i) => [number(i, '0')]);
  const formula = formulaOf((i) => onSheet('Numbers', `$A$${i + 1}`));
  const sheet = (name: string, rows: WorkbookSheet['rows']) => ({
    ...{ name, widths: [10], rows, frozen: { rows: 1, columns: 0 } },
  });
  const sheets = [
    sheet('Numbers', numbers),
    sheet('Result', [[number({ formula, value: 0 }, '0')], [text('')]]),
    ...parts(),
  ];
  return { title: '', day: undefined, names: [], sheets };
}

it.each([
  [10, 0],
  [2000, 1],
])('a sum of %i cells has %i rows of parts', (count, rows) => {
  const long = longFormulas();
  const terms = Array.from({ length: count }, (_, i) => i);
  const book = bookOf(
    count,
    (cell) => {
      const print = (some: readonly number[]) => some.map(cell).join('+');
      const valueOf = (some: readonly number[]) => some.reduce((sum, i) => sum + i, 0);
      return long.sum(print(terms), { terms, print, valueOf });
    },
    long.sheets,
  );
  expect(excelFaults(book)).toEqual([]);
  const engine = computed(book);
  expect(engine.at('Result', 0, 0)).toBe((count * (count - 1)) / 2);
  const parts = book.sheets.slice(2).flatMap((sheet) => sheet.rows.slice(3));
  expect(parts).toHaveLength(rows);
  for (const cells of parts) {
    const held = cells.map((cell) => (cell!.content as { value: number }).value);
    held.forEach((value, c) => expect(Number(engine.at('Parts', 3, c))).toBeCloseTo(value, 6));
  }
});

it.each([254, 255])('the last of %i words is chosen', (count) => {
  const long = longFormulas();
  const words = Array.from({ length: count }, (_, i) => `word ${i}`);
  const last = `"word ${count - 1}"`;
  const book = bookOf(
    count + 1,
    (cell) => `IF(${long.choose(cell(count), words)}=${last},1,0)`,
    long.sheets,
  );
  expect(excelFaults(book)).toEqual([]);
  expect(computed(book).at('Result', 0, 0)).toBe(1);
});
