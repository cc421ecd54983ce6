/** The part of a plan that has to be computed again when some registers change. */
import { groupBy } from '../core/group.js';
import { type Fraction, ONE } from '../core/number/fraction.js';
import type { Guard, Ref } from '../plan/builder.js';
import { put, fractionAt, wholeSum, type Registers, registers } from '../core/kernel/registers.js';
import { isWhole, operandsOf, prepare, writtenBy, type Step } from '../plan/step.js';
import type { Plan, PlannedCell } from './plan.js';
import { scaleTo, type CellGroup } from './rollup.js';
import { type Currency } from '../core/number/currency.js';
import * as plan from '../plan/builder.js';
import type { Scenario } from '../scenario/scenario.js';

/** Evaluates sums of registers of a plan, for other values of some of its registers. */
type Evaluator = (values: ReadonlyMap<Ref, Fraction>) => readonly bigint[] | undefined;

/**
 * The numbers of groups of cells, as counts of 10^-places of each group's unit, for other values of
 * some registers; nothing where the scenario is not valid with these.
 *
 * @param varied registers of inputs or parameters, all of which get a value in every evaluation
 */
export function groupEvaluator(
  plan: Plan,
  varied: readonly Ref[],
  groups: readonly CellGroup<PlannedCell>[],
): Evaluator {
  const terms = termsOf(plan, groups);
  const { at, evaluate } = prepareEvaluation(
    plan,
    varied,
    terms.flatMap(({ refs }) => refs),
  );
  return (values) => {
    if (!evaluate(values)) return undefined;
    const counts = groups.map(() => 0n);
    for (const { group, refs, scale } of terms) counts[group]! += wholeSum(at, refs) * scale;
    return counts;
  };
}

/** Registers whose sum, times the scale, is a part of a group's number. */
export interface Term {
  readonly group: number;
  readonly refs: readonly Ref[];
  readonly scale: bigint;
}

/** What groups of cells are the sums of: as few registers as the plan has for it. */
export function termsOf(plan: Plan, groups: readonly CellGroup<PlannedCell>[]): readonly Term[] {
  return groups.flatMap(({ cells, unit }, group) =>
    // Cells of one name may be counted in different quanta; those of one unit are summed as they are.
    [...groupBy(cells, (cell) => cell.unit)].map(([own, members]) => ({
      group,
      refs: withoutParts(
        plan.steps,
        members.map(({ ref }) => ref),
      ),
      scale: own.multiple * scaleTo(unit, own),
    })),
  );
}

/** A plan that is ready to be evaluated again and again, for other values of some registers. */
export interface PreparedEvaluation {
  /** The numbers of the last evaluation; until the first, as the plan has them. */
  readonly at: Registers;
  /**
   * Puts values into varied registers, and computes again what hangs on those that change.
   *
   * @returns false where the scenario is not valid with these values; what is wanted is then not computed
   */
  readonly evaluate: (values: ReadonlyMap<Ref, Fraction>) => boolean;
  /** The same where all varied registers hold new values already. */
  readonly again: () => boolean;
  /** The registers of which something has to hold, and that hang on what varies. */
  readonly guarded: readonly Ref[];
}

/**
 * Prepares a plan for many evaluations: what does not hang on the varied registers is computed once,
 * what neither the wanted registers nor the guards rest on is never computed.
 *
 * @param varied registers of inputs or parameters, all of which get a value in every evaluation
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
  const at = evaluateAll(plan);
  // Whatever these steps read is constant, or written by them before: the registers can be kept.
  const known = { isFixed: (ref: Ref) => !marks.has(ref), isWhole: wholeOf(plan.steps) };
  const ready = (isOf: (step: Step) => boolean) =>
    alike(plan.steps.filter(isOf), marks).map((steps) => ({
      run: prepare(steps, at, known),
      mark: marks.get(steps[0]!.out)!,
    }));
  const first = ready((step) => guarding.has(step));
  const then = ready((step) => needed.has(step) && !guarding.has(step));
  const recompute = (stale: number) => {
    for (const { run, mark } of first) if ((mark & stale) !== 0) run();
    for (const [ref, what] of guards) if (!holds(what, at, ref)) return false;
    for (const { run, mark } of then) if ((mark & stale) !== 0) run();
    return true;
  };
  let stale = 0;
  return {
    at,
    again: () => recompute(~0),
    guarded: guards.map(([ref]) => ref),
    evaluate: (values) => {
      for (const [ref, value] of values) if (put(at, ref, value)) stale |= marks.get(ref)!;
      if (!recompute(stale)) return false;
      stale = 0;
      return true;
    },
  };
}

/**
 * For every register that hangs on varied ones: a bit for each of these. There are 31 bits, so that
 * with more registers some share one, and more is computed than has to be.
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
 * The steps that hang on varied registers, together where they are of one kind, of one mark, and as
 * many steps away from what is given: these do not rest on each other, and run in one loop.
 */
