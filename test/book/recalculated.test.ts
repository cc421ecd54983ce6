/** An independent spreadsheet computes every formula anew, and comes to the engine's numbers. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { workbook } from '../../src/book/book.js';
import type { Workbook } from '../../src/book/workbook.js';
import { writeXlsx } from '../../src/write/xlsx.js';
import { errorsIn, planOf, read, sheetNamed, SHIPPED, withoutResults } from './books.js';

const OFFICE = spawnSync('soffice', ['--version']).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'capex-book-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Workbooks without results, as LibreOffice computes and saves them. */
async function recalculated(books: Readonly<Record<string, Workbook>>) {
  const files: string[] = [];
  for (const [name, book] of Object.entries(books)) {
    files.push(join(folder, `${name}.xlsx`));
    writeFileSync(files.at(-1)!, await writeXlsx(withoutResults(book)));
  }
  const profile = `-env:UserInstallation=file://${folder}/profile`;
  const args = [profile, '--headless', '--convert-to', 'xlsx', '--outdir', join(folder, 'out')];
  execFileSync('soffice', [...args, ...files], { stdio: 'ignore' });
  const saved = Object.keys(books).map(
    async (name) => [name, await read(readFileSync(join(folder, 'out', `${name}.xlsx`)))] as const,
  );
  return new Map(await Promise.all(saved));
}

/** The lines of the check: live, exact, difference, tolerance. */
function linesOf(rows: readonly (readonly unknown[])[]) {
  const first = rows.findIndex(([cell]) => cell === 'scenario') + 1;
  return rows.slice(first).map((row) => ({
    place: row.slice(0, 6).join(' '),
    live: Number(row[6]),
    exact: Number(row[7]),
    tolerance: Number(row[9]),
  }));
}

describe.skipIf(!OFFICE)('LibreOffice, which is not installed here unless this runs', () => {
  it('comes to the exact cells within the tolerance, for every shipped scenario', async () => {
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
});
