import { mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { changedPaths, watchedReader } from '../../../src/cli/watch/watchedFiles.js';
import { folder, run } from '../../support/capex.js';

/** A file that names others, which a reader has read or looked for. */
function readers(files: Readonly<Record<string, string>>, ...named: readonly string[]) {
  const cwd = folder({ 'a.yaml': 'a', ...files });
  const { reader, states } = watchedReader();
  const from = join(cwd, 'a.yaml');
  reader.text(from);
  const read = (path: string) => reader.beside({ path, from, confined: true, encoding: 'utf-8' });
  const results = named.map(read);
  const changed = () => changedPaths(states).map((path) => path.slice(cwd.length + 1));
  return { cwd, read, results, changed };
}

it('reads a file once, so that all who ask for it get one text, and finds what was written since', () => {
  const { cwd, read, changed } = readers({ 'b.csv': 'one' }, 'b.csv');
  expect(changed()).toEqual([]);
  writeFileSync(join(cwd, 'b.csv'), 'two');
  expect(read('b.csv')).toMatchObject({ ok: true, value: { text: 'one' } });
  expect(changed()).toEqual(['b.csv']);
  writeFileSync(join(cwd, 'b.csv'), 'one');
  expect(changed()).toEqual([]);
});

it('finds a file that was not there, in either spelling of its name', () => {
  const [one, two] = ['caf\u00E9.csv', 'cafe\u0301.csv'] as const;
  const { cwd, results, changed } = readers({}, one, 'sub/b.csv');
  expect(results.map(({ ok }) => ok)).toEqual([false, false]);
  expect(changed()).toEqual([]);
  writeFileSync(join(cwd, two), '');
  mkdirSync(join(cwd, 'sub'));
  expect(changed()).toEqual([two]);
  writeFileSync(join(cwd, 'sub/b.csv'), '');
  expect(changed()).toEqual([two, 'sub/b.csv']);
});

it('finds a file that is gone, became a folder, or has another one in its place', () => {
  const { cwd, changed } = readers({ 'b.csv': 'b', 'c.csv': 'c', 'd.csv': 'd' }, 'b.csv', 'c.csv');
  rmSync(join(cwd, 'b.csv'));
  expect(changed()).toEqual(['b.csv']);
  mkdirSync(join(cwd, 'b.csv'));
  renameSync(join(cwd, 'd.csv'), join(cwd, 'c.csv'));
  expect(changed()).toEqual(['b.csv', 'c.csv']);
});

it('finds a link that leads elsewhere, also where that has the same bytes', () => {
  const { cwd } = readers({ 'b.csv': 'same', 'c.csv': 'same' });
  symlinkSync('b.csv', join(cwd, 'link.csv'));
  const { reader, states } = watchedReader();
  expect(reader.text(join(cwd, 'link.csv'))).toBe('same');
  expect(changedPaths(states)).toEqual([]);
  unlinkSync(join(cwd, 'link.csv'));
  symlinkSync('c.csv', join(cwd, 'link.csv'));
  expect(changedPaths(states)).toEqual([join(cwd, 'link.csv')]);
});

it('does not wait for a pipe, and finds a file in its place', async () => {
  const { cwd } = readers({});
  await run('mkfifo', [join(cwd, 'pipe.csv')]).done;
  const { reader, states } = watchedReader();
  const path = join(cwd, 'pipe.csv');
  expect(() => reader.text(path)).toThrow('it is not a plain file');
  expect(changedPaths(states)).toEqual([]);
  unlinkSync(path);
  writeFileSync(path, '');
  expect(changedPaths(states)).toEqual([path]);
});
