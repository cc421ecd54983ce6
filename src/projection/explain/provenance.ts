/** Provenance: from which amount, and by which other numbers, the number of a register was made. */
import type { Ref } from '../../plan/builder.js';
import { operandsOf, type Allocate, type Step } from '../../plan/step.js';
import { combineParts, type StepByRegister } from '../combineParts.js';

/** Where a number comes from: an amount, and what that was multiplied with or split by. */
export interface Provenance {
  /**
   * Numbers with the same name were computed in the same way, so their sum was computed in that way
   * from the sum of their amounts. The name is built on demand: a number by itself needs none.
   */
  readonly name: () => string;
  readonly by: readonly Ref[];
  readonly amounts: readonly Ref[];
}

/** The provenance of every register; each allocation is analysed once. */
export function provenanceOver(stepOf: StepByRegister): (ref: Ref) => Provenance {
  const splits = new Map<Allocate, Split>();
  const numbers = new Map<string, number>();
  const splitOf = (step: Allocate): Split => {
    const known = splits.get(step);
    if (known) return known;
    const list = step.weights.join();
    const number = numbers.get(list) ?? numbers.size;
    numbers.set(list, number);
    const split = { number, ...analyseSplit(step, stepOf, scaleOf(step.amount)) };
    splits.set(step, split);
    return split;
  };
  const scaleOf = (ref: Ref): Scale | undefined => {
    const step = stepOf[ref]!;
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
    const step = stepOf[ref]!;
    return step.op === 'allocate'
      ? provenanceOfPart(step, ref, splitOf(step))
      : provenanceOfStep(step);
  };
}

/** What all parts of an allocation have in common. */
interface Split extends SplitOrigin {
  /** Of the list of weights: equal lists have the same number. */
  readonly number: number;
}

interface SplitOrigin {
  /** Where the parts are the weights themselves at some scale, as those of a translated total are. */
  readonly scale: Scale | undefined;
  /** What the weights sum to, where one of them is what the others leave of it. */
  readonly whole: Ref | undefined;
}

/** An amount at a rate, or at a price. */
interface Scale {
  readonly by: readonly Ref[];
  readonly amount: Ref;
}

function analyseSplit(
  { weights }: Allocate,
  stepOf: StepByRegister,
  total: Scale | undefined,
): SplitOrigin {
  const whole = new Set(total && combineParts([total.amount], stepOf, true));
  const parts = total ? combineParts(weights, stepOf, true) : [];
  const isScaled = total && parts.length === whole.size && parts.every((one) => whole.has(one));
  return { scale: isScaled ? total : undefined, whole: wholeOfWeights(weights, stepOf) };
}

function wholeOfWeights(weights: readonly Ref[], stepOf: StepByRegister): Ref | undefined {
  for (const weight of weights) {
    const step = stepOf[weight]!;
    if (step.op !== 'difference' || step.terms.length !== weights.length - 1) continue;
    const others = new Set(step.terms);
    if (weights.every((one) => one === weight || others.has(one))) return step.from;
  }
  return undefined;
}

/** A part depends on its own weight and on the sum of all: on every weight, unless that sum is known. */
function provenanceOfPart(
  { weights, amount, out }: Allocate,
  ref: Ref,
  { number, whole }: Split,
): Provenance {
  const weight = weights[ref - out]!;
  if (whole === undefined)
    return { name: () => `${weight} of list ${number}`, by: weights, amounts: [amount] };
  return { name: () => `${weight} of ${whole}`, by: [weight, whole], amounts: [amount] };
}

function provenanceOfStep(step: Step): Provenance {
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
