/** Outputs of a subject as functions of its inputs: of a portfolio the sum of what its members give. */
import { powerOfTen } from '../../core/number/decimal.js';
import type { Fraction } from '../../core/number/fraction.js';
import { failure, success } from '../../core/result.js';
import type { Diagnostic } from '../../core/text/diagnostic.js';
import { registersByPath } from '../../projection/prepareEvaluation.js';
import type { Scenario } from '../../scenario/scenario.js';
import { inputsByPath, literalOf } from '../variation/inputValues.js';
import {
  ofFirst,
  outputEvaluators,
  outputEvaluatorsByInput,
  type EvaluatorOptions,
  type InputPoint,
  type OutputEvaluator,
} from '../variation/outputEvaluator.js';
import { planFor } from '../variation/outputPlan.js';
import { moveInput } from '../variation/variation.js';
import {
  memberMoves,
  memberPath,
  ownPath,
  subjectInputAt,
  type MemberMove,
  type Subject,
} from './subject.js';
import { partsOf, subjectAmounts, type SubjectOutput } from './subjectOutput.js';

/** Several outputs by values of some inputs. */
type Evaluator = OutputEvaluator<readonly bigint[]>;

/**
 * Evaluates outputs over values of inputs, as `outputEvaluators` does for a scenario.
 *
 * @param paths inputs that `subjectInputAt` finds
 */
export function subjectEvaluators(
  subject: Subject,
  outputs: readonly SubjectOutput[],
  paths: readonly string[],
  options: EvaluatorOptions = {},
): Evaluator {
  const [first] = subject.members;
  if (!subject.portfolio) return outputEvaluators(first!, partsOf(outputs, 0), paths, options);
  return sumEvaluator(membersOf(subject, outputs, options), paths);
}

/** Evaluates one output. */
export function subjectEvaluator(
  subject: Subject,
  output: SubjectOutput,
  paths: readonly string[],
  options: EvaluatorOptions = {},
): OutputEvaluator {
  return ofFirst(subjectEvaluators(subject, [output], paths, options));
}

/** Evaluates outputs with one input changed at a time, as `outputEvaluatorsByInput` does for a scenario. */
export function subjectEvaluatorsByInput(
  subject: Subject,
  outputs: readonly SubjectOutput[],
  paths: readonly string[],
  options: EvaluatorOptions = {},
): readonly Evaluator[] {
  const { members, portfolio } = subject;
  if (!portfolio) return outputEvaluatorsByInput(members[0]!, partsOf(outputs, 0), paths, options);
  const all = membersOf(subject, outputs, options);
  const own = paths.map((path) => memberPath(subject, path));
  const byMember = members.map((member, m) => {
    const mine = own.flatMap((one) => (one?.member === member ? [one.path] : []));
    const evaluators = outputEvaluatorsByInput(member, all.parts[m]!, mine, options);
    return new Map(mine.map((path, i) => [path, evaluators[i]!]));
  });
  return paths.map((path, i) => {
    const { member, path: inMember } = own[i] ?? {};
    if (!member) return sumEvaluator(all, [path]);
    const m = members.indexOf(member);
    const evaluate = byMember[m]!.get(inMember!)!;
    return (values) => sumOf(all, [{ m, point: pointOf(member, evaluate(values)) }]);
  });
}

/** The members of a portfolio, with the parts of the outputs that each has and what they come to. */
interface Members {
  readonly subject: Subject;
  readonly options: EvaluatorOptions;
  /** By member. */
  readonly parts: readonly ReturnType<typeof partsOf>[];
  /** By member and output: what the member adds; nothing where it has no part. */
  readonly own: readonly (readonly (bigint | undefined)[])[];
  /** By member and output: how many quanta of the sum are one of the member. */
  readonly scales: readonly (readonly bigint[])[];
  readonly totals: readonly bigint[];
}

function membersOf(
  subject: Subject,
  outputs: readonly SubjectOutput[],
  options: EvaluatorOptions,
): Members {
  const amounts = subjectAmounts(subject, outputs, options.closure);
  const { members } = subject;
  return {
    ...{ subject, options },
    parts: members.map((_, m) => partsOf(outputs, m)),
    own: members.map((_, m) =>
      amounts.map(({ byMember }, o) => (outputs[o]!.parts[m] ? byMember[m] : undefined)),
    ),
    scales: members.map((_, m) =>
      amounts.map(({ unit, places }) => powerOfTen(unit.places - (places[m] ?? unit.places))),
    ),
    totals: amounts.map(({ count }) => count),
  };
}

