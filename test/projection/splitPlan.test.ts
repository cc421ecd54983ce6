/** A plan whose cells are split over months has the numbers that a rollup has, and says how it comes to them. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compile } from '../../src/projection/compile.js';
import { run } from '../../src/projection/evaluate.js';
import { groupCells, rollup } from '../../src/projection/rollup.js';
import { splitPlan } from '../../src/projection/splitPlan.js';
import { TIME_DIMENSIONS, acrossGroups } from '../../src/projection/timeGroups.js';
import { scenarios } from '../naive/generator.js';
import { toYaml } from '../naive/spec.js';
import { cases, coverage } from '../support/cases.js';
import { loaded } from '../support/cells.js';

it('has the numbers of a rollup, cell by cell', () => {
  let split = 0;
  const law = fc.property(scenarios(), fc.constantFrom(...TIME_DIMENSIONS), (spec, dimension) => {
    const plan = compile(loaded(toYaml(spec)), { currencies: spec.currencies });
    const { scenario } = plan;
    const own = splitPlan(plan, acrossGroups(scenario, [dimension]));
    split += own.cells.length - plan.cells.length;
    const { cells } = run(own);
    const found = groupCells(scenario, cells, [dimension, 'component', 'supplier']);
    const expected = rollup(run(plan), [dimension, 'component', 'supplier']);
    const line = (place: Pick<(typeof expected)[number], 'labels' | 'measure' | 'unit'>) =>
      [...place.labels, place.measure, place.unit.label].join('|');
    expect(
      found.map((one) => [line(one), one.cells.reduce((a, { count }) => a + count, 0n)]),
    ).toEqual(expected.map((one) => [line(one), one.count]));
  });
  fc.assert(law, { numRuns: cases(20) });
  expect(split).toBeGreaterThan(coverage(200));
});

it('leaves a plan as it is where no cell is split', () => {
  const plan = compile(loaded(toYaml(fc.sample(scenarios(), { numRuns: 1, seed: 1 })[0]!)));
  expect(splitPlan(plan, () => false)).toBe(plan);
});
