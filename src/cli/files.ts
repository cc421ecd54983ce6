/** Files: read exactly, and written so that a failure leaves the old one as it was. */
import {
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DIAGNOSTIC_CODES, type Diagnostic } from '../index.js';
import { EXIT, Stop } from './terminal.js';

/** A file's text, or a diagnostic where its bytes are not UTF-8. A byte order mark is passed over. */
export function readText(path: string): string | Diagnostic {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new Stop(EXIT.io, `cannot read ${path}: ${reasonOf(error)}`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return notUtf8(path, bytes);
  }
}

function notUtf8(path: string, bytes: Buffer): Diagnostic {
  const text = new TextDecoder('utf-8').decode(bytes);
  const start = Math.max(text.indexOf('\uFFFD'), 0);
  return {
    code: 'text-encoding',
    severity: 'error',
    span: { source: { name: path, text }, start, end: start + 1 },
    message: DIAGNOSTIC_CODES['text-encoding'],
    hint: 'save the file as UTF-8',
  };
}

/**
 * Writes a file whole or not at all: a temporary file beside it, synced, then renamed over it.
 *
 * @throws Stop where the file cannot be written; the old one is then as it was
 */
export function writeWhole(path: string, text: string): void {
  refuseToReplace(path);
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path)}.capex-${process.pid}.tmp`);
  try {
    sweep(folder, basename(path));
    const file = openSync(temporary, 'wx', 0o666);
    try {
      writeAll(file, Buffer.from(text, 'utf8'));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
    syncFolder(folder);
  } catch (error) {
    remove(temporary);
    throw new Stop(EXIT.io, `cannot write ${path}: ${reasonOf(error)}`);
  }
}

function writeAll(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}

/** A link or a folder is not replaced by a file. */
function refuseToReplace(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found || found.isFile()) return;
  const kind = found.isSymbolicLink() ? 'a symbolic link' : 'no plain file';
  throw new Stop(EXIT.io, `cannot write ${path}: it is ${kind}`);
}

/** Removes what an earlier run of a process that is gone has left beside the file. */
function sweep(folder: string, name: string): void {
  for (const entry of readdirSync(folder)) {
    const owner = entry.startsWith(`.${name}.capex-`) && /-(\d+)\.tmp$/.exec(entry);
    if (owner && !isAlive(Number(owner[1]))) remove(join(folder, entry));
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function remove(path: string): void {
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

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file or folder',
    EACCES: 'permission denied',
    EISDIR: 'it is a folder',
    ENOTDIR: 'part of the path is no folder',
    ENOSPC: 'the disk is full',
    EROFS: 'the file system is read-only',
  };
  return reasons[code ?? ''] ?? message;
}
