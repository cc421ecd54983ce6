/** A plan under construction: typed steps over registers, each of which holds an exact number. */
import { orderOf } from '../core/allocate.js';
import { ONE, type Ratio } from '../core/ratio.js';
import type { Input } from './input.js';
import type { Ref, Step } from './step.js';

export type { Ref };

/** Grows while the stages of the model add their steps; what is the same is computed once. */
export interface Planner {
  readonly steps: Step[];
  size: number;
  readonly known: Map<string, Ref>;
  readonly inputs: Map<Input, Ref>;
}

export function planner(): Planner {
  return { steps: [], size: 0, known: new Map(), inputs: new Map() };
}

/** The register of an input. */
export function input(plan: Planner, given: Input): Ref {
  const known = plan.inputs.get(given);
  if (known !== undefined) return known;
  const out = add(plan, (out) => ({ op: 'input', out, input: given }));
  plan.inputs.set(given, out);
  return out;
}

export function constant(plan: Planner, value: Ratio): Ref {
  return once(plan, `${value.n}/${value.d}`, (out) => ({ op: 'constant', out, value }));
}

export function sum(plan: Planner, terms: readonly Ref[]): Ref {
  if (terms.length === 1) return terms[0]!;
  return add(plan, (out) => ({ op: 'sum', out, terms }));
}

/** What is left of `from` when `terms` are taken away. */
export function difference(plan: Planner, from: Ref, terms: readonly Ref[]): Ref {
  return once(plan, `${from}-${terms.join('-')}`, (out) => ({
    op: 'difference',
    out,
    from,
    terms,
  }));
}

export function product(plan: Planner, factors: readonly Ref[]): Ref {
  return once(plan, factors.join('*'), (out) => ({ op: 'product', out, factors }));
}

export function quotient(plan: Planner, over: Ref, under: Ref): Ref {
  return once(plan, `${over}:${under}`, (out) => ({ op: 'quotient', out, over, under }));
}

export function power(plan: Planner, base: Ref, exponent: number): Ref {
  if (exponent === 0) return constant(plan, ONE);
  if (exponent === 1) return base;
  return once(plan, `${base}^${exponent}`, (out) => ({ op: 'power', out, base, exponent }));
}

/** Weights that time orders: in a tie the earlier part comes first. */
export function allocateInTime(
  plan: Planner,
  amount: Ref,
  weights: readonly Ref[],
  options: { readonly mayUnderrun?: true } = {},
): Ref[] {
  return parts(plan, weights.length, (out) => ({
    op: 'allocate',
    out,
    amount,
    weights,
    ...options,
  }));
}

/** Weights that keys order: in a tie the part whose key is first by UTF-16 code unit. */
export function allocateByKey(
  plan: Planner,
  amount: Ref,
  weights: readonly Ref[],
  keys: readonly string[],
): Ref[] {
  const order = orderOf(keys);
  return parts(plan, weights.length, (out) => ({ op: 'allocate', out, amount, weights, order }));
}

/** Adds a step that writes one register, and returns that register. */
export function add(plan: Planner, make: (out: Ref) => Step): Ref {
  const out = plan.size++;
  plan.steps.push(make(out));
  return out;
}

function parts(plan: Planner, count: number, make: (out: Ref) => Step): Ref[] {
  const out = plan.size;
  plan.size += count;
  plan.steps.push(make(out));
  return Array.from({ length: count }, (_, index) => out + index);
}

/** A step whose result is already in a register is not added again. */
function once(plan: Planner, key: string, make: (out: Ref) => Step): Ref {
  const known = plan.known.get(key) ?? add(plan, make);
  plan.known.set(key, known);
  return known;
}
