import { mkdirSync, renameSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { fileWatch, type FileWatch } from '../../../src/cli/watch/fileWatch.js';
import { watchedReader } from '../../../src/cli/watch/watchedFiles.js';
import { folder } from '../../support/capex.js';
import { until } from '../../support/watching.js';

let watches: FileWatch[] = [];
afterEach(async () => {
  for (const one of watches) one.close();
  watches = [];
  const left = () => process.getActiveResourcesInfo().includes('FSEventWrap');
  await until(
    () => !left(),
    () => 'the end of all that is watched',
  );
});

/** A file that is watched since it was read. */
function watched(path: string) {
  const { reader, states } = watchedReader();
  reader.text(path);
  const watch = fileWatch();
  watches.push(watch);
  return { watch, next: (isOver = () => false) => watch.next(states, isOver) };
}

it('waits until a save has ended, and tells the file once', async () => {
  const path = join(folder({ 'a.yaml': 'one' }), 'a.yaml');
  const { next } = watched(path);
  const began = performance.now();
  const found = next();
  writeFileSync(path, '');
  setTimeout(() => writeFileSync(path, 'two'), 20);
  expect(await found).toEqual([path]);
  expect(performance.now() - began).toBeGreaterThan(50);
});

it('finds a change that was made before it was asked', async () => {
  const path = join(folder({ 'a.yaml': 'one' }), 'a.yaml');
  const { next } = watched(path);
  writeFileSync(path, 'two');
  expect(await next()).toEqual([path]);
});

it('passes over other files of the folder, and over a change that is taken back', async () => {
  const cwd = folder({ 'a.yaml': 'one' });
  const path = join(cwd, 'a.yaml');
  const { watch, next } = watched(path);
  let isOver = false;
  const found = next(() => isOver);
  writeFileSync(join(cwd, 'other'), 'x');
  writeFileSync(path, 'two');
  writeFileSync(path, 'one');
  setTimeout(() => {
    isOver = true;
    watch.wake();
  }, 200);
  expect(await found).toEqual([]);
});

it('finds within a second or two what the system does not tell', async () => {
  const cwd = folder();
  for (const name of ['one', 'two']) {
    mkdirSync(join(cwd, name));
    writeFileSync(join(cwd, name, 'a.yaml'), name);
  }
  symlinkSync('one', join(cwd, 'now'));
  const path = join(cwd, 'now/a.yaml');
  const { next } = watched(path);
  const found = next();
  unlinkSync(join(cwd, 'now'));
  symlinkSync('two', join(cwd, 'now'));
  expect(await found).toEqual([path]);
});

it('follows a folder that is made anew', async () => {
  const cwd = folder();
  mkdirSync(join(cwd, 'sub'));
  const path = join(cwd, 'sub/a.yaml');
  writeFileSync(path, 'one');
  const { watch, next } = watched(path);
  const first = next();
  renameSync(join(cwd, 'sub'), join(cwd, 'old'));
  mkdirSync(join(cwd, 'sub'));
  writeFileSync(path, 'two');
  expect(await first).toEqual([path]);
  const { reader, states } = watchedReader();
  reader.text(path);
  const second = watch.next(states, () => false);
  writeFileSync(path, 'three');
  expect(await second).toEqual([path]);
});
