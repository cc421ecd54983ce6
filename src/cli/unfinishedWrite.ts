/**
 * Renames of several files as one step. While the files get their names, a record lies in their folder. If the
 * command is killed there, the next command that reads or writes in the folder finds the record and puts the
 * old files back: nobody works with one new file and one old one.
 */
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { digestOf, type DigestOfFile } from './fileDigest.js';
import { EXIT, Stop, reasonOf } from './stop.js';
import { say } from './terminal.js';

/** A new file, whole and synced, that waits for its name. */
export interface PreparedFile {
  readonly path: string;
  readonly temporary: string;
  /** Whether there is an old file. */
  readonly replaces: boolean;
  /** The size and digest of the new file. */
  readonly digest: DigestOfFile;
}

type RecordedFile = Pick<PreparedFile, 'path' | 'replaces'> & { readonly hash: string };

interface WriteRecord {
  readonly pid: number;
  /** The record that counts, from the folder of this one: without it, all files are written, or none is. */
  readonly first: string;
  /** The files, from the folder of this record. */
  readonly files: readonly RecordedFile[];
}

/** The name of a record. */
export const RECORD = '.capex-unfinished';

/** The name of a file's new or old content while a process writes it. */
export function nameBeside(path: string, ending: 'tmp' | 'old', pid = process.pid): string {
  return join(dirname(path), `.${basename(path)}.capex-${pid}.${ending}`);
}

/**
 * Gives all files their names, or none.
 *
 * @throws Stop if one cannot be renamed; the others then have their old content, or the message names them
 */
export function renameAll(files: readonly PreparedFile[]): void {
  const records: string[] = [];
  const forget = () => {
    records.forEach(remove);
    for (const { path } of files) remove(nameBeside(path, 'old'));
  };
  try {
    if (files.length > 1) recordWrite(files, records);
  } catch (error) {
    forget();
    throw error;
  }
  for (const { temporary, path } of files) {
    try {
      renameSync(temporary, path);
    } catch (error) {
      const left = files.filter((file) => !isPutBack(recorded(file), process.pid));
      if (left.length === 0) forget();
      const told = left.map((one) => `; \`${one.path}\` is written already`);
      throw cannotWrite(path, reasonOf(error) + told.join(''));
    }
  }
  foldersOf(files).forEach(syncFolder);
  forget();
}

export function cannotWrite(path: string, reason: string): Stop {
  return new Stop(EXIT.io, `cannot write \`${path}\`: ${reason}`);
}

function foldersOf(files: readonly PreparedFile[]): string[] {
  return [...new Set(files.map(({ path }) => dirname(path)))];
}

/** Keeps the old files, then writes a record into every folder. `records` lists them, the first one first. */
function recordWrite(files: readonly PreparedFile[], records: string[]): void {
  const folders = foldersOf(files);
  const first = join(folders[0]!, RECORD);
  for (const file of files) {
    try {
      keepOld(file);
    } catch (error) {
      throw cannotWrite(file.path, reasonOf(error));
    }
  }
  for (const folder of folders.reverse()) {
    const named = files.map((file) => recorded(file, relative(folder, file.path)));
    const record: WriteRecord = { pid: process.pid, first: relative(folder, first), files: named };
    createRecord(join(folder, RECORD), JSON.stringify(record));
    records.unshift(join(folder, RECORD));
    syncFolder(folder);
  }
}

function recorded({ path, replaces, digest }: PreparedFile, as = path): RecordedFile {
  return { path: as, replaces, hash: digest.hash };
}

/** Keeps the old file under a second name; where there is none, an empty file says so. */
function keepOld({ path, replaces }: PreparedFile): void {
  const old = nameBeside(path, 'old');
  remove(old);
  if (replaces) linkOrCopy(path, old);
  else writeFileSync(old, '', { flag: 'wx' });
}

/** Another command may have begun to write in the folder since this one looked: it is waited for. */
function createRecord(path: string, text: string): void {
  const temporary = nameBeside(path, 'tmp');
  try {
    writeFileSync(temporary, text, { flush: true });
    while (!isCreated(path, temporary)) undoUnfinished(dirname(path));
  } catch (error) {
    throw error instanceof Stop ? error : cannotWrite(dirname(path), reasonOf(error));
  } finally {
    remove(temporary);
  }
}

/** Gives a file its name, unless another file has it. */
function isCreated(path: string, temporary: string): boolean {
  try {
    linkOrCopy(temporary, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** A second name for a file; some file systems have no links. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to, constants.COPYFILE_EXCL);
  }
}

/** Milliseconds between two looks at a record, and for how long another command is waited for. */
const MOMENT = 20;
const PATIENCE = 3000;

/**
 * Puts the old files back if a command was killed while it renamed files in a folder. A command that still does
 * it is waited for.
 *
 * @throws Stop if a file cannot be put back, or if the other command does not end
 */
export function undoUnfinished(folder: string): void {
  const path = join(folder, RECORD);
  for (let waited = 0; existsSync(path); waited += MOMENT) {
    const record = recordIn(path);
    if (!record || !isWriting(record, path)) {
      undo(path, record);
      return;
    }
    if (waited >= PATIENCE) throw cannotWrite(folder, 'another command is writing there');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, MOMENT);
  }
}

const LONGEST_RECORD = 1_000_000;

/** Nothing for a record that is not whole: the renames had not begun. */
function recordIn(path: string): WriteRecord | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found?.isFile() || found.size > LONGEST_RECORD) return undefined;
  try {
    const { pid, first, files } = JSON.parse(readFileSync(path, 'utf8')) as WriteRecord;
    const named = files.map(({ path, replaces, hash }) => ({ path, replaces, hash }));
    const texts = [first, ...named.flatMap((file) => [file.path, file.hash])];
    const isWhole = Number.isSafeInteger(pid) && texts.every((text) => typeof text === 'string');
    return isWhole && basename(first) === RECORD ? { pid, first, files: named } : undefined;
  } catch {
    return undefined;
  }
}

/** Renames take milliseconds: after a minute, another process has the number. */
const LONGEST_WRITE = 60_000;

function isWriting({ pid }: WriteRecord, path: string): boolean {
  const began = lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return isAnother(pid) && Date.now() - began < LONGEST_WRITE;
}

function undo(path: string, record: WriteRecord | undefined): void {
  const folder = dirname(path);
  const first = join(folder, record?.first ?? RECORD);
  if (record && existsSync(first)) {
    const files = record.files.map((file) => ({ ...file, path: join(folder, file.path) }));
    const left = files.find((file) => !isPutBack(file, record.pid));
    if (left) throw cannotWrite(left.path, 'the old content cannot be put back after a kill');
    const names = files.map((file) => `\`${file.path}\``).join(', ');
    const told = `a command was killed while it wrote ${names}: the old content is back`;
    void say(told).catch(() => undefined);
    remove(first);
  }
  remove(path);
}

/** Puts the old content back, unless somebody has changed the file since. */
function isPutBack({ path, replaces, hash }: RecordedFile, pid: number): boolean {
  const old = nameBeside(path, 'old', pid);
  if (!existsSync(old)) return true; // done before
  try {
    const isFile = lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
    if (isFile && digestOf(readFileSync(path)).hash === hash) {
      if (replaces) renameSync(old, path);
      else unlinkSync(path);
    }
    remove(old);
    return true;
  } catch {
    return false;
  }
}

/** Whether another process with this number is running; in a container every run may have one number. */
export function isAnother(pid: number): boolean {
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
