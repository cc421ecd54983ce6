/** Ways: how the numbers of a plan came about, and how a sum of them did. */
import type { Ref } from '../../plan/builder.js';
import { operandsOf, writtenBy, type Allocate, type Step } from '../../plan/step.js';
import type { Plan } from '../plan.js';

/** The step that writes each register. */
export type StepByRegister = readonly Step[];

export function stepsByRegister({ steps, registers }: Plan): StepByRegister {
  const at = new Array<Step>(registers);
  for (const step of steps) for (const ref of writtenBy(step)) at[ref] = step;
  return at;
}

/**
 * The fewest registers with the same sum: all parts of an allocation are its amount, whatever its
 * weights, and a difference with all that was taken away is what it was taken from.
 */
export function combineParts(refs: readonly Ref[], at: StepByRegister): readonly Ref[] {
  if (refs.length === 1 && !isComposed(at[refs[0]!]!)) return refs;
  const kept = new Set<Ref>();
  const present = new Map<Step, number>();
  const queue = [...refs];
  while (queue.length > 0) {
    for (let ref = queue.pop(); ref !== undefined; ref = queue.pop()) {
      const step = at[ref]!;
      if (step.op === 'sum') for (const term of step.terms) queue.push(term);
      else kept.add(ref);
      if (step.op !== 'allocate') continue;
      const parts = (present.get(step) ?? 0) + 1;
      present.set(step, parts);
      if (parts < step.weights.length) continue;
      step.weights.forEach((_, part) => kept.delete(step.out + part));
      queue.push(step.amount);
    }
    queue.push(...madeWhole(kept, at));
  }
  return [...kept];
}

/** Whether a register by itself can stand for others. */
function isComposed(step: Step): boolean {
  return step.op === 'sum' || (step.op === 'allocate' && step.weights.length === 1);
}

/** What differences were taken from, where all that was taken away is there as well. */
function madeWhole(kept: Set<Ref>, at: StepByRegister): readonly Ref[] {
  const wholes: Ref[] = [];
  for (const ref of kept) {
    const step = at[ref]!;
    if (step.op !== 'difference' || !step.terms.every((term) => kept.has(term))) continue;
    for (const one of [ref, ...step.terms]) kept.delete(one);
    wholes.push(step.from);
  }
  return wholes;
}

/** How a number came about: an amount, and what that was multiplied with or split by. */
export interface Provenance {
  /**
   * Numbers of one name came about alike, and so did their sum, from that of their amounts. It is made
   * when it is asked for: a number by itself needs none.
   */
  readonly name: () => string;
  readonly by: readonly Ref[];
  readonly amounts: readonly Ref[];
}

/** The way of every register; that of an allocation is looked into once. */
export function provenanceOver(at: StepByRegister): (ref: Ref) => Provenance {
  const splits = new Map<Allocate, Split>();
  const splitOf = (step: Allocate): Split => {
    const split = splits.get(step) ?? splitAt(step, at, scaleOf(step.amount));
    splits.set(step, split);
    return split;
  };
  const scaleOf = (ref: Ref): Scale | undefined => {
    const step = at[ref]!;
    switch (step.op) {
      case 'translate':
        return { by: [step.rate], amount: step.amount };
      case 'units':
        return step.prices.length === 1
          ? { by: [...step.prices, step.quantum], amount: step.amounts[0]! }
          : undefined;
      case 'allocate': {
        const { scale } = splitOf(step);
        return scale && { ...scale, amount: step.weights[ref - step.out]! };
      }
      default:
        return undefined;
    }
  };
  return (ref) => {
    const scale = scaleOf(ref);
    if (scale) {
      return { name: () => `at ${scale.by.join()}`, by: scale.by, amounts: [scale.amount] };
    }
    const step = at[ref]!;
    return step.op === 'allocate' ? partOf(step, ref, splitOf(step).whole) : wayOf(step);
  };
}

/** What all parts of an allocation have in common. */
interface Split {
  /** Where the parts are the weights themselves at some scale, as they are of a translated total. */
  readonly scale: Scale | undefined;
  /** What the weights sum to, where one of them is what the others leave of it. */
  readonly whole: Ref | undefined;
}

/** An amount at a rate, or at a price. */
interface Scale {
  readonly by: readonly Ref[];
  readonly amount: Ref;
}

function splitAt({ weights }: Allocate, at: StepByRegister, total: Scale | undefined): Split {
  const whole = new Set(total && combineParts([total.amount], at));
  const parts = total ? combineParts(weights, at) : [];
  const isScaled = total && parts.length === whole.size && parts.every((one) => whole.has(one));
  return { scale: isScaled ? total : undefined, whole: wholeOf(weights, at) };
}

function wholeOf(weights: readonly Ref[], at: StepByRegister): Ref | undefined {
  for (const weight of weights) {
    const step = at[weight]!;
    if (step.op !== 'difference' || step.terms.length !== weights.length - 1) continue;
    const others = new Set(step.terms);
    if (weights.every((one) => one === weight || others.has(one))) return step.from;
  }
  return undefined;
}

/** A part rests on its own weight and the sum of all: on every weight, unless that is known. */
function partOf({ weights, amount, out }: Allocate, ref: Ref, whole: Ref | undefined): Provenance {
  const weight = weights[ref - out]!;
  const by = whole === undefined ? weights : [weight, whole];
  return { name: () => `${weight} of ${by.join()}`, by, amounts: [amount] };
}

function wayOf(step: Step): Provenance {
  switch (step.op) {
    case 'attributable':
      return {
        name: () => `${step.share} of reported`,
        by: [step.share],
        amounts: [step.reported],
      };
    case 'factor':
      return { name: () => `${step.factor} times`, by: [step.factor], amounts: [step.amount] };
    default:
      return { name: () => `register ${step.out}`, by: operandsOf(step), amounts: [] };
  }
}
