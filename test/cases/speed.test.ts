/** Cases of small files that once took many seconds, or did not end. */
import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../src/scenario/scenario.js';
import { load } from '../../src/scenario/load.js';
import { explain } from '../../src/studies/explain/explain.js';
import { sensitivity } from '../../src/studies/sensitivity/sensitivity.js';
import { ask } from '../../src/studies/study.js';
import { caseText } from '../support/caseFiles.js';
import { valueOf } from '../support/results.js';

function scenarioOf(text: string): Scenario {
  const { scenario, diagnostics } = load(text);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return scenario!;
}

describe('252,000 cells are too many for the arguments of a call', () => {
  const scenario = scenarioOf(caseText('stack-of-max/m.yaml'));

  it('explain adds them up', () => {
    const { outline } = valueOf(ask(explain, [scenario], { cell: '*', depth: '1' }));
    expect(outline!.head).toBe('all cells = 380,000,000,000.00 CNY');
  });

  it('sensitivity answers', () => {
    const { table, notes } = valueOf(ask(sensitivity, [scenario], { of: '*:revenue' }));
    expect(table!.rows).toEqual([]);
    expect(notes).toEqual(['no input has a range: give inputs a `low` and a `high`']);
  });
});
