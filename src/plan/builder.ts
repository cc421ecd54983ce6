/** Builds a plan: typed steps over registers, each of which holds an exact number. */
import { ONE, type Fraction } from '../core/number/fraction.js';
import { orderOf } from '../core/rounding/allocate.js';
import type { Saying } from '../core/text/language.js';
import type { Input, Rest, Share } from '../model/input.js';
import type { Allocate, Ref, Step } from './step.js';

export type { Ref };

/** The name of a register: a label, a phrase, or a `rest` of the file. */
export type Name = string | Saying | Rest;

/** The `rest` after which a register is named. */
export function restIn(name: Name | undefined): Rest | undefined {
  return typeof name === 'object' && 'path' in name ? name : undefined;
}

/** A plan to which the stages of the calculation add their steps; equal steps are added once. */
export interface Planner {
  readonly steps: Step[];
  /** Number of registers. */
  size: number;
  /** Registers by the operation that writes them, so that no step is added twice. */
  readonly known: Map<string, Ref>;
  readonly inputs: Map<Input, Ref>;
  /** The registers of lists of shares. */
  readonly shares: Map<readonly Share[], readonly Ref[]>;
  /** Conditions under which other values of the inputs are valid. */
  readonly guards: Map<Ref, Guard>;
  /** By register; one without a name is described by its formula. */
  readonly names: (Name | undefined)[];
  /** By first part: the amount that all the parts of an allocation sum to, and how many they are. */
  readonly allocations: Map<Ref, { readonly amount: Ref; readonly parts: number }>;
}

/** A condition on a register, which the loaded scenario meets, and varied inputs may not. */
export type Guard = 'zero' | 'not negative' | 'positive';

/** A plan without steps. */
export function planner(): Planner {
  return {
    steps: [],
    size: 0,
    known: new Map(),
    inputs: new Map(),
    shares: new Map(),
    guards: new Map(),
    names: [],
    allocations: new Map(),
  };
}

/** Names a register for `explain`; a register that several stages share keeps its first name. */
export function name(plan: Planner, ref: Ref, own: string | Saying): Ref {
  plan.names[ref] ??= own;
  return ref;
}

/** The register of an input. */
export function input(plan: Planner, source: Input): Ref {
  const known = plan.inputs.get(source);
  if (known !== undefined) return known;
  const out = add(plan, (out) => ({ op: 'input', out, input: source }));
  plan.inputs.set(source, out);
  return out;
}

/** A constant of the model. */
export function constant(plan: Planner, value: Fraction): Ref {
  return addOnce(plan, `${value.n}/${value.d}`, (out) => ({ op: 'constant', out, value }));
}

/** Sets a condition on a register. */
export function guard(plan: Planner, ref: Ref, condition: Guard): Ref {
  plan.guards.set(ref, condition);
  return ref;
}

/** The conversion factor between two units: 100 from yuan to fen. */
export function conversion(plan: Planner, value: Fraction): Ref {
  const key = `to ${value.n}/${value.d}`;
  return addOnce(plan, key, (out) => ({ op: 'constant', out, value, isConversion: true }));
}

/** A number that a study varies; `value` holds until it does. */
export function parameter(plan: Planner, value: Fraction): Ref {
  return add(plan, (out) => ({ op: 'parameter', out, value }));
}

/** The sum of registers; for all the parts of an allocation in order it is their amount. */
export function sum(plan: Planner, terms: readonly Ref[]): Ref {
  if (terms.length === 1) return terms[0]!;
  const allocation = plan.allocations.get(terms[0]!);
  const isWhole = allocation?.parts === terms.length && terms.every((t, i) => t === terms[0]! + i);
  if (isWhole) return allocation.amount;
  return add(plan, (out) => ({ op: 'sum', out, terms }));
}

/** `from` less all `terms`. */
export function difference(plan: Planner, from: Ref, terms: readonly Ref[]): Ref {
  if (terms.length === 0) return from;
  return addOnce(plan, `${from}-${terms.join('-')}`, (out) => ({
    op: 'difference',
    out,
    from,
    terms,
  }));
}

/** What shares leave of their whole, for the share that is written as `rest`. */
export function rest(plan: Planner, from: Ref, terms: readonly Ref[], share: Rest): Ref {
  const out = difference(plan, from, terms);
  if (terms.length > 0) plan.names[out] = share;
  return out;
}

/** The product of registers. */
export function product(plan: Planner, factors: readonly Ref[]): Ref {
  return addOnce(plan, factors.join('*'), (out) => ({ op: 'product', out, factors }));
}

/** `over` ÷ `under`. */
export function quotient(plan: Planner, over: Ref, under: Ref): Ref {
  return addOnce(plan, `${over}:${under}`, (out) => ({ op: 'quotient', out, over, under }));
}

/** base^exponent, for an exponent from 0. */
export function power(plan: Planner, base: Ref, exponent: number): Ref {
  if (exponent === 0) return constant(plan, ONE);
  if (exponent === 1) return base;
  return addOnce(plan, `${base}^${exponent}`, (out) => ({ op: 'power', out, base, exponent }));
}

/** Allocates over weights in time: in a tie the earlier part comes first. Returns the parts. */
export function allocateInTime(
  plan: Planner,
  amount: Ref,
  weights: readonly Ref[],
  keys: Allocate['keys'],
): Ref[] {
  return allocate(plan, { amount, weights, keys });
}

/** Allocates in time over open periods: where all weights are zero, nothing is split (an under-run). */
export function allocateWhereOpen(
  plan: Planner,
  amount: Ref,
  weights: readonly Ref[],
  keys: readonly string[],
): Ref[] {
  return allocate(plan, { amount, weights, keys, allowsUnderrun: true });
}

/** Allocates over keys: in a tie the part comes first whose key does, by UTF-16 code unit. */
export function allocateByKey(
  plan: Planner,
  amount: Ref,
  weights: readonly Ref[],
  keys: readonly string[],
): Ref[] {
  return allocate(plan, { amount, weights, keys, order: orderOf(keys) });
}

function allocate(plan: Planner, step: Omit<Allocate, 'op' | 'out'>): Ref[] {
  const out = plan.size;
  const { amount, weights } = step;
  plan.steps.push({ op: 'allocate', out, ...step });
  plan.size += weights.length;
  if (!step.allowsUnderrun) plan.allocations.set(out, { amount, parts: weights.length });
  return weights.map((_, index) => out + index);
}

/** Adds a step that writes one register; returns that register. */
export function add(plan: Planner, make: (out: Ref) => Step): Ref {
  const out = plan.size++;
  plan.steps.push(make(out));
  return out;
}

/** Adds a step, unless its result is in a register already. */
function addOnce(plan: Planner, key: string, make: (out: Ref) => Step): Ref {
  const known = plan.known.get(key) ?? add(plan, make);
  plan.known.set(key, known);
  return known;
}
