/** Bundles the live page: `dist/capex.page.cjs` for the command and for the page itself, and its style beside it. */
import { copyFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { writeAscii } from './ascii.js';
import { lighter } from './lighter.js';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Builds the page. @returns what it is made of, for the licences */
export async function buildPage() {
  const { outputFiles, metafile } = await build({
    absWorkingDir: path('..'),
    entryPoints: ['src/page/livePage.ts'],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'iife',
    globalName: 'capexPage',
    footer: { js: "if (typeof module === 'object') module.exports = capexPage;" },
    platform: 'browser',
    target: 'es2022',
    legalComments: 'none',
    ...lighter(),
  });
  const [{ text }] = outputFiles;
  // Inside a script element, these texts would end the script, or hide its end.
  const code = text.replaceAll('<!--', '<\\!--').replace(/<(?=\/script)/gi, '<\\');
  writeAscii(path('../dist/capex.page.cjs'), code);
  copyFileSync(path('page/page.css'), path('../dist/capex.page.css'));
  return Object.keys(metafile.inputs);
}
