/** Reads files and keeps their bytes, for manifests and imports. */
import { readFileSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';
import {
  DIAGNOSTIC_CODES,
  type Diagnostic,
  type FileRequest,
  type ReadFile,
  type Result,
} from '../index.js';
import { failure, success, type FileRefusal } from '../shell.js';
import { EXIT, Stop, reasonOf } from './stop.js';

/** A file as it was read. */
export interface FileRead {
  /** Its name in messages: as typed, or relative to the file that names it. */
  readonly name: string;
  /** Where it is. */
  readonly path: string;
  /** Whether a person typed its name; else another file names it. */
  readonly isTyped: boolean;
  readonly bytes: Buffer;
}

/** Reads files, and keeps them. */
export interface FileReader {
  /** The text of a file without a byte order mark, or a diagnostic if its bytes are not UTF-8. */
  readonly text: (name: string) => string | Diagnostic;
  /**
   * Reads a file that another file names, relative to it. If the file must lie in the folder of that
   * file, symbolic links are resolved before the check.
   */
  readonly beside: ReadFile;
  /** By name, in the order in which they were read. */
  readonly files: ReadonlyMap<string, FileRead>;
}

/** @param pathOf the path of a file named on the command line; by default, its name */
export function fileReader(pathOf: (name: string) => string = (name) => name): FileReader {
  const files = new Map<string, FileRead>();
  const take = (name: string, path: string, isTyped: boolean): Buffer => {
    const bytes = readFileSync(path);
    files.set(name, { name, path, isTyped: isTyped || files.get(name)?.isTyped === true, bytes });
    return bytes;
  };
  return {
    text: (name) => textOf(name, () => take(name, pathOf(name), true)),
    beside: (request) => {
      const from = files.get(request.from)?.path ?? request.from;
      const path = besideOf(request.path, from);
      const name = besideOf(request.path, request.from);
      const found = namedText(request, { path, from }, () => take(name, path, false));
      return found.ok ? success({ name, text: found.value }) : found;
    },
    files,
  };
}

function besideOf(path: string, from: string): string {
  return isAbsolute(path) ? path : join(dirname(from), path);
}

function textOf(name: string, read: () => Buffer): string | Diagnostic {
  let bytes: Buffer;
  try {
    bytes = read();
  } catch (error) {
    throw new Stop(EXIT.io, `cannot read \`${name}\`: ${reasonOf(error)}`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return notUtf8(name, bytes);
  }
}

function notUtf8(name: string, bytes: Buffer): Diagnostic {
  const text = new TextDecoder('utf-8').decode(bytes);
  const start = Math.max(text.indexOf('\uFFFD'), 0);
  return {
    code: 'text-encoding',
    severity: 'error',
    span: { source: { name, text }, start, end: start + 1 },
    message: DIAGNOSTIC_CODES['text-encoding'],
    hint: 'save the file as UTF-8',
  };
}

function namedText(
  { path: written, encoding, confined }: FileRequest,
  { path, from }: { readonly path: string; readonly from: string },
  read: () => Buffer,
): Result<string, FileRefusal> {
  try {
    const inside = relative(realpathSync(dirname(from)), realpathSync(path));
    if (confined && (inside.startsWith('..') || isAbsolute(inside))) {
      return failure({
        message: `\`${written}\` is outside the folder of the file that names it`,
        hint: 'copy it into that folder, so that the scenario and its files can be moved together',
      });
    }
    return success(new TextDecoder(encoding, { fatal: true }).decode(read()));
  } catch (error) {
    if (!(error instanceof TypeError)) {
      return failure({
        message: `cannot read \`${written}\`: ${reasonOf(error)}`,
        hint: 'check the name of the file',
      });
    }
    const other =
      encoding === 'utf-8' ? 'or declare `encoding: gb18030`' : 'or leave `encoding` out';
    return failure({
      message: `\`${written}\` is not ${encoding}`,
      hint: `save it as UTF-8, ${other}`,
    });
  }
}
