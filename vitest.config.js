/**
 * Both cores, and a minute for a test: a loaded machine is no failure. Modules are imported once for
 * each core, as none of them keeps a state that tells. Thousands of forecasts leave much behind: with
 * room for it the garbage collector takes a few percent of the time, not a sixth.
 */
export default {
  test: {
    globalSetup: ['test/bundled.ts', 'test/temporary.ts'],
    maxWorkers: 2,
    isolate: false,
    execArgv: ['--max-semi-space-size=64'],
    testTimeout: 60_000,
  },
};
