/** `test/` mirrors `src/`: `test/A/B.test.ts` and `test/A/B.aspect.test.ts` test `src/A/B.ts`. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** Folders with code that is not a test: helpers, the naive model, and forbidden imports for the floors. */
const WITHOUT_TESTS = ['support', 'naive', 'floors'];
/** Folders without a room in `src/`: they hold data, or test the documents or the speed. */
const BESIDE_ROOMS = [...WITHOUT_TESTS, 'bench', 'cases', 'documents', 'errors', 'golden'];

const foldersOf = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );

/** The TypeScript files below some folders of `test/`, each with the name of its folder. */
const codeIn = (folders: readonly string[]): readonly string[] =>
  folders.flatMap((folder) =>
    readdirSync(join('test', folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(folder, file)),
  );

/** `core/number/literal.formatLike.test.ts` → `core/number/literal.ts` */
const testedFile = (test: string): string => test.replace(/(\.\w+)?\.test\.ts$/, '.ts');

const folders = foldersOf('test');
const rooms = foldersOf('src').filter((room) => folders.includes(room));

it('every folder of test is a room of src or a known exception', () => {
  expect(folders.filter((folder) => ![...rooms, ...BESIDE_ROOMS].includes(folder))).toEqual([]);
});

it('every test file in a room is named after a file of src', () => {
  const tests = codeIn(rooms);
  expect(tests.length).toBeGreaterThan(60);
  expect(tests.filter((test) => !existsSync(join('src', testedFile(test))))).toEqual([]);
});

it('helpers of tests are in test/support only', () => {
  const files = codeIn(folders.filter((folder) => !WITHOUT_TESTS.includes(folder)));
  expect(files.filter((file) => !file.endsWith('.test.ts'))).toEqual([]);
});

it('vitest.config.js names only test files that exist', () => {
  const config = readFileSync('vitest.config.js', 'utf8');
  const named = [...config.matchAll(/'(test\/[^']+\.test\.ts)'/g)].map(([, file]) => file!);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((file) => !existsSync(file))).toEqual([]);
});
