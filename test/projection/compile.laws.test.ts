/** Laws that every forecast keeps, over 10,000 random scenarios that exercise all features together. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { project } from '../../src/projection/compile.js';
import { DIMENSIONS, TIME_DIMENSIONS } from '../../src/projection/rollup.js';
import { cellsOf, linesOf, loaded } from '../support/cells.js';
import { scenarios } from '../naive/generator.js';
import { toYaml } from '../naive/spec.js';
import {
  contentIsInsideDemand,
  demandIsTheEnvelope,
  revenueIsDemand,
  rollupIsTheSum,
  translatedTotalsFoot,
} from '../support/laws.js';

const FREE = DIMENSIONS.filter((one) => !TIME_DIMENSIONS.slice(1, 3).includes(one));

it(
  'demand is the envelope, revenue plus tail is demand, content is inside demand, every rollup and every translation foots, ' +
    'and reporting in further currencies moves no cell of the envelope’s currency',
  () => {
    fc.assert(
      fc.property(scenarios(), fc.subarray(FREE), (spec, dimensions) => {
        const scenario = loaded(toYaml(spec));
        const own = scenario.currency.code;
        const others = spec.currencies.filter((code) => code !== own);
        const projection = project(scenario, { currencies: [...others, own] });
        demandIsTheEnvelope(projection, spec);
        revenueIsDemand(projection);
        contentIsInsideDemand(projection);
        translatedTotalsFoot(projection);
        rollupIsTheSum(projection, dimensions);

        const kept = projection.cells.filter(({ unit }) => !others.includes(unit.label));
        const alone = project(scenario, { currencies: [own] });
        expect(linesOf(cellsOf({ ...projection, cells: kept }))).toBe(linesOf(cellsOf(alone)));
      }),
      { numRuns: 10_000 },
    );
  },
  600_000,
);
