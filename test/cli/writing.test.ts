/** What is refused before anything is written, and what a command killed at a random moment leaves. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statfsSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { writeTogether, type OutputFile } from '../../src/cli/writing.js';
import { BIN, bash, capex, folder, scenario } from '../support/capex.js';
import { runHere } from '../support/inProcess.js';

const text = (cwd: string, name: string) => readFileSync(join(cwd, name), 'utf8');

function reasonOf(outputs: readonly OutputFile[]): string {
  try {
    writeTogether(outputs);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

it('refuses two outputs that are one file', () => {
  const path = join(folder(), 'a.csv');
  const pieces = ['new'];
  const other = `${folder()}/../${path.split('/').slice(-2).join('/')}`;
  expect(reasonOf([path, other].map((one) => ({ path: one, pieces })))).toContain('write it twice');
});

it('refuses a file that has changed since it was read, and writes no other', () => {
  const cwd = folder({ 'a.yaml': 'old', 'b.yaml': 'edited' });
  const was = Buffer.from('old');
  const outputs = ['a.yaml', 'b.yaml'].map((name) => ({
    ...{ path: join(cwd, name), pieces: ['new'], was },
  }));
  expect(reasonOf(outputs)).toContain('it has changed since this command read it');
  expect([text(cwd, 'a.yaml'), text(cwd, 'b.yaml')]).toEqual(['old', 'edited']);
});

it('puts the files back that were renamed before one that cannot be', () => {
  const cwd = folder({ 'a.csv': 'old' });
  const [path, blocked] = [join(cwd, 'a.csv'), join(cwd, 'b.csv')];
  const pieces = () => {
    mkdirSync(blocked); // after it was looked at
    return ['new'];
  };
  const outputs = [
    { path, pieces: ['new'] },
    { path: blocked, pieces },
  ];
  expect(reasonOf(outputs)).toBe(`cannot write \`${blocked}\`: it is a folder`);
  expect(text(cwd, 'a.csv')).toBe('old');
  expect(readdirSync(cwd)).toEqual(['a.csv', 'b.csv']);
});

it.concurrent.each([
  ['x.csv', 'link', 'it is a symbolic link'],
  ['x.csv', 'folder', 'it is a folder'],
  ['x.csv', 'pipe', 'it is not a plain file'],
  ['x.datapackage.json', 'link', 'it is a symbolic link'],
  ['x.datapackage.json', 'folder', 'it is a folder'],
  ['x.datapackage.json', 'package', 'it is not a manifest of this command'],
])('writes neither file where %s is a %s', async (name, kind, reason) => {
  const cwd = folder({ 'a.yaml': scenario(), target: 'old' });
  const path = join(cwd, name);
  if (kind === 'link') symlinkSync('target', path);
  if (kind === 'folder') mkdirSync(path);
  if (kind === 'pipe') spawnSync('mkfifo', [path]);
  if (kind === 'package') writeFileSync(path, '{ "name": "prices", "resources": [] }');
  const { code, out, err } = await capex(['run', 'a.yaml', '-o', 'x.csv', '--quiet'], { cwd });
  expect({ code, out }).toEqual({ code: 74, out: '' });
  expect(err).toContain(`capex: cannot write \`${name}\`: ${reason}`);
  expect(readdirSync(cwd).sort()).toEqual(['a.yaml', 'target', name].sort());
  expect(text(cwd, 'target')).toBe('old');
});

it.concurrent('does not write data under the name of a manifest', async () => {
  const cwd = folder({ 'a.yaml': scenario() });
  const { code, err } = await capex(['run', 'a.yaml', '-o', 'x.datapackage.json'], { cwd });
  expect(code).toBe(2);
  expect(err).toContain('only a manifest has a name that ends so');
});

/** A user who is not root, as whom nothing may be written here. */
const NOBODY = 65534;

it('writes nothing into a folder without permission', () => {
  const cwd = folder({ 'a.yaml': scenario() });
  chmodSync(cwd, 0o555);
  const args = [BIN, 'run', 'a.yaml', '-o', 'x.csv', '--quiet'];
  const user = process.getuid?.() === 0 ? { uid: NOBODY } : {};
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8', ...user });
  const said = 'capex: cannot write `x.csv`: permission denied\n';
  expect({ status, stderr }).toEqual({ status: 74, stderr: said });
  expect(readdirSync(cwd)).toEqual(['a.yaml']);
});

it.concurrent('writes neither file on a disk that is full', async () => {
  const cwd = folder({ 'a.yaml': scenario(), 'x.csv': 'old' });
  const line = 'ulimit -f 3; capex run a.yaml -o x.csv --quiet; echo $?'; // enough for the data alone
  const { out, err } = await bash(line, { cwd });
  expect({ out, err }).toEqual({
    out: '74\n',
    err: 'capex: cannot write `x.datapackage.json`: the file would be larger than is allowed\n',
  });
  expect(text(cwd, 'x.csv')).toBe('old');
  expect(readdirSync(cwd).sort()).toEqual(['a.yaml', 'x.csv']);
});

/** A disk of its own, of so many kB, over a folder; nothing where that is not allowed. */
function smallDisk(size: number): string | undefined {
  const path = folder();
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}k`, 'tmpfs', path]);
  return status === 0 ? path : undefined;
}

const DISK = smallDisk(128);
afterAll(() => {
  if (DISK !== undefined) spawnSync('umount', [DISK]);
});

it.skipIf(DISK === undefined)(
  'leaves old files or new ones on a disk with any space left',
  async () => {
    const names = ['x.csv', 'x.datapackage.json'];
    const contents = () => names.map((name) => text(DISK!, name)).join('');
    const run = (...more: string[]) =>
      runHere(['run', 'a.yaml', '-o', 'x.csv', ...more], { cwd: DISK! });
    writeFileSync(join(DISK!, 'a.yaml'), scenario());
    const codes = new Set<number>();
    for (let left = 0; left < 24; left += 2) {
      rmSync(join(DISK!, 'filler'), { force: true });
      expect((await run()).code).toBe(0);
      const old = contents();
      const { bavail, bsize } = statfsSync(DISK!);
      writeFileSync(join(DISK!, 'filler'), Buffer.alloc((bavail - left) * bsize));
      const { code, err } = await run('--set', 'envelope=900 CNY');
      codes.add(code);
      expect(contents() === old, err).toBe(code !== 0);
      if (code !== 0) expect(err).toMatch(/^capex: cannot write `.*`: the disk is full$/m);
      expect(readdirSync(DISK!).sort()).toEqual(['a.yaml', 'filler', ...names]);
    }
    expect([...codes].sort()).toEqual([0, 74]);
  },
);

it.concurrent.each([
  ['the scenario by another spelling', 'a.json', './a.json'],
  ['the scenario by a link', 'link.json', 'a.json'],
  ['the scenario by a second name', 'a.json', 'second.json'],
  ['a parent', 'child.yaml', 'a.json'],
])('does not write over %s', async (_, file, output) => {
  const cwd = folder({ 'a.json': scenario(), 'child.yaml': 'scenario: c\nextends: a.json\n' });
  symlinkSync('a.json', join(cwd, 'link.json'));
  linkSync(join(cwd, 'a.json'), join(cwd, 'second.json'));
  const { code, err } = await capex(['run', file, '-o', output, '--quiet'], { cwd });
  expect(code).toBe(2);
  expect(err).toMatch(/^capex: cannot write `.*`: this command reads it/);
  expect(text(cwd, 'a.json')).toBe(scenario());
  expect(readdirSync(cwd)).toHaveLength(4);
});
