export default { test: { globalSetup: 'test/bundled.ts' } };
