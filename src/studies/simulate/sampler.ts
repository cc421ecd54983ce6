/** The sampler: puts draws of inputs into the registers of one plan, and reads its outputs. */
import { LARGEST, fractionAt, put, type Ref, type Registers } from '../../core/kernel/registers.js';
import { greatest } from '../../core/lists.js';
import { fraction, multiply, type Fraction } from '../../core/number/fraction.js';
import { correlate, correlationFactor, type CorrelationFactor } from '../../core/random/copula.js';
import { fillRanks } from '../../core/random/philox.js';
import { correlatedSets } from '../../model/simulation.js';
import type { Plan } from '../../projection/plan.js';
import {
  prepareEvaluation,
  type PreparedEvaluation,
  type Term,
} from '../../projection/prepareEvaluation.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { JobBlock } from '../job.js';
import { valuesOfOthers, type RebalancedGroup, type SampledInput } from './sampledInputs.js';

/** Takes the outputs of a draw, in quanta; the array is reused for the next draw. */
export type TakeCounts = (counts: Float64Array) => void;

/** Why a simulation stops: a draw is not a valid scenario, or an output is too large for a double. */
export interface Failure {
  readonly draw: number;
  readonly reason: 'invalid' | 'large';
}

export interface Sampler {
  readonly drawn: readonly SampledInput[];
  readonly groups: readonly RebalancedGroup[];
  readonly ready: PreparedEvaluation;
  /** By input: puts number i of its grid into its registers. */
  readonly place: readonly ((i: number) => void)[];
  /** Rebalances the groups and evaluates the plan; false if that is not a valid scenario. */
  readonly evaluate: () => boolean;
  /** Gives the outputs of every draw of a block to `take`, up to the first draw that fails. */
  readonly each: (block: JobBlock, take: TakeCounts) => Failure | undefined;
  /** The numbers of a draw, by input. */
  readonly numbersOf: (draw: number) => readonly number[];
}

/** How many draws are made at once, one input after the other. */
const BATCH = 256;

export function samplerOf(
  scenario: Scenario,
  plan: Plan,
  refsOf: ReadonlyMap<string, readonly Ref[]>,
  sampled: { readonly terms: readonly Term[] } & Pick<Sampler, 'drawn' | 'groups'>,
): Sampler {
  const { drawn, groups, terms } = sampled;
  const registersOf = (path: string) => refsOf.get(path) ?? [];
  const moving = [...drawn.map(({ input }) => input), ...groups.flatMap(({ others }) => others)];
  const varied = moving.flatMap(({ path }) => registersOf(path));
  const ready = prepareEvaluation(
    plan,
    varied,
    terms.flatMap(({ refs }) => refs),
  );
  const { registers, reevaluate } = ready;
  const place = drawn.map((one) => placer(one, registers, registersOf(one.input.path)));
  const rebalancers = groups.map((group) => rebalancer(group, registers, registersOf));
  const evaluate = () => {
    for (const rebalance of rebalancers) if (!rebalance()) return false;
    return reevaluate();
  };
  const fill = filler(scenario, drawn);
  const read = reader(terms, registers);
  const each = ({ from, to }: JobBlock, take: TakeCounts): Failure | undefined => {
    for (let first = from; first < to; first += BATCH) {
      const size = Math.min(BATCH, to - first);
      const numbers = fill(first, size);
      for (let i = 0; i < size; i++) {
        for (let d = 0; d < drawn.length; d++) place[d]!(numbers[d]![i]!);
        if (!evaluate()) return { draw: first + i, reason: 'invalid' };
        const counts = read();
        if (!counts) return { draw: first + i, reason: 'large' };
        take(counts);
      }
    }
    return undefined;
  };
  const numbersOf = (draw: number) => fill(draw, 1).map((own) => own[0]!);
  return { drawn, groups, ready, place, evaluate, each, numbersOf };
}

/** The value of a number on an input's grid. */
export function drawnValue({ first, step }: SampledInput, i: number): Fraction {
  return multiply(fraction(first + BigInt(i)), step);
}

function placer(drawn: SampledInput, at: Registers, refs: readonly Ref[]): (i: number) => void {
  const { step, first, last } = drawn;
  const [from, over, under] = [Number(first), Number(step.n), Number(step.d)];
  const farthest = Math.max(Math.abs(from), Math.abs(Number(last)));
  if (!(farthest * over <= LARGEST && under <= LARGEST)) {
    return (i) => refs.forEach((ref) => put(at, ref, drawnValue(drawn, i)));
  }
  const { numerators, denominators } = at;
  return (i) => {
    for (const ref of refs) {
      numerators[ref] = (from + i) * over;
      denominators[ref] = under;
    }
  };
}

/** Splits what the drawn members of a group leave over the others, pro rata; false if it is too little. */
function rebalancer(
  group: RebalancedGroup,
  at: Registers,
  registersOf: (path: string) => readonly Ref[],
): () => boolean {
  const refs = group.others.map(({ path }) => registersOf(path));
  return () => {
    const values = valuesOfOthers(group, ({ path }) => fractionAt(at, registersOf(path)[0]!));
    values?.forEach((value, i) => refs[i]!.forEach((ref) => put(at, ref, value)));
    return values !== undefined;
  };
}

/** Draws the numbers of `size` draws from the first on, by input; the arrays are reused. */
function filler(
  { correlations }: Scenario,
  drawn: readonly SampledInput[],
): (first: number, size: number) => readonly Float64Array[] {
  const paths = drawn.map(({ input }) => input.path);
  const joined = correlatedSets(correlations, new Set(paths)).map(({ members, matrix }) => ({
    rows: members.map((path) => paths.indexOf(path)),
    factor: correlationFactor(matrix) as CorrelationFactor,
  }));
  const room = drawn.map(() => new Float64Array(BATCH));
  return (first, size) => {
    const numbers = size === BATCH ? room : room.map((all) => all.subarray(0, size));
    drawn.forEach(({ stream }, d) => fillRanks(stream, first, numbers[d]!));
    for (const { rows, factor } of joined) {
      correlate(
        factor,
        rows.map((row) => numbers[row]!),
      );
    }
    drawn.forEach(({ distribution }, d) => {
      const own = numbers[d]!;
      for (let i = 0; i < size; i++) own[i] = distribution(own[i]!);
    });
    return numbers;
  };
}

/** Reads the outputs; nothing if one of them does not fit into a double. */
function reader(terms: readonly Term[], { numerators }: Registers): () => Float64Array | undefined {
  const counts = new Float64Array(greatest(terms.map(({ group }) => group)) + 1);
  const parts = terms.map(({ group, refs, scale }) => ({ group, refs, scale: Number(scale) }));
  return () => {
    counts.fill(0);
    for (const { group, refs, scale } of parts) {
      let sum = 0;
      for (const ref of refs) sum += numerators[ref]!;
      counts[group]! += sum * scale;
    }
    for (const count of counts) if (!(count <= LARGEST)) return undefined;
    return counts;
  };
}