/** What a member comes to at some values. */
interface MemberPoint {
  readonly m: number;
  readonly point: InputPoint<readonly bigint[]>;
}

/** Evaluates the members that some inputs move; the others add what they are. */
function sumEvaluator(all: Members, paths: readonly string[]): Evaluator {
  const { subject, parts, options } = all;
  const moving = subject.members.flatMap((member, m) => {
    const moves = movesRead(member, memberMoves(subject, member, paths), parts[m]!, options);
    if (moves.length === 0) return [];
    const inMember = moves.map(({ path }) => path);
    return [{ m, member, moves, evaluate: outputEvaluators(member, parts[m]!, inMember, options) }];
  });
  return (values) => {
    const refused = paths.flatMap((path, i) => refusals(subject, path, values[i]!));
    if (refused.length > 0) return { result: failure(refused), rebalanced: [] };
    const points = moving.map(({ m, member, moves, evaluate }): MemberPoint => {
      return { m, point: pointOf(member, evaluate(moves.map(({ valueAt }) => valueAt(values)))) };
    });
    return sumOf(all, points);
  };
}

/** The moves without those of quotients that the outputs do not read, for which the text would be loaded. */
function movesRead(
  member: Scenario,
  moves: readonly MemberMove[],
  parts: ReturnType<typeof partsOf>,
  { closure }: EvaluatorOptions,
): readonly MemberMove[] {
  const inputs = inputsByPath(member.inputs);
  const isRate = ({ path }: MemberMove) => path.startsWith('fx.') && inputs.has(path);
  if (!member.buyer!.portfolio.rates || !moves.some(isRate)) return moves;
  const read = registersByPath(planFor(member, parts, closure));
  return moves.filter((move) => !isRate(move) || read.has(move.path));
}

/** Why an input of the portfolio itself cannot have a value; those of buyers are checked in their scenarios. */
function refusals(subject: Subject, path: string, value: Fraction): readonly Diagnostic[] {
  const found = memberPath(subject, path) ? undefined : subjectInputAt(subject, path);
  if (!found?.ok) return [];
  const input = found.value;
  const literal = literalOf(input, value);
  const reading = literal === undefined ? undefined : input.kind.read(literal);
  if (reading?.ok) return [];
  const { code = 'literal-size', message } = reading?.diagnostics ?? {
    message: 'no literal of 18 digits expresses the value',
  };
  return [{ code, severity: 'error', span: input.span, message: `\`${path}\`: ${message}` }];
}

function pointOf(
  member: Scenario,
  { result, rebalanced }: InputPoint<readonly bigint[]>,
): InputPoint<readonly bigint[]> {
  return { result, rebalanced: rebalanced.map((path) => ownPath(member, path)) };
}

/** The sum of members of which some have other values; the first failure if there is one. */
function sumOf(
  { own, scales, totals }: Members,
  points: readonly MemberPoint[],
): InputPoint<readonly bigint[]> {
  const rebalanced = points.flatMap(({ point }) => point.rebalanced);
  const sums = [...totals];
  for (const { m, point } of points) {
    if (!point.result.ok) return { result: point.result, rebalanced };
    let next = 0;
    for (const [o, before] of own[m]!.entries()) {
      if (before === undefined) continue;
      sums[o] = sums[o]! - before + point.result.value[next++]! * scales[m]![o]!;
    }
  }
  return { result: success(sums), rebalanced };
}

/** A subject in which one input has changed, or the errors of the first member that refuses the change. */
export function moveSubject(subject: Subject, path: string, value: Fraction) {
  const refused = refusals(subject, path, value);
  if (refused.length > 0) return failure(refused);
  const members: Scenario[] = [];
  for (const member of subject.members) {
    let varied = member;
    for (const move of memberMoves(subject, member, [path])) {
      const moved = moveInput(varied, move.path, move.valueAt([value]));
      if (!moved.scenario) return failure(moved.diagnostics);
      varied = moved.scenario;
    }
    members.push(varied);
  }
  return success({ ...subject, members });
}
