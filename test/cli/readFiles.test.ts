/** `-` in the place of a file: a scenario from standard input. */
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fileReader } from '../../src/cli/readFiles.js';
import { bash, capex, folder, scenario } from '../support/capex.js';

const files = { 'a.yaml': scenario(), 'bad.yaml': scenario().replace('60%', '160%') };

it.concurrent.each(['run', 'run --by period', 'show', 'check', 'check --resolved'])(
  'capex %s - answers as it does for a file',
  async (command) => {
    const cwd = folder(files);
    const { code, out, err } = await bash(`cat a.yaml | capex ${command} -`, { cwd });
    const file = await capex([...command.split(' '), 'a.yaml'], { cwd });
    const named = (text: string) => text.replaceAll('a.yaml', '-').replace(/ +#/g, ' #');
    expect({ code, out: named(out), err }).toEqual({
      code: 0,
      out: named(file.out),
      err: named(file.err),
    });
  },
);

it.concurrent('reads standard input beside other files', async () => {
  const cwd = folder({ 'a.yaml': scenario(), 'b.yaml': scenario({ id: 'other' }) });
  const piped = await bash('capex run --quiet - b.yaml < a.yaml', { cwd });
  expect(piped).toEqual(await bash('capex run --quiet a.yaml b.yaml', { cwd }));
});

it.concurrent.each([
  ['capex run - < /dev/null', 'capex: standard input is empty: `-` reads a scenario from it'],
  ['capex check - < bad.yaml', 'error[bounds] '],
  [
    '(cat a.yaml; echo "evidence: [a.csv]") | capex run -',
    'a scenario from standard input cannot name another file: `a.csv`',
  ],
  [
    'echo "extends: a.yaml" | capex run -',
    'a scenario from standard input cannot name another file: `a.yaml`',
  ],
])('never succeeds over nothing: %s', async (line, says) => {
  const { code, out, err } = await bash(line, { cwd: folder(files) });
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain(says);
});

it.concurrent('after -- a dash is the name of a file', async () => {
  const { code, err } = await capex(['run', '--', '-'], { cwd: folder(files) });
  const says = 'capex: cannot read `./-`: there is no such file or folder\n';
  expect({ code, err }).toEqual({ code: 74, err: says });
});

it('a file is the same source while its text is the same, so that it is parsed once', () => {
  const cwd = folder({ ...files, 'rates.csv': 'currency,rate\n' });
  const { beside } = fileReader();
  const request = { path: 'rates.csv', from: join(cwd, 'a.yaml'), encoding: 'utf-8' } as const;
  const read = () => {
    const found = beside({ ...request, confined: true });
    return found.ok ? found.value : expect.fail(found.diagnostics.message);
  };
  const first = read();
  expect(read()).toBe(first);
  writeFileSync(join(cwd, 'rates.csv'), 'currency,rate\nUSD,7\n');
  expect(read()).toEqual({ ...first, text: 'currency,rate\nUSD,7\n' });
});

it.concurrent('looks at the size of a file before it reads it', async () => {
  const ledger = 'evidence: [large.csv]\n';
  const cwd = folder({ 'large.yaml': '', 'large.csv': '', 'a.yaml': scenario() + ledger });
  // A terabyte of nothing, which takes no room on the disk, and which no memory holds.
  for (const name of ['large.yaml', 'large.csv']) truncateSync(join(cwd, name), 2 ** 40);
  const typed = await capex(['check', 'large.yaml'], { cwd });
  expect(typed.err).toContain('error[text-size] the file is larger than 32 MiB\n');
  const named = await capex(['check', 'a.yaml'], { cwd });
  expect(named.err).toContain('`large.csv` is larger than 32 MiB');
  const piped = await bash('yes | capex check -', { cwd });
  expect(piped.err).toContain('error[text-size] the file is larger than 32 MiB\n');
  expect([typed.code, named.code, piped.code]).toEqual([1, 1, 1]);
});
