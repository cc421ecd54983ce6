/** `capex import`: the changed inputs of a workbook or a CSV as changes of the scenario files. */
import { readFileSync } from 'node:fs';
import type { Result, SourceText } from '../index.js';
import {
  importChanges,
  readEditedCsv,
  readXlsx,
  success,
  writeDiff,
  type EditedWorkbook,
  type ImportResult,
  type NewFile,
  type Style,
} from '../shell.js';
import type { FileReader } from './readFiles.js';
import { EXIT, Stop, reasonOf } from './stop.js';
import { writeTogether } from './writing.js';

/**
 * The changes of an edited file in the files of its scenarios.
 *
 * @throws Stop if a file cannot be read
 */
export async function importFrom(
  edited: string,
  onto: readonly string[],
  { text: readText, beside }: FileReader,
): Promise<Pick<ImportResult, 'diagnostics'> & Partial<ImportResult>> {
  const read = onto.map((name) => ({ name, text: readText(name) }));
  const unread = read.flatMap(({ text }) => (typeof text === 'string' ? [] : [text]));
  if (unread.length > 0) return { diagnostics: unread };
  const book = await workbookIn(edited);
  return book.ok ? importChanges(book.value, read as SourceText[], beside) : book;
}

async function workbookIn(name: string): Promise<Result<EditedWorkbook>> {
  const bytes = bytesOf(name);
  if (!bytes.subarray(0, 2).equals(Buffer.from('PK'))) {
    return readEditedCsv({ name, text: textIn(name, bytes) });
  }
  const book = await readXlsx(name, bytes);
  if (book) return success(book);
  throw new Stop(EXIT.errors, `\`${name}\` is no readable workbook: save it as .xlsx`);
}

function bytesOf(name: string): Buffer {
  try {
    return readFileSync(name);
  } catch (error) {
    throw new Stop(EXIT.io, `cannot read \`${name}\`: ${reasonOf(error)}`);
  }
}

/** Decodes what spreadsheets save: UTF-8, UTF-16 with a byte order mark, or GB18030 of a Chinese Excel. */
function textIn(name: string, bytes: Buffer): string {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  for (const encoding of isWide ? ['utf-16le'] : ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Try the next encoding.
    }
  }
  throw new Stop(
    EXIT.errors,
    `\`${name}\` is neither a workbook nor text: save it as .xlsx or .csv`,
  );
}

export function diffOf(files: readonly NewFile[], style: Style): string {
  return files.map(({ source, text }) => writeDiff(source.name, source.text, text, style)).join('');
}

/** Writes all files or none, each with the byte order mark that it had. */
export function writeFiles(files: readonly NewFile[], { files: read }: FileReader): void {
  const outputs = files.map(({ source, text }) => {
    const { path, bytes } = read.get(source.name)!;
    const hasMark = bytes.subarray(0, 3).equals(MARK);
    return { path, pieces: hasMark ? [MARK, text] : [text] };
  });
  writeTogether(outputs);
}

const MARK = Buffer.from([0xef, 0xbb, 0xbf]);
