/** Bundles the functions for cells for Excel and Google Sheets, in `dist/cell/`. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, transformSync } from 'esbuild';
import { FUNCTIONS } from '../dist/cell/functions.js';
import { writeAscii } from './ascii.js';
import { lighter } from './lighter.js';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const { version, description, homepage } = JSON.parse(
  readFileSync(path('../package.json'), 'utf8'),
);

/** The address of the files of the Excel add-in; set CAPEX_ADDIN_URL when building. */
const SERVED_FROM = process.env.CAPEX_ADDIN_URL ?? 'https://localhost:3000';

for (const host of ['excel', 'sheets'])
  mkdirSync(path(`../dist/cell/${host}`), { recursive: true });
const write = (name, text) => writeFileSync(path(`../dist/cell/${name}`), text);

/** A cell reads no tables and writes no YAML: its bundle has neither csv-parse nor what writes YAML. */
const LIGHTER = [
  [/\/(stringify|yaml-1\.1)\/\w+\.js$/, 'light/yaml.js'],
  [/^\.\/readTable\.js$/, 'light/readTable.js'],
];

const FORM = { minify: true, target: 'es2020', format: 'iife', legalComments: 'none' };
const olderEngines = transformSync(readFileSync(path('cell/olderEngines.js')), FORM).code;

const options = {
  ...FORM,
  banner: { js: olderEngines.trim() },
  ...lighter(LIGHTER),
  bundle: true,
  platform: 'neutral',
  mainFields: ['module', 'main'],
  write: false,
};

writeAscii(path('../dist/cell/excel/functions.js'), await bundleOf('excel'));
write('excel/functions.json', `${JSON.stringify(metadata(), null, 2)}\n`);
for (const name of ['functions.html', 'manifest.xml']) write(`excel/${name}`, filled(name));
for (const size of [16, 32, 64, 80])
  write(`excel/icon-${size}.png`, readFileSync(path(`cell/icon-${size}.png`)));
write('excel/cells.txt', readFileSync(path('../docs/cells.md')));

const code = await bundleOf('sheets', { globalName: 'capex' });
writeAscii(path('../dist/cell/sheets/Code.js'), code + FUNCTIONS.map(globalFunction).join(''));
write('sheets/appsscript.json', readFileSync(path('cell/appsscript.json')));

/** The code of a program's functions. */
async function bundleOf(host, more) {
  const entryPoints = [path(`../src/cell/${host}.ts`)];
  const { outputFiles } = await build({ ...options, ...more, entryPoints });
  return outputFiles[0].text;
}

/** The metadata of Office custom functions: names, help texts, and which arguments are ranges. */
function metadata() {
  return {
    functions: FUNCTIONS.map(({ name, description, parameters, isTable }) => ({
      id: name,
      name,
      description,
      result: { type: 'any', dimensionality: isTable ? 'matrix' : 'scalar' },
      parameters: parameters.map(({ name, description, isRange, isOptional }) => ({
        name,
        description,
        type: 'any',
        dimensionality: isRange ? 'matrix' : 'scalar',
        ...(isOptional && { optional: true }),
      })),
      options: { stream: false, cancelable: false },
    })),
  };
}

/** A global function for Apps Script, with the comment from which Sheets makes its help. */
function globalFunction({ name, description, parameters }) {
  const lines = parameters.map(
    ({ name, description, isOptional }) =>
      ` * @param {any} ${isOptional ? `[${name}]` : name} ${description}`,
  );
  const names = parameters.map(({ name }) => name).join(', ');
  return `
/**
 * ${description}
 *
${lines.join('\n')}
 * @return {any}
 * @customfunction
 */
function CAPEX_${name}(${names}) {
  return capex.call('${name}', [${names}]);
}
`;
}

function filled(name) {
  return readFileSync(path(`cell/${name}`), 'utf8')
    .replaceAll('{url}', SERVED_FROM)
    .replaceAll('{support}', homepage ?? `${SERVED_FROM}/cells.txt`)
    .replaceAll('{version}', `${version}.0`)
    .replaceAll('{description}', description);
}
