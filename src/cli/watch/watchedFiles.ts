/** What a command has found where it looked for files: a reader that remembers it, and what differs from it later. */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { LARGEST_TEXT } from '../../shell.js';
import { digestOf } from '../fileDigest.js';
import { fileReader, type FileReader } from '../readFiles.js';
import { undoUnfinished } from '../unfinishedWrite.js';

/** What stands at a path. */
export interface FileState {
  /** Differs where a reader would find something else: another content, another file behind a link, or no file. */
  readonly mark: string;
  /** The file behind all links, if there is one. */
  readonly target?: string;
  /** Nothing if the file is too large for a text. */
  readonly bytes?: Buffer;
  /** Why there are no bytes to read. */
  readonly error?: unknown;
}

/** States by path; also of paths at which there was no file. */
export type FileStates = ReadonlyMap<string, FileState>;

/**
 * A reader that reads each file once, and what it finds where. Whatever is written while it reads, either the
 * reader has found that, or `changedPaths` finds it.
 */
export function watchedReader(): { readonly reader: FileReader; readonly states: FileStates } {
  const states = new Map<string, FileState>();
  const look = (path: string): FileState => {
    const state = states.get(path) ?? firstLook(path);
    states.set(path, state);
    return state;
  };
  const bytesAt = (path: string) => {
    const { bytes, error } = look(path);
    if (error !== undefined) throw error as Error;
    return bytes;
  };
  return { reader: fileReader({ bytesAt, lookingAt: (path) => void look(path) }), states };
}

/** The state after a write of several files that was killed in the folder is undone. */
function firstLook(path: string): FileState {
  const before = stateAt(path);
  try {
    undoUnfinished(dirname(path));
  } catch (error) {
    return { ...before, error };
  }
  return stateAt(path);
}

/** The paths at which something else stands now. */
export function changedPaths(states: FileStates): readonly string[] {
  const changed = [...states].filter(([path, { mark }]) => stateAt(path).mark !== mark);
  return changed.map(([path]) => path);
}

function stateAt(path: string): FileState {
  let target: string | undefined;
  try {
    target = realpathSync(path);
    const found = statSync(path);
    // A pipe gives its bytes once only, and would be waited for.
    if (!found.isFile() && !found.isDirectory()) throw new Error('it is not a plain file');
    const { size, mtimeMs } = found;
    if (size > LARGEST_TEXT) return { mark: `${target}\0${size} ${mtimeMs}`, target };
    const bytes = readFileSync(path);
    return { mark: `${target}\0${digestOf(bytes).hash}`, target, bytes };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const mark = `${target ?? ''}\0${code ?? message}`;
    return { mark, error, ...(target !== undefined && { target }) };
  }
}
