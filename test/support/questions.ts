/** Random goals: inputs of every kind on a coarse grid, outputs of every kind, targets near and far. */
import { fraction, multiply, type Fraction } from '../../src/core/number/fraction.js';
import { failure, success } from '../../src/core/result.js';
import { tailLabel } from '../../src/model/calendar.js';
import { isRest, type Input } from '../../src/model/input.js';
import { project } from '../../src/projection/compile.js';
import type { Projection } from '../../src/projection/evaluate.js';
import { readOutput, type Output } from '../../src/projection/output.js';
import { amountOf } from '../../src/projection/outputAmounts.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import type { SolveQuestion } from '../../src/studies/solve/solveQuestion.js';
import { isPrice } from '../../src/studies/variation/inputValues.js';
import type { InputPoint } from '../../src/studies/variation/outputEvaluator.js';
import { moveInput } from '../../src/studies/variation/variation.js';
import { valueOf } from './results.js';
import { soleSubject } from '../../src/studies/subject/subject.js';
import { soleOutput } from '../../src/studies/subject/subjectOutput.js';

/** A seeded source of numbers from 0 to 1, and of members of a list. */
export interface Source {
  readonly next: () => number;
  readonly pick: <T>(list: readonly T[]) => T;
}

export function source(seed: number): Source {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return { next, pick: (list) => list[Math.floor(next() * list.length)]! };
}

/** Kinds of input by their path; the first that fits. */
export const KINDS = [
  ['envelope', /^envelope$/],
  ['part of an estimate', /^estimates\..*\.split/],
  ['erosion', /\.erosion$/],
  ['price', /\.price/],
  ['share', /\.suppliers\./],
  ['lag weight', /\.lag\./],
  ['content', /\.content(\.|$)/],
  ['pass-through', /\.pass_through(\.|$)/],
  ['part', /\.components\./],
  ['growth', /^phasing\.growth/],
  ['year', /^phasing\.years/],
  ['period weight', /^phasing\.weights/],
  ['blend weight', /^mix\./],
  ['base rate', /^fx\.base/],
  ['rate path', /^fx\.path/],
  ['attributable', /^actuals\.attributable/],
  ['reported', /^actuals\.periods/],
] as const;

type Kind = (typeof KINDS)[number][0];

function kindOf({ path }: Input): Kind | undefined {
  return KINDS.find(([, form]) => form.test(path))?.[0];
}

/** Numbers that have no scale of their own: prices, rates, weights and amounts have one. */
function isShare(input: Input): boolean {
  const scaled: readonly (Kind | undefined)[] = [
    'price',
    'base rate',
    'rate path',
    'period weight',
  ];
  return input.currency === undefined && !scaled.includes(kindOf(input));
}

/** The multiples of a coarse step: at most 200 of them, some of them beyond what is valid. */
function gridOf(input: Input, { pick }: Source): Pick<SolveQuestion, 'step' | 'first' | 'last'> {
  const kind = kindOf(input);
  if (kind === 'growth' || kind === 'erosion') {
    return { step: fraction(1n, 50n), first: pick([-49n, -51n]), last: pick([40n, 52n]) };
  }
  if (isShare(input)) {
    return {
      step: pick([fraction(1n, 100n), fraction(1n, 64n)]),
      first: 0n,
      last: pick([60n, 64n, 104n]),
    };
  }
  const finest = input.currency && !isPrice(input) ? 0 : -9;
  const value = input.value.n > 0n ? input.value : fraction(1n);
  let power = finest;
  while (tenTo(power + 1) * 40 <= Number(value.n) / Number(value.d)) power++;
  const step = power < 0 ? fraction(1n, 10n ** BigInt(-power)) : fraction(10n ** BigInt(power));
  const steps = (value.n * step.d) / (value.d * step.n);
  return { step, first: steps > 80n ? steps - 80n : 0n, last: steps + 60n };
}

const tenTo = (power: number) => 10 ** power;

