/** Reads the documents: their blocks of code, and the commands that they show. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';

/** The READMEs and every page of `docs/`. */
export const PAGES: readonly string[] = [
  'README.md',
  'README.zh-CN.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** The blocks of code of a page in one language: `yaml`, `js`, `diff`. */
export function blocks(page: string, language: string): readonly string[] {
  const pattern = new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm');
  return [...readFileSync(page, 'utf8').matchAll(pattern)].map(([, text]) => text!);
}

const COMMAND = resolve('bin/capex.js');

/** Runs the command in this folder, and gives what it writes to standard output. */
export function capex(args: readonly string[]): string {
  return execFileSync(process.execPath, [COMMAND, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** What a terminal in `folder` shows of a line: standard output, or standard error where that is all there is. */
export function outputOfLine(line: string, folder: string): string {
  const shell = `npx() { shift; "$NODE" "$COMMAND" "$@"; }\n${line}`;
  const { stdout, stderr } = spawnSync('sh', ['-c', shell], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NODE: process.execPath, COMMAND },
  });
  return stdout === '' ? stderr : stdout;
}
