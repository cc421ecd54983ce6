/** The way back: what was changed in a workbook is changed in the file, and nothing else is. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { workbook } from '../../src/book/book.js';
import type { Imported } from '../../src/book/import.js';
import type { Workbook } from '../../src/book/workbook.js';
import { hasErrors } from '../../src/core/diagnostic.js';
import { equal, multiply, nearest, ratio } from '../../src/core/ratio.js';
import { load } from '../../src/scenario/load.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { forecast } from '../../src/studies/forecast.js';
import { writeCsv } from '../../src/write/csv.js';
import { writeDiagnostics } from '../../src/write/diagnostics.js';
import { writeDiff } from '../../src/write/diff.js';
import { readXlsx } from '../../src/write/readXlsx.js';
import { writeXlsx } from '../../src/write/xlsx.js';
import { planOf, read, sheetNamed, SHIPPED } from './books.js';
import {
  byHand,
  changesOf,
  heldBy,
  importedOnto,
  loadedFrom,
  withNumbers,
  type Held,
  type NewNumber,
} from './edits.js';
import { OFFICE, saved } from './office.js';

const CURRENCIES = ['--currency', 'CNY,USD'];

/** Nine tenths of everything, as that keeps sums below their whole and ranges in order. */
const NINE_TENTHS: NewNumber = ({ path, value }) => {
  if (path.endsWith('blend.guojin')) return ratio(60n, 100n);
  if (path.endsWith('blend.cicc')) return ratio(40n, 100n);
  if (value.n === 0n) return ratio(1n, 100n);
  return typed(multiply(value, ratio(9n, 10n)));
};

/** A third has more digits than a cell; what is typed into one has few. */
function typed({ n, d }: { n: bigint; d: bigint }) {
  return 10n ** 12n % d === 0n ? { n, d } : ratio((n * 10_000n) / d, 10_000n);
}

function csvOf(scenario: Scenario | undefined): string {
  const answer = scenario ? forecast.run([scenario], {}) : [];
  return 'table' in answer ? writeCsv(answer.table!) : 'no forecast';
}

function diffOf({ files }: Imported): string {
  return files.map(({ source, text }) => writeDiff(source.name, source.text, text)).join('');
}

function errorsOf({ diagnostics }: Imported): string {
  return writeDiagnostics(diagnostics.filter(({ severity }) => severity === 'error'));
}

describe.each(SHIPPED)('%s, all of its numbers changed at once', (id) => {
  const plan = planOf(id);
  const book = withNumbers(plan, NINE_TENTHS, CURRENCIES);

  it('forecasts what the file changed by hand does, byte for byte', async () => {
    const result = importedOnto((await readXlsx('edited.xlsx', await writeXlsx(book)))!, id);
    expect(errorsOf(result)).toBe('');
    expect(result.changes).toBe(changesOf(plan.scenario, NINE_TENTHS).length);
    const hand = byHand(id, plan.scenario, NINE_TENTHS);
    expect(csvOf(loadedFrom(id, result).scenario)).toBe(csvOf(hand));
    await expect(diffOf(result)).toMatchFileSnapshot(`../golden/import/${id}.diff`);
  });
});
