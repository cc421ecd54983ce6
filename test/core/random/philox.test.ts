/** Philox4x32-10 against the test vectors of Random123, and the ranks made from it. */
import { describe, expect, it } from 'vitest';
import { RANKS, fillRanks, philox, streamOf } from '../../../src/core/random/philox.js';

const ALL = 0xffffffff;

describe('Philox4x32-10', () => {
  it.each([
    [[0, 0, 0, 0, 0, 0], '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    [[ALL, ALL, ALL, ALL, ALL, ALL], '408f276d 41c83b0e a20bc7c6 6d5451fd'],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0],
      'd16cfe09 94fdcceb 5001e420 24126ea1',
    ],
  ] as const)('turns counter and key %j into the words %s', ([a, b, c, d, k, l], expected) => {
    const words = new Uint32Array(4);
    philox(words, a, b, c, d, k, l);
    expect([...words].map((word) => word.toString(16).padStart(8, '0')).join(' ')).toBe(expected);
  });
});

describe('ranks', () => {
  const ranksFrom = (name: string, seed: bigint, from: number, count: number) => {
    const ranks = new Float64Array(count);
    fillRanks(streamOf(seed, name), from, ranks);
    return [...ranks];
  };

  it('depend on seed, stream and draw alone, whatever the first draw', () => {
    const all = ranksFrom('envelope', 7n, 0, 50);
    for (let from = 0; from < 50; from++) {
      expect(ranksFrom('envelope', 7n, from, 50 - from)).toEqual(all.slice(from));
    }
  });

  it('continue beyond 2^32 draws', () => {
    const far = 2 ** 40 + 1;
    expect(ranksFrom('envelope', 7n, far, 2)[1]).toBe(ranksFrom('envelope', 7n, far + 1, 1)[0]);
    expect(ranksFrom('envelope', 7n, far, 1)).not.toEqual(ranksFrom('envelope', 7n, 1, 1));
  });

  it('differ between streams, and between seeds, also if only the upper half differs', () => {
    const some = [
      ranksFrom('envelope', 1n, 0, 1),
      ranksFrom('envelope', 2n, 0, 1),
      ranksFrom('envelope', 1n + 2n ** 32n, 0, 1),
      ranksFrom('envelopf', 1n, 0, 1),
      ranksFrom('envelop', 1n, 0, 1),
    ];
    expect(new Set(some.flat()).size).toBe(5);
  });

  it('are odd numbers below 2^53', () => {
    const ranks = ranksFrom('a', 0n, 0, 1000);
    expect(ranks.every((rank) => rank % 2 === 1 && rank > 0 && rank < RANKS)).toBe(true);
    expect(Math.max(...ranks)).toBeGreaterThan(RANKS * 0.99);
    expect(Math.min(...ranks)).toBeLessThan(RANKS * 0.01);
  });
});
