import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { load, writeDiagnostics } from '../../src/index.js';
import { ROOT, capex, folder, lines, run, scenario } from '../support/capex.js';

const require = createRequire(import.meta.url);
const { CODE } = require('../../bin/bundle.js') as { CODE: string };

/** A folder with the command alone: no source, no packages, nothing else of the project. */
function installed(): string {
  const path = folder();
  cpSync(join(ROOT, 'bin'), join(path, 'bin'), { recursive: true });
  const dist = join(ROOT, 'dist');
  for (const name of readdirSync(dist).filter((one) => one.startsWith('capex.cjs'))) {
    cpSync(join(dist, name), join(path, 'dist', name));
  }
  writeFileSync(join(path, 'a.yaml'), scenario());
  return path;
}

const forecast = async (cwd: string) => {
  const args = [join(cwd, 'bin/capex.js'), 'run', 'a.yaml', '--quiet'];
  const { code, out, err } = await run(process.execPath, args, { cwd }).done;
  return { code, rows: lines(out).length, err };
};
const DONE = { code: 0, rows: 35, err: '' };

it('this Node accepts the compiled code that the build made', () => {
  const ask = `const { script } = require('./bin/bundle.js').loadBundle();
    console.log(script.cachedDataRejected);`;
  expect(execFileSync(process.execPath, ['-e', ask], { cwd: ROOT, encoding: 'utf8' })).toBe(
    'false\n',
  );
});

it.concurrent('the command runs from its one file', async () => {
  expect(await forecast(installed())).toEqual(DONE);
});

it.concurrent('runs without compiled code, and with compiled code of another V8', async () => {
  const [without, other] = [installed(), installed()];
  const name = CODE.slice(join(ROOT, '/').length);
  rmSync(join(without, name));
  writeFileSync(join(other, name), 'the code of another V8');
  expect(await forecast(without)).toEqual(DONE);
  expect(await forecast(other)).toEqual(DONE);
});

it.concurrent('runs its bundle, and not code of another bundle of the same length', async () => {
  const cwd = installed();
  const bundle = join(cwd, 'dist/capex.cjs');
  const text = readFileSync(bundle, 'latin1');
  const changed = text.replaceAll('is one too many', 'is one too MANY');
  expect(changed).toHaveLength(text.length);
  writeFileSync(bundle, changed, 'latin1');
  const args = [join(cwd, 'bin/capex.js'), 'schema', 'x'];
  const { err } = await run(process.execPath, args, { cwd }).done;
  expect(err).toContain('is one too MANY');
});

// The command reads its bundle as Latin-1: a character beyond ASCII would be another one.
it.each(['capex.cjs', 'capex.xlsx.cjs', 'cell/excel/functions.js', 'cell/sheets/Code.js'])(
  'dist/%s is plain ASCII',
  (name) => {
    const bytes = readFileSync(join(ROOT, 'dist', name));
    expect(bytes.length).toBeGreaterThan(100_000);
    expect(bytes.filter((byte) => byte > 0x7f).length).toBe(0);
  },
);

it.concurrent(
  'the command and the library give the same text for −5% with a minus sign',
  async () => {
    const name = 'test/cases/latin1-0/s.yaml';
    const { diagnostics } = load(readFileSync(name, 'utf8'), { name });
    const text = writeDiagnostics(diagnostics);
    expect(text).toContain('help:     write -5%');
    expect((await capex(['check', name, '--quiet'])).err).toBe(text);
  },
);
