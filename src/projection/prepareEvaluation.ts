/**
 * Evaluates a plan again and again, for other values of some of its registers: a study then computes
 * the steps that depend on them, and no others.
 */
import { groupBy } from '../core/group.js';
import { fractionAt, put, wholeSum, type Registers } from '../core/kernel/registers.js';
import type { Fraction } from '../core/number/fraction.js';
import type { Guard, Ref } from '../plan/builder.js';
import { isWhole, operandsOf, prepare, writtenBy, type Step } from '../plan/step.js';
import { combineParts, stepsByRegister } from './combineParts.js';
import { evaluateAll } from './evaluate.js';
import type { Plan, PlannedCell } from './plan.js';
import { scaleTo, type CellGroup } from './rollup.js';

/** A plan that is prepared for evaluations with other values of some registers. */
export interface PreparedEvaluation {
  /** The numbers of the last evaluation; before the first, those of the plan as it was compiled. */
  readonly registers: Registers;
  /**
   * Puts values into varied registers, and recomputes what depends on those that change.
   *
   * @returns false where the scenario is not valid with these values: nothing wanted is then computed
   */
  readonly evaluate: (values: ReadonlyMap<Ref, Fraction>) => boolean;
  /** Recomputes everything, after the caller has put values into the varied registers itself. */
  readonly reevaluate: () => boolean;
  /** The registers with a guard that depend on the varied ones. */
  readonly guarded: readonly Ref[];
}

/**
 * Prepares a plan for many evaluations. Steps that do not depend on the varied registers are computed
 * once; steps that neither the wanted registers nor the guards depend on are never computed.
 *
 * Guards come first, so that an invalid scenario costs as little as possible.
 *
 * @param varied registers of inputs or parameters; one that gets no value keeps the one that it has
 */
export function prepareEvaluation(
  plan: Plan,
  varied: readonly Ref[],
  wanted: readonly Ref[],
): PreparedEvaluation {
  const marks = marksBelow(plan.steps, varied);
  const guards = [...plan.guards].filter(([ref]) => marks.has(ref));
  const guarding = neededFor(plan.steps, new Set(guards.map(([ref]) => ref)));
  const needed = neededFor(plan.steps, new Set(wanted));
  // One set of registers serves all evaluations: what does not depend on the varied registers never changes.
  const registers = evaluateAll(plan);
  const known = { isFixed: (ref: Ref) => !marks.has(ref), isWhole: wholeOf(plan.steps) };
  const runsOf = (isOf: (step: Step) => boolean) =>
    batchesOf(plan.steps.filter(isOf), marks).map((steps) => ({
      run: prepare(steps, registers, known),
      mark: marks.get(steps[0]!.out)!,
    }));
  const guardRuns = runsOf((step) => guarding.has(step));
  const wantedRuns = runsOf((step) => needed.has(step) && !guarding.has(step));
  const recompute = (stale: number) => {
    for (const { run, mark } of guardRuns) if ((mark & stale) !== 0) run();
    for (const [ref, guard] of guards) if (!holds(guard, registers, ref)) return false;
    for (const { run, mark } of wantedRuns) if ((mark & stale) !== 0) run();
    return true;
  };
  let stale = 0;
  return {
    registers,
    reevaluate: () => recompute(~0),
    guarded: guards.map(([ref]) => ref),
    evaluate: (values) => {
      for (const [ref, value] of values) if (put(registers, ref, value)) stale |= marks.get(ref)!;
      if (!recompute(stale)) return false;
      stale = 0;
      return true;
    },
  };
}

/**
 * For every register that depends on varied ones: a bit for each of these. There are 31 bits: of more
 * registers some share a bit, and more is recomputed than necessary.
 */
function marksBelow(steps: readonly Step[], varied: readonly Ref[]): ReadonlyMap<Ref, number> {
  const marks = new Map(varied.map((ref, i) => [ref, 1 << (i % 31)]));
  for (const step of steps) {
    let mark = 0;
    for (const ref of operandsOf(step)) mark |= marks.get(ref) ?? 0;
    if (mark === 0) continue;
    for (const ref of writtenBy(step)) marks.set(ref, mark);
  }
  return marks;
}

/**
 * The steps that depend on varied registers, in batches of one kind, one mark and one depth (the longest
 * chain of steps above it). Steps of one depth do not depend on each other, so a batch runs in one loop.
 */
