/** The steps of a plan: what each kind of step computes, and where the model rounds. */
import { allocate } from '../core/allocate.js';
import * as exact from '../core/ratio.js';
import { ONE, ratio, roundHalfEven, ZERO, type Ratio } from '../core/ratio.js';
import type { Input } from './input.js';

/** The number of a register. A step writes one, `allocate` as many as it has parts. */
export type Ref = number;

/**
 * One step: its kind, the register it writes and the registers it reads. Amounts are integers.
 * The model rounds in `allocate`, `attributable`, `factor`, `units` and `translate`, nowhere else.
 */
export type Step =
  | { readonly op: 'input'; readonly out: Ref; readonly input: Input }
  | { readonly op: 'constant'; readonly out: Ref; readonly value: Ratio }
  | { readonly op: 'parameter'; readonly out: Ref; readonly value: Ratio }
  | { readonly op: 'sum'; readonly out: Ref; readonly terms: readonly Ref[] }
  | {
      readonly op: 'difference';
      readonly out: Ref;
      readonly from: Ref;
      readonly terms: readonly Ref[];
    }
  | { readonly op: 'product'; readonly out: Ref; readonly factors: readonly Ref[] }
  | { readonly op: 'quotient'; readonly out: Ref; readonly over: Ref; readonly under: Ref }
  | { readonly op: 'power'; readonly out: Ref; readonly base: Ref; readonly exponent: number }
  | Allocate
  | { readonly op: 'attributable'; readonly out: Ref; readonly reported: Ref; readonly share: Ref }
  | { readonly op: 'factor'; readonly out: Ref; readonly amount: Ref; readonly factor: Ref }
  | {
      readonly op: 'units';
      readonly out: Ref;
      readonly exact: readonly Ref[];
      readonly quantum: Ref;
    }
  | { readonly op: 'translate'; readonly out: Ref; readonly amount: Ref; readonly rate: Ref };

/** Splits an amount into as many registers as weights, from `out` on. */
export interface Allocate {
  readonly op: 'allocate';
  readonly out: Ref;
  readonly amount: Ref;
  readonly weights: readonly Ref[];
  /** Rank of each part in a tie; by position (in time) where absent. */
  readonly order?: readonly number[];
  /** Where all weights are zero nothing is split, and what is left is an under-run. */
  readonly mayUnderrun?: true;
}

/** Computes a step: reads its operands from the registers and writes its result. */
export function evaluate(step: Step, at: Ratio[]): void {
  const values = (refs: readonly Ref[]) => refs.map((ref) => at[ref]!);
  switch (step.op) {
    case 'input':
      at[step.out] = step.input.value;
      break;
    case 'constant':
    case 'parameter':
      at[step.out] = step.value;
      break;
    case 'sum':
      at[step.out] = exact.sum(values(step.terms));
      break;
    case 'difference':
      at[step.out] = exact.subtract(at[step.from]!, exact.sum(values(step.terms)));
      break;
    case 'product':
      at[step.out] = values(step.factors).reduce(exact.multiply, ONE);
      break;
    case 'quotient':
      at[step.out] = exact.divide(at[step.over]!, at[step.under]!);
      break;
    case 'power':
      at[step.out] = exact.power(at[step.base]!, step.exponent);
      break;
    case 'allocate':
      split(step, at);
      break;
    case 'attributable':
      at[step.out] = rounded(exact.multiply(at[step.reported]!, at[step.share]!));
      break;
    case 'factor':
      at[step.out] = rounded(exact.multiply(at[step.amount]!, at[step.factor]!));
      break;
    case 'units':
      at[step.out] = rounded(exact.divide(exact.sum(values(step.exact)), at[step.quantum]!));
      break;
    case 'translate':
      at[step.out] = rounded(exact.divide(at[step.amount]!, at[step.rate]!));
  }
}

function split({ out, amount, weights, order, mayUnderrun }: Allocate, at: Ratio[]): void {
  const given = weights.map((ref) => at[ref]!);
  const nothing = mayUnderrun === true && given.every(({ n }) => n === 0n);
  const parts = nothing ? given.map(() => 0n) : allocate(at[amount]!.n, given, order);
  parts.forEach((part, index) => (at[out + index] = part === 0n ? ZERO : ratio(part)));
}

function rounded(value: Ratio): Ratio {
  return ratio(roundHalfEven(value));
}

/** The registers that a step reads. */
export function operandsOf(step: Step): readonly Ref[] {
  switch (step.op) {
    case 'input':
    case 'constant':
    case 'parameter':
      return [];
    case 'sum':
      return step.terms;
    case 'difference':
      return [step.from, ...step.terms];
    case 'product':
      return step.factors;
    case 'quotient':
      return [step.over, step.under];
    case 'power':
      return [step.base];
    case 'allocate':
      return [step.amount, ...step.weights];
    case 'attributable':
      return [step.reported, step.share];
    case 'factor':
      return [step.amount, step.factor];
    case 'units':
      return [...step.exact, step.quantum];
    case 'translate':
      return [step.amount, step.rate];
  }
}

/** How many registers a step writes, from its `out` on. */
export function widthOf(step: Step): number {
  return step.op === 'allocate' ? step.weights.length : 1;
}
