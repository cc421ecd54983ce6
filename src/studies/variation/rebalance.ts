/** Rebalancing: when one share of a group changes, `rest` absorbs it, else the other shares pro rata. */
import { ONE, divide, fraction, multiply, sum, type Fraction } from '../../core/number/fraction.js';
import { failure, success, type Result } from '../../core/result.js';
import { allocate, orderOf, overCommonDenominator } from '../../core/rounding/allocate.js';
import type { Problem } from '../../core/text/diagnostic.js';
import { sayIn, type Language } from '../../core/text/language.js';
import { isBranch, type Component } from '../../model/component.js';
import { isRest, type Input, type Share } from '../../model/input.js';
import { estimatesOf } from '../../model/estimate/mix.js';
import { isInUnits } from '../../model/estimate/unitEstimate.js';
import type { Scenario } from '../../scenario/scenario.js';

/** Shares that add up to a whole; a row for each change by period. */
export interface WholeGroup {
  readonly rows: readonly (readonly Share[])[];
  /** 1, or an estimate's `of` in quanta. */
  readonly whole: Fraction;
}

/** What absorbs a change of one input. */
export type Rebalance =
  /** Nothing: the input is in no group. */
  | { readonly kind: 'alone' }
  /** These members are `rest`: they follow by themselves. */
  | { readonly kind: 'rest'; readonly paths: readonly string[] }
  /** These members have to be set too, pro rata to their values. */
  | { readonly kind: 'others'; readonly others: readonly Input[]; readonly whole: Fraction };

/** Finds what absorbs a change of an input: a group of suppliers, parts, weights of a blend, lags, years, or an estimate's parts. */
export function rebalanceOf(scenario: Scenario, path: string): Result<Rebalance, Problem> {
  const isIt = (share: Share) => share.path === path;
  const group = groupOf(scenario, path);
  if (!group) return success({ kind: 'alone' });
  const rows = new Set(group.rows);
  const moving = [...rows].filter((row) => row.some(isIt));
  if (moving.every((row) => row.some(isRest))) {
    const rests = moving.flatMap((row) => row.filter(isRest));
    return success({ kind: 'rest', paths: [...new Set(rests.map((rest) => rest.path))] });
  }
  if (rows.size > 1) {
    const message =
      'the shares of its group change by period, and none of them is `rest` to absorb the difference';
    return failure({ message });
  }
  const others = moving[0]!.filter((share) => !isRest(share) && !isIt(share)) as readonly Input[];
  return success({ kind: 'others', others, whole: group.whole });
}

/** By scenario: the group of each path. A study asks for hundreds of inputs of one scenario. */
const knownGroups = new WeakMap<Scenario, ReadonlyMap<string, WholeGroup>>();

function groupOf(scenario: Scenario, path: string): WholeGroup | undefined {
  const known = knownGroups.get(scenario);
  if (known) return known.get(path);
  const groups = new Map<string, WholeGroup>();
  for (const group of wholeGroups(scenario)) {
    for (const share of [...new Set(group.rows)].flat())
      if (!groups.has(share.path)) groups.set(share.path, group);
  }
  knownGroups.set(scenario, groups);
  return groups.get(path);
}

/** All groups of a scenario whose shares add up to a whole. */
export function wholeGroups({
  components,
  leaves,
  mixes,
  phasing,
}: Scenario): readonly WholeGroup[] {
  const ofOne = (rows: WholeGroup['rows']): WholeGroup => ({ rows, whole: ONE });
  const estimates = new Set(mixes.flatMap(estimatesOf));
  const blends = mixes.flatMap((mix) => (mix.kind === 'blend' ? [mix.blend] : []));
  return [
    ...leaves.flatMap(({ shares, lag }) => [shares ?? [], lag ? [lag] : []].map(ofOne)),
    ...leaves.flatMap(({ bill }) => bill?.children ?? []).map(({ shares }) => ofOne(shares ?? [])),
    ...components.flatMap(partsBelow).map(ofOne),
    ...[...new Set(blends)].map((blend) => ofOne([blend.map(({ weight }) => weight)])),
    ...(phasing.kind === 'years' ? [ofOne([phasing.shares])] : []),
    ...[...estimates].flatMap((estimate) =>
      isInUnits(estimate)
        ? []
        : [{ rows: [[...estimate.parts.values()]], whole: estimate.of?.value ?? ONE }],
    ),
  ];
}

function partsBelow(component: Component): readonly WholeGroup['rows'][] {
  return isBranch(component) ? [component.parts, ...component.children.flatMap(partsBelow)] : [];
}

/**
 * Splits an amount over inputs in the proportions of their values: exact fractions, or amounts by
 * `allocate`. Nothing if all values are 0, which have no proportions.
 *
 * @param left not negative; a whole number of quanta where the others are amounts
 * @returns fractions over one denominator where it is short: a thousand others need no common divisors
 */
export function proRata(others: readonly Input[], left: Fraction): readonly Fraction[] | undefined {
  const values = others.map(({ value }) => value);
  if (values.every(({ n }) => n === 0n)) return left.n === 0n ? values : undefined;
  if (others[0]!.currency !== undefined) {
    const order = orderOf(others.map(({ path }) => path));
    return allocate(left.n, values, order).map((part) => fraction(part));
  }
  const weights = overCommonDenominator(values);
  const d = weights && left.d * weights.reduce((a, b) => a + b, 0n);
  if (d && d <= LARGEST) return weights.map((weight) => ({ n: weight * left.n, d }));
  const held = sum(values);
  return values.map((value) => divide(multiply(value, left), held));
}

const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);

/** A note: `b, c absorb changes of a`; none if no other input changes. */
export function absorbedWords(
  path: string,
  rebalanced: readonly string[],
  language?: Language,
): readonly string[] {
  if (rebalanced.length === 0) return [];
  const say = sayIn(language);
  const values = { others: rebalanced.join(', '), input: path };
  return [
    rebalanced.length > 1
      ? say('{others} absorb changes of {input}', values)
      : say('{others} absorbs changes of {input}', values),
  ];
}
