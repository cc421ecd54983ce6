/** Bytes of a file → its text, or what the file is in its place. */
import type { Result } from '../index.js';
import { failure, success, type Encoding, type FileRefusal } from '../shell.js';

/** The first bytes of files that people name in place of a text. */
const OTHER_FILES: readonly (readonly [beginning: string, noun: string])[] = [
  ['504b0304', 'a workbook (.xlsx) or another packed file'],
  ['d0cf11e0', 'a workbook of an old Excel (.xls)'],
  ['25504446', 'a PDF'],
];

/** Why bytes are not the text that was asked for, and whether they are some text. */
export interface NotText extends FileRefusal {
  readonly isText: boolean;
}

/**
 * The text of a file in its encoding, without a byte order mark. Text that is valid UTF-8 beyond ASCII
 * is never read as GB18030, in which almost any bytes are some characters.
 *
 * @param file as the refusal calls it: `the file`, or its name in backticks
 */
export function decodeText(
  file: string,
  bytes: Buffer,
  encoding: Encoding,
): Result<string, NotText> {
  const noun = otherFile(bytes);
  if (noun !== undefined) {
    const hint = 'save the sheet as “CSV UTF-8 (comma delimited)”, and name that file';
    return failure({ message: `${file} is ${noun}, not a text`, hint, isText: false });
  }
  if (isUtf16(bytes) && encoding !== 'utf-16') {
    const message = `${file} is UTF-16, not UTF-8`;
    return failure({ message, hint: 'save it as UTF-8', isText: false });
  }
  const text = decoded(bytes, encoding);
  const isBeyondAscii = isChinese(encoding) && text !== undefined && /[^\0-\x7f]/.test(text);
  if (isBeyondAscii && decoded(bytes, 'utf-8') !== undefined) {
    const hint = `delete \`encoding: ${encoding}\`; if some characters are then wrong, save it as UTF-8`;
    return failure({ message: `${file} is UTF-8, not ${encoding}`, hint, isText: true });
  }
  if (text !== undefined) return success(text);
  const [name, other] =
    encoding === 'utf-8'
      ? ['UTF-8', 'or declare `encoding: gb18030`']
      : [encoding, 'or leave `encoding` out'];
  const hint = `save it as UTF-8, ${other}`;
  return failure({ message: `${file} is not ${name}`, hint, isText: true });
}

/** What a packed file is; nothing if it is none. */
export function otherFile(bytes: Buffer): string | undefined {
  const beginning = bytes.subarray(0, 4).toString('hex');
  return OTHER_FILES.find(([first]) => first === beginning)?.[1];
}

function isBigEndian(bytes: Buffer): boolean {
  const [atEven, atOdd] = zeroBytes(bytes);
  return bytes[0] === 0xfe || (bytes[0] !== 0xff && atEven > atOdd);
}

/** Whether a file begins with the mark of UTF-16, or has digits and signs that fill two bytes each. */
export function isUtf16(bytes: Buffer): boolean {
  const [first, second] = bytes;
  const isMarked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const [atEven, atOdd] = zeroBytes(bytes);
  // A sign of ASCII has a zero on one side; few others, such as 一, have one on the other.
  const [fewer, more] = [Math.min(atEven, atOdd), Math.max(atEven, atOdd)];
  return isMarked || (more > 2 * fewer && 20 * more > Math.min(bytes.length, FIRST_BYTES));
}

/** How many of the first bytes are zero, at even and at odd places. */
function zeroBytes(bytes: Buffer): readonly [number, number] {
  const counts: [number, number] = [0, 0];
  bytes.subarray(0, FIRST_BYTES).forEach((byte, i) => {
    if (byte === 0) counts[i % 2 === 0 ? 0 : 1]++;
  });
  return counts;
}

const FIRST_BYTES = 2000;

/** Whether almost any bytes are some characters in the encoding. */
function isChinese(encoding: Encoding): boolean {
  return encoding === 'gb18030' || encoding === 'big5';
}

/** The text of bytes in an encoding; nothing if they are none. */
export function decoded(bytes: Buffer, encoding: string): string | undefined {
  const name = encoding === 'utf-16' && isBigEndian(bytes) ? 'utf-16be' : encoding;
  try {
    return new TextDecoder(name, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
