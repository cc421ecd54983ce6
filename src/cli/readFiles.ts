/** Files: read exactly, by the names that people give them, and kept as they were read. */
import { failure, success, type Result } from '../core/result.js';
import { readFileSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { DIAGNOSTIC_CODES, type Diagnostic, type FileRequest, type ReadFile } from '../index.js';
import type { FileRefusal } from '../shell.js';
import { EXIT, reasonOf, Stop } from './stop.js';

/** A file as it was read. */
export interface FileRead {
  /** What it is called where it is shown: as typed, or beside the file that names it. */
  readonly name: string;
  /** Where it is. */
  readonly path: string;
  /** Whether its name was typed, and not found in another file. */
  readonly isTyped: boolean;
  readonly bytes: Buffer;
}

/** Reads files, and keeps what it has read. */
export interface FileReader {
  /** A file's text, or a diagnostic where its bytes are not UTF-8. A byte order mark is passed over. */
  readonly text: (name: string) => string | Diagnostic;
  /**
   * A file that another one names, by its place beside it. Where it has to lie in the folder of that
   * one, links are followed before that is decided.
   */
  readonly beside: ReadFile;
  /** By name, in the order in which they were read. */
  readonly files: ReadonlyMap<string, FileRead>;
}

/** @param pathOf where a file is that somebody names who is no file: its name, unless it has moved */
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
        message: `\`${written}\` lies outside the folder of the file that names it`,
        hint: 'copy it into that folder, so that the scenario is whole wherever it goes',
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
