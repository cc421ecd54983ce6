/** The law of the way back: what is written says the numbers of the cells in every scenario, or nothing is written. */
import { expect, it } from 'vitest';
import { printFraction } from '../../../src/core/number/decimal.js';
import { writeDiagnostics } from '../../../src/formats/diagnosticText.js';
import { writeDiff } from '../../../src/formats/diff.js';
import { cases, coverage } from '../../support/cases.js';
import { contradictions, imported, returnCase, type ReturnCase } from '../../support/returnLaw.js';
import { editsOf } from '../../support/workbookEdits.js';

/** The whole law was measured once on 2,000 scenarios; the gate tries as many as fit into its time. */
const COUNT = Number(process.env['RETURN_CASES'] ?? cases(40));

it(`writes only what the cells show, for ${COUNT} random workbooks`, () => {
  const counts = { written: 0, refused: 0, several: 0, tables: 0 };
  for (let seed = 1; counts.written + counts.refused < COUNT; seed++) {
    const one = returnCase(seed);
    if (!one) continue;
    const result = imported(one, editsOf(one));
    const isWritten = result.files.length > 0;
    if (isWritten) {
      counts.written++;
      if (one.onto.length > 1) counts.several++;
      if (result.files.some(({ source }) => source.name.endsWith('.csv'))) counts.tables++;
      const wrong = contradictions(one, result);
      if (wrong.length > 0)
        expect.fail(`seed ${seed}\n${wrong.join('\n')}\n${reportOf(one, result)}`);
    } else {
      counts.refused++;
      const isRefused = result.diagnostics.some(({ severity }) => severity === 'error');
      if (!isRefused) expect(contradictions(one, result), `seed ${seed}`).toEqual([]);
    }
  }
  expect(counts.written).toBeGreaterThan(coverage(COUNT / 3));
  expect(counts.several).toBeGreaterThan(coverage(COUNT / 20));
  expect(counts.tables).toBeGreaterThan(coverage(COUNT / 50));
  expect(counts.refused).toBeGreaterThan(coverage(COUNT / 20));
}, 1_000_000);

function reportOf(
  { typed }: ReturnCase,
  { files, diagnostics }: ReturnType<typeof imported>,
): string {
  const numbers = typed.map(
    ({ scenario, path, of, number }) => `${scenario} ${path} ${of} = ${printFraction(number)}\n`,
  );
  const diffs = files.map(({ source, text }) => writeDiff(source.name, source.text, text));
  return numbers.join('') + diffs.join('') + writeDiagnostics(diagnostics);
}
