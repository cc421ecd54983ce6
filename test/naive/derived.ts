/**
 * The naive model of derived columns: every number comes from sums over single months, without groups, running
 * totals or an order of rows. Months count from January of the year 0.
 */
import {
  ZERO,
  fraction,
  minus,
  over,
  plus,
  power,
  roundHalfEven,
  times,
  whole,
  type Fraction,
} from './model.js';

/** The numbers of one line by month. */
export type MonthLine = {
  readonly months: ReadonlyMap<number, Fraction>;
  /** What was reported of the months before the window, where it counts. */
  readonly before: ReadonlyMap<number, Fraction>;
  /** The first month of the window, and the first one after it. */
  readonly from: number;
  readonly to: number;
  /** The month, from 1, in which its years end. */
  readonly ends: number;
};

const ONE = whole(1n);
const MILLION = whole(1_000_000n);
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const total = (numbers: readonly (Fraction | undefined)[]) =>
  numbers.reduce<Fraction>((sum, one) => plus(sum, one ?? ZERO), ZERO);

/** By name, as a count of millionths for a ratio and as a fraction for a sum; a name is missing where it is not defined. */
export function naiveDerived(
  line: MonthLine,
  start: number,
  length: number,
): ReadonlyMap<string, string> {
  const { months, before, from, to, ends } = line;
  const inWindow = (month: number) => from <= month && month < to;
  const isKnown = (month: number) => inWindow(month) || before.has(month);
  const known = (all: readonly number[]) =>
    total(all.map((month) => (inWindow(month) ? months.get(month) : before.get(month))));
  const own = range(start, start + length);
  const value = total(own.filter(inWindow).map((month) => months.get(month)));
  const found = new Map<string, string>();
  const growth = (name: string, back: number) => {
    const base = own.map((month) => month - back);
    const isLike = own.every((month, i) => inWindow(month) === isKnown(base[i]!));
    const sum = known(base.filter(isKnown));
    if (!isLike || !base.some(isKnown) || sum.n <= 0n) return;
    found.set(name, ratio(minus(over(value, sum), ONE)));
  };
  growth('yoy', 12);
  growth('qoq', length);
  const twelve = range(start + length - 12, start + length);
  if (twelve.every(isKnown)) found.set('ttm', text(known(twelve)));
  const january = yearStart(start, ends);
  if (january >= from) found.set('ytd', text(known(range(january, Math.min(start + length, to)))));
  found.set('cumulative', text(known(range(from, Math.min(start + length, to)))));
  const rate = yearlyRate(line);
  if (rate !== undefined) found.set('cagr', rate);
  return found;
}

const text = ({ n, d }: Fraction) => `${n}/${d}`;
const ratio = (value: Fraction) => {
  const { n, d } = times(value, MILLION);
  return String(n < 0n ? -roundHalfEven({ n: -n, d }) : roundHalfEven({ n, d }));
};

/** The first month of the year that holds a month. */
function yearStart(month: number, ends: number): number {
  return Math.floor((month - ends) / 12) * 12 + ends;
}

/** The growth g, in millionths, for which first × (1 + g)ⁿ is nearest to last. */
function yearlyRate({ months, from, to, ends }: MonthLine): string | undefined {
  const first = yearStart(from + 11, ends);
  const last = yearStart(to, ends) - 12;
  const years = (last - first) / 12;
  const sumOf = (start: number) =>
    total(range(start, start + 12).map((month) => months.get(month)));
  if (years < 1) return undefined;
  const [least, most] = [sumOf(first), sumOf(last)];
  if (least.n <= 0n || most.n <= 0n) return undefined;
  // Bisection over halves of a millionth: the greatest whose power is at most the quotient.
  const quotient = over(most, least);
  const isAtMost = (halves: bigint) =>
    minus(quotient, power(fraction(halves, 2_000_000n), years)).n >= 0n;
  let [low, high] = [0n, 1n];
  while (isAtMost(high)) high *= 2n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (isAtMost(middle)) low = middle;
    else high = middle;
  }
  const isExact = minus(quotient, power(fraction(low, 2_000_000n), years)).n === 0n;
  const below = low / 2n;
  const isUp = low % 2n === 1n && (!isExact || below % 2n === 1n);
  return String(below + (isUp ? 1n : 0n) - 1_000_000n);
}
