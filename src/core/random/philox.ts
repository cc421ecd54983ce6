/** Counter-based random numbers (Philox4x32-10): draw k does not depend on the draws before it. */

/** An independent sequence of ranks for each seed and name. */
export interface Stream {
  readonly key: readonly [number, number];
  readonly nonce: readonly [number, number];
}

const WORD = 2 ** 32;
const MASK = 0xffffffff;

/** @param seed from 0 to 2^64 − 1 */
export function streamOf(seed: bigint, name: string): Stream {
  const key = [Number(seed & BigInt(MASK)), Number(seed >> 32n)] as const;
  return { key, nonce: hashOf(name) };
}

/** A hash of 16 hexadecimal digits; two texts have the same one with probability 2^-64. */
export function fingerprintOf(text: string): string {
  return hashOf(text)
    .map((word) => word.toString(16).padStart(8, '0'))
    .join('');
}

function hashOf(text: string): [number, number] {
  const words = new Uint32Array(4);
  for (let i = 0; i < text.length; i++) {
    philox(words, text.charCodeAt(i), i, words[0]!, words[1]!, 0, 0);
  }
  return [words[0]!, words[1]!];
}

/** A rank is an odd number below this; rank ÷ RANKS is a probability that is neither 0 nor 1. */
export const RANKS = 2 ** 53;

/** Fills an array with the ranks of draws `from`, `from` + 1, … */
export function fillRanks({ key, nonce }: Stream, from: number, ranks: Float64Array): void {
  // A rank takes two of the four words of a round, so two draws share one round.
  for (let i = 0; i < ranks.length; i++) {
    const draw = from + i;
    const half = Math.floor(draw / 2);
    const isSecond = draw !== half * 2;
    if (!isSecond || i === 0) {
      philox(WORDS, half % WORD, Math.floor(half / WORD), nonce[0], nonce[1], key[0], key[1]);
    }
    const word = isSecond ? 2 : 0;
    ranks[i] = ((WORDS[word]! >>> 6) * 2 ** 26 + (WORDS[word + 1]! >>> 6)) * 2 + 1;
  }
}

const WORDS = new Uint32Array(4);

/**
 * Ten rounds over a counter of four words and a key of two (Salmon and others, "Parallel random
 * numbers: as easy as 1, 2, 3", 2011).
 */
export function philox(
  out: Uint32Array,
  counter0: number,
  counter1: number,
  counter2: number,
  counter3: number,
  key0: number,
  key1: number,
): void {
  let c0 = counter0 | 0;
  let c1 = counter1 | 0;
  let c2 = counter2 | 0;
  let c3 = counter3 | 0;
  let k0 = key0 | 0;
  let k1 = key1 | 0;
  for (let round = 0; round < 10; round++) {
    const high0 = highWord(0xd2511f53, c0);
    const high1 = highWord(0xcd9e8d57, c2);
    const low0 = Math.imul(0xd2511f53, c0);
    const low1 = Math.imul(0xcd9e8d57, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** The upper 32 bits of a product of two words, computed from their halves. */
function highWord(x: number, y: number): number {
  const xl = x & 0xffff;
  const xh = x >>> 16;
  const yl = y & 0xffff;
  const yh = y >>> 16;
  const cross = (Math.imul(xh, yl) >>> 0) + (Math.imul(xl, yl) >>> 16);
  const carry = (cross & 0xffff) + (Math.imul(xl, yh) >>> 0);
  return (Math.imul(xh, yh) + (cross >>> 16) + (carry >>> 16)) | 0;
}
