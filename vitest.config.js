import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';

/**
 * The longest test files, longest first: they start first, so that no worker runs one of them alone
 * at the end.
 */
const LONGEST_FIRST = [
  'test/projection/compile.laws.test.ts',
  'test/mutations.test.ts',
  'test/workbook/import/importChanges.test.ts',
  'test/page/livePage.test.ts',
  'test/workbook/book.recalculated.test.ts',
  'test/studies/compare/bridge.test.ts',
  'test/core/kernel/allocateFast.test.ts',
  'test/studies/solve/solve.test.ts',
  'test/scenario/schema/document.everyKey.test.ts',
  'test/formats/xlsx.programs.test.ts',
  'test/errors.test.ts',
  'test/cell/functions.test.ts',
  'test/workbook/book.limits.test.ts',
  'test/workbook/sheets/triangulationSheet.test.ts',
  'test/workbook/book.verdict.test.ts',
  'test/library.test.ts',
  'test/cli/main.hostileTexts.test.ts',
  'test/workbook/import/holdToCells.programs.test.ts',
  'test/workbook/import/editedCsv.test.ts',
  'test/cli/verify.test.ts',
  'test/cli/watch/watchCommand.test.ts',
  'test/cli/watch/watchCommand.laws.test.ts',
];

/**
 * Left out of `npm run test:quick`: these files run the command many times, pack and bundle the
 * package, or start another program. The whole gate, `npm test`, runs them all.
 */
const NOT_QUICK = [
  // The package: npm pack, bundles, a browser; every command and picture of the documents.
  'test/library.test.ts',
  'test/documents/figures.test.ts',
  'test/documents/links.test.ts',
  'test/documents/outputs.test.ts',
  'test/numbersOf010.test.ts',
  // A browser.
  'test/page/livePage.test.ts',
  'test/cli/watch/watchFrame.test.ts',
  // The command as a process, started dozens of times.
  'test/cli/arguments.test.ts',
  'test/cli/importCommand.test.ts',
  'test/cli/longWork.test.ts',
  'test/cli/main.show.test.ts',
  'test/cli/manifestFiles.test.ts',
  'test/cli/stop.test.ts',
  'test/cli/verify.test.ts',
  'test/cli/writing.test.ts',
  'test/cli/writing.killed.test.ts',
  'test/cli/watch/watchCommand.test.ts',
  'test/cli/watch/watchCommand.laws.test.ts',
  // Whole workbooks, and other programs that read them: LibreOffice, IronCalc, Gnumeric, a validator.
  'test/formats/xlsx.programs.test.ts',
  'test/workbook/book.test.ts',
  'test/workbook/book.ironcalc.test.ts',
  'test/workbook/book.portfolio.test.ts',
  'test/workbook/book.recalculated.test.ts',
  'test/workbook/import/editedCsv.test.ts',
  'test/workbook/import/importChanges.test.ts',
];

class LongestFirst extends BaseSequencer {
  async sort(files) {
    const rank = ({ moduleId }) => {
      const index = LONGEST_FIRST.findIndex((path) => moduleId.endsWith(`/${path}`));
      return index === -1 ? LONGEST_FIRST.length : index;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

/**
 * Two workers, for two cores. A test may take a minute, so that a busy machine does not fail it.
 * Test files share no state, so each worker imports the modules once (`isolate: false`). The property
 * tests allocate much memory: a large young generation from the start saves a tenth of their time.
 */
export default defineConfig(({ mode }) => ({
  test: {
    exclude: [...configDefaults.exclude, ...(mode === 'quick' ? NOT_QUICK : [])],
    globalSetup: ['test/support/bundled.ts', 'test/support/temporary.ts'],
    setupFiles: ['test/support/plainEnvironment.ts'],
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    isolate: false,
    execArgv: ['--min-semi-space-size=128', '--max-semi-space-size=128'],
    testTimeout: 60_000,
  },
}));
