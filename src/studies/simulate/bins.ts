/** Bins with round ends, into which outputs are counted, and the bars of a histogram. */

/** Bins of one width, and one more on either side for all values beyond. */
export interface Bins {
  readonly origin: number;
  readonly width: number;
  readonly count: number;
  /** The number of bins in a bar of the histogram. */
  readonly perBar: number;
}

/** Few bars make a readable histogram; many bins leave few values in each. */
const BARS = 12;
const BINS_PER_BAR = 1000;

/** Bins with round ends and a margin, from the least and the greatest of the first outputs. */
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

/** The bin of a number: from 1 to `count`, 0 below and `count` + 1 above. */
export function binOf({ origin, width, count }: Bins, value: number): number {
  if (value < origin) return 0;
  return Math.min(Math.floor((value - origin) / width), count) + 1;
}

/** A bar of the histogram; the bars beyond the bins have only one end. */
export interface HistogramBar {
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly draws: number;
}

/** The bars from the first to the last that is not empty. */
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
