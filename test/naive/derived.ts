/**
 * The naive model of derived columns: every number comes from sums over single months, without groups, running
 * totals or an order of rows. Months count from January of the year 0.
 */
import {
  ZERO,
  fraction,
  minus,
  naiveMonths,
  naiveReported,
  over,
  plus,
  power,
  roundHalfEven,
  times,
  whole,
  type Fraction,
  type MonthCell,
} from './model.js';
import type { Spec } from './spec.js';

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

/** Where a number of one month stands in a table. */
export type LinePlace = {
  readonly line: string;
  /** Whether what was reported before the window counts in its line. */
  readonly isReported: boolean;
  /** The month, from 1, in which the years of its line end. */
  readonly ends: number;
};

/** The lines of a table of one scenario, month by month; a line may have a tail alone, which is in no month. */
export function naiveLines(
  spec: Spec,
  placeOf: (cell: MonthCell) => LinePlace,
): ReadonlyMap<string, MonthLine> {
  const { before, from, to } = naiveReported(spec);
  const lines = new Map<string, MonthLine & { readonly months: Map<number, Fraction> }>();
  for (const cell of naiveMonths(spec)) {
    if (cell.isTail && cell.value.n === 0n) continue;
    const { line, isReported, ends } = placeOf(cell);
    const own = lines.get(line) ?? {
      ...{ months: new Map<number, Fraction>(), from, to, ends },
      before: isReported ? before : new Map<number, Fraction>(),
    };
    lines.set(line, own);
    if (cell.isTail) continue;
    const known = own.months.get(cell.month);
    own.months.set(cell.month, known ? plus(known, cell.value) : cell.value);
  }
  return lines;
}

const ONE = whole(1n);
const MILLION = whole(1_000_000n);
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const total = (numbers: readonly (Fraction | undefined)[]) =>
  numbers.reduce<Fraction>((sum, one) => plus(sum, one ?? ZERO), ZERO);

/**
 * By name, as a count of millionths for a ratio and as a fraction for a sum; a name is missing where it is not defined.
 *
 * @param lines of one forecast, or of several buyers that are added up
 */
export function naiveDerived(
  lines: readonly MonthLine[],
  start: number,
  length: number,
): ReadonlyMap<string, string> {
  const inWindow = ({ from, to }: MonthLine, month: number) => from <= month && month < to;
  const isKnown = (line: MonthLine, month: number) =>
    inWindow(line, month) || line.before.has(month);
  const known = (all: readonly number[]) =>
    total(
      lines.flatMap((line) =>
        all.map((month) =>
          inWindow(line, month) ? line.months.get(month) : line.before.get(month),
        ),
      ),
    );
  const sumWithin = (all: readonly number[]) =>
    total(
      lines.flatMap((line) =>
        all.filter((month) => inWindow(line, month)).map((month) => line.months.get(month)),
      ),
    );
  const own = range(start, start + length);
  const value = sumWithin(own);
  const found = new Map<string, string>();
  const growth = (name: string, back: number) => {
    const base = own.map((month) => month - back);
    const isLike = lines.every((line) =>
      own.every((month, i) => inWindow(line, month) === isKnown(line, base[i]!)),
    );
    const isThere = lines.some((line) => base.some((month) => isKnown(line, month)));
    const sum = known(base);
    if (!isLike || !isThere || sum.n <= 0n) return;
    found.set(name, ratio(minus(over(value, sum), ONE)));
  };
  growth('yoy', 12);
  growth('qoq', length);
  const twelve = range(start + length - 12, start + length);
  if (lines.every((line) => twelve.every((month) => isKnown(line, month)))) {
    found.set('ttm', text(known(twelve)));
  }
  const january = yearStart(start, lines[0]!.ends);
  if (lines.every(({ from }) => january >= from)) {
    found.set('ytd', text(sumWithin(range(january, start + length))));
  }
  const first = Math.min(...lines.map(({ from }) => from));
  found.set('cumulative', text(sumWithin(range(first, start + length))));
  const rate = yearlyRate(lines);
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
function yearlyRate(lines: readonly MonthLine[]): string | undefined {
  const { ends } = lines[0]!;
  const from = Math.max(...lines.map((line) => line.from));
  const to = Math.min(...lines.map((line) => line.to));
  const first = yearStart(from + 11, ends);
  const last = yearStart(to, ends) - 12;
  const years = (last - first) / 12;
  const sumOf = (start: number) =>
    total(lines.flatMap(({ months }) => range(start, start + 12).map((one) => months.get(one))));
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
