/** Writes files so that a failure leaves the old file unchanged. */
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
import type { FilePieces } from '../shell.js';
import { EXIT, Stop, reasonOf } from './stop.js';

export function inBytes(piece: string | Uint8Array): Uint8Array {
  return typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece;
}

/**
 * Writes a file whole or not at all: first a temporary file beside it, which is synced and then renamed.
 *
 * @throws Stop if the file cannot be written; the old file is then unchanged
 */
export function writeWhole(path: string, pieces: FilePieces): void {
  const mode = modeOf(path);
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path)}.capex-${process.pid}.tmp`);
  try {
    removeOldTemporaries(folder, basename(path));
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
 * Writes a file that does not exist yet.
 *
 * @throws Stop if the file exists
 */
export function writeNew(path: string, pieces: FilePieces): void {
  if (modeOf(path) !== undefined) {
    throw new Stop(EXIT.io, `cannot write \`${path}\`: the file exists already`);
  }
  writeWhole(path, pieces);
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}

/** The permissions of the old file, for the new one. A symbolic link or a folder is not replaced. */
function modeOf(path: string): number | undefined {
  let found;
  try {
    found = lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw new Stop(EXIT.io, `cannot write \`${path}\`: ${reasonOf(error)}`);
  }
  if (!found) return undefined;
  if (found.isFile()) return found.mode & 0o777;
  const folder = found.isDirectory() ? 'it is a folder' : 'it is not a plain file';
  const reason = found.isSymbolicLink() ? 'it is a symbolic link' : folder;
  throw new Stop(EXIT.io, `cannot write \`${path}\`: ${reason}`);
}

/** Removes temporary files beside the file that an ended process has left. */
function removeOldTemporaries(folder: string, name: string): void {
  for (const entry of readdirSync(folder)) {
    const owner = entry.startsWith(`.${name}.capex-`) && /-(\d+)\.tmp$/.exec(entry);
    if (owner && !isAnother(Number(owner[1]))) remove(join(folder, entry));
  }
}

/** Whether another process with this number is running; in a container every run may have one number. */
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
    // The file does not exist, or another process has removed it: both are fine.
  }
}

/** Syncs the folder, so that the new name survives a power cut; some file systems cannot do it. */
function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r');
    fsyncSync(handle);
    closeSync(handle);
  } catch {
    // The file itself is synced and in place.
  }
}
