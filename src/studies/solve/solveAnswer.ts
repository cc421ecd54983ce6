/** The answer of `solve`: which values of the input meet the target, and where none can. */
import { hasErrors, type Diagnostic } from '../../core/text/diagnostic.js';
import { multiply, fraction, subtract } from '../../core/number/fraction.js';
import type { Output } from '../../projection/output.js';
import { compile } from '../../projection/compile.js';
import type { Scenario } from '../../scenario/scenario.js';
import { outputEvaluator, currenciesOf } from '../shared/outputEvaluator.js';
import {
  stretches,
  type Stretch,
  isFlat,
  nearestGap,
  pairs,
  scanOf,
  solutionsOf,
  type Solution,
} from './crossings.js';
import type { SolveQuestion } from './solveQuestion.js';
import { moveInput } from '../shared/variation.js';

/** What the output is at one value of the input, or what is wrong with the scenario there. */
export type SolveOutcome = SolveResult | { readonly errors: readonly Diagnostic[] };

export interface SolveResult {
  /** In quanta of the question's unit. */
  readonly count: bigint;
  /** Paths of the shares that gave way. */
  readonly rebalanced: readonly string[];
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
  readonly at: (index: bigint) => SolveOutcome;
}

/** Solves a question; `stretches` says what is guaranteed. Every value is evaluated once at most. */
export function answerTo(question: SolveQuestion): SolveAnswer {
  const { scenario, output, target, first, last } = question;
  const outcomeOf = outcomesOf(question);
  const known = new Map<bigint, SolveOutcome>();
  const at = (index: bigint) => {
    const outcome = known.get(index) ?? outcomeOf(index);
    known.set(index, outcome);
    return outcome;
  };
  const scan = scanOf((index) => {
    const outcome = at(index);
    return isResult(outcome) ? subtract(fraction(outcome.count), target) : undefined;
  });
  const blur = blurOf(scenario, output);
  const all = stretches(scan, first, last, fraction(blur));
  const solutions = solutionsOf(all, scan, fraction(blur));
  const gaps = all.filter(({ side }) => side === 'undefined');
  const defined = all.filter(({ side }) => side !== 'undefined');
  const ends = defined.length > 0 ? [defined[0]!.first, defined.at(-1)!.last] : [];
  return {
    verdict: verdictOf(all, solutions),
    ...{ solutions, gaps, ends, at },
    closest: nearestGap(scan.known),
    looked: scan.known.size,
    isFlat: pairs(scan).some((pair) => isFlat(scan, pair, fraction(blur))),
  };
}

export function isResult(outcome: SolveOutcome): outcome is SolveResult {
  return !('errors' in outcome);
}

/** The output where the input has the value index × step. */
function outcomesOf({
  scenario,
  input,
  output,
  step,
}: SolveQuestion): (index: bigint) => SolveOutcome {
  const course = outputEvaluator(scenario, output, [input.path]);
  return (index) => {
    const point = course([multiply(step, fraction(index))]);
    if ('count' in point) return point;
    return { errors: point.diagnostics.filter((one) => hasErrors([one])) };
  };
}

/** The scenario where the input has the value index × step. */
export function scenarioAt({ scenario, input, step }: SolveQuestion, index: bigint): Scenario {
  return moveInput(scenario, input.path, multiply(step, fraction(index))).scenario!;
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
export function rebalanced({ ends, at }: SolveAnswer): readonly string[] {
  const paths = ends.flatMap((index) => {
    const outcome = at(index);
    return isResult(outcome) ? outcome.rebalanced : [];
  });
  return [...new Set(paths)];
}
