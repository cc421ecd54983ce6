/** Both cores, and a minute for a test: a loaded machine is no failure. */
export default { test: { globalSetup: 'test/bundled.ts', maxWorkers: 2, testTimeout: 60_000 } };
