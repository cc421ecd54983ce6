/** Who gives way when one share of a group moves: `rest`, else the others, pro rata. */
import { allocate, orderOf } from '../../core/rounding/allocate.js';
import { divide, multiply, ONE, fraction, sum, type Fraction } from '../../core/number/fraction.js';
import { isBranch, type Component } from '../../model/component.js';
import { inputsOf, isRest, type Input, type Share } from '../../model/input.js';
import { estimatesOf } from '../../model/mix.js';
import type { Scenario } from '../../scenario/scenario.js';

/** Shares that make up a whole, once for each change by period. */
interface Group {
  readonly rows: readonly (readonly Share[])[];
  /** 1, or an estimate's `of` in quanta. */
  readonly whole: Fraction;
}

/** What happens to the other members of an input's group when it moves. */
export type Rebalance =
  /** It is in no group, so nothing else moves. */
  | { readonly kind: 'alone' }
  /** These members are `rest` and follow by themselves. */
  | { readonly kind: 'rest'; readonly paths: readonly string[] }
  /** These are set as well, pro rata to what they are. */
  | { readonly kind: 'others'; readonly others: readonly Input[]; readonly whole: Fraction }
  | { readonly kind: 'refused'; readonly reason: string };

/** Who gives way to an input: of suppliers, parts, blends, lags, years, and an estimate's parts. */
export function rebalanceOf(scenario: Scenario, path: string): Rebalance {
  const isIt = (share: Share) => share.path === path;
  const group = groupsOf(scenario).find(({ rows }) => rows.some((row) => row.some(isIt)));
  if (!group) return { kind: 'alone' };
  const rows = new Set(group.rows);
  const moving = [...rows].filter((row) => row.some(isIt));
  if (moving.every((row) => row.some(isRest))) {
    const rests = moving.flatMap((row) => row.filter(isRest));
    return { kind: 'rest', paths: [...new Set(rests.map((rest) => rest.path))] };
  }
  if (rows.size > 1) {
    const reason =
      'the shares of its group change by period, and none of them is `rest` to absorb the difference';
    return { kind: 'refused', reason };
  }
  const others = inputsOf(moving[0]!).filter((share) => !isIt(share));
  return { kind: 'others', others, whole: group.whole };
}

function groupsOf({ components, leaves, mixes, phasing }: Scenario): readonly Group[] {
  const ofOne = (rows: Group['rows']): Group => ({ rows, whole: ONE });
  const estimates = new Set(mixes.flatMap(estimatesOf));
  const blends = mixes.flatMap((mix) => ('blend' in mix ? [mix.blend] : []));
  return [
    ...leaves.flatMap(({ shares, lag }) => [shares ?? [], lag ? [lag] : []].map(ofOne)),
    ...leaves.flatMap(({ bill }) => bill?.children ?? []).map(({ shares }) => ofOne(shares ?? [])),
    ...components.flatMap(partsBelow).map(ofOne),
    ...[...new Set(blends)].map((blend) => ofOne([blend.map(({ weight }) => weight)])),
    ...(phasing.kind === 'years' ? [ofOne([phasing.shares])] : []),
    ...[...estimates].map(({ parts, of }) => ({
      rows: [[...parts.values()]],
      whole: of?.value ?? ONE,
    })),
  ];
}

function partsBelow(component: Component): readonly Group['rows'][] {
  return isBranch(component) ? [component.parts, ...component.children.flatMap(partsBelow)] : [];
}

/**
 * What is left for the others, in the proportions that they have: exact fractions, or amounts by
 * `allocate`. Nothing where they are all 0, and so have no proportions.
 *
 * @param left not negative; a whole number of quanta where the others are amounts
 */
export function proRata(others: readonly Input[], left: Fraction): readonly Fraction[] | undefined {
  const values = others.map(({ value }) => value);
  const held = sum(values);
  if (held.n === 0n) return left.n === 0n ? values : undefined;
  if (others[0]!.currency === undefined) {
    return values.map((value) => divide(multiply(value, left), held));
  }
  const order = orderOf(others.map(({ path }) => path));
  return allocate(left.n, values, order).map((part) => fraction(part));
}

/** `b, c absorb changes of a`; none where nothing else changes. */
export function absorbedWords(path: string, rebalanced: readonly string[]): readonly string[] {
  if (rebalanced.length === 0) return [];
  const verb = rebalanced.length > 1 ? 'absorb' : 'absorbs';
  return [`${rebalanced.join(', ')} ${verb} changes of ${path}`];
}
