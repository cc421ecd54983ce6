/**
 * Both cores, and a minute for a test: a loaded machine is no failure. Thousands of forecasts leave
 * much behind: with room for it the garbage collector takes a few percent of the time, not a sixth.
 */
export default {
  test: {
    globalSetup: 'test/bundled.ts',
    maxWorkers: 2,
    execArgv: ['--max-semi-space-size=64'],
    testTimeout: 60_000,
  },
};
