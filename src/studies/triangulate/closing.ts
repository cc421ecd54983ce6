/** What would close a gap: for each input of an estimate in units, the value at which both sides meet. */
import {
  ONE,
  ZERO,
  compare,
  divide,
  floor,
  fraction,
  multiply,
  sizeOf,
  subtract,
  type Fraction,
} from '../../core/number/fraction.js';
import { isRest, type Input } from '../../model/input.js';
import { COUNT, EROSION, PRICE, RATE, RATIO } from '../../model/inputKind.js';
import type { Scenario } from '../../scenario/scenario.js';
import { edges, scanOf, sideOf, stretches, type TargetGap } from '../solve/crossings.js';
import { canHave, literalOf, rangeOf, stepOf, type InputGrid } from '../variation/inputValues.js';
import type { TriangulationSide } from './sides.js';

/** A value of an input at which a gap closes. */
export interface Closing {
  readonly input: Input;
  readonly value: Fraction;
  /** Whether the gap is then 0; else it changes its sign between this value and the next one of the step. */
  readonly isExact: boolean;
  /** How far the value lies outside the range of the input, with its sign: 0 inside, nothing without a range. */
  readonly beyond: Fraction | undefined;
}

/** Inputs with the values at which each would close a gap alone, as `--set` takes them: `PATH=VALUE; PATH=VALUE`. */
export function closingsText(closings: readonly Closing[]): string {
  return closings.map(({ input, value }) => `${input.path}=${literalOf(input, value)!}`).join('; ');
}

/** Finds the values that close gaps. Every value of an input is computed once, for all gaps. */
export function closingsOf(
  scenario: Scenario,
  above: TriangulationSide,
  below: TriangulationSide,
): (place: number) => readonly Closing[] {
  const inputs = scenario.inputs.filter(
    (one): one is Input => !isRest(one) && KINDS.has(one.kind) && below.reads(one.path),
  );
  const searches = inputs.map((input) => searchOf(input, above, below));
  return (place) => searches.flatMap((search) => search(place) ?? []);
}

const KINDS = new Set([COUNT, RATIO, PRICE, EROSION, RATE]);

function searchOf(input: Input, above: TriangulationSide, below: TriangulationSide) {
  const { step, first, last } = gridOf(input);
  const known = new Map<bigint, readonly bigint[] | undefined>();
  const gapsAt = (index: bigint) => {
    if (!known.has(index)) known.set(index, gaps(multiply(step, fraction(index))));
    return known.get(index);
  };
  const gaps = (value: Fraction) => {
    if (!canHave(input, value)) return undefined;
    const [over, under] = [above.moneyAt(input.path, value), below.moneyAt(input.path, value)];
    return over && under && under.map((money, i) => money - over[i]!);
  };
  return (place: number): Closing | undefined => {
    const gapAt = (index: bigint): TargetGap => {
      const all = gapsAt(index);
      return all && fraction(all[place]!);
    };
    const now = below.money[place]! - above.money[place]!;
    const moves = [first, (first + last) / 2n, last].some((index) => gapAt(index)?.n !== now);
    return moves ? closingOf(input, { step, first, last }, gapAt) : undefined;
  };
}

function closingOf(
  input: Input,
  { step, first, last }: InputGrid,
  gapAt: (index: bigint) => TargetGap,
): Closing | undefined {
  const scan = scanOf(gapAt);
  const met = stretches(scan, first, last, ZERO).filter(({ side }) => side === 'meets');
  const current = floor(divide(input.value, step));
  // In a run of values that close the gap, the middle one is what the numbers mean before they are rounded.
  // Rounding may open the gap inside a run, of which only the ends were computed: then the first value is named.
  const middles = met.map((run) => {
    const middle = (run.first + run.last) / 2n;
    return sideOf(scan.at(middle)) === 'meets' ? middle : run.first;
  });
  const crossings = edges(scan).flatMap(([a, b]) => {
    const sides = new Set([sideOf(scan.at(a)), sideOf(scan.at(b))]);
    if (b - a > 1n || !sides.has('below') || !sides.has('above')) return [];
    const isFirst = compare(sizeOf(scan.at(a)!), sizeOf(scan.at(b)!)) <= 0;
    return [isFirst ? a : b];
  });
  const found = middles.length > 0 ? middles : crossings;
  const [index] = found.toSorted((a, b) => Number(distance(a, current) - distance(b, current)));
  if (index === undefined) return undefined;
  const value = multiply(step, fraction(index));
  return { input, value, isExact: middles.length > 0, beyond: beyondOf(input, value) };
}

function distance(a: bigint, b: bigint): bigint {
  return a > b ? a - b : b - a;
}

function beyondOf(input: Input, value: Fraction): Fraction | undefined {
  const { low, high } = rangeOf(input);
  if (!low && !high) return undefined;
  const [least, most] = [low ?? input.value, high ?? input.value];
  if (compare(value, least) < 0) return subtract(value, least);
  return compare(value, most) > 0 ? subtract(value, most) : ZERO;
}

/** An input is tried up to so many times its value, or its high. */
const FARTHEST = 100n;

/** The values that are tried: all that the kind of the input allows, up to many times its own. */
function gridOf(input: Input): InputGrid {
  const step = stepOf(input);
  const indexOf = (value: Fraction) => floor(divide(value, step));
  if (input.kind === EROSION) {
    return { step, first: indexOf({ n: -1n, d: 1n }), last: indexOf(ONE) - 1n };
  }
  const { high = input.value } = rangeOf(input);
  const most = compare(high, input.value) > 0 ? high : input.value;
  const last = indexOf(multiply(most.n > 0n ? most : ONE, fraction(FARTHEST)));
  return { step, first: input.kind === PRICE || input.kind === RATE ? 1n : 0n, last };
}
