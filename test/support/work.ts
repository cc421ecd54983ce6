/** Counts work without a clock. */
import { Session } from 'node:inspector';
import { setFlagsFromString } from 'node:v8';

interface Coverage {
  readonly result: readonly {
    readonly functions: readonly { readonly ranges: readonly { readonly count: number }[] }[];
  }[];
}

/** Searches of the engine that compare item by item, and count as one call otherwise. */
const SEARCHES = ['indexOf', 'includes'] as const;

// Node counts from here on. Code that it would optimise after a while would not be counted in full.
setFlagsFromString('--no-opt');
setFlagsFromString('--no-maglev');
const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

/**
 * Ends the counting: the files that this process tests next would be counted too, and run without being optimised,
 * in twice to three times their time. (The optimiser in the middle stays off, which costs little.)
 */
export function stopCounting(): void {
  session.post('Profiler.stopPreciseCoverage');
  session.post('Profiler.disable');
  session.disconnect();
  setFlagsFromString('--opt');
}

/** What was counted since the last time. */
function takeCount(): number {
  let sum = 0;
  session.post('Profiler.takePreciseCoverage', (_, coverage: unknown) => {
    for (const { functions } of (coverage as Coverage).result)
      for (const { ranges } of functions) for (const { count } of ranges) sum += count;
  });
  return sum;
}

/**
 * How often any piece of code runs: every function, branch and turn of a loop counts one each time, in
 * libraries too, and so does every item that a search in a list looks at. No clock is read.
 */
export function workOf(run: () => void): number {
  takeCount();
  const searches = countSearches();
  try {
    run();
  } finally {
    searches.stop();
  }
  return takeCount() + searches.looked();
}

function countSearches() {
  let looked = 0;
  const lists = Array.prototype as unknown as Record<string, (item: unknown) => unknown>;
  const native = SEARCHES.map((name) => lists[name]!);
  const { indexOf } = Array.prototype;
  SEARCHES.forEach((name, i) => {
    lists[name] = function (this: unknown[], ...args: [unknown]) {
      const at = indexOf.apply(this, args);
      looked += at < 0 ? this.length : at + 1;
      return native[i]!.apply(this, args);
    };
  });
  return {
    stop: () => SEARCHES.forEach((name, i) => (lists[name] = native[i]!)),
    looked: () => looked,
  };
}

/** The work at four times a size, as a multiple of that at the size itself: 4 where it grows in proportion. */
export function growthOf(size: number, taskOf: (size: number) => () => void): number {
  const [once, fourTimes] = [taskOf(size), taskOf(4 * size)];
  once(); // What is set up at the first call only does not count.
  return workOf(fourTimes) / workOf(once);
}