/** A component or all of them, a supplier or not, a period or not, of any measure and unit. */
function outputOf({ scenario, cells }: Projection, { next, pick }: Source): Output {
  const { path, supplier, period, measure, unit } = pick(cells);
  const { window } = scenario;
  const place = next() < 0.3 ? '' : next() < 0.5 ? path : `${path}/${supplier}`;
  const label = window.periods[period]?.label ?? tailLabel(window);
  const time = next() < 0.5 ? '' : `@${label}`;
  return valueOf(readOutput(`${place}${time}:${measure}.${unit.label}`, scenario));
}

/** A target at, beside, between or beyond results of the grid. */
function targetOf(counts: readonly bigint[], { next, pick }: Source): Fraction {
  const [one, other, kind] = [pick(counts), pick(counts), next()];
  if (kind < 0.3) return fraction(one);
  if (kind < 0.4) return fraction(one + pick([1n, -1n]));
  if (kind < 0.5) return fraction(2n * one + 1n, 2n);
  if (kind > 0.9) return fraction(one + other + 1n);
  return fraction(one + ((other - one) * BigInt(Math.floor(next() * 1000))) / 1000n);
}

/** A question with its outcomes, each of which is computed once for all who ask. */
export interface Asked {
  readonly question: SolveQuestion;
  readonly pointAt: (index: bigint) => InputPoint;
}

/** Five outputs with five targets each, for one input of a kind in one of the scenarios. */
export function questions(
  scenarios: readonly Scenario[],
  kind: string,
  dice: Source,
): readonly Asked[] {
  const inputs = scenarios.flatMap((scenario) =>
    scenario.inputs.flatMap((input) =>
      !isRest(input) && kindOf(input) === kind ? [{ scenario, input }] : [],
    ),
  );
  const { scenario, input } = dice.pick(inputs);
  const grid = gridOf(input, dice);
  const at = once((index) => moveInput(scenario, input.path, multiply(grid.step, fraction(index))));
  // Several outputs have one currency.
  const forecasts = new Map<string, (index: bigint) => Projection>();
  const forecastsIn = (currencies: readonly string[]) => {
    const key = currencies.join();
    const known =
      forecasts.get(key) ?? once((index) => project(at(index).scenario!, { currencies }));
    forecasts.set(key, known);
    return known;
  };
  const projection = project(scenario);
  return Array.from({ length: 5 }, () => outputOf(projection, dice)).flatMap((output) => {
    const pointAt = once((index): InputPoint => {
      const { scenario: varied, diagnostics, rebalanced } = at(index);
      if (!varied) return { result: failure(diagnostics), rebalanced };
      const currencies = output.measure === 'units' ? [] : [output.unit!];
      const there = forecastsIn(currencies)(index);
      const { count } = amountOf(there, valueOf(readOutput(output.text, varied)));
      return { result: success(count), rebalanced };
    });
    const { unit } = amountOf(projection, output);
    const ends = {
      low: multiply(grid.step, fraction(grid.first)),
      high: multiply(grid.step, fraction(grid.last)),
    };
    const counts = countsOf(grid, pointAt);
    return Array.from({ length: 5 }, () => {
      const target = targetOf(counts, dice);
      return {
        question: {
          subject: soleSubject(scenario),
          closure: scenario.fx.closure,
          input,
          output: soleOutput(output),
          unit,
          target,
          ...grid,
          ...ends,
        },
        pointAt,
      };
    });
  });
}

function countsOf({ first, last }: Pick<SolveQuestion, 'first' | 'last'>, at: Asked['pointAt']) {
  const counts: bigint[] = [];
  for (let index = first; index <= last; index++) {
    const { result } = at(index);
    if (result.ok) counts.push(result.value);
  }
  return counts.length > 0 ? counts : [0n];
}

function once<T>(compute: (index: bigint) => T): (index: bigint) => T {
  const known = new Map<bigint, T>();
  return (index) => {
    if (!known.has(index)) known.set(index, compute(index));
    return known.get(index)!;
  };
}
