/** Correlated ranks: which correlation matrices are possible, and what the draws look like. */
import { describe, expect, it } from 'vitest';
import { ONE, fraction, type Fraction } from '../../../src/core/number/fraction.js';
import { arePossible, correlate, correlationFactor } from '../../../src/core/random/copula.js';
import { RANKS, fillRanks, streamOf } from '../../../src/core/random/philox.js';
import { cases, coverage } from '../../support/cases.js';
import { source } from '../../support/questions.js';

/** Symmetric, with ones on the diagonal, from what is below it. */
function matrixOf(below: readonly (readonly Fraction[])[]): Fraction[][] {
  return below.map((row, i) =>
    below.map((_, j) => (i === j ? ONE : i > j ? row[j]! : below[j]![i]!)),
  );
}

const third = (a: number, b: number, c: number) =>
  matrixOf([[], [percent(a)], [percent(b), percent(c)]]);
const percent = (value: number) => fraction(BigInt(value), 100n);

describe('a matrix of rank correlations', () => {
  it.each([
    ['none', third(0, 0, 0)],
    ['a third correlation that two strong ones imply', third(90, 90, 70)],
    ['three correlations of 1', third(100, 100, 100)],
    ['one correlation of 1 and two of −1', third(100, -100, -100)],
    ['a weak contradiction', third(50, 50, -40)],
  ])('accepts %s', (_, matrix) => expect(correlationFactor(matrix)).toBeDefined());

  it.each([
    ['two strong correlations against the third', third(90, 90, -90)],
    ['two correlations of 1 and one of 0.99', third(100, 100, 99)],
    ['three correlations of −0.6', third(-60, -60, -60)],
  ])('rejects %s, and does not repair it', (_, matrix) =>
    expect(correlationFactor(matrix)).toBeUndefined(),
  );

  it('rejects three equal correlations just below the least possible one', () => {
    // 2·sin(π/6·ρ) = −1/2 at ρ = −0.48258374; below it the matrix is not positive semidefinite.
    const equal = (millionths: bigint) => fraction(millionths, 10_000_000n);
    const all = (rank: Fraction) => matrixOf([[], [rank], [rank, rank]]);
    expect(correlationFactor(all(equal(-4_825_837n)))).toBeDefined();
    expect(correlationFactor(all(equal(-4_825_838n)))).toBeUndefined();
  });
});

describe('random matrices', () => {
  const dice = source(31);

  /** Some entries of a list, so that impossible, singular and plain matrices come up. */
  function drawMatrix(): Fraction[][] {
    const size = 1 + Math.floor(dice.next() * 6);
    const entries = dice.pick([
      [100, -100, 0],
      [0, 30, -20],
      [90, 90, 50, -5],
      [20, 0, 0],
    ]);
    const rows = Array.from({ length: size }, (_, i) =>
      Array.from({ length: i }, () => percent(dice.pick(entries))),
    );
    return matrixOf(rows);
  }

  /** Correlation of normal numbers, as the documents define it. */
  const normal = ({ n, d }: Fraction) => 2 * Math.sin((Math.PI / 6) * (Number(n) / Number(d)));

  it('are possible exactly where they have a factor, whose square they are', () => {
    const seen = { possible: 0, impossible: 0 };
    for (let draw = 0; draw < cases(500); draw++) {
      const matrix = drawMatrix();
      const factor = correlationFactor(matrix);
      expect(arePossible(matrix)).toBe(factor !== undefined);
      seen[factor ? 'possible' : 'impossible']++;
      factor?.forEach((row, i) =>
        factor.slice(0, i + 1).forEach((other, j) => {
          const product = other.reduce((sum, x, k) => sum + x * row[k]!, 0);
          expect(product).toBeCloseTo(normal(matrix[i]![j]!), 12);
        }),
      );
    }
    expect(seen.possible).toBeGreaterThan(coverage(100));
    expect(seen.impossible).toBeGreaterThan(coverage(50));
  });
});

describe('correlated draws', () => {
  const SIZE = 20_000;
  const drawn = (matrix: Fraction[][]) => {
    const ranks = matrix.map((_, i) => {
      const own = new Float64Array(SIZE);
      fillRanks(streamOf(1n, `input ${i}`), 0, own);
      return own;
    });
    correlate(correlationFactor(matrix)!, ranks);
    return ranks;
  };

  /** Spearman's correlation of ranks that are uniform. */
  const correlationOf = (a: Float64Array, b: Float64Array) =>
    (12 * a.reduce((sum, x, i) => sum + (x / RANKS - 0.5) * (b[i]! / RANKS - 0.5), 0)) / SIZE;

  it('have the required rank correlations', () => {
    const [a, b, c] = drawn(third(70, -40, 0));
    expect(correlationOf(a!, b!)).toBeCloseTo(0.7, 1.5);
    expect(correlationOf(a!, c!)).toBeCloseTo(-0.4, 1.5);
    expect(Math.abs(correlationOf(b!, c!))).toBeLessThan(0.03);
  });

  it('stay uniform, each input by itself', () => {
    for (const ranks of drawn(third(70, -40, 0))) {
      const tenths = new Array<number>(10).fill(0);
      for (const rank of ranks) tenths[Math.floor((rank / RANKS) * 10)]! += 1;
      for (const count of tenths) expect(Math.abs(count / SIZE - 0.1)).toBeLessThan(0.01);
    }
  });

  it('are equal for a correlation of 1 and opposite for −1', () => {
    const [a, b, c] = drawn(third(100, -100, -100));
    expect([...b!]).toEqual([...a!]);
    const off = c!.map((rank, i) => Math.abs(rank + a![i]! - RANKS));
    expect(Math.max(...off)).toBeLessThan(16);
  });

  it('have exactly these bits', () => {
    const [, b] = drawn(third(30, 0, 0));
    expect([...b!.subarray(0, 3)]).toMatchInlineSnapshot(`
      [
        1146133983770571,
        2326661159930919,
        5048194727407207,
      ]
    `);
  });
});
