/** Cases of values without effect, of doubts about rates, and of numbers far from their kind. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { load, type Loaded } from '../../src/scenario/load.js';
import type { Answer } from '../../src/studies/answer.js';
import { sensitivity } from '../../src/studies/sensitivity/sensitivity.js';
import { ask } from '../../src/studies/study.js';
import { readBeside } from '../support/files.js';
import { valueOf } from '../support/results.js';

/** A case as a command reads it: `oracle/F3-table.yaml`. */
function caseOf(file: string): Loaded {
  const name = `test/cases/${file}`;
  return load(readFileSync(name, 'utf8'), { name, read: readBeside });
}

describe('a rate that is given as a quotient, or by an inverse table', () => {
  const answer = (file: string): Answer =>
    valueOf(ask(sensitivity, [caseOf(`oracle/${file}`).scenario!], { of: ':demand.USD' }));

  it.each(['F3-tornado-rate-quotient.yaml', 'F3-table.yaml'])(
    '%s is evaluated at its low and its high',
    (file) => {
      const { table, notes } = answer(file);
      expect(notes).toEqual([]);
      const [[, , , , , ...numbers]] = table!.rows as [string[]];
      expect(numbers).toEqual(['20/3', '50/7', '100/13', '150.00', '140.00', '130.00', '20.00']);
    },
  );
});
