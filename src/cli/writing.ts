/** Writes files so that a failure leaves all old files unchanged. */
import {
  accessSync,
  closeSync,
  constants,
  copyFileSync,
  fchmodSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  readdirSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { FilePieces } from '../shell.js';
import { EXIT, Stop, reasonOf } from './stop.js';

/** A file to write. Its pieces may be made late: they are taken after those of the files before it. */
export interface OutputFile {
  readonly path: string;
  readonly pieces: FilePieces;
}

export function inBytes(piece: string | Uint8Array): Uint8Array {
  return typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece;
}

/**
 * Writes several files, all of them or none. Each is written to a temporary file beside its place first,
 * which is synced; they are renamed when all are there. If a rename fails, those before it are undone.
 *
 * @throws Stop if one of them cannot be written; all old files are then unchanged, or the message
 *   names those that are not
 */
export function writeTogether(outputs: readonly OutputFile[]): void {
  refuseOneFileTwice(outputs);
  const prepared: PreparedFile[] = [];
  try {
    for (const output of outputs) prepared.push(prepare(output));
    renameAll(prepared);
  } finally {
    for (const { temporary, old } of prepared) [temporary, old].forEach(remove);
  }
  for (const folder of new Set(prepared.map(({ path }) => dirname(path)))) syncFolder(folder);
}

/**
 * Writes a file whole or not at all.
 *
 * @throws Stop if the file cannot be written; the old file is then unchanged
 */
export function writeWhole(path: string, pieces: FilePieces): void {
  writeTogether([{ path, pieces }]);
}

/**
 * Writes a file that does not exist yet.
 *
 * @throws Stop if the file exists
 */
export function writeNew(path: string, pieces: FilePieces): void {
  if (modeOf(path) !== undefined) throw cannotWrite(path, 'the file exists already');
  writeWhole(path, pieces);
}

function refuseOneFileTwice(outputs: readonly OutputFile[]): void {
  const paths = outputs.map(({ path }) => resolve(path));
  const twice = outputs.find((_, i) => paths.indexOf(paths[i]!) !== i);
  if (twice) throw cannotWrite(twice.path, 'the command would write it twice');
}

/** A new file, whole and synced, that waits for its name. */
interface PreparedFile {
  readonly path: string;
  readonly temporary: string;
  /** The name that keeps the old file until all files are renamed. */
  readonly old: string;
  /** Whether there is an old file. */
  readonly replaces: boolean;
}

function prepare({ path, pieces }: OutputFile): PreparedFile {
  const mode = modeOf(path);
  const [folder, name] = [dirname(path), basename(path)];
  const [temporary, old] = ['tmp', 'old'].map((ending) =>
    join(folder, `.${name}.capex-${process.pid}.${ending}`),
  ) as [string, string];
  try {
    if (mode !== undefined) accessSync(path, constants.W_OK);
    removeOldTemporaries(folder, name);
    const file = openSync(temporary, 'wx', 0o666);
    try {
      if (mode !== undefined) fchmodSync(file, mode);
      for (const piece of pieces) writeAll(file, inBytes(piece));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    remove(temporary);
    throw error instanceof Stop ? error : cannotWrite(path, reasonOf(error));
  }
  return { path, temporary, old, replaces: mode !== undefined };
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}

/** Gives every prepared file its name, or none of them. */
function renameAll(prepared: readonly PreparedFile[]): void {
  const renamed: PreparedFile[] = [];
  for (const file of prepared) {
    try {
      if (prepared.length > 1 && file.replaces) keep(file);
      renameSync(file.temporary, file.path);
      renamed.push(file);
    } catch (error) {
      const left = renamed.reverse().filter((one) => !isUndone(one));
      const written = left.map((one) => `; \`${one.path}\` is written already`);
      throw cannotWrite(file.path, reasonOf(error) + written.join(''));
    }
  }
}

/** Keeps the old file under a second name; some file systems have no links. */
function keep({ path, old }: PreparedFile): void {
  try {
    linkSync(path, old);
  } catch {
    copyFileSync(path, old, constants.COPYFILE_EXCL);
  }
}

function isUndone({ path, old, replaces }: PreparedFile): boolean {
  try {
    if (replaces) renameSync(old, path);
    else unlinkSync(path);
    return true;
  } catch {
    return false;
  }
}

/** The permissions of the old file, for the new one. A symbolic link or a folder is not replaced. */
function modeOf(path: string): number | undefined {
  let found;
  try {
    found = lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw cannotWrite(path, reasonOf(error));
  }
  if (!found) return undefined;
  if (found.isFile()) return found.mode & 0o777;
  const folder = found.isDirectory() ? 'it is a folder' : 'it is not a plain file';
  throw cannotWrite(path, found.isSymbolicLink() ? 'it is a symbolic link' : folder);
}

function cannotWrite(path: string, reason: string): Stop {
  return new Stop(EXIT.io, `cannot write \`${path}\`: ${reason}`);
}

/** Removes temporary files beside the file that an ended process has left. */
function removeOldTemporaries(folder: string, name: string): void {
  for (const entry of readdirSync(folder)) {
    const owner = entry.startsWith(`.${name}.capex-`) && /-(\d+)\.(tmp|old)$/.exec(entry);
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
