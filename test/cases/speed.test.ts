/** Cases of small files that once took many seconds, or did not end. */
import { describe, expect, it } from 'vitest';
import { project } from '../../src/projection/compile.js';
import { load } from '../../src/scenario/load.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { explain } from '../../src/studies/explain/explain.js';
import { sensitivity } from '../../src/studies/sensitivity/sensitivity.js';
import { ask } from '../../src/studies/study.js';
import { casePath, caseText } from '../support/caseFiles.js';
import { readBeside } from '../support/files.js';
import { valueOf } from '../support/results.js';

function scenarioOf(text: string): Scenario {
  const { scenario, diagnostics } = load(text);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return scenario!;
}

/** What is spent in a forecast, in fen. */
function demandIn(scenario: Scenario): bigint {
  const demand = project(scenario).cells.filter(({ measure }) => measure === 'demand');
  return demand.reduce((sum, { count }) => sum + count, 0n);
}

describe('small files that once took many seconds', () => {
  it.each([
    ['erosion-far-at/a.yaml', 12],
    ['erosion-far-at/b.yaml', 400],
    ['growth-18-digits/m.yaml', 400],
    ['weights-400-denominators/m.yaml', 400],
    ['shares-without-rest/m.yaml', 40 * 2000],
    ['ladder-quadratic/m.yaml', 40 * 1000],
    ['correlations-40/m.yaml', 12 * 41],
  ])('%s spends the envelope', (file, cells) => {
    const scenario = scenarioOf(caseText(file));
    const demand = project(scenario).cells.filter(({ measure }) => measure === 'demand');
    expect(demand).toHaveLength(cells);
    expect(demandIn(scenario)).toBe(38_000_000_000_000n);
  });

  it('long-names: each component that nothing uses is told, and no other is suggested', () => {
    const { diagnostics } = load(caseText('long-names/m.yaml'));
    expect(new Set(diagnostics.map(({ code }) => code))).toEqual(new Set(['unused']));
  });

  it('csv-header: the column of 60,000 blanks is refused', () => {
    const name = casePath('csv-header/m.yaml');
    const { diagnostics } = load(caseText('csv-header/m.yaml'), { name, read: readBeside });
    expect(diagnostics.map(({ code }) => code)).toContain('csv-column');
  });
});

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
