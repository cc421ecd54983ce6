/** Inputs with an effect are those whose registers move a number of a plan. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { equal, fraction, multiply, type Fraction } from '../../src/core/number/fraction.js';
import { isRest, type Input } from '../../src/model/input.js';
import { AMOUNT, PRICE, RATE, WEIGHT } from '../../src/model/inputKind.js';
import { compile } from '../../src/projection/compile.js';
import { run } from '../../src/projection/evaluate.js';
import { inputsWithEffect } from '../../src/projection/inputsWithEffect.js';
import type { Plan } from '../../src/projection/plan.js';
import { scenarios } from '../naive/generator.js';
import { toYaml } from '../naive/spec.js';
import { cases, coverage } from '../support/cases.js';
import { loaded } from '../support/cells.js';

/** Another value of an input, so far away that rounding does not hide its effect. */
function otherValue({ kind, value }: Input): Fraction {
  const isSize = kind === AMOUNT || kind === PRICE || kind === RATE || kind === WEIGHT;
  const factor = isSize ? fraction(3n) : fraction(1n, 3n);
  return value.n === 0n ? factor : multiply(value, factor);
}

function numbersOf(plan: Plan): readonly bigint[] {
  const { cells, envelope } = run(plan);
  return [envelope, ...cells.map(({ count }) => count)];
}

/** The numbers of a plan in which one input has another value, whatever its guards say; nothing where no weight is above 0 then. */
function numbersWith(plan: Plan, path: string, value: Fraction): readonly bigint[] | undefined {
  const steps = plan.steps.map((step) =>
    step.op === 'input' && step.input.path === path
      ? { ...step, input: { ...step.input, value } }
      : step,
  );
  try {
    return numbersOf({ ...plan, steps });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

it('moves no number by an input that is not among them', () => {
  let [still, moving] = [0, 0];
  const law = fc.property(scenarios({ size: 'round' }), (spec) => {
    const plan = compile(loaded(toYaml(spec)), { currencies: spec.currencies });
    const found = inputsWithEffect(plan);
    const before = numbersOf(plan);
    for (const input of plan.scenario.inputs) {
      // Of a lag, parts that are summed in one cell share the units that rounding leaves over.
      if (isRest(input) || input.path.includes('.lag.')) continue;
      const value = otherValue(input);
      expect(equal(value, input.value)).toBe(false);
      const after = numbersWith(plan, input.path, value);
      if (!after) continue;
      const isMoved = before.some((number, i) => number !== after[i]);
      if (isMoved && !found.has(input.path)) expect.fail(`${input.path}\n${toYaml(spec)}`);
      if (isMoved) moving++;
      else if (!found.has(input.path)) still++;
    }
  });
  fc.assert(law, { numRuns: cases(20) });
  expect(moving).toBeGreaterThan(coverage(100));
  expect(still).toBeGreaterThan(coverage(20));
});

/** With two suppliers, of which one has a price of its own, and an estimate that the mix does not name. */
const text = (to: string) => `scenario: small
currency: CNY
calendar: { fiscal_year_ends: 12, from: FY2026, to: ${to}, period: year }
envelope: 1000 CNY
phasing: { growth: 10%, per: year }
estimates: { e: { split: { a: 40%, b: 60% } }, unnamed: { split: { a: 100% } } }
mix: e
components:
  a: { price: { value: 7 CNY, unit: u, at: FY2026, erosion: 5% }, suppliers: { x: 60%, y: 40% } }
  b: { suppliers: { z: 100% } }
`;

it.each([
  ['what a plan reads not at all', 'FY2027', ['estimates.unnamed.split.a']],
  [
    'what splits one year, and erosion in the year of the price',
    'FY2026',
    ['phasing.growth', 'estimates.unnamed.split.a', 'components.a.price.erosion'],
  ],
])('leaves out %s, and no share that the others have to complete', (_, to, without) => {
  const plan = compile(loaded(text(to)));
  const found = inputsWithEffect(plan);
  const idle = plan.scenario.inputs.flatMap(({ path }) => (found.has(path) ? [] : [path]));
  expect(idle).toEqual(without);
});
