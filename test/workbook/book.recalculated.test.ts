/** An independent spreadsheet computes every formula anew, and comes to the engine's numbers. */
import { describe, expect, it } from 'vitest';
import { workbook } from '../../src/workbook/book.js';
import type { Workbook } from '../../src/workbook/workbook.js';
import { OFFICE, saved } from '../support/office.js';
import {
  SHIPPED,
  errorsIn,
  linesOf,
  planOf,
  read,
  sheetNamed,
  withCells,
} from '../support/workbooks.js';

/** Workbooks without results, as LibreOffice computes and saves them. */
async function recalculated(books: Readonly<Record<string, Workbook>>) {
  const all = [...(await saved(books))];
  return new Map(
    await Promise.all(all.map(async ([name, bytes]) => [name, await read(bytes)] as const)),
  );
}

describe.skipIf(!OFFICE)('LibreOffice, which is not installed here unless this runs', () => {
  it('computes the exact cells within the tolerance, for every shipped scenario', async () => {
    const books = Object.fromEntries(SHIPPED.map((id) => [id, workbook([planOf(id)])]));
    const all = await recalculated({ ...books, all: workbook(SHIPPED.map((id) => planOf(id))) });
    for (const [name, book] of all) {
      expect(errorsIn(book), name).toEqual([]);
      const { rows } = sheetNamed(book, 'Check');
      expect(rows[2]![1], name).toBe('OK');
      const lines = linesOf(rows);
      expect(lines.length).toBeGreaterThan(90);
      for (const { place, live, exact, tolerance } of lines) {
        expect(Math.abs(live - exact), `${name}: ${place}`).toBeLessThanOrEqual(tolerance);
        expect(tolerance, place).toBeLessThan(10);
      }
    }
  }, 240_000);

  it('computes changed inputs as the engine does from the changed file', async () => {
    const changes: Readonly<Record<string, Readonly<Record<string, readonly [number, string]>>>> = {
      'alibaba-380bn': {
        envelope: [412.5e9, '412.5bn CNY'],
        'estimates.guojin.split.servers': [61e9, '61bn CNY'],
        'components.servers.suppliers.inspur.share': [0.4, '40%'],
        'components.servers.price': [1.7e6, '1.7m CNY'],
        'fx.base.USD': [7.4, '7.4'],
      },
      'alibaba-weak-yuan': { envelope: [401e9, '401bn CNY'] },
      'alibaba-high': { envelope: [440e9, '440bn CNY'] },
      'alibaba-domestic': { 'components.servers.pricing.USD.content.FY2027': [0.25, '25%'] },
    };
    const books: Record<string, Workbook> = {};
    const expected: Record<string, ReadonlyMap<string, number>> = {};
    for (const [id, change] of Object.entries(changes)) {
      const paths = planOf(id).scenario.inputs.map(({ path }) => path);
      books[id] = withCells(workbook([planOf(id)]), (cell, { sheet, row, column }) => {
        const given = change[paths[row - 3] ?? ''];
        return sheet === 'Inputs' && column === 1 && given ? { ...cell, content: given[0] } : cell;
      });
      const set = Object.entries(change).map(([path, [, text]]) => `${path}=${text}`);
      const { sheets } = workbook([planOf(id, set)]);
      const { rows } = sheets.find(({ name }) => name === 'Exact')!;
      const lines = rows.slice(1).map((row) => row.map((cell) => cell!.content as string | number));
      expected[id] = new Map(
        lines.map((line) => [[id, ...line.slice(1, 6)].join(' '), Number(line[6])]),
      );
    }
    for (const [id, book] of await recalculated(books)) {
      const { rows } = sheetNamed(book, 'Check');
      expect(rows[2]![1], id).toBe('CHANGED');
      expect(Number(rows[3]![1]), id).toBe(Object.keys(changes[id]!).length);
      expect(rows[5]![1], `${id} foots`).toBe(0);
      linesOf(rows).forEach(({ place, live, tolerance }) => {
        const off = Math.abs(live - expected[id]!.get(place)!);
        expect(off, `${id}: ${place}`).toBeLessThanOrEqual(1.5 * tolerance);
      });
    }
  }, 240_000);

  it('switches every table to the scenario that is selected', async () => {
    const all = workbook(SHIPPED.map((id) => planOf(id)));
    const books = Object.fromEntries(
      SHIPPED.map((id) => [
        `selected-${id}`,
        withCells(all, (cell, { sheet, row, column }) =>
          sheet === 'Scenarios' && row === 2 && column === 1 ? { ...cell, content: id } : cell,
        ),
      ]),
    );
    for (const [name, book] of await recalculated(books)) {
      const id = name.replace('selected-', '');
      expect(errorsIn(book), name).toEqual([]);
      const { rows } = sheetNamed(book, 'Check');
      expect(rows[2]![1], name).toBe('OK');
      const own = linesOf(rows).filter(({ place }) => place.startsWith(`${id} `));
      const demand = own.filter(({ place }) => place.endsWith(' demand CNY'));
      const table = sheetNamed(book, 'By year').rows;
      const total = Number(table.find(([first]) => first === 'total')!.at(-2));
      const sum = demand.reduce((all, { exact }) => all + exact, 0);
      expect(Math.abs(total - sum), name).toBeLessThan(1);
    }
  }, 240_000);
});
