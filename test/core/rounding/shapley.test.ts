/** Shapley values against their definition, and pieces in whole quanta that sum to the difference. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ZERO, add, fraction, multiply, type Fraction } from '../../../src/core/number/fraction.js';
import { cutPieces, shapley } from '../../../src/core/rounding/shapley.js';
import { cases } from '../../support/cases.js';

describe('shapley', () => {
  /** Every order in which the players may come. */
  function permutations(players: readonly number[]): number[][] {
    if (players.length === 0) return [[]];
    return players.flatMap((first) =>
      permutations(players.filter((one) => one !== first)).map((rest) => [first, ...rest]),
    );
  }

  /** What each player adds when it comes, averaged over all orders. */
  function naive(values: readonly bigint[], n: number): Fraction[] {
    const orders = permutations(Array.from({ length: n }, (_, i) => i));
    const totals = Array.from({ length: n }, () => ZERO);
    for (const order of orders) {
      let subset = 0;
      for (const player of order) {
        const before = values[subset]!;
        subset |= 1 << player;
        totals[player] = add(totals[player]!, fraction(values[subset]! - before));
      }
    }
    return totals.map((total) => multiply(total, fraction(1n, BigInt(orders.length))));
  }

  it('gives each player the mean of its additions over all orders', () => {
    const games = fc
      .integer({ min: 0, max: 6 })
      .chain((n) =>
        fc.tuple(
          fc.constant(n),
          fc.array(fc.bigInt(-(10n ** 15n), 10n ** 15n), { minLength: 2 ** n, maxLength: 2 ** n }),
        ),
      );
    fc.assert(
      fc.property(games, ([n, values]) => {
        expect(shapley(values)).toEqual(naive(values, n));
      }),
      { numRuns: cases(300) },
    );
  });

  it('gives nothing to a player that never adds anything', () => {
    // Bit 1 is the player without effect: subsets with it have the value of those without it.
    expect(shapley([5n, 12n, 5n, 12n])).toEqual([fraction(7n), ZERO]);
  });

  it('gives two players half each of what only both together add', () => {
    expect(shapley([0n, 1n, 2n, 6n])).toEqual([fraction(5n, 2n), fraction(7n, 2n)]);
  });

  it('sums to the difference between all players and none', () => {
    const values = fc.array(fc.bigInt(-(10n ** 9n), 10n ** 9n), { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(values, (game) => {
        expect(shapley(game).reduce(add)).toEqual(fraction(game[15]! - game[0]!));
      }),
    );
  });
});

describe('cutPieces', () => {
  it('cuts towards zero and gives the remainder to the largest fractions', () => {
    const thirds = [fraction(7n, 3n), fraction(7n, 3n), fraction(-2n, 3n)];
    expect(cutPieces(thirds, 4n, 1n)).toEqual([2n, 2n, 0n]);
    expect(cutPieces([fraction(5n, 3n), fraction(5n, 3n), fraction(-1n, 3n)], 3n, 1n)).toEqual([
      2n,
      1n,
      0n,
    ]);
    expect(cutPieces([fraction(-5n, 3n), fraction(-5n, 3n), fraction(1n, 3n)], -3n, 1n)).toEqual([
      -2n,
      -1n,
      0n,
    ]);
    expect(cutPieces([fraction(25n, 2n), fraction(25n, 2n)], 25n, 25n)).toEqual([25n, 0n]);
  });

  it('keeps each piece within one quantum and the sum equal to the difference', () => {
    const values = fc.array(fc.bigInt(-1000n, 1000n), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(values, (game) => {
        const exact = shapley(game);
        const pieces = cutPieces(exact, game[7]! - game[0]!, 1n);
        expect(pieces.reduce((a, b) => a + b, 0n)).toBe(game[7]! - game[0]!);
        pieces.forEach((piece, i) => {
          const { n, d } = exact[i]!;
          expect(piece * d - n < d && n - piece * d < d).toBe(true);
        });
      }),
    );
  });

  it('flips the sign of each piece when every sign is flipped', () => {
    const values = fc.array(fc.bigInt(-1000n, 1000n), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(values, (game) => {
        const flipped = game.map((value) => -value);
        const cut = (of: readonly bigint[]) => cutPieces(shapley(of), of[7]! - of[0]!, 1n);
        expect(cut(flipped)).toEqual(cut(game).map((piece) => -piece));
      }),
    );
  });
});
