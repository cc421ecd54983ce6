/** The answer of `solve`: which values of the input meet the target, and where none can. */
import { hasErrors, type Diagnostic } from '../../core/text/diagnostic.js';
import { multiply, ratio, subtract } from '../../core/number/fraction.js';
import type { Output } from '../../projection/output.js';
import { compile } from '../../projection/compile.js';
import type { Scenario } from '../../scenario/scenario.js';
import { courseOf, currenciesOf } from '../shared/outputEvaluator.js';
import {
  stretches,
  type Stretch,
  isFlat,
  nearest,
  pairs,
  scanOf,
  solutionsOf,
  type Solution,
} from './crossings.js';
import type { Question } from './solveQuestion.js';
import { moved } from '../shared/variation.js';

/** What the output is at one value of the input, or what is wrong with the scenario there. */
export type Outcome = Result | { readonly errors: readonly Diagnostic[] };

export interface Result {
  /** In quanta of the question's unit. */
  readonly count: bigint;
  /** Paths of the shares that gave way. */
  readonly gaveWay: readonly string[];
}

export interface SolveAnswer {
  /** Found somewhere; all of the range; nowhere, and part of the range has errors; nowhere. */
  readonly verdict: 'found' | 'all' | 'undefined' | 'none';
  readonly solutions: readonly Solution[];
  /** Where the varied scenario has errors. */
  readonly gaps: readonly Stretch[];
  /** The first and the last value that have an output, and the one nearest to the target. */
  readonly ends: readonly bigint[];
  readonly closest: bigint | undefined;
  /** How many values have been looked at, and whether rounding alone may decide between them. */
  readonly looked: number;
  readonly isFlat: boolean;
  readonly at: (index: bigint) => Outcome;
}

/** Solves a question; `stretches` says what is guaranteed. Every value is evaluated once at most. */
export function answerTo(question: Question): SolveAnswer {
  const { scenario, output, target, first, last } = question;
  const outcomeOf = outcomesOf(question);
  const known = new Map<bigint, Outcome>();
  const at = (index: bigint) => {
    const outcome = known.get(index) ?? outcomeOf(index);
    known.set(index, outcome);
    return outcome;
  };
  const scan = scanOf((index) => {
    const outcome = at(index);
    return isResult(outcome) ? subtract(ratio(outcome.count), target) : undefined;
  });
  const blur = blurOf(scenario, output);
  const all = stretches(scan, first, last, ratio(blur));
  const solutions = solutionsOf(all, scan, ratio(blur));
  const gaps = all.filter(({ side }) => side === 'undefined');
  const defined = all.filter(({ side }) => side !== 'undefined');
  const ends = defined.length > 0 ? [defined[0]!.first, defined.at(-1)!.last] : [];
  return {
    verdict: verdictOf(all, solutions),
    ...{ solutions, gaps, ends, at },
    closest: nearest(scan.known),
    looked: scan.known.size,
    isFlat: pairs(scan).some((pair) => isFlat(scan, pair, ratio(blur))),
  };
}

export function isResult(outcome: Outcome): outcome is Result {
  return !('errors' in outcome);
}

/** The output where the input has the value index × step. */
function outcomesOf({ scenario, input, output, step }: Question): (index: bigint) => Outcome {
  const course = courseOf(scenario, output, [input.path]);
  return (index) => {
    const point = course([multiply(step, ratio(index))]);
    if ('count' in point) return point;
    return { errors: point.diagnostics.filter((one) => hasErrors([one])) };
  };
}

/** The scenario where the input has the value index × step. */
export function scenarioAt({ scenario, input, step }: Question, index: bigint): Scenario {
  return moved(scenario, input.path, multiply(step, ratio(index))).scenario!;
}

/** Rounding takes a cell away from its exact course by less than a quantum at each split. */
const SPLITS = 4n;

/** How far rounding may take an output: a few quanta for each of its cells. */
function blurOf(scenario: Scenario, output: Output): bigint {
  const { cells } = compile(scenario, { currencies: currenciesOf(output) });
  return cells.filter(output.holds).reduce((sum, { unit }) => sum + SPLITS * unit.multiple, 0n);
}

function verdictOf(
  all: readonly Stretch[],
  solutions: readonly Solution[],
): SolveAnswer['verdict'] {
  if (all.every(({ side }) => side === 'meets')) return 'all';
  if (solutions.length > 0) return 'found';
  return all.some(({ side }) => side === 'undefined') ? 'undefined' : 'none';
}

/** What is wrong within a gap, as far from what is defined as the range goes. */
export function errorsIn({ ends, at }: SolveAnswer, gap: Stretch): readonly Diagnostic[] {
  const below = ends[0] === undefined || gap.last < ends[0];
  const outcome = at(below ? gap.first : gap.last);
  return isResult(outcome) ? [] : outcome.errors;
}

/** The paths of all shares that give way. */
export function gaveWay({ ends, at }: SolveAnswer): readonly string[] {
  const paths = ends.flatMap((index) => {
    const outcome = at(index);
    return isResult(outcome) ? outcome.gaveWay : [];
  });
  return [...new Set(paths)];
}
