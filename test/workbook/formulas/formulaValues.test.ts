/** The tolerance that a workbook states: live numbers never lie farther from the exact ones. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readDecimal } from '../../../src/core/number/decimal.js';
import { nearestWhole } from '../../../src/core/number/fraction.js';
import { compile } from '../../../src/projection/compile.js';
import { longFormulas } from '../../../src/workbook/formulas/longFormulas.js';
import { entriesOf } from '../../../src/workbook/sheets/forecastSheets.js';
import { sheetLayout } from '../../../src/workbook/sheets/sheetLayout.js';
import { scenarios } from '../../naive/generator.js';
import { toYaml } from '../../naive/spec.js';
import { cases } from '../../support/cases.js';
import { loaded } from '../../support/cells.js';

it('every live cell of 300 random scenarios is within its tolerance', () => {
  fc.assert(
    fc.property(scenarios(), (spec) => {
      const plan = compile(loaded(toYaml(spec)), { currencies: spec.currencies });
      const frame = sheetLayout(plan, 'Inputs', 'Plan');
      for (const { numbers, ...place } of entriesOf([frame], longFormulas())) {
        const { live, exact } = numbers[0]!;
        const off = Math.abs(live.value - nearestWhole(readDecimal(exact)));
        expect(off, JSON.stringify({ ...place, live, exact })).toBeLessThanOrEqual(live.slack);
      }
    }),
    { numRuns: cases(300) },
  );
}, 300_000);
