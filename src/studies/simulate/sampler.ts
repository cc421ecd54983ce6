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
import { memberMoves, memberPath, type Subject } from '../subject/subject.js';
import {
  valuesOfOthers,
  namedCorrelations,
  type RebalancedGroup,
  type SampledInput,
} from './sampledInputs.js';

/** Takes the outputs of a draw, in quanta; the array is reused for the next draw. */
export type TakeCounts = (counts: Float64Array) => void;

/** Why a simulation stops: a draw is not a valid scenario, or an output is too large for a double. */
export interface Failure {
  readonly draw: number;
  readonly reason: 'invalid' | 'large';
}

/** The forecast of a member, prepared for draws. */
export interface SampledForecast {
  readonly member: Scenario;
  readonly ready: PreparedEvaluation;
  readonly groups: readonly RebalancedGroup[];
}

export interface Sampler {
  readonly subject: Subject;
  readonly drawn: readonly SampledInput[];
  readonly forecasts: readonly SampledForecast[];
  /** By input: puts number i of its grid into its registers. */
  readonly place: readonly ((i: number) => void)[];
  /** Rebalances the groups and evaluates the plans; false if that is not a valid scenario. */
  readonly evaluate: () => boolean;
  /** Gives the outputs of every draw of a block to `take`, up to the first draw that fails. */
  readonly each: (block: JobBlock, take: TakeCounts) => Failure | undefined;
  /** The numbers of a draw, by input. */
  readonly numbersOf: (draw: number) => readonly number[];
}

/** How many draws are made at once, one input after the other. */
const BATCH = 256;

/** The plan of a member for the outputs, and the registers of its inputs. */
export interface SampledPlan {
  readonly member: Scenario;
  readonly plan: Plan;
  readonly refs: ReadonlyMap<string, readonly Ref[]>;
  readonly terms: readonly Term[];
}

/** @param groups of each plan */
export function samplerOf(
  subject: Subject,
  plans: readonly SampledPlan[],
  drawn: readonly SampledInput[],
  groups: readonly (readonly RebalancedGroup[])[],
): Sampler {
  const current = drawn.map(() => 0);
  const forecasts = plans.map((one, m) => forecastOf(subject, one, drawn, groups[m]!, current));
  const place = drawn.map((_, d) => {
    const places = forecasts.flatMap((one) => one.place[d] ?? []);
    if (places.length === 1 && !subject.portfolio) return places[0]!;
    return (i: number) => {
      current[d] = i;
      for (const put of places) put(i);
    };
  });
  const evaluate = () => {
    let isValid = true;
    // Those of the others are evaluated also where one is not valid.
    for (const one of forecasts) if (!one.evaluate()) isValid = false;
    return isValid;
  };
  const fill = filler(subject, drawn);
  const read = reader(plans, forecasts);
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
  return { subject, drawn, forecasts, place, evaluate, each, numbersOf };
}

/** A forecast that places draws of the inputs that are its own, and evaluates them. */
interface PlacedForecast extends SampledForecast {
  /** By input drawn; nothing where it is not an input of this member alone. */
  readonly place: readonly (((i: number) => void) | undefined)[];
  readonly evaluate: () => boolean;
}

function forecastOf(
  subject: Subject,
  { member, plan, refs, terms }: SampledPlan,
  drawn: readonly SampledInput[],
  groups: readonly RebalancedGroup[],
  current: readonly number[],
): PlacedForecast {
  const registersOf = (path: string) => refs.get(path) ?? [];
  const own = drawn.map(({ input }) => {
    const found = memberPath(subject, input.path);
    return found?.member === member ? found.path : undefined;
  });
  const shared = drawn.flatMap(({ input }, d) => (memberPath(subject, input.path) ? [] : [d]));
  const moves = memberMoves(
    subject,
    member,
    shared.map((d) => drawn[d]!.input.path),
  );
  const varied = [
    ...own.filter((path) => path !== undefined),
    ...moves.map(({ path }) => path),
    ...groups.flatMap(({ others }) => others.map(({ path }) => path)),
  ];
  const ready = prepareEvaluation(
    plan,
    varied.flatMap(registersOf),
    terms.flatMap((term) => term.refs),
  );
  const { registers, reevaluate } = ready;
  const place = drawn.map((one, d) => {
    const path = own[d];
    return path === undefined ? undefined : placer(one, registers, registersOf(path));
  });
  const rebalancers = groups.map((group) => rebalancer(group, registers, registersOf));
  const evaluate = () => {
    if (moves.length > 0) {
      const values = shared.map((d) => drawnValue(drawn[d]!, current[d]!));
      for (const { path, valueAt } of moves)
        for (const ref of registersOf(path)) put(registers, ref, valueAt(values));
    }
    for (const rebalance of rebalancers) if (!rebalance()) return false;
    return reevaluate();
  };
  return { member, ready, groups, place, evaluate };
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
  subject: Subject,
  drawn: readonly SampledInput[],
): (first: number, size: number) => readonly Float64Array[] {
  const paths = drawn.map(({ name }) => name);
  const joined = correlatedSets(namedCorrelations(subject), new Set(paths)).map(
    ({ members, matrix }) => ({
      rows: members.map((path) => paths.indexOf(path)),
      factor: correlationFactor(matrix) as CorrelationFactor,
    }),
  );
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
function reader(
  plans: readonly SampledPlan[],
  forecasts: readonly SampledForecast[],
): () => Float64Array | undefined {
  const parts = plans.flatMap(({ terms }, m) => {
    const { numerators } = forecasts[m]!.ready.registers;
    return terms.map(({ group, refs, scale }) => {
      return { group, refs, scale: Number(scale), numerators };
    });
  });
  const counts = new Float64Array(greatest(parts.map(({ group }) => group)) + 1);
  return () => {
    counts.fill(0);
    for (const { group, refs, scale, numerators } of parts) {
      let sum = 0;
      for (const ref of refs) sum += numerators[ref]!;
      counts[group]! += sum * scale;
    }
    for (const count of counts) if (!(count <= LARGEST)) return undefined;
    return counts;
  };
}
