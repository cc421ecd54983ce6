/** Outputs as functions of inputs: the plan with other values gives what the changed text gives. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ONE,
  add,
  divide,
  fraction,
  multiply,
  subtract,
  type Fraction,
} from '../../../src/core/number/fraction.js';
import { isRest } from '../../../src/model/input.js';
import { project } from '../../../src/projection/compile.js';
import { readOutput, type Output } from '../../../src/projection/output.js';
import { amountOf } from '../../../src/projection/outputAmounts.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { inputAt, stepOf } from '../../../src/studies/variation/inputValues.js';
import {
  ofFirst,
  outputEvaluators,
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
        const evaluate = ofFirst(outputEvaluators(scenario, [output], [path]));
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
      const evaluate = ofFirst(outputEvaluators(january, [output], [path]));
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

/** Weights whose sum is short, or has 17 digits; some are zero. */
const weightLists = fc
  .tuple(
    fc.array(fc.bigInt(0n, 20n), { minLength: 2, maxLength: 6 }),
    fc.constantFrom(1n, 1n, 333_333_333_333_333n),
  )
  .map(([weights, size]) => weights.map((weight, i) => weight * size + BigInt(i % 2)));

/** Groups of shares: what their paths begin with, and the lines of a scenario that give them. */
const GROUPS: Readonly<
  Record<string, (shares: readonly string[]) => Readonly<Record<string, string>>>
> = {
  'estimates.e.split.': (shares) => ({ split: named('c', shares) }),
  'mix.blend.': (shares) => ({ mix: `{ blend: { ${named('e', shares)} } }` }),
  'phasing.years.': (shares) => ({
    phasing: `{ years: { ${named('FY203', shares)} } }`,
    to: `FY203${shares.length - 1}`,
  }),
  'components.c0.components.': (shares) => ({ parts: named('p', shares) }),
  'components.s.suppliers.': (shares) => ({ suppliers: named('s', shares) }),
  'components.s.lag.': (shares) => ({ lag: shares.join(', ') }),
};

function named(key: string, shares: readonly string[]): string {
  return shares.map((share, i) => `${key}${i}: ${share}`).join(', ');
}

function withGroup(given: Readonly<Record<string, string>>): string {
  const { split = 'c0: 40%, s: 60%', mix = 'e', phasing = 'even', parts = 'p0: 100%' } = given;
  const { suppliers = 's0: 100%', lag = '100%', to = 'FY2035' } = given;
  const others = [1, 2, 3, 4, 5].map((i) => `e${i}: { split: { c0: ${i}0%, s: rest } }`);
  return `scenario: small
currency: JPY
calendar: { fiscal_year_ends: 3, from: FY2030, to: ${to}, period: year }
envelope: 1000003 JPY
phasing: ${phasing}
estimates: { e: { split: { ${split} } }, e0: { split: { c0: 100% } }, ${others.join(', ')} }
mix: ${mix}
components:
  c0: { components: { ${parts} } }
  s: { lag: { years: [${lag}] }, suppliers: { ${suppliers} } }
`;
}

it('on the plan, others without `rest` absorb a change as they do in the text', () => {
  const seen = { numbers: 0, refusals: 0, long: 0 };
  const moves = fc.array(fc.tuple(fc.nat(5), fc.bigInt(0n, 6n), fc.boolean()), {
    minLength: 3,
    maxLength: 3,
  });
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.keys(GROUPS)),
      weightLists,
      moves,
      (start, weights, all) => {
        const sum = weights.reduce((a, b) => a + b, 0n);
        const scenario = loaded(
          withGroup(GROUPS[start]!(weights.map((weight) => `${weight}/${sum}`))),
        );
        const outputs = [':revenue', 'c0@FY2031:demand', 's/s0:demand'].flatMap((text) => {
          const output = readOutput(text, scenario);
          return output.ok ? [output.value] : [];
        });
        const members = scenario.inputs.flatMap((one) =>
          isRest(one) || !one.path.startsWith(start) ? [] : [one],
        );
        const paths = members.map(({ path }) => path);
        const evaluators = outputEvaluatorsByInput(scenario, outputs, paths);
        for (const [number, fifths, isOfOthers] of all) {
          const i = number % members.length;
          // The others keep some fifths of what they have, or of the whole.
          const whole = isOfOthers ? subtract(ONE, members[i]!.value) : ONE;
          const value = subtract(ONE, multiply(whole, fraction(fifths, 5n)));
          const { result } = evaluators[i]!([value]);
          seen[result.ok ? 'numbers' : 'refusals']++;
          if (result.ok && value.d > 2n ** 53n) seen.long++;
          const got = (o: number) =>
            result.ok ? result.value[o] : result.diagnostics.map((one) => one.message);
          outputs.forEach((output, o) => {
            expect(got(o), `${paths[i]!} = ${value.n}/${value.d}`).toEqual(
              byText(scenario, paths[i]!, value, output),
            );
          });
        }
      },
    ),
    { numRuns: cases(80) },
  );
  expect(seen.numbers).toBeGreaterThan(coverage(100));
  expect(seen.refusals).toBeGreaterThan(coverage(5));
  expect(seen.long).toBeGreaterThan(coverage(10));
});
