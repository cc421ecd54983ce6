import { BaseSequencer } from 'vitest/node';

/** Of thousands of random cases: begun first, they share both cores, and nothing waits for one of them at the end. */
const LONG = ['compile.environment', 'compile.reorder', 'compile.laws', 'compile.differential', 'mutations'];

class LongFirst extends BaseSequencer {
  async sort(files) {
    const place = ({ moduleId }) => {
      const index = LONG.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return index === -1 ? LONG.length : index;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

/**
 * Both cores, and a minute for a test: a loaded machine is no failure. Modules are imported once for
 * each core, as none of them keeps a state that tells. Thousands of forecasts leave much behind: with
 * room for it the garbage collector takes a few percent of the time, not a sixth.
 */
export default {
  test: {
    globalSetup: ['test/support/bundled.ts', 'test/support/temporary.ts'],
    maxWorkers: 2,
    sequence: { sequencer: LongFirst },
    isolate: false,
    execArgv: ['--max-semi-space-size=64'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
};
