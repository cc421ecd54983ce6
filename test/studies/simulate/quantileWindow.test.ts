/** The values kept near quantiles: all of each bin, and not many more than √n. */
import { expect, it } from 'vitest';
import { fraction } from '../../../src/core/number/fraction.js';
import { fillRanks, streamOf } from '../../../src/core/random/philox.js';
import { binOf, binsAround } from '../../../src/studies/simulate/bins.js';
import { mergeTallies, tallier, type Tally } from '../../../src/studies/simulate/distribution.js';
import { binAt, isKept, quantileRank } from '../../../src/studies/simulate/quantileWindow.js';

const BINS = binsAround(0, 1_000_000_000);
const QUANTILES = [5n, 50n, 95n].map((n) => fraction(n, 100n));

function drawn(from: number, count: number): readonly number[] {
  const ranks = new Float64Array(count);
  fillRanks(streamOf(1n, 'a'), from, ranks);
  return Array.from(ranks, (rank) => Math.floor((rank / 2 ** 53) * 1_000_000_000));
}

function tallyOf(values: readonly number[]): Tally {
  const { add, tally } = tallier(BINS, [], QUANTILES);
  values.forEach(add);
  return tally();
}

/** Every bin that is said to be kept has all of its values, and no other has any. */
function expectWhole({ window, counts }: Tally): void {
  const held = new Float64Array(counts.length);
  const { numbers, counts: times } = window.values;
  numbers.forEach((number, i) => (held[binOf(BINS, number)]! += times[i]!));
  expect(held).toEqual(counts.map((count, bin) => (isKept(window, bin) ? count : 0)));
}

it.each([100, 4096, 4097, 50_000])('of %i numbers, keeps all of a bin or none', (count) => {
  const tally = tallyOf(drawn(0, count));
  expectWhole(tally);
  for (const quantile of QUANTILES) {
    expect(isKept(tally.window, binAt(tally.counts, quantileRank(quantile, count)).bin)).toBe(true);
  }
});

it('keeps all of a bin or none in merged parts of any size', () => {
  const sizes = [3000, 20_000, 1, 5000, 40_000];
  const starts = sizes.map((_, i) => sizes.slice(0, i).reduce((a, b) => a + b, 0));
  const parts = sizes.map((size, i) => tallyOf(drawn(starts[i]!, size)));
  const merged = parts.reduceRight((a, b) => mergeTallies(a, b, QUANTILES));
  expectWhole(merged);
  expect(merged.counts).toEqual(tallyOf(drawn(0, 68_001)).counts);
});

it('keeps twice as many values for four times the numbers', () => {
  const sizes = [50_000, 200_000].map(
    (count) => tallyOf(drawn(0, count)).window.values.numbers.length,
  );
  expect(sizes[1]! / sizes[0]!).toBeLessThan(2.5);
});

it('keeps a repeated number once', () => {
  expect(tallyOf(new Array<number>(20_000).fill(7)).window.values.numbers.length).toBe(1);
});
