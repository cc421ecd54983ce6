/** Builds the command before the tests if a source file is newer than the bundle. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = ['src', 'build', 'bin', 'package-lock.json'];
const BUNDLE = 'dist/capex.cjs';

export function setup(): void {
  if (existsSync(BUNDLE) && SOURCES.every((path) => newest(path) < statSync(BUNDLE).mtimeMs))
    return;
  const { status } = spawnSync(process.execPath, ['build/bundle.js'], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the bundle cannot be made');
}

/** When a file, or anything below a folder, was last changed. */
function newest(path: string): number {
  const own = statSync(path);
  if (!own.isDirectory()) return own.mtimeMs;
  return Math.max(...readdirSync(path).map((name) => newest(join(path, name))));
}
