/** Formulas read a number of cells that grows in proportion to the forecast, so that a recalculation does too. */
import { expect, it } from 'vitest';
import { compile } from '../../src/projection/compile.js';
import { workbook } from '../../src/workbook/book.js';
import type { Workbook } from '../../src/workbook/workbook.js';
import { loaded } from '../support/cells.js';
import { placeOf } from '../support/workbooks.js';

/** Every component has every supplier, in four quarters. */
function sized(components: number, suppliers: number): string {
  const many = (count: number, name: string, value: string) =>
    Array.from({ length: count }, (_, i) => `${name}${i}: ${value}`).join(', ');
  const leaf = `{ suppliers: { ${many(suppliers, 's', `1/${suppliers}`)} } }`;
  return [
    'scenario: sized',
    'currency: CNY',
    'calendar: { fiscal_year_ends: 12, from: FY2026, to: FY2026 }',
    'envelope: 1bn CNY',
    'phasing: even',
    `estimates: { view: { split: { ${many(components, 'c', `1/${components}`)} } } }`,
    'mix: view',
    `components: { ${many(components, 'c', leaf)} }`,
    '',
  ].join('\n');
}

/** How many cells the formulas of a workbook read: a range counts its cells. */
function cellsRead({ sheets }: Workbook): number {
  const formulas = sheets.flatMap(({ rows }) =>
    rows.flatMap((row) =>
      row.flatMap((cell) => (typeof cell?.content === 'object' ? [cell.content.formula] : [])),
    ),
  );
  const ranges = formulas.flatMap((text) => [
    ...text.matchAll(/(\$?[A-Z]+\$?\d+)(?::(\$?[A-Z]+\$?\d+))?/g),
  ]);
  return ranges.reduce((sum, [, from, to]) => {
    const [a, b] = [from!, to ?? from!].map((at) => placeOf(at.replaceAll('$', '')));
    return sum + (b!.row - a!.row + 1) * (b!.column - a!.column + 1);
  }, 0);
}

it.each([
  ['components', (n: number) => sized(8 * n, 8)],
  ['suppliers', (n: number) => sized(8, 8 * n)],
])('four times the %s read about four times the cells', (_, text) => {
  const read = (n: number) => {
    const plan = compile(loaded(text(n)), { currencies: ['CNY'] });
    return { cells: plan.cells.length, read: cellsRead(workbook([plan])) };
  };
  const [one, four] = [read(1), read(4)];
  expect(four.cells).toBe(4 * one.cells);
  expect(four.read / one.read).toBeLessThan(4.4);
});
