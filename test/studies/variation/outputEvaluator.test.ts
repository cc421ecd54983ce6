/** Outputs as functions of inputs: the plan with other values gives what the changed text gives. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  divide,
  fraction,
  multiply,
  subtract,
  type Fraction,
} from '../../../src/core/number/fraction.js';
import { isRest } from '../../../src/model/input.js';
import { project } from '../../../src/projection/compile.js';
import { amountOf, readOutput, type Output } from '../../../src/projection/output.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { inputAt, stepOf } from '../../../src/studies/variation/inputValues.js';
import {
  outputEvaluator,
  outputEvaluatorsByInput,
} from '../../../src/studies/variation/outputEvaluator.js';
import { currenciesOf } from '../../../src/studies/variation/outputPlan.js';
import { moveInput } from '../../../src/studies/variation/variation.js';
import { scenarios } from '../../naive/generator.js';
import { toYaml } from '../../naive/spec.js';
import { cases, coverage } from '../../support/cases.js';
import { loaded } from '../../support/cells.js';
import { valueOf } from '../../support/results.js';

const shipped = [
  'alibaba-380bn',
  'alibaba-rolling',
  'alibaba-weak-yuan',
  'alibaba-high',
  'alibaba-domestic',
].map((name) => loaded(readFileSync(`scenarios/${name}.yaml`, 'utf8')));

/** Its quarters end in January, April, July and October: no group of the calendar is a sum of whole ones. */
const january = loaded(
  readFileSync('scenarios/alibaba-380bn.yaml', 'utf8').replace(
    'fiscal_year_ends: 3, from',
    'fiscal_year_ends: 1, from',
  ),
);

/** Two thirds and four thirds of an input's value, on its step; beyond its bounds in some cases. */
function valuesOf(scenario: Scenario, path: string): readonly Fraction[] {
  const input = valueOf(inputAt(scenario, path));
  const step = stepOf(input);
  const onStep = (value: Fraction) => {
    const { n, d } = divide(value, step);
    return multiply(step, fraction(n / d));
  };
  const third = divide(input.value, fraction(3n));
  return [subtract(input.value, third), add(input.value, third)].map(onStep);
}

/** The number of the changed text, or what is wrong with it. */
function byText(scenario: Scenario, path: string, value: Fraction, output: Output) {
  const there = moveInput(scenario, path, value);
  if (!there.scenario) {
    const errors = there.diagnostics.filter(({ severity }) => severity === 'error');
    return errors.map(({ message }) => message);
  }
  const projection = project(there.scenario, { currencies: currenciesOf([output]) });
  return amountOf(projection, valueOf(readOutput(output.text, there.scenario))).count;
}

describe.each(shipped.map((scenario) => [scenario.id, scenario] as const))('%s', (_, scenario) => {
  it.each([':demand', ':revenue.USD', ':units', '@FY2027:demand', '@2026H1:demand'])(
    'every input, %s',
    (text) => {
      const output = valueOf(readOutput(text, scenario));
      if (output.unit === 'USD' && !scenario.fx.base.has('USD')) return;
      const paths = scenario.inputs.flatMap((input) => (isRest(input) ? [] : [input.path]));
      for (const path of paths) {
        const evaluate = outputEvaluator(scenario, output, [path]);
        for (const value of valuesOf(scenario, path)) {
          const { result } = evaluate([value]);
          const got = result.ok ? result.value : result.diagnostics.map((one) => one.message);
          expect(got, `${path} = ${value.n}/${value.d}`).toEqual(
            byText(scenario, path, value, output),
          );
        }
      }
    },
  );
});

it.each(['@2026Q1:demand', 'servers@2026H2:units', 'servers/inspur@2025:revenue.USD'])(
  'changes of an input are split over months as those of the text, %s',
  (text) => {
    const output = valueOf(readOutput(text, january));
    expect(output.splitPeriods).not.toEqual([]);
    for (const path of ['envelope', 'components.servers.suppliers.inspur.share']) {
      const evaluate = outputEvaluator(january, output, [path]);
      for (const value of valuesOf(january, path)) {
        expect(valueOf(evaluate([value]).result)).toBe(byText(january, path, value, output));
      }
    }
  },
);

it('inputs of one plan change one at a time, and it refuses what the text refuses', () => {
  let refused = 0;
  const far = fc.constantFrom(fraction(0n), fraction(1n, 3n), fraction(3n, 2n), fraction(20n));
  fc.assert(
    fc.property(
      scenarios(),
      fc.array(fc.tuple(fc.nat(), far), { minLength: 4 }),
      (spec, changes) => {
        const scenario = loaded(toYaml(spec));
        const output = valueOf(readOutput(':demand', scenario));
        const inputs = scenario.inputs.flatMap((input) => (isRest(input) ? [] : [input]));
        const paths = inputs.map(({ path }) => path);
        const evaluators = outputEvaluatorsByInput(scenario, [output], paths);
        for (const [number, factor] of changes) {
          const i = number % inputs.length;
          const value = multiply(inputs[i]!.value, factor);
          const { result } = evaluators[i]!([value]);
          const got = result.ok ? result.value[0] : result.diagnostics.map((one) => one.message);
          if (!result.ok) refused++;
          expect(got, `${paths[i]!} = ${value.n}/${value.d}`).toEqual(
            byText(scenario, paths[i]!, value, output),
          );
        }
      },
    ),
    { numRuns: cases(60) },
  );
  expect(refused).toBeGreaterThan(coverage(30));
});
