/** The answer of `solve`: the values of the input that meet the target, and those without a result. */
import { fraction, multiply, subtract } from '../../core/number/fraction.js';
import type { Diagnostic } from '../../core/text/diagnostic.js';
import { scaleTo } from '../../projection/rollup.js';
import { moveSubject, subjectEvaluator } from '../subject/subjectEvaluator.js';
import type { Subject } from '../subject/subject.js';
import type { InputPoint } from '../variation/outputEvaluator.js';
import { planFor } from '../variation/outputPlan.js';
import { isFlat, nearestGap, pairs, scanOf, stretches, type Stretch } from './crossings.js';
import { solutionsOf, type Solution } from './solutions.js';
import type { SolveQuestion } from './solveQuestion.js';

export interface SolveAnswer {
  /** `found` at some values, `all` at every value, `none` at no value, `undefined` if some of those have errors. */
  readonly verdict: 'found' | 'all' | 'undefined' | 'none';
  readonly solutions: readonly Solution[];
  /** The values at which the scenario has errors. */
  readonly gaps: readonly Stretch[];
  /** The first and the last value with a result, and the one whose result is nearest to the target. */
  readonly ends: readonly bigint[];
  readonly closest: bigint | undefined;
  /** How many values were computed, and whether between some of them only rounding decides. */
  readonly looked: number;
  readonly isFlat: boolean;
  /** The output at the value index × step. */
  readonly at: (index: bigint) => InputPoint;
}

/** Solves a question; `stretches` documents what is guaranteed. Every value is computed at most once. */
export function answerQuestion(question: SolveQuestion): SolveAnswer {
  const { target, first, last } = question;
  const evaluate = pointsOf(question);
  const known = new Map<bigint, InputPoint>();
  const at = (index: bigint) => {
    const point = known.get(index) ?? evaluate(index);
    known.set(index, point);
    return point;
  };
  const scan = scanOf((index) => {
    const { result } = at(index);
    return result.ok ? subtract(fraction(result.value), target) : undefined;
  });
  const blur = blurOf(question);
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

/** The output at the value index × step; its errors are not read here, as the text is loaded for them. */
function pointsOf(question: SolveQuestion): (index: bigint) => InputPoint {
  const { subject, closure, input, output, step } = question;
  const evaluate = subjectEvaluator(subject, output, [input.path], { closure });
  return (index) => evaluate([multiply(step, fraction(index))]);
}

/** The subject with the input at index × step, which has a result. */
export function subjectAt({ subject, input, step }: SolveQuestion, index: bigint): Subject {
  const moved = moveSubject(subject, input.path, multiply(step, fraction(index)));
  return moved.ok ? moved.value : subject;
}

/** Each split rounds a cell by less than a quantum; a cell is split so many times at most. */
const SPLITS = 4n;

/** How far rounding may move an output: a few quanta for each of its cells. */
function blurOf({ subject, output, unit: finest }: SolveQuestion): bigint {
  const held = output.parts.flatMap((part, m) =>
    part ? planFor(subject.members[m]!, [part]).cells.filter(part.holds) : [],
  );
  return held.reduce((sum, { unit }) => sum + SPLITS * unit.multiple * scaleTo(finest, unit), 0n);
}

function verdictOf(
  all: readonly Stretch[],
  solutions: readonly Solution[],
): SolveAnswer['verdict'] {
  if (all.every(({ side }) => side === 'meets')) return 'all';
  if (solutions.length > 0) return 'found';
  return all.some(({ side }) => side === 'undefined') ? 'undefined' : 'none';
}

/** The errors in a gap, at its end farthest from the values with a result. */
export function errorsIn({ ends, at }: SolveAnswer, gap: Stretch): readonly Diagnostic[] {
  const below = ends[0] === undefined || gap.last < ends[0];
  const { result } = at(below ? gap.first : gap.last);
  return result.ok ? [] : result.diagnostics;
}

/** The paths of all inputs that absorb the change. */
export function rebalanced({ ends, at }: SolveAnswer): readonly string[] {
  const paths = ends.flatMap((index) => at(index).rebalanced);
  return [...new Set(paths)];
}
