/** Bundles the command into `dist/capex.cjs`, and the live page; writes the licences of their packages, and compiled code. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { writeAscii } from './ascii.js';
import { buildPage } from './page.js';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const ROOT = path('..');
const BUNDLE = path('../dist/capex.cjs');

/** Replacements for modules that are slow to load or to run, and whose other parts a forecast does not need. */
const LIGHTER = {
  assert: path('light/assert.js'),
  'string-width': path('light/stringWidth.js'),
  // For Node, the parser of YAML asks the environment at every token whether to print it.
  yaml: path('../node_modules/yaml/browser/index.js'),
};

/**
 * The library for workbooks is a file of its own, which is loaded to write or read a workbook. Its path is
 * relative to `bin/`, from where the bundle is loaded.
 */
const XLSX = { module: 'hucre/xlsx', file: '../dist/capex.xlsx.cjs' };
const apart = {
  name: 'apart',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^hucre\/xlsx$/ }, () => ({ path: XLSX.file, external: true })),
};

/** Yargs looks for its texts beside its own file; in the bundle, that is `dist/`. */
const BANNER = `const importMetaUrl = require('node:url').pathToFileURL(__dirname + '/yargs/lib/esm.mjs');`;

const options = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'cjs',
  legalComments: 'none',
  metafile: true,
  write: false,
};

const command = await build({
  ...options,
  entryPoints: ['src/cli/main.ts'],
  plugins: [apart],
  supported: { 'dynamic-import': false }, // `require`, as the bundle is no module
  mainFields: ['module', 'main'],
  alias: LIGHTER,
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: BANNER },
});
const xlsx = await build({
  ...options,
  stdin: { contents: `export { readXlsx, writeXlsx } from '${XLSX.module}';`, resolveDir: ROOT },
});
writeAscii(BUNDLE, command.outputFiles[0].text);
writeAscii(path(XLSX.file), xlsx.outputFiles[0].text);
const inputs = [
  ...[command, xlsx].flatMap(({ metafile }) => Object.keys(metafile.inputs)),
  ...(await buildPage()),
];
writeFileSync(path('../dist/LICENSES.txt'), licencesOf(inputs));

for (const name of readdirSync(path('../dist'))) {
  if (name.endsWith('.code')) rmSync(path(`../dist/${name}`));
}
const { status } = spawnSync(process.execPath, [path('compile.cjs')], {
  cwd: ROOT,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;

/** The licences of all packages in the bundle. */
function licencesOf(files) {
  const folders = files.flatMap(
    (file) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? [],
  );
  const texts = [...new Set(folders)].sort().map((folder) => {
    const licence = readdirSync(`${ROOT}/${folder}`).find((name) => /^licen[cs]e/i.test(name));
    return `${folder}\n\n${readFileSync(`${ROOT}/${folder}/${licence}`, 'utf8').trim()}\n`;
  });
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}
