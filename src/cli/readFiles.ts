/** Reads files and keeps their bytes, for manifests and imports. */
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { Diagnostic, FileRequest, ReadFile, Result, SourceText } from '../index.js';
import {
  LARGEST_TEXT,
  failure,
  readSheetTables,
  sheetText,
  success,
  type Encoding,
  type FileRefusal,
  type SheetTables,
} from '../shell.js';
import { decodeText, type NotText } from './decodeText.js';
import { STANDARD_INPUT } from './cliArguments.js';
import { EXIT, Stop, reasonOf } from './stop.js';
import { undoUnfinished } from './unfinishedWrite.js';
import { refuseWritingOver } from './writing.js';

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
  /** The text of a file without a byte order mark, or a diagnostic if its bytes are not in its encoding, UTF-8 unless given. */
  readonly text: (name: string, encoding?: Encoding) => string | Diagnostic;
  /**
   * Reads a file that another file names, relative to it. If the file must lie in the folder of that
   * file, symbolic links are resolved before the check.
   */
  readonly beside: ReadFile;
  /**
   * Reads the workbooks that were asked for and not read yet, which takes more than one step.
   *
   * @returns whether there were any: what asked for them has to ask again
   */
  readonly readWorkbooks: () => Promise<boolean>;
  /** By name, in the order in which they were read. */
  readonly files: ReadonlyMap<string, FileRead>;
}

/** What a reader may read, and from where. */
export interface ReaderSettings {
  /** The path of a file named on the command line; by default, its name. */
  readonly pathOf?: (name: string) => string;
  /** The bytes of a file, or nothing if it is too large for a text; by default, of any that can be read. */
  readonly bytesAt?: (path: string) => Buffer | undefined;
  /** Is told every path at which a file that another file names is looked for, before that is done. */
  readonly lookingAt?: (path: string) => void;
  /** The files that the command writes: it does not read them. */
  readonly outputs?: readonly string[];
  /** The bytes of standard input, if `-` is one of the files. */
  readonly piped?: Buffer;
}

export function fileReader(settings: ReaderSettings = {}): FileReader {
  const { pathOf = (name: string) => name, bytesAt = bytesOfText, outputs = [], piped } = settings;
  const files = new Map<string, FileRead>();
  const sources = new Map<string, SourceText>();
  // A file that says what it said before is the source that it was: what was parsed of it holds.
  const sourceOf = (name: string, text: string): SourceText => {
    const known = sources.get(name);
    const source = known?.text === text ? known : { name, text };
    sources.set(name, source);
    return source;
  };
  const take = (name: string, path: string, isTyped: boolean): Buffer | undefined => {
    const isPiped = piped && name === STANDARD_INPUT;
    if (!isPiped) refuseWritingOver(outputs, path);
    const bytes = isPiped ? piped : bytesAt(path);
    if (!bytes || bytes.length > LARGEST_TEXT) return undefined;
    files.set(name, { name, path, isTyped: isTyped || files.get(name)?.isTyped === true, bytes });
    return bytes;
  };
  const workbooks = new Map<string, SheetTables | undefined>();
  const waiting = new Map<string, Buffer>();
  const sheetOf = (request: FileRequest, name: string, bytes: Buffer) => {
    const tables = workbooks.get(name);
    if (tables) return sheetText(name, tables, request);
    const isRead = workbooks.has(name);
    if (!isRead) waiting.set(name, bytes);
    const hint = 'save it as .xlsx without a password';
    return failure({ message: `\`${name}\` is no readable workbook`, hint });
  };
  return {
    readWorkbooks: async () => {
      const some = [...waiting];
      waiting.clear();
      for (const [name, bytes] of some) workbooks.set(name, await readSheetTables(bytes));
      return some.length > 0;
    },
    text: (name, encoding) => textOf(name, () => take(name, pathOf(name), true), encoding),
    beside: (request) => {
      if (request.from === STANDARD_INPUT) return failure(besideNothing(request));
      const from = files.get(request.from)?.path ?? request.from;
      const spellings = spellingsOf(besideOf(request.path, from));
      for (const one of spellings) settings.lookingAt?.(one);
      const path = spellings.find((one) => existsSync(one)) ?? spellings[0]!;
      const name = besideOf(request.path, request.from);
      const bytes = namedBytes(request, { path, from }, () => take(name, path, false));
      if (!bytes.ok) return bytes;
      if (/\.xls[xm]$/iu.test(request.path)) return sheetOf(request, name, bytes.value);
      const found = decodeText(`\`${request.path}\``, bytes.value, request.encoding);
      return found.ok ? success(sourceOf(name, found.value)) : found;
    },
    files,
  };
}

/**
 * Reads standard input whole where one of the files is `-`.
 *
 * @param outputs the files that the command writes
 * @throws Stop if it cannot be read
 */
