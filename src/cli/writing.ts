/** Writing files so that a failure leaves the old one as it was. */
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { EXIT, reasonOf, Stop } from './stop.js';

/** What a file is written from: text, or bytes where it is none. */
export type Pieces = Iterable<string | Uint8Array>;

export function inBytes(piece: string | Uint8Array): Uint8Array {
  return typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece;
}

/**
 * Writes a file whole or not at all, piece by piece: a temporary file beside it, synced, then renamed
 * over it.
 *
 * @throws Stop where the file cannot be written; the old one is then as it was
 */
export function writeWhole(path: string, pieces: Pieces): void {
  const mode = modeOf(path);
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path)}.capex-${process.pid}.tmp`);
  try {
    sweep(folder, basename(path));
    const file = openSync(temporary, 'wx', 0o666);
    try {
      if (mode !== undefined) fchmodSync(file, mode);
      for (const piece of pieces) writeAll(file, inBytes(piece));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
    syncFolder(folder);
  } catch (error) {
    remove(temporary);
    throw new Stop(EXIT.io, `cannot write \`${path}\`: ${reasonOf(error)}`);
  }
}

/**
 * The same for a file that is not there yet.
 *
 * @throws Stop where there is one already
 */
export function writeNew(path: string, pieces: Pieces): void {
  if (modeOf(path) !== undefined) {
    throw new Stop(EXIT.io, `cannot write \`${path}\`: there is such a file already`);
  }
  writeWhole(path, pieces);
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}

/** Who may read and write the old file, and so the new one. A link or a folder is not replaced. */
function modeOf(path: string): number | undefined {
  let found;
  try {
    found = lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw new Stop(EXIT.io, `cannot write \`${path}\`: ${reasonOf(error)}`);
  }
  if (!found) return undefined;
  if (found.isFile()) return found.mode & 0o777;
  const folder = found.isDirectory() ? 'it is a folder' : 'it is no plain file';
  const reason = found.isSymbolicLink() ? 'it is a symbolic link' : folder;
  throw new Stop(EXIT.io, `cannot write \`${path}\`: ${reason}`);
}

/** Removes what an earlier run of a process that is gone has left beside the file. */
function sweep(folder: string, name: string): void {
  for (const entry of readdirSync(folder)) {
    const owner = entry.startsWith(`.${name}.capex-`) && /-(\d+)\.tmp$/.exec(entry);
    if (owner && !isAnother(Number(owner[1]))) remove(join(folder, entry));
  }
}

/** A living process other than this one; in a container every run may have the same number. */
function isAnother(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

export function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It was never there, or somebody else has removed it: both are what is wanted.
  }
}

/** Makes the new name survive a power cut; some file systems cannot sync a folder. */
function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r');
    fsyncSync(handle);
    closeSync(handle);
  } catch {
    // The file itself is synced and in place.
  }
}
