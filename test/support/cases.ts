/** How many random cases a property tries: all of them in the gate, a hundredth in `npm run test:quick`. */

/** Vitest hands its `--mode` to the tests in the environment. */
const isQuick = process.env['MODE'] === 'quick';

/** @param all the cases of the whole gate */
export function cases(all: number): number {
  return isQuick ? Math.max(10, Math.ceil(all / 100)) : all;
}

/**
 * How often a rare case has to have come up among the random ones, so that the test proves anything
 * of it. So few are tried in `npm run test:quick` that this is left to the gate.
 */
export function coverage(all: number): number {
  return isQuick ? -1 : all;
}
