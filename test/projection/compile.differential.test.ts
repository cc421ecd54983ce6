/** The whole model against a second, naive one that shares no code with it. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { project } from '../../src/projection/compile.js';
import { scenarios } from '../naive/generator.js';
import { naive, naiveTotals } from '../naive/model.js';
import { toYaml } from '../naive/spec.js';
import { cases } from '../support/cases.js';
import { cellsOf, linesOf, loaded } from '../support/cells.js';

it('the engine and the naive model agree on every cell of 4,000 random scenarios', () => {
  fc.assert(
    fc.property(scenarios(), (spec) => {
      const projection = project(loaded(toYaml(spec)), { currencies: spec.currencies });
      expect(linesOf(cellsOf(projection))).toBe(linesOf(naive(spec)));
      const { envelope, total } = projection;
      expect({ envelope: String(envelope), total: String(total) }).toEqual(naiveTotals(spec));
    }),
    { numRuns: cases(4000) },
  );
}, 300_000);
