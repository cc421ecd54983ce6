/** How much a supplier depends on each of its buyers. */
import { fraction, roundHalfEven } from '../../core/number/fraction.js';
import { allocate, orderOf } from '../../core/rounding/allocate.js';
import { MILLION } from '../../projection/timeSeries.js';

/** What a buyer buys. */
export interface Purchase {
  readonly buyer: string;
  readonly count: bigint;
}

/** The sales of a supplier by buyer, as parts of one whole. */
export interface Concentration {
  /** The share of each buyer in millionths; they add up to one million. */
  readonly shares: readonly bigint[];
  /** The place of the largest buyer; of equal ones, of the one whose key is first. */
  readonly largest: number;
  /** The Herfindahl index, the sum of the squared shares, in millionths and rounded half-even. */
  readonly herfindahl: bigint;
}

/** @returns nothing where nothing is sold */
export function concentrationOf(purchases: readonly Purchase[]): Concentration | undefined {
  const total = purchases.reduce((sum, { count }) => sum + count, 0n);
  if (total === 0n) return undefined;
  const squares = purchases.reduce((sum, { count }) => sum + count * count, 0n);
  const places = purchases.map((_, i) => i);
  return {
    shares: sharesIn(MILLION, purchases),
    largest: places.reduce((a, b) => (isLarger(purchases[b]!, purchases[a]!) ? b : a)),
    herfindahl: roundHalfEven(fraction(squares * MILLION, total * total)),
  };
}

/** A whole in parts as large as the purchases. */
export function sharesIn(whole: bigint, purchases: readonly Purchase[]): readonly bigint[] {
  const weights = purchases.map(({ count }) => fraction(count));
  return allocate(whole, weights, orderOf(purchases.map(({ buyer }) => buyer)));
}

function isLarger(one: Purchase, other: Purchase): boolean {
  return one.count === other.count ? one.buyer < other.buyer : one.count > other.count;
}