function batchesOf(
  steps: readonly Step[],
  marks: ReadonlyMap<Ref, number>,
): readonly (readonly Step[])[] {
  const depths = new Map<Ref, number>();
  const batches = new Map<string, { readonly depth: number; readonly steps: Step[] }>();
  for (const step of steps) {
    const operands = operandsOf(step);
    if (!operands.some((ref) => marks.has(ref))) continue;
    const depth = 1 + operands.reduce((most, ref) => Math.max(most, depths.get(ref) ?? 0), 0);
    for (const ref of writtenBy(step)) depths.set(ref, depth);
    const key = `${depth} ${step.op} ${marks.get(step.out)}`;
    const batch = batches.get(key) ?? { depth, steps: [] };
    batches.set(key, batch);
    batch.steps.push(step);
  }
  return [...batches.values()].sort((a, b) => a.depth - b.depth).map((batch) => batch.steps);
}

/** The registers of a plan that always hold whole numbers; a study prepares one plan for many inputs. */
const wholeRegisters = new WeakMap<readonly Step[], ReadonlySet<Ref>>();

/** Whether a register always holds a whole number. */
function wholeOf(steps: readonly Step[]): (ref: Ref) => boolean {
  const whole = wholeRegisters.get(steps) ?? new Set(steps.filter(isWhole).flatMap(writtenBy));
  wholeRegisters.set(steps, whole);
  return (ref) => whole.has(ref);
}

function holds(guard: Guard, registers: Registers, ref: Ref): boolean {
  const n = registers.numerators[ref]!;
  const sign = Number.isNaN(n) ? fractionAt(registers, ref).n : n;
  return guard === 'zero' ? !(sign < 0 || sign > 0) : guard === 'positive' ? sign > 0 : sign >= 0;
}

/** The registers that some registers depend on, directly or not, and these themselves. */
export function dependenciesOf({ steps }: Plan, refs: readonly Ref[]): ReadonlySet<Ref> {
  const all = new Set(refs);
  neededFor(steps, all);
  return all;
}

/** The steps that some registers depend on; adds the registers that these steps read to `refs`. */
function neededFor(steps: readonly Step[], refs: Set<Ref>): ReadonlySet<Step> {
  const needed = new Set<Step>();
  for (const step of steps.toReversed()) {
    if (!writtenBy(step).some((ref) => refs.has(ref))) continue;
    needed.add(step);
    operandsOf(step).forEach((ref) => refs.add(ref));
  }
  return needed;
}

/** The registers of every input that a plan reads. */
export function registersByPath({ steps }: Plan): ReadonlyMap<string, Ref[]> {
  const refs = new Map<string, Ref[]>();
  for (const step of steps) {
    if (step.op !== 'input') continue;
    const own = refs.get(step.input.path);
    if (own) own.push(step.out);
    else refs.set(step.input.path, [step.out]);
  }
  return refs;
}

/** Evaluates groups of cells for other values of some registers; nothing where these are not valid. */
type GroupEvaluator = (values: ReadonlyMap<Ref, Fraction>) => readonly bigint[] | undefined;

/**
 * Prepares the evaluation of groups of cells. Each evaluation gives one number a group, a count of
 * 10^-places of its unit.
 *
 * @param varied registers of inputs or parameters; one that gets no value keeps the one that it has
 */
export function groupEvaluator(
  plan: Plan,
  varied: readonly Ref[],
  groups: readonly CellGroup<PlannedCell>[],
): GroupEvaluator {
  const terms = termsOf(plan, groups);
  const { registers, evaluate } = prepareEvaluation(
    plan,
    varied,
    terms.flatMap(({ refs }) => refs),
  );
  return (values) => {
    if (!evaluate(values)) return undefined;
    const counts = groups.map(() => 0n);
    for (const { group, refs, scale } of terms) counts[group]! += wholeSum(registers, refs) * scale;
    return counts;
  };
}

/** Registers whose sum × `scale` is a term of the number of a group. */
export interface Term {
  /** Index of the group. */
  readonly group: number;
  readonly refs: readonly Ref[];
  readonly scale: bigint;
}

/** The terms of groups of cells, over as few registers as possible. */
export function termsOf(plan: Plan, groups: readonly CellGroup<PlannedCell>[]): readonly Term[] {
  const stepOf = stepsByRegister(plan);
  return groups.flatMap(({ cells, unit }, group) =>
    // The cells of a group may be counted in different quanta: those of one quantum are summed first.
    [...groupBy(cells, (cell) => cell.unit)].map(([own, members]) => ({
      group,
      refs: combineParts(
        members.map(({ ref }) => ref),
        stepOf,
      ),
      scale: own.multiple * scaleTo(unit, own),
    })),
  );
}
