/** A small source of random choices with a seed, for tests that make whole files. */

export interface Dice {
  /** 0 … n − 1. */
  readonly int: (n: number) => number;
  readonly chance: (percent: number) => boolean;
  readonly pick: <T>(list: readonly T[]) => T;
  readonly shuffle: <T>(list: readonly T[]) => T[];
}

export function dice(seed: number): Dice {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  const int = (n: number) => Math.floor((next() / 2 ** 32) * n);
  return {
    int,
    chance: (percent) => int(100) < percent,
    pick: (list) => list[int(list.length)]!,
    shuffle: (list) => {
      const left = [...list];
      return list.flatMap(() => left.splice(int(left.length), 1));
    },
  };
}
