/** `capex import`: the changed inputs of a workbook or a CSV as changes of the scenario files. */
import { readFileSync, realpathSync } from 'node:fs';
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
import { decoded, isUtf16 } from './decodeText.js';
import { withWorkbooks, type FileReader } from './readFiles.js';
import { EXIT, Stop, reasonOf } from './stop.js';
import { writeTogether } from './writing.js';

type Imported = Pick<ImportResult, 'diagnostics'> & Partial<ImportResult>;

/**
 * The changes of an edited file in the files of its scenarios.
 *
 * @throws Stop if a file cannot be read
 */
export async function importFrom(
  edited: string,
  onto: readonly string[],
  reader: FileReader,
): Promise<Imported> {
  const { beside, files } = reader;
  const read = onto.map((name) => ({ name, text: reader.text(name) }));
  const unread = read.flatMap(({ text }) => (typeof text === 'string' ? [] : [text]));
  if (unread.length > 0) return { diagnostics: unread };
  const fileOf = (name: string) => realpathSync(files.get(name)?.path ?? name);
  const imported = (book: Result<EditedWorkbook>): Imported =>
    book.ok ? importChanges(book.value, read as SourceText[], beside, fileOf) : book;
  const bytes = bytesOf(edited);
  const isWorkbook = bytes.subarray(0, 2).equals(Buffer.from('PK'));
  const book = isWorkbook ? success(await workbookIn(edited, bytes)) : undefined;
  return withWorkbooks(reader, () => (book ? imported(book) : fromCsv(edited, bytes, imported)));
}

async function workbookIn(name: string, bytes: Buffer): Promise<EditedWorkbook> {
  const book = await readXlsx(name, bytes);
  if (book) return book;
  throw new Stop(EXIT.errors, `\`${name}\` is no readable workbook: save it as .xlsx`);
}

function bytesOf(name: string): Buffer {
  try {
    return readFileSync(name);
  } catch (error) {
    throw new Stop(EXIT.io, `cannot read \`${name}\`: ${reasonOf(error)}`);
  }
}

/**
 * Encodings in which spreadsheets save CSV: UTF-8, those of East Asia, of Western Europe and others. Those
 * with two bytes for a character come first, as a text in them is seldom one by chance.
 */
const ENCODINGS = [
  ...['utf-8', 'gb18030', 'big5', 'shift_jis', 'euc-kr', 'windows-1252', 'windows-1250'],
  ...['windows-1251', 'windows-1253', 'windows-1254', 'windows-1255', 'windows-1256'],
  ...['windows-1257', 'windows-1258', 'windows-874', 'macintosh'],
];

/** Imports a CSV in the encoding in which its labels are those of the sheet, else in that with the fewest problems. */
function fromCsv(
  name: string,
  bytes: Buffer,
  imported: (book: Result<EditedWorkbook>) => Imported,
): Imported {
  let [best, least] = [undefined as Imported | undefined, Infinity];
  for (const encoding of encodingsOf(bytes)) {
    const text = decoded(bytes, encoding);
    if (text === undefined) continue;
    const book = readEditedCsv({ name, text });
    const isUnicode = encoding.startsWith('utf');
    if (!book.ok && !isUnicode) continue;
    const result = imported(book);
    const errors = result.diagnostics.filter(({ severity }) => severity === 'error').length;
    if (errors < least) [best, least] = [result, errors];
    if (isUnicode || errors === 0) break;
  }
  if (best) return best;
  const hint = 'save it as .xlsx or .csv';
  throw new Stop(EXIT.errors, `\`${name}\` is neither a workbook nor text: ${hint}`);
}

function encodingsOf(bytes: Buffer): readonly string[] {
  return isUtf16(bytes) ? ['utf-16'] : ENCODINGS;
}

export function diffOf(files: readonly NewFile[], style: Style): string {
  return files.map(({ source, text }) => writeDiff(source.name, source.text, text, style)).join('');
}

/** Writes all files or none, each with the byte order mark that it had. */
export function writeFiles(files: readonly NewFile[], { files: read }: FileReader): void {
  const outputs = files.map(({ source, text }) => {
    const { path, bytes } = read.get(source.name)!;
    const hasMark = bytes.subarray(0, 3).equals(MARK);
    return { path, pieces: hasMark ? [MARK, text] : [text], was: bytes };
  });
  writeTogether(outputs);
}

const MARK = Buffer.from([0xef, 0xbb, 0xbf]);