export async function readerFor(
  names: readonly string[],
  outputs: readonly string[] = [],
): Promise<FileReader> {
  if (!names.includes(STANDARD_INPUT)) return fileReader({ outputs });
  const chunks: Buffer[] = [];
  try {
    let length = 0;
    for await (const chunk of process.stdin) {
      length += chunks[chunks.push(Buffer.from(chunk as Uint8Array)) - 1]!.length;
      if (length > LARGEST_TEXT) break;
    }
  } catch (error) {
    throw new Stop(EXIT.io, `cannot read standard input: ${reasonOf(error)}`);
  }
  const piped = Buffer.concat(chunks);
  if (piped.length > 0) return fileReader({ outputs, piped });
  throw new Stop(EXIT.errors, 'standard input is empty: `-` reads a scenario from it');
}

function besideNothing({ path }: FileRequest): FileRefusal {
  return {
    message: `a scenario from standard input cannot name another file: \`${path}\``,
    hint: 'save the scenario to a file beside it, and name that file in place of `-`',
  };
}

/** What work gives once all workbooks that it asks for are read. */
export async function withWorkbooks<T>({ readWorkbooks }: FileReader, work: () => T): Promise<T> {
  let result = work();
  while (await readWorkbooks()) result = work();
  return result;
}

/** The bytes of a file, after a write of several files that was killed in its folder is undone. */
export function readWhole(path: string): Buffer {
  undoUnfinished(dirname(path));
  return readFileSync(path);
}

/** The bytes of a file that is not too large for a text; its size is looked at before it is read. */
function bytesOfText(path: string): Buffer | undefined {
  undoUnfinished(dirname(path));
  return statSync(path).size > LARGEST_TEXT ? undefined : readFileSync(path);
}

function besideOf(path: string, from: string): string {
  return isAbsolute(path) ? path : join(dirname(from), path);
}

/** The paths under which a file may be found, as it is written first: `é` may be one character of its name, or two. */
function spellingsOf(path: string): readonly string[] {
  return [...new Set([path, path.normalize('NFC'), path.normalize('NFD')])];
}

const TOO_LARGE = {
  message: 'larger than 32 MiB',
  hint: 'a scenario and its tables have a few hundred lines: look whether this is the right file',
};

/** @param read gives nothing if the file is too large; it is then not read */
function textOf(
  name: string,
  read: () => Buffer | undefined,
  encoding: Encoding = 'utf-8',
): string | Diagnostic {
  let bytes: Buffer | undefined;
  try {
    bytes = read();
  } catch (error) {
    if (error instanceof Stop) throw error;
    throw new Stop(EXIT.io, `cannot read \`${name}\`: ${reasonOf(error)}`);
  }
  if (!bytes) return tooLarge(name);
  const decoded = decodeText('the file', bytes, encoding);
  return decoded.ok ? decoded.value : otherText(name, bytes, decoded.diagnostics, encoding);
}

function tooLarge(name: string): Diagnostic {
  const span = { source: { name, text: '' }, start: 0, end: 1 };
  const message = `the file is ${TOO_LARGE.message}`;
  return { code: 'text-size', severity: 'error', span, ...TOO_LARGE, message };
}

function otherText(
  name: string,
  bytes: Buffer,
  { message, hint, isText }: NotText,
  encoding: Encoding,
): Diagnostic {
  const text = isText ? new TextDecoder('utf-8').decode(bytes) : '';
  const start = Math.max(text.indexOf('\uFFFD'), 0);
  return {
    code: 'text-encoding',
    severity: 'error',
    span: { source: { name, text }, start, end: start + 1 },
    message,
    hint:
      encoding === 'gb18030'
        ? hint
        : isText
          ? 'save the file as UTF-8'
          : 'name a text file, saved as UTF-8',
  };
}

function namedBytes(
  { path: written, confined }: FileRequest,
  { path, from }: { readonly path: string; readonly from: string },
  read: () => Buffer | undefined,
): Result<Buffer, FileRefusal> {
  let bytes: Buffer | undefined;
  try {
    const [folder, file] = [realpathSync(dirname(from)), realpathSync(path)];
    if (confined && !isInside(folder, file)) return failure(outside(written, folder, file));
    bytes = read();
  } catch (error) {
    if (error instanceof Stop) throw error;
    const message = `cannot read \`${written}\`: ${reasonOf(error)}`;
    return failure({ message, hint: 'check the name of the file' });
  }
  if (bytes) return success(bytes);
  return failure({ ...TOO_LARGE, message: `\`${written}\` is ${TOO_LARGE.message}` });
}

export function isInside(folder: string, file: string): boolean {
  const path = relative(folder, file);
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

/** The nearest folder that holds a folder and a file. */
export function folderAbove(folder: string, file: string): string {
  const above = dirname(folder);
  return isInside(folder, file) || above === folder ? folder : folderAbove(above, file);
}

function outside(written: string, folder: string, file: string): FileRefusal {
  const above = folderAbove(folder, file);
  const shared = relative(above, file).replaceAll(sep, '/');
  return {
    message: `\`${written}\` is outside the folder of the file that names it`,
    hint:
      `copy it beside that file and write \`${basename(file)}\`; or move the files that share it ` +
      `to the folder \`${basename(above) || above}\` and write \`${shared}\``,
  };
}
