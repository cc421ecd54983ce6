/** Changed inputs of a workbook or a CSV, back into the files of a scenario: shown first, then written. */
import { readFileSync } from 'node:fs';
import type { Diagnostic, SourceText } from '../index.js';
import {
  type Style,
  importChanges,
  readEditedCsv,
  readXlsx,
  writeDiff,
  type EditedWorkbook,
  type ImportResult,
  type NewFile,
} from '../shell.js';
import type { FileReader } from './readFiles.js';
import { EXIT, reasonOf, Stop } from './stop.js';
import { writeWhole } from './writing.js';

/**
 * What an edited file changes in others.
 *
 * @throws Stop where a file cannot be read
 */
export async function importFrom(
  edited: string,
  onto: readonly string[],
  { text: readText, beside }: FileReader,
): Promise<Pick<ImportResult, 'diagnostics'> & Partial<ImportResult>> {
  const read = onto.map((name) => ({ name, text: readText(name) }));
  const unread = read.flatMap(({ text }) => (typeof text === 'string' ? [] : [text]));
  if (unread.length > 0) return { diagnostics: unread };
  const diagnostics: Diagnostic[] = [];
  const book = await bookIn(edited, diagnostics);
  return book ? importChanges(book, read as SourceText[], beside) : { diagnostics };
}

async function bookIn(
  name: string,
  diagnostics: Diagnostic[],
): Promise<EditedWorkbook | undefined> {
  const bytes = bytesOf(name);
  if (!bytes.subarray(0, 2).equals(Buffer.from('PK'))) {
    return readEditedCsv({ name, text: textIn(name, bytes) }, diagnostics);
  }
  const book = await readXlsx(name, bytes);
  if (!book)
    throw new Stop(EXIT.errors, `\`${name}\` is no workbook that can be read: save it as .xlsx`);
  return book;
}

function bytesOf(name: string): Buffer {
  try {
    return readFileSync(name);
  } catch (error) {
    throw new Stop(EXIT.io, `cannot read \`${name}\`: ${reasonOf(error)}`);
  }
}

/** What spreadsheets save text as: UTF-8, UTF-16 with a mark, else what a Chinese Excel has, GB18030. */
function textIn(name: string, bytes: Buffer): string {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  for (const encoding of isWide ? ['utf-16le'] : ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The next one.
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

/** Every file whole or not at all; a byte order mark at its beginning stays. */
export function writeFiles(files: readonly NewFile[], { files: read }: FileReader): void {
  for (const { source, text } of files) {
    const { path, bytes } = read.get(source.name)!;
    const hasMark = bytes.subarray(0, 3).equals(MARK);
    writeWhole(path, hasMark ? [MARK, text] : [text]);
  }
}

const MARK = Buffer.from([0xef, 0xbb, 0xbf]);
