/** The value that closes a gap, put back into the scenario, closes it. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fraction, multiply, subtract, type Fraction } from '../../../src/core/number/fraction.js';
import { estimatesOf } from '../../../src/model/estimate/mix.js';
import { isInUnits } from '../../../src/model/estimate/unitEstimate.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { vary } from '../../../src/scenario/vary.js';
import type { Closing } from '../../../src/studies/triangulate/closing.js';
import { triangulationOf, type Gap } from '../../../src/studies/triangulate/gaps.js';
import { literalOf, stepOf } from '../../../src/studies/variation/inputValues.js';
import { dice, scenarios } from '../../naive/generator.js';
import { toYaml } from '../../naive/spec.js';
import { withUnits } from '../../naive/unitScenarios.js';
import { cases } from '../../support/cases.js';
import { loaded } from '../../support/cells.js';

/** `CAPEX_GAPS=1000` closes that many random gaps. */
const TRIED = Number(process.env['CAPEX_GAPS'] ?? cases(20));

const random = fc.tuple(scenarios(), fc.noShrink(fc.noBias(fc.nat()))).map(([spec, seed]) => {
  const d = dice(seed, 'gaps');
  return { spec: withUnits(spec, d, d.pick(['nothing', 'nothing', 'mix', 'blend'])), d };
});

it('a value put back closes its gap, or its gap has another sign one step further', () => {
  let closed = 0;
  while (closed < TRIED) {
    fc.assert(
      fc.property(random, ({ spec, d }) => {
        const scenario = loaded(toYaml(spec));
        const chosen = d.int(gapsOf(scenario).length);
        const gap = gapsOf(scenario, chosen)[chosen]!;
        if (gap.closings.length === 0) return;
        closed++;
        expectClosed(scenario, gap, gap.closings[d.int(gap.closings.length)]!);
      }),
      { numRuns: Math.min(TRIED, 100) },
    );
  }
}, 3_600_000);

/** @param closed the place of the gap to close; none unless given */
function gapsOf(scenario: Scenario, closed?: number): readonly Gap[] {
  const all = [...scenario.mixes.flatMap(estimatesOf), ...scenario.unusedEstimates];
  return triangulationOf(scenario, all.find(isInUnits)!, (place) => place === closed).gaps;
}

function expectClosed(scenario: Scenario, { place }: Gap, { input, value, isExact }: Closing) {
  const gapAt = (at: Fraction) => {
    const { scenario: moved } = vary(scenario, [`${input.path}=${literalOf(input, at)!}`]);
    if (!moved) return undefined;
    const gap = gapsOf(moved).find(
      (one) => one.place.component === place.component && one.place.year === place.year,
    )!;
    return gap.below! - gap.above!;
  };
  const here = gapAt(value)!;
  if (isExact) {
    expect(here).toBe(0n);
    return;
  }
  const step = stepOf(input);
  const beside = [subtract(value, step), subtract(value, multiply(step, fraction(-1n)))].map(gapAt);
  const crosses = beside.some((other) => other !== undefined && other * here < 0n);
  expect(crosses, `${input.path}=${literalOf(input, value)!}`).toBe(true);
}
