/** The conditions of a plan hold for the scenario that it is compiled from. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fractionAt } from '../../src/core/kernel/registers.js';
import { compile } from '../../src/projection/compile.js';
import { evaluateAll } from '../../src/projection/evaluate.js';
import { scenarios } from '../naive/generator.js';
import { toYaml } from '../naive/spec.js';
import { cases } from '../support/cases.js';
import { loaded } from '../support/cells.js';

it('a scenario that loads breaks no condition of its plan', () => {
  fc.assert(
    fc.property(scenarios(), (spec) => {
      const plan = compile(loaded(toYaml(spec)), { currencies: [] });
      const values = evaluateAll(plan);
      const broken = [...plan.guards].filter(([ref, guard]) => {
        const { n } = fractionAt(values, ref);
        return guard === 'zero' ? n !== 0n : guard === 'positive' ? n <= 0n : n < 0n;
      });
      expect(broken).toEqual([]);
    }),
    { numRuns: cases(500) },
  );
}, 60_000);
