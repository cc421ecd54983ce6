/** The way back: what was changed in a workbook is changed in the file, and nothing else is. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fraction, multiply } from '../../../src/core/number/fraction.js';
import { writeCsv } from '../../../src/formats/csv.js';
import { writeDiagnostics } from '../../../src/formats/diagnosticText.js';
import { readXlsx } from '../../../src/formats/readXlsx.js';
import { writeXlsx } from '../../../src/formats/xlsx.js';
import { compile } from '../../../src/projection/compile.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { forecast } from '../../../src/studies/forecast/forecast.js';
import { workbook } from '../../../src/workbook/book.js';
import type { ImportResult } from '../../../src/workbook/import/importChanges.js';
import type { Workbook } from '../../../src/workbook/workbook.js';
import { OFFICE, saved } from '../../support/office.js';
import {
  NINE_TENTHS,
  byHand,
  changesOf,
  diffOf,
  heldBy,
  importedOnto,
  loadedFrom,
  typed,
  withNumbers,
  type NewNumber,
} from '../../support/workbookEdits.js';
import { SHIPPED, linesOf, planOf, read, sheetNamed } from '../../support/workbooks.js';

const CURRENCIES = ['--currency', 'CNY,USD'];

function csvOf(scenario: Scenario | undefined): string {
  const answer = scenario && forecast.run([scenario], {});
  return answer?.ok ? writeCsv(answer.value.table!) : 'no forecast';
}

const csvWithoutGrades = (scenario: Scenario | undefined) =>
  csvOf(scenario).replace(/,[a-z]+$/gm, '');

/** The first line in which two forecasts differ. */
function firstDifference(a: string, b: string): string {
  const [one, other] = [a.split('\n'), b.split('\n')];
  const at = one.findIndex((line, i) => line !== other[i]);
  return a === b ? '' : `${one[at] ?? ''} and ${other[at] ?? ''}`;
}

function errorsOf({ diagnostics }: ImportResult): string {
  return writeDiagnostics(diagnostics.filter(({ severity }) => severity === 'error'));
}

/** LibreOffice has saved the workbooks, where it is installed; elsewhere they are as we have written them. */
const [save, how] = OFFICE ? [saved, 'as LibreOffice saves it'] : [written, 'as it was written'];

type Books = Readonly<Record<string, Workbook>>;

async function written(books: Books) {
  const all = Object.entries(books).map(async ([name, book]) => {
    return [name, await writeXlsx(book)] as const;
  });
  return new Map(await Promise.all(all));
}

async function importedFrom(bytes: Uint8Array, id: string): Promise<ImportResult> {
  return importedOnto((await readXlsx('edited.xlsx', bytes))!, id);
}

describe(`all numbers of a shipped scenario changed at once, in its workbook ${how}`, () => {
  const plans = [...SHIPPED, 'alibaba-units'].map((id) => planOf(id));
  const books = plans.map((plan) => [plan.scenario.id, withNumbers(plan, NINE_TENTHS, CURRENCIES)]);
  const files = save(Object.fromEntries(books) as Books);

  it.each(plans.map((plan) => [plan.scenario.id, plan] as const))(
    '%s forecasts what its file changed by hand does, byte for byte',
    async (id, { scenario }) => {
      const result = await importedFrom((await files).get(id)!, id);
      expect(errorsOf(result)).toBe('');
      expect(result.changes).toBe(changesOf(scenario, NINE_TENTHS).length);
      const hand = byHand(scenario, NINE_TENTHS);
      expect(firstDifference(csvOf(loadedFrom(id, result).scenario), csvOf(hand))).toBe('');
      await expect(diffOf(result)).toMatchFileSnapshot(`../../golden/import/${id}.diff`);
      for (const { source, text } of result.files)
        expect(commentsIn(text)).toEqual(commentsIn(source.text));
    },
    180_000,
  );

  it.skipIf(!OFFICE).each(plans.map((plan) => [plan.scenario.id] as const))(
    '%s has live cells within the tolerance of what the engine makes of the file by then',
    async (id) => {
      const bytes = (await files).get(id)!;
      const { scenario } = loadedFrom(id, await importedFrom(bytes, id));
      const { code } = scenario!.currency;
      const again = await read(
        await writeXlsx(
          workbook([compile(scenario!, { currencies: [code, ...scenario!.fx.base.keys()] })]),
        ),
      );
      const [live, exact] = [await read(bytes), again].map((book) =>
        linesOf(sheetNamed(book, 'Check').rows),
      );
      expect(live!.length).toBeGreaterThan(90);
      expect(live!.map(({ place }) => place)).toEqual(exact!.map(({ place }) => place));
      live!.forEach(({ place, live }, i) => {
        const { exact: number, tolerance } = exact![i]!;
        expect(Math.abs(live - number), place).toBeLessThanOrEqual(tolerance);
      });
    },
    180_000,
  );
});

const commentsIn = (text: string) => text.match(/(?<=^| )#.*$/gm);

/** One number of one scenario, by a share of what it was. */
const singles = fc.sample(
  fc.record({
    id: fc.constantFrom(...SHIPPED),
    which: fc.noBias(fc.nat(9999)),
    part: fc.noBias(fc.nat(998)),
  }),
  { numRuns: 20, seed: 20261125 },
);

describe(`one number changed, in a workbook ${how}`, () => {
  const cases = singles.map(({ id, which, part }, i) => {
    const plan = planOf(id);
    const held = heldBy(plan.scenario);
    const one = held[which % held.length]!;
    // A share of zero would be no change.
    const value =
      one.value.n === 0n
        ? fraction(1n, 100n)
        : typed(multiply(one.value, fraction(BigInt(501 + part), 1000n)));
    const change: NewNumber = ({ path }) => (path === one.path ? value : undefined);
    return { name: `${i} ${id} ${one.path} × ${(501 + part) / 1000}`, id, plan, one, change };
  });
  const books = cases.map(({ plan, change }, i) => [
    String(i),
    withNumbers(plan, change, CURRENCIES),
  ]);
  const files = save(Object.fromEntries(books) as Books);

  it.each(cases.map((each, i) => [each.name, each, String(i)] as const))(
    '%s',
    async (_, { id, plan, one, change }, name) => {
      const { scenario } = plan;
      const result = await importedFrom((await files).get(name)!, id);
      const hand = byHand(scenario, change);
      const { scenario: again } = loadedFrom(id, result);
      // In a file of its own, a number of a parent does not get the reason that its new neighbours have.
      const shown = one.span.source === scenario.tree.span.source ? csvOf : csvWithoutGrades;
      expect(firstDifference(shown(again), shown(hand ?? scenario))).toBe('');
      expect(errorsOf(result) === '').toBe(hand !== undefined);
      expect(result.files.length).toBe(hand && changesOf(scenario, change).length > 0 ? 1 : 0);
      for (const { source, text } of result.files) {
        if (one.span.source.name !== source.name) continue;
        const { start, end } = one.span;
        const behind = source.text.slice(source.text.indexOf('\n', end));
        expect(text.slice(0, start)).toBe(source.text.slice(0, start));
        expect(text.slice(-behind.length)).toBe(behind);
      }
    },
    180_000,
  );
});
