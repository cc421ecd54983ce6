/** Fewer registers with the same sum: all the parts of an allocation sum to its amount. */
import { append } from '../core/lists.js';
import type { Ref } from '../plan/builder.js';
import { writtenBy, type Allocate, type Step } from '../plan/step.js';
import type { Plan } from './plan.js';

/** The step that writes each register. */
export type StepByRegister = readonly Step[];

/** The step of every register of a plan. */
export function stepsByRegister({ steps, registers }: Plan): StepByRegister {
  const stepOf = new Array<Step>(registers);
  for (const step of steps) for (const ref of writtenBy(step)) stepOf[ref] = step;
  return stepOf;
}

/**
 * Puts the amount of an allocation in place of all its parts, again and again, so that the sum of the
 * registers stays what it is. Linear in the number of registers.
 *
 * @param refs registers, each once
 * @param throughSums for provenance: a sum is replaced by its terms as well, and a difference, together
 *   with all that it subtracts, by what it subtracts from. Under-runs are ignored: an amount that was
 *   not spent has the same origin.
 */
export function combineParts(
  refs: readonly Ref[],
  stepOf: StepByRegister,
  throughSums = false,
): readonly Ref[] {
  if (refs.length === 1 && !(throughSums && isComposed(stepOf[refs[0]!]!))) return refs;
  const kept = new Set(throughSums ? [] : refs);
  const queue = [...(throughSums ? refs : kept)];
  const partsSeen = new Map<Allocate, number>();
  while (queue.length > 0) {
    for (let ref = queue.pop(); ref !== undefined; ref = queue.pop()) {
      const step = stepOf[ref]!;
      if (throughSums && step.op === 'sum') for (const term of step.terms) queue.push(term);
      else kept.add(ref);
      if (step.op !== 'allocate') continue;
      const parts = (partsSeen.get(step) ?? 0) + 1;
      partsSeen.set(step, parts);
      if (parts < step.weights.length || !(throughSums || canCombine(step, kept))) continue;
      step.weights.forEach((_, part) => kept.delete(step.out + part));
      queue.push(step.amount);
    }
    if (throughSums) append(queue, combineDifferences(kept, stepOf));
  }
  return [...kept];
}

/** Whether a register by itself can be replaced by others. */
function isComposed(step: Step): boolean {
  return step.op === 'sum' || (step.op === 'allocate' && step.weights.length === 1);
}

/** An under-run is part of the amount and of no part; an amount that is there already would count once. */
function canCombine({ allowsUnderrun, amount }: Allocate, kept: ReadonlySet<Ref>): boolean {
  return !allowsUnderrun && !kept.has(amount);
}

/** Takes out differences with all that they subtract; returns what they subtract from. */
function combineDifferences(kept: Set<Ref>, stepOf: StepByRegister): readonly Ref[] {
  const wholes: Ref[] = [];
  for (const ref of kept) {
    const step = stepOf[ref]!;
    if (step.op !== 'difference' || !step.terms.every((term) => kept.has(term))) continue;
    for (const one of [ref, ...step.terms]) kept.delete(one);
    wholes.push(step.from);
  }
  return wholes;
}
