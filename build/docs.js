/** Writes the reference from the compiled declarations: `npm run docs`, into docs/ or another folder. */
import { writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { libraryReference } from './reference/library.js';
import { scenarioReference } from './reference/scenario.js';

const [folder = 'docs'] = process.argv.slice(2);
const REFERENCE = { 'library.md': libraryReference, 'scenario.md': scenarioReference };

for (const [name, make] of Object.entries(REFERENCE)) {
  const style = await resolveConfig('docs');
  writeFileSync(`${folder}/${name}`, await format(make(), { ...style, parser: 'markdown' }));
}