function alike(
  steps: readonly Step[],
  marks: ReadonlyMap<Ref, number>,
): readonly (readonly Step[])[] {
  const depths = new Map<Ref, number>();
  const groups = new Map<string, { readonly depth: number; readonly steps: Step[] }>();
  for (const step of steps) {
    const operands = operandsOf(step);
    if (!operands.some((ref) => marks.has(ref))) continue;
    const depth = 1 + operands.reduce((most, ref) => Math.max(most, depths.get(ref) ?? 0), 0);
    for (const ref of writtenBy(step)) depths.set(ref, depth);
    const key = `${depth} ${step.op} ${marks.get(step.out)}`;
    const group = groups.get(key) ?? { depth, steps: [] };
    groups.set(key, group);
    group.steps.push(step);
  }
  return [...groups.values()].sort((a, b) => a.depth - b.depth).map((group) => group.steps);
}

/** Tells the registers that always hold whole numbers. */
function wholeOf(steps: readonly Step[]): (ref: Ref) => boolean {
  const whole = new Set(steps.filter(isWhole).flatMap(writtenBy));
  return (ref) => whole.has(ref);
}

function holds(what: Guard, at: Registers, ref: Ref): boolean {
  const n = at.numerators[ref]!;
  const sign = Number.isNaN(n) ? fractionAt(at, ref).n : n;
  return what === 'zero' ? !(sign < 0 || sign > 0) : what === 'positive' ? sign > 0 : sign >= 0;
}

/** All parts of an allocation sum to its amount, so the amount stands for them. */
export function withoutParts(steps: readonly Step[], refs: readonly Ref[]): readonly Ref[] {
  if (refs.length === 1) return refs;
  const kept = new Set(refs);
  for (const step of steps.toReversed()) {
    if (step.op !== 'allocate' || step.mayUnderrun || kept.has(step.amount)) continue;
    const parts = step.weights.map((_, i) => step.out + i);
    if (!parts.every((part) => kept.has(part))) continue;
    parts.forEach((part) => kept.delete(part));
    kept.add(step.amount);
  }
  return [...kept];
}

/** The registers that some registers rest on, directly or not, with these. */
export function dependenciesOf({ steps }: Plan, refs: readonly Ref[]): ReadonlySet<Ref> {
  const all = new Set(refs);
  neededFor(steps, all);
  return all;
}

/** The steps that some registers rest on; what they read joins these. */
function neededFor(steps: readonly Step[], refs: Set<Ref>): ReadonlySet<Step> {
  const needed = new Set<Step>();
  for (const step of steps.toReversed()) {
    if (!writtenBy(step).some((ref) => refs.has(ref))) continue;
    needed.add(step);
    operandsOf(step).forEach((ref) => refs.add(ref));
  }
  return needed;
}

/** An evaluated plan: flat cells, and how the demand of the window compares with the envelope. */
export interface Projection {
  /** How every number came about. */
  readonly plan: Plan;
  readonly scenario: Scenario;
  readonly currencies: readonly Currency[];
  readonly cells: readonly ProjectedCell[];
  /** In quanta of the envelope's currency. */
  readonly envelope: bigint;
  /** Demand over the whole window; it differs from the envelope by an under- or over-run. */
  readonly total: bigint;
}

/** One number of the forecast, and where it stands. */
export interface ProjectedCell extends PlannedCell {
  /** An integer: the cell's number is `count` × 10^-places of its unit. */
  readonly count: bigint;
}

/** Evaluates a plan, step by step, in exact arithmetic. */
export function run(compiled: Plan): Projection {
  const at = evaluateAll(compiled);
  const countAt = (ref: plan.Ref) => {
    const { n, d } = fractionAt(at, ref);
    if (d !== ONE.d) throw new Error('a cell holds a fraction of its quantum');
    return n;
  };
  return {
    plan: compiled,
    scenario: compiled.scenario,
    currencies: compiled.currencies,
    // Written out, not spread: a million cells then take a third of the memory.
    cells: compiled.cells.map(({ period, path, supplier, measure, unit, ref }) => ({
      period,
      path,
      supplier,
      measure,
      unit,
      ref,
      count: countAt(ref) * unit.multiple,
    })),
    envelope: countAt(compiled.envelope),
    total: countAt(compiled.total),
  };
}

/** The value of every register. */
export function evaluateAll({ steps, registers: size }: Plan): Registers {
  const at = registers(size);
  for (const step of steps) prepare([step], at, NOTHING)();
  return at;
}

/** A step that runs once gains nothing by looking ahead. */
const NOTHING = { isFixed: () => false, isWhole: () => false };
