/**
 * Finds the inputs that move a number of a plan: the derivative of every cell by every input, in one pass
 * from the cells back to the inputs.
 *
 * Rounding apart, every cell is a quotient of polynomials of the inputs. One sum of all cells, each times
 * its own coefficient, then has a derivative of zero by exactly those inputs that move no cell. The pass
 * computes modulo a prime, so a derivative is exactly zero or not. That another one is zero modulo the
 * prime by chance is as likely as one in 10^18.
 */
import { fractionAt, type Registers } from '../core/kernel/registers.js';
import { fraction } from '../core/number/fraction.js';
import type { Ref } from '../plan/builder.js';
import { writtenBy, type Allocate, type Step } from '../plan/step.js';
import { evaluateAll } from './evaluate.js';
import type { Plan } from './plan.js';
import { dependenciesOf } from './prepareEvaluation.js';

/** 2^61 − 1. */
const PRIME = 2305843009213693951n;
/** Its powers are the coefficients of the cells. */
const COEFFICIENT = 1234567891011121314n;

/**
 * The paths of the inputs that move a cell, and of those that cannot be moved alone: shares that have to
 * sum to the whole. Parameters count as moved from the value that they have.
 */
export function inputsWithEffect(plan: Plan): ReadonlySet<string> {
  const derivatives = derivativesOf(plan);
  const sums = [...plan.guards].flatMap(([ref, guard]) => (guard === 'zero' ? [ref] : []));
  const held = dependenciesOf(plan, sums);
  return new Set(
    plan.steps.flatMap((step) =>
      step.op === 'input' && (derivatives.has(step.out) || held.has(step.out))
        ? [step.input.path]
        : [],
    ),
  );
}

/** The derivatives of the sum of all cells and the envelope by the registers; nothing where one is zero. */
function derivativesOf(plan: Plan): ReadonlyMap<Ref, bigint> {
  const derivatives = new Map<Ref, bigint>();
  const add = ([ref, part]: Part) => {
    const total = modulo((derivatives.get(ref) ?? 0n) + part);
    if (total === 0n) derivatives.delete(ref);
    else derivatives.set(ref, total);
  };
  let coefficient = 1n;
  // Reports compare the envelope with the cells, so it is a number of the forecast too.
  for (const ref of [...plan.cells.map((cell) => cell.ref), plan.envelope]) {
    coefficient = modulo(coefficient * COEFFICIENT);
    add([ref, coefficient]);
  }
  const valueAt = residuesOf(evaluateAll({ ...plan, steps: withMovedParameters(plan.steps) }));
  for (const step of plan.steps.toReversed()) {
    const outs = writtenBy(step).map((ref) => derivatives.get(ref) ?? 0n);
    if (outs.every((out) => out === 0n)) continue;
    const parts =
      step.op === 'allocate'
        ? partsOfAllocation(step, outs, valueAt)
        : partsOf(step, outs[0]!, valueAt);
    parts.forEach(add);
  }
  return derivatives;
}

/** A part of the derivative by a register, which one step brings. */
type Part = readonly [ref: Ref, part: bigint];
/** The number in a register, modulo the prime. */
type ValueAt = (ref: Ref) => bigint;

/** A parameter of 1 moves nothing that is multiplied by its distance from 1. */
function withMovedParameters(steps: readonly Step[]): readonly Step[] {
  return steps.map((step) =>
    step.op === 'parameter'
      ? { ...step, value: fraction(1_300_000_007n + BigInt(step.out), 10n ** 9n) }
      : step,
  );
}

function residuesOf(registers: Registers): ValueAt {
  const known = new Map<Ref, bigint>();
  return (ref) => {
    const own = known.get(ref);
    if (own !== undefined) return own;
    const { n, d } = fractionAt(registers, ref);
    const residue = d === 1n ? modulo(n) : modulo(modulo(n) * inverse(modulo(d)));
    known.set(ref, residue);
    return residue;
  };
}

/**
 * What a step brings to the derivatives by its operands.
 *
 * @param out the derivative by the register that it writes
 */
function partsOf(step: Exclude<Step, Allocate>, out: bigint, valueAt: ValueAt): readonly Part[] {
  const ofProduct = (factors: readonly Ref[]) =>
    factors.map((factor, i): Part => {
      const others = factors.filter((_, j) => j !== i).map(valueAt);
      return [factor, others.reduce((a, b) => modulo(a * b), out)];
    });
  const ofQuotient = (over: Ref, under: Ref): readonly Part[] => {
    const each = inverse(valueAt(under));
    const part = modulo(out * each);
    return [
      [over, part],
      [under, -part * modulo(valueAt(over) * each)],
    ];
  };
  switch (step.op) {
    case 'input':
    case 'constant':
    case 'parameter':
      return [];
    case 'sum':
      return step.terms.map((term) => [term, out]);
    case 'difference':
      return [[step.from, out], ...step.terms.map((term): Part => [term, -out])];
    case 'product':
      return ofProduct(step.factors);
    case 'quotient':
      return ofQuotient(step.over, step.under);
    case 'power': {
      const { base, exponent } = step;
      return [[base, out * modulo(BigInt(exponent) * powerOf(valueAt(base), exponent - 1))]];
    }
    case 'priced':
      return [[step.cost, out]];
    case 'depreciate':
      return BigInt(step.index) < valueAt(step.life) ? ofQuotient(step.amount, step.life) : [];
    case 'attributable':
      return ofProduct([step.reported, step.share]);
    case 'factor':
      return ofProduct([step.amount, step.factor]);
    case 'units':
      return step.amounts.flatMap((amount, i) => ofQuotient(amount, step.prices[i]!));
    case 'translate':
      return ofQuotient(step.amount, step.rate);
  }
}

/**
 * A part is A·w ÷ W. Where all weights are zero nothing is split: the first weight above zero takes
 * everything, also of an amount that comes with it.
 *
 * @param outs derivatives by the parts
 */
function partsOfAllocation(
  { amount, weights }: Allocate,
  outs: readonly bigint[],
  valueAt: ValueAt,
): readonly Part[] {
  const total = valueAt(amount);
  const whole = modulo(weights.reduce((sum, ref) => sum + valueAt(ref), 0n));
  if (whole === 0n) {
    const all = outs.reduce((sum, out) => sum + out, 0n);
    return [[amount, all], ...weights.map((ref, i): Part => [ref, outs[i]! * total])];
  }
  const each = inverse(whole);
  const weighted = modulo(weights.reduce((sum, ref, i) => sum + outs[i]! * valueAt(ref), 0n));
  const mean = modulo(weighted * each);
  const scale = modulo(total * each);
  return [[amount, mean], ...weights.map((ref, i): Part => [ref, scale * modulo(outs[i]! - mean)])];
}

function modulo(value: bigint): bigint {
  const residue = value % PRIME;
  return residue < 0n ? residue + PRIME : residue;
}

/** The number whose product with another one, not 0, is 1. */
function inverse(value: bigint): bigint {
  let [a, b] = [PRIME, value];
  let [x, y] = [0n, 1n];
  while (b > 1n) {
    const times = a / b;
    [a, b] = [b, a - times * b];
    [x, y] = [y, x - times * y];
  }
  return modulo(y);
}

function powerOf(base: bigint, exponent: number): bigint {
  if (exponent < 0) return powerOf(inverse(base), -exponent);
  let power = 1n;
  for (let i = 0; i < exponent; i++) power = modulo(power * base);
  return power;
}
