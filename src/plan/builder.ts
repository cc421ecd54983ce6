/** A plan under construction: typed steps over registers, each of which holds an exact number. */
import { orderOf } from '../core/rounding/allocate.js';
import { ONE, type Fraction } from '../core/number/fraction.js';
import type { Input, Rest } from '../model/input.js';
import type { Allocate, Ref, Step } from './step.js';

export type { Ref };

/** What a register is: words that are put together when somebody asks, or a `rest` of the file. */
export type Name = readonly (string | number)[] | Rest;

/** Grows while the stages of the model add their steps; what is the same is computed once. */
export interface Planner {
  readonly steps: Step[];
  size: number;
  readonly known: Map<string, Ref>;
  readonly inputs: Map<Input, Ref>;
  /** What must hold of registers for the scenario to be valid. */
  readonly guards: Map<Ref, Guard>;
  /** By register; whatever has no name is told by its formula. */
  readonly names: Name[];
  /** Allocations by their first part: their parts sum to their amount. */
  readonly allocations: Map<Ref, { readonly amount: Ref; readonly parts: number }>;
}

/** What the checks of a scenario ask of a number, for other values of its inputs too. */
export type Guard = 'zero' | 'not negative' | 'positive';

export function planner(): Planner {
  return {
    steps: [],
    size: 0,
    known: new Map(),
    inputs: new Map(),
    guards: new Map(),
    names: [],
    allocations: new Map(),
  };
}

/** Says what a register is, for whoever reads the plan; one that several stages share keeps its name. */
export function name(plan: Planner, ref: Ref, ...words: readonly (string | number)[]): Ref {
  plan.names[ref] ??= words;
  return ref;
}

/** The register of an input. */
export function input(plan: Planner, given: Input): Ref {
  const known = plan.inputs.get(given);
  if (known !== undefined) return known;
  const out = add(plan, (out) => ({ op: 'input', out, input: given }));
  plan.inputs.set(given, out);
  return out;
}

export function constant(plan: Planner, value: Fraction): Ref {
  return once(plan, `${value.n}/${value.d}`, (out) => ({ op: 'constant', out, value }));
}

/** Says what must hold of a register; the loaded scenario has been checked for it already. */
export function guard(plan: Planner, ref: Ref, what: Guard): Ref {
  plan.guards.set(ref, what);
  return ref;
}

/** Leads from one unit to another: 100 from yuan to fen. */
export function conversion(plan: Planner, value: Fraction): Ref {
  const key = `to ${value.n}/${value.d}`;
  return once(plan, key, (out) => ({ op: 'constant', out, value, converts: true }));
}

/** A number that a study varies, with the value that it has until then. */
export function parameter(plan: Planner, value: Fraction): Ref {
  return add(plan, (out) => ({ op: 'parameter', out, value }));
}

/** The sum of registers; for all the parts of an allocation that is the amount they were cut from. */
export function sum(plan: Planner, terms: readonly Ref[]): Ref {
  if (terms.length === 1) return terms[0]!;
  const allocation = plan.allocations.get(terms[0]!);
  const isWhole = allocation?.parts === terms.length && terms.every((t, i) => t === terms[0]! + i);
  if (isWhole) return allocation.amount;
  return add(plan, (out) => ({ op: 'sum', out, terms }));
}

/** What is left of `from` when `terms` are taken away. */
export function difference(plan: Planner, from: Ref, terms: readonly Ref[]): Ref {
  if (terms.length === 0) return from;
  return once(plan, `${from}-${terms.join('-')}`, (out) => ({
    op: 'difference',
    out,
    from,
    terms,
  }));
}

/** What a group of shares leaves of its whole; it stands in the file as `rest`. */
export function rest(plan: Planner, from: Ref, terms: readonly Ref[], share: Rest): Ref {
  const out = difference(plan, from, terms);
  if (terms.length > 0) plan.names[out] = share;
  return out;
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
  keys: readonly string[],
): Ref[] {
  return allocate(plan, { amount, weights, keys });
}

/** The same, where weights that are all zero leave the amount unspent: an under-run. */
export function allocateWhereOpen(
  plan: Planner,
  amount: Ref,
  weights: readonly Ref[],
  keys: readonly string[],
): Ref[] {
  return allocate(plan, { amount, weights, keys, allowsUnderrun: true });
}

/** Weights that keys order: in a tie the part whose key is first by UTF-16 code unit. */
export function allocateByKey(
  plan: Planner,
  amount: Ref,
  weights: readonly Ref[],
  keys: readonly string[],
): Ref[] {
  return allocate(plan, { amount, weights, keys, order: orderOf(keys) });
}

function allocate(plan: Planner, what: Omit<Allocate, 'op' | 'out'>): Ref[] {
  const out = plan.size;
  const { amount, weights } = what;
  plan.steps.push({ op: 'allocate', out, ...what });
  plan.size += weights.length;
  if (!what.allowsUnderrun) plan.allocations.set(out, { amount, parts: weights.length });
  return weights.map((_, index) => out + index);
}

/** Adds a step that writes one register, and returns that register. */
export function add(plan: Planner, make: (out: Ref) => Step): Ref {
  const out = plan.size++;
  plan.steps.push(make(out));
  return out;
}

/** A step whose result is already in a register is not added again. */
function once(plan: Planner, key: string, make: (out: Ref) => Step): Ref {
  const known = plan.known.get(key) ?? add(plan, make);
  plan.known.set(key, known);
  return known;
}
