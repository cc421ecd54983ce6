/** The derivation of a share: 100% allocated over the numbers of one sum, by the rule that splits money. */
import { greatest } from '../../core/lists.js';
import { grouped, powerOfTen, printDecimal } from '../../core/number/decimal.js';
import { fraction, type Fraction } from '../../core/number/fraction.js';
import { success, type Result } from '../../core/result.js';
import { orderOf } from '../../core/rounding/allocate.js';
import type { Language } from '../../core/text/language.js';
import { sentence, type Allocate } from '../../plan/step.js';
import type { RegisterReader } from '../../plan/steps/sentence.js';
import type { Scenario } from '../../scenario/scenario.js';
import { derivedNumbers } from '../derivedNumbers.js';
import { run } from '../evaluate.js';
import type { Output } from '../output.js';
import { splitFor } from '../outputAmounts.js';
import { outputLabel } from '../outputLabel.js';
import type { Plan } from '../plan.js';
import { isTime, rollup, type RolledRow } from '../rollup.js';
import { splitPlan } from '../splitPlan.js';
import { splitOverMonths } from '../timeGroups.js';
import { MILLION } from '../timeSeries.js';
import type { Reason } from '../seriesLine.js';
import { deriveFrom, startWalk, type Derivation } from './derivation.js';
import {
  columnLabel,
  describeRatio,
  percentText,
  placeIn,
  relatedOutput,
} from './relatedOutput.js';

/** The derivation of the share of an output in its sum; the share of a branch is the sum of those of its leaves. */
export function deriveShare(
  whole: Plan,
  output: Output,
  depth: number,
  language?: Language,
): Result<Derivation, Reason> {
  const { scenario } = whole;
  const sum = sumAround(scenario, output);
  const isSplit = splitFor([sum]);
  const projection = run(whole);
  const cells = splitOverMonths(scenario.window, projection.cells, isSplit).filter(sum.holds);
  const rows = rollup({ scenario, cells }, output.dimensions);
  const { numberAt } = derivedNumbers(projection, output.dimensions, rows, false);
  const shares: bigint[] = [];
  for (const row of rows) {
    const share = numberAt(row, 'share');
    if (!share.ok) return share;
    shares.push(share.value.count);
  }
  const plan = splitPlan(whole, isSplit);
  const walk = startWalk(plan, language);
  const sentenceAt = shareSentences(rows, shares, walk.registers);
  const summed = (one: Output) => ({
    name: outputLabel(one, language),
    refs: plan.cells.filter(one.holds).map(({ ref }) => ref),
  });
  const derive = (one: Output, i: number, below: number) => {
    const own = {
      name: columnLabel(one, 'share', language),
      ...describeRatio(shares[i]!),
      ...sentenceAt(i),
    };
    const sums = output.dimensions.every(isTime) ? [one] : [one, sum];
    return deriveFrom(walk, own, sums.map(summed), below);
  };
  const parts = rows.flatMap((row, i) => (row.cells.every(output.holds) ? [{ row, i }] : []));
  if (parts.length === 1) return success(derive(output, parts[0]!.i, depth));
  const total = parts.reduce((all, { i }) => all + shares[i]!, 0n);
  const formula = parts.map(({ i }) => percentText(shares[i]!)).join(' + ');
  const own = { name: columnLabel(output, 'share', language), ...describeRatio(total), formula };
  const root = deriveFrom(walk, own, [], depth);
  if (depth <= 0) return success(root);
  const from = parts.map(({ row, i }) => {
    const leaf = relatedOutput(scenario, output, { place: row.labels.at(-1)! })!;
    return derive(leaf, i, depth - 1);
  });
  return success({ ...root, from });
}

/** What an output is a share of: all components, or all suppliers of its components. */
function sumAround(scenario: Scenario, output: Output): Output {
  if (output.dimensions.every(isTime)) return output;
  const above = output.dimensions.includes('supplier')
    ? placeIn(output).split('/').filter(Boolean).slice(0, -1).join('/')
    : '';
  return relatedOutput(scenario, output, { place: above || '*' })!;
}

/** The sentence about each share: one million millionths, allocated over the numbers of the rows. */
function shareSentences(
  rows: readonly RolledRow[],
  shares: readonly bigint[],
  { say }: Pick<RegisterReader, 'say'>,
) {
  const places = greatest(rows.map(({ unit }) => unit.places));
  const values: Fraction[] = [
    fraction(MILLION),
    ...rows.map(({ count, unit }) => fraction(count * powerOfTen(places - unit.places))),
    ...shares.map((share) => fraction(share)),
  ];
  const keys = rows.map(({ labels }) => labels.at(-1) ?? '');
  const weights = rows.map((_, i) => 1 + i);
  const out = 1 + rows.length;
  const step: Allocate = { op: 'allocate', out, amount: 0, weights, keys, order: orderOf(keys) };
  const isWeight = (ref: number) => weights.includes(ref);
  const valueAt = (ref: number) => values[ref]!;
  const printAs: RegisterReader['printAs'] = (ref, { n }) =>
    isWeight(ref) ? grouped(printDecimal(n, places)) : percentText(n);
  const reader = { say, valueAt, printAs, print: (ref: number) => printAs(ref, valueAt(ref)) };
  return (i: number) => sentence(step, reader, out + i);
}
