/** Simulation: inputs with a range are drawn, every draw is forecast exactly, and the outputs are counted. */
import type { Fraction } from '../../core/number/fraction.js';
import { failure, success, type Result } from '../../core/result.js';
import type { Closure } from '../../model/fx.js';
import { isRest } from '../../model/input.js';
import type { Unit } from '../../projection/plan.js';
import { dependenciesOf, registersByPath, termsOf } from '../../projection/prepareEvaluation.js';
import type { Answer } from '../answer.js';
import type { Job, JobBlock, JobPass, PassRunner } from '../job.js';
import { memberMoves, memberPath, type Subject } from '../subject/subject.js';
import type { SubjectOutput } from '../subject/subjectOutput.js';
import { inputsByPath } from '../variation/inputValues.js';
import { groupsOf, planFor } from '../variation/outputPlan.js';
import { binOf, binsAround, type Bins } from './bins.js';
import { binToKnow, mergeTallies, tallier, type Tally } from './distribution.js';
import { failureAt, invalidDraws } from './invalidDraws.js';
import {
  NO_VALUES,
  countValues,
  isKept,
  mergeValues,
  quantileRank,
  type CountedValues,
} from './quantileWindow.js';
import { rebalancedGroups, sampledInputs, type SampledInput } from './sampledInputs.js';
import { samplerOf, type Failure, type SampledPlan, type Sampler } from './sampler.js';

/** What is simulated. */
export interface SimulationQuestion {
  readonly subject: Subject;
  /** The own closure of a scenario unless given. */
  readonly closure?: Closure | undefined;
  readonly outputs: readonly SimulatedOutput[];
  /** Parts of one: 1/20 is the 5% quantile. */
  readonly quantiles: readonly Fraction[];
  readonly draws: number;
  readonly seed: bigint;
}

/** An output, and the thresholds, in its quanta, whose probability of being exceeded is asked for. */
export interface SimulatedOutput {
  readonly output: SubjectOutput;
  readonly unit: Unit;
  readonly above: readonly Fraction[];
}

/** The inputs drawn, and the counts of each output. */
export interface SimulationResult {
  readonly drawn: readonly SampledInput[];
  readonly outputs: readonly {
    readonly tally: Tally;
    /** The values of the bins that hold a quantile. */
    readonly values: CountedValues;
  }[];
}

/** The first draws show where the outputs lie; they are drawn again with all the others. */
const PILOT = 1024;

/** The first pass counts all draws; a second one collects the values of bins that hold a quantile, if they were not kept. */
export type SamplePass =
  | (JobPass & { readonly label: 'drawing'; readonly bins: readonly Bins[] })
  | (JobPass & {
      readonly label: 'ordering';
      readonly tallies: readonly Tally[];
      /** By output. */
      readonly wanted: readonly (readonly number[])[];
    });

/** The part that a pass makes of some draws. */
export interface SimulationSample {
  readonly failure: Failure | undefined;
  /** By output; none in the second pass. */
  readonly tallies: readonly Tally[];
  /** By output; none in the first pass. */
  readonly values: readonly CountedValues[];
}

/** The job of a simulation; diagnostics if, say, a draw could be a scenario with errors. */
export function simulationJob(
  question: SimulationQuestion,
  answer: (simulated: SimulationResult) => Answer,
): Result<Job<SamplePass, SimulationSample>> {
  const prepared = samplerFor(question);
  if (!prepared.ok) return prepared;
  const sampler = prepared.value;
  const { outputs, quantiles, draws } = question;
  // Outputs are whole numbers, so a threshold may be rounded down.
  const thresholds = outputs.map(({ above }) => above.map(({ n, d }) => Number(n / d)));
  return success({
    size: draws,
    noun: 'draws',
    first: () => ({ label: 'drawing', bins: pilot(sampler, outputs.length, draws) }),
    begin: (pass) =>
      pass.label === 'drawing'
        ? counting(sampler, pass.bins, thresholds, quantiles)
        : collecting(sampler, pass),
    merge: (one, other) => mergeDrawings(one, other, quantiles),
    next: (pass, { failure, tallies, values }) => {
      if (failure) return done(failureAt(sampler, failure));
      const answered = (own: readonly Tally[], more: readonly CountedValues[]) =>
        done(success(answer(simulated(sampler, own, more))));
      if (pass.label === 'ordering') return answered(pass.tallies, values);
      const ranks = quantiles.map((part) => quantileRank(part, draws));
      const wanted = tallies.map((tally) => {
        const bins = ranks.flatMap((rank) => binToKnow(tally, rank, draws));
        return [...new Set(bins)].filter((bin) => !isKept(tally.window, bin));
      });
      if (wanted.every((bins) => bins.length === 0)) return answered(tallies, []);
      return { done: false, pass: { label: 'ordering', tallies, wanted } };
    },
  });
}

function done(result: Result<Answer>): { readonly done: true; readonly result: Result<Answer> } {
  return { done: true, result };
}

function simulated(
  { drawn }: Sampler,
  tallies: readonly Tally[],
  values: readonly CountedValues[],
): SimulationResult {
  const outputs = tallies.map((tally, o) => ({
    tally,
    values: mergeValues(tally.window.values, values[o] ?? NO_VALUES),
  }));
  return { drawn, outputs };
}

