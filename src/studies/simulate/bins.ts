/** Bins with round ends: what many whole numbers are counted into, and what people see of it. */

/** Bins of one width, and one more on either side for everything beyond. */
export interface Bins {
  readonly origin: number;
  readonly width: number;
  readonly count: number;
  /** So many of them make a bar that people see. */
  readonly perBar: number;
}

/** Bars are as many as people like to look at, bins as many as make the values in one of them few. */
const BARS = 12;
const BINS_PER_BAR = 1000;

/** Bins with round ends around numbers of which some are known. */
export function binsAround(least: number, most: number): Bins {
  const span = most - least;
  const bar = roundUp(span / BARS);
  const width = bar % BINS_PER_BAR === 0 ? bar / BINS_PER_BAR : 1;
  const margin = Math.floor(span / 4);
  const origin = Math.floor((least - margin) / bar) * bar;
  const count = Math.ceil((most + margin + 1 - origin) / bar) * (bar / width);
  return { origin, width, count, perBar: bar / width };
}

/** 1, 2 or 5 times a power of ten, not below a number. */
function roundUp(least: number): number {
  let unit = 1;
  while (unit * 10 <= least) unit *= 10;
  return [1, 2, 5, 10].map((times) => times * unit).find((one) => one >= least)!;
}

/** Where a number is counted: from 1 to `count`, or 0 below them and `count` + 1 above. */
export function binOf({ origin, width, count }: Bins, value: number): number {
  if (value < origin) return 0;
  return Math.min(Math.floor((value - origin) / width), count) + 1;
}

/** A bar of the histogram; beyond the bins it has one end. */
export interface HistogramBar {
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly draws: number;
}

/** From the first bar that has something in it to the last. */
export function histogramBars(
  counts: Float64Array,
  { origin, width, count, perBar }: Bins,
): readonly HistogramBar[] {
  const bars: HistogramBar[] = [{ from: undefined, to: origin, draws: counts[0]! }];
  for (let bin = 0; bin < count; bin += perBar) {
    const from = origin + bin * width;
    const draws = counts.subarray(bin + 1, bin + 1 + perBar).reduce((sum, one) => sum + one, 0);
    bars.push({ from, to: from + perBar * width, draws });
  }
  bars.push({ from: origin + count * width, to: undefined, draws: counts[count + 1]! });
  const isFull = ({ draws }: HistogramBar) => draws > 0;
  return bars.slice(bars.findIndex(isFull), bars.findLastIndex(isFull) + 1);
}
