/** Writes files so that a failure leaves all old files unchanged. */
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  readdirSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { FilePieces } from '../shell.js';
import { fileHasher, type DigestOfFile } from './fileDigest.js';
import { EXIT, Stop, reasonOf } from './stop.js';
import {
  RECORD,
  cannotWrite,
  isAnother,
  nameBeside,
  remove,
  renameAll,
  undoUnfinished,
  type PreparedFile,
} from './unfinishedWrite.js';

/** A file to write. */
export interface OutputFile {
  readonly path: string;
  /** The content, or what makes it from the sizes and digests of the files before it in the list. */
  readonly pieces: FilePieces | ((before: readonly DigestOfFile[]) => FilePieces);
  /** The bytes that the command has read in the file: it is not written if they have changed since. */
  readonly was?: Buffer;
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
  for (const { path } of outputs) lookAtOutput(path);
  for (const folder of new Set(outputs.map(({ path }) => dirname(path)))) {
    undoUnfinished(folder);
    removeOldTemporaries(join(folder, RECORD));
  }
  const prepared: PreparedFile[] = [];
  try {
    for (const output of outputs) prepared.push(prepare(output, prepared));
    renameAll(prepared);
  } finally {
    for (const { temporary } of prepared) remove(temporary);
  }
}

/**
 * Writes a file whole or not at all.
 *
 * @throws Stop if the file cannot be written; the old file is then unchanged
 */
export function writeWhole(path: string, pieces: FilePieces): void {
  writeTogether([{ path, pieces }]);
}

/** A text for a file that does not exist yet. */
export interface NewText {
  readonly path: string;
  readonly text: string;
}

/**
 * Writes files that do not exist yet, all of them or none. A file that holds its text already stays as it is.
 *
 * @param isForced whether a file with another text is written over
 * @throws Stop if there is such a file, and the command is not forced
 */
export function writeNew(files: readonly NewText[], isForced: boolean): void {
  const changed = files.filter(({ path, text }) => {
    if (modeOf(path) === undefined) return true;
    return !attempt(path, () => readFileSync(path)).equals(Buffer.from(text));
  });
  const old = changed.find(({ path }) => modeOf(path) !== undefined);
  if (old && !isForced) {
    throw cannotWrite(old.path, 'the file exists already; write over it with --force');
  }
  writeTogether(changed.map(({ path, text }) => ({ path, pieces: [text] })));
}

/**
 * Looks whether a file can be written, before the command works for it.
 *
 * @throws Stop if it is a folder or a link, or if there is no permission
 */
export function lookAtOutput(path: string): void {
  const isThere = modeOf(path) !== undefined;
  attempt(path, () => {
    accessSync(dirname(path), constants.W_OK);
    if (isThere) accessSync(path, constants.W_OK);
  });
}

/**
 * Refuses to write over a file that the command reads, by whatever name or link it is read.
 *
 * @throws Stop if the file is one of the outputs
 */
export function refuseWritingOver(outputs: readonly string[], read: string): void {
  const found = identityOf(read);
  const output = outputs.find((path) => found !== undefined && identityOf(path) === found);
  if (output === undefined) return;
  const name = output === read ? 'it' : `it as \`${read}\``;
  throw new Stop(EXIT.usage, `cannot write \`${output}\`: this command reads ${name}`);
}

/** Which file of which disk it is; nothing if there is none. */
function identityOf(path: string): string | undefined {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}

function refuseOneFileTwice(outputs: readonly OutputFile[]): void {
  const paths = outputs.map(({ path }) => resolve(path));
  const twice = outputs.find((_, i) => paths.indexOf(paths[i]!) !== i);
  if (twice) throw cannotWrite(twice.path, 'the command would write it twice');
}

/** Writes the new content of a file beside its place. */
function prepare({ path, pieces, was }: OutputFile, before: readonly PreparedFile[]): PreparedFile {
  const mode = modeOf(path);
  const temporary = nameBeside(path, 'tmp');
  return attempt(path, () => {
    if (was && !readFileSync(path).equals(was)) {
      throw cannotWrite(path, 'it has changed since this command read it');
    }
    removeOldTemporaries(path);
    const content =
      typeof pieces === 'function' ? pieces(before.map(({ digest }) => digest)) : pieces;
    const digest = writeTemporary(temporary, content, mode);
    return { path, temporary, replaces: mode !== undefined, digest };
  });
}

function writeTemporary(
  temporary: string,
  pieces: FilePieces,
  mode: number | undefined,
): DigestOfFile {
  const { add, end } = fileHasher();
  const file = openSync(temporary, 'wx', 0o666);
  try {
    if (mode !== undefined) fchmodSync(file, mode);
    for (const piece of pieces) {
      const bytes = inBytes(piece);
      add(bytes);
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
    }
    fsyncSync(file);
    return end();
  } catch (error) {
    remove(temporary);
    throw error;
  } finally {
    closeSync(file);
  }
}

/** @throws Stop with the reason why a file cannot be written */
function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw error instanceof Stop ? error : cannotWrite(path, reasonOf(error));
  }
}

/** The permissions of the old file, for the new one. A symbolic link or a folder is not replaced. */
function modeOf(path: string): number | undefined {
  const found = attempt(path, () => lstatSync(path, { throwIfNoEntry: false }));
  if (!found) return undefined;
  if (found.isFile()) return found.mode & 0o777;
  const folder = found.isDirectory() ? 'it is a folder' : 'it is not a plain file';
  throw cannotWrite(path, found.isSymbolicLink() ? 'it is a symbolic link' : folder);
}

/** Removes files beside the file that an ended process has left. */
function removeOldTemporaries(path: string): void {
  const [folder, start] = [dirname(path), `.${basename(path)}.capex-`];
  for (const entry of readdirSync(folder)) {
    const owner = entry.startsWith(start) && /-(\d+)\.(tmp|old)$/.exec(entry);
    if (owner && !isAnother(Number(owner[1]))) remove(join(folder, entry));
  }
}