/** The sampler of a question; diagnostics if its ranges cannot be drawn. */
export function samplerFor(question: SimulationQuestion): Result<Sampler> {
  const { subject, seed } = question;
  const plans = subject.members.map((_, m) => planOfMember(question, m));
  const needs = plans.map(({ plan, terms, refs }) => {
    const wanted = terms.flatMap((term) => term.refs);
    const dependencies = dependenciesOf(plan, wanted);
    return (path: string) => refs.get(path)?.some((ref) => dependencies.has(ref)) ?? false;
  });
  const isNeeded = (path: string) =>
    plans.some(({ member }, m) =>
      memberMoves(subject, member, [path]).some((move) => needs[m]!(move.path)),
    );
  const { drawn, diagnostics } = sampledInputs(subject, isNeeded, seed);
  const rebalanced = plans.map(({ member }) => {
    const inputs = inputsByPath(member.inputs);
    const own = drawn.flatMap(({ input }) => {
      const found = memberPath(subject, input.path);
      const share = found?.member === member ? inputs.get(found.path) : undefined;
      return share && !isRest(share) ? [share] : [];
    });
    return rebalancedGroups(member, own);
  });
  const problems = [...diagnostics, ...rebalanced.flatMap((one) => one.diagnostics)];
  if (problems.length > 0) return failure(problems);
  const groups = rebalanced.map((one) => one.groups);
  const sampler = samplerOf(subject, plans, drawn, groups);
  const invalid = invalidDraws(sampler);
  return invalid.length > 0 ? failure(invalid) : success(sampler);
}

/** The plan of a member for its parts of the outputs, whose terms are counted in the units of the outputs. */
function planOfMember({ subject, closure, outputs }: SimulationQuestion, m: number): SampledPlan {
  const member = subject.members[m]!;
  const own = outputs.flatMap(({ output, unit }, o) => {
    const part = output.parts[m];
    return part ? [{ part, unit, o }] : [];
  });
  const parts = own.map(({ part }) => part);
  const plan = planFor(member, parts, closure);
  const groups = groupsOf(plan, parts).map((group, i) => {
    const { unit } = own[i]!;
    return { ...group, unit: { ...group.unit, places: unit.places } };
  });
  const terms = termsOf(plan, groups).map((term) => ({ ...term, group: own[term.group]!.o }));
  return { member, plan, refs: registersByPath(plan), terms };
}

/** Bins around the outputs of the first draws. */
function pilot(sampler: Sampler, outputs: number, draws: number): readonly Bins[] {
  const least = new Float64Array(outputs).fill(Infinity);
  const most = new Float64Array(outputs);
  sampler.each({ from: 0, to: Math.min(draws, PILOT) }, (counts) => {
    counts.forEach((count, o) => {
      least[o] = Math.min(least[o]!, count);
      most[o] = Math.max(most[o]!, count);
    });
  });
  return [...least].map((from, o) => binsAround(Math.min(from, most[o]!), most[o]!));
}

function counting(
  sampler: Sampler,
  bins: readonly Bins[],
  thresholds: readonly (readonly number[])[],
  quantiles: readonly Fraction[],
): PassRunner<SimulationSample> {
  const talliers = bins.map((own, o) => tallier(own, thresholds[o]!, quantiles));
  const { add, failure } = drawing(sampler, (counts) => {
    for (let o = 0; o < talliers.length; o++) talliers[o]!.add(counts[o]!);
  });
  const part = () => {
    return { failure: failure(), tallies: talliers.map(({ tally }) => tally()), values: [] };
  };
  return { add, part };
}

function collecting(
  sampler: Sampler,
  { tallies, wanted }: Extract<SamplePass, { label: 'ordering' }>,
): PassRunner<SimulationSample> {
  const found = tallies.map((): number[] => []);
  const { add, failure } = drawing(sampler, (counts) => {
    for (let o = 0; o < tallies.length; o++) {
      const value = counts[o]!;
      if (wanted[o]!.includes(binOf(tallies[o]!.bins, value))) found[o]!.push(value);
    }
  });
  const part = () => {
    const values = found.map((numbers) => countValues(Float64Array.from(numbers)));
    return { failure: failure(), tallies: [], values };
  };
  return { add, part };
}

/** Draws blocks, and keeps the first draw that failed. */
function drawing(
  sampler: Sampler,
  each: (counts: Float64Array) => void,
): { readonly add: (block: JobBlock) => void; readonly failure: () => Failure | undefined } {
  let first: Failure | undefined;
  return {
    add: (block) => (first = firstOf(first, sampler.each(block, each))),
    failure: () => first,
  };
}

function firstOf(one: Failure | undefined, other: Failure | undefined): Failure | undefined {
  return one && (!other || one.draw < other.draw) ? one : other;
}

function mergeDrawings(
  one: SimulationSample,
  other: SimulationSample,
  quantiles: readonly Fraction[],
): SimulationSample {
  return {
    failure: firstOf(one.failure, other.failure),
    tallies: one.tallies.map((tally, o) => mergeTallies(tally, other.tallies[o]!, quantiles)),
    values: one.values.map((values, o) => mergeValues(values, other.values[o]!)),
  };
}
