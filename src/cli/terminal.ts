/** The terminal: streams that report their failures, colour, and width. */
import { styleText } from 'node:util';
import {
  onOneLine,
  plainStyle,
  printableLines,
  unlikeOurs,
  type FilePieces,
  type Style,
  type StyleName,
} from '../shell.js';
import { EXIT, Stop, reasonOf } from './stop.js';

/** Errors when the reader has closed the stream: of the first write after it, and of later writes. */
const GONE: readonly (string | undefined)[] = ['EPIPE', 'ERR_STREAM_DESTROYED'];

/**
 * Writes piece by piece, and waits each time until the stream has taken it, so that a slow reader does not
 * fill the memory. A reader that closes the stream (`| head`) is no error; any other failure is.
 *
 * @throws Stop if the stream cannot be written, for instance because a disk is full
 */
export async function write(stream: NodeJS.WriteStream, pieces: FilePieces): Promise<void> {
  for (const piece of pieces) {
    if (piece !== '' && !(await writePiece(stream, piece))) return;
  }
}

const closed = new WeakSet<NodeJS.WriteStream>();

/** Whether the reader of a stream has closed it, as a write has shown. */
export function isClosed(stream: NodeJS.WriteStream): boolean {
  return closed.has(stream);
}

/** Whether there is still a reader. */
async function writePiece(
  stream: NodeJS.WriteStream,
  piece: string | Uint8Array,
): Promise<boolean> {
  // A failed write also emits 'error'; without a listener Node would crash.
  if (stream.listenerCount('error') === 0) stream.on('error', () => undefined);
  const failure = await new Promise<NodeJS.ErrnoException | null | undefined>((resolve) => {
    stream.write(piece, resolve);
  });
  if (!failure) return true;
  if (GONE.includes(failure.code)) {
    closed.add(stream);
    return false;
  }
  const name = stream === process.stdout ? 'standard output' : 'standard error';
  throw new Stop(EXIT.io, `cannot write to ${name}: ${reasonOf(failure)}`);
}

/** Writes data to standard output: on a terminal each line is printable, a pipe or a file gets every byte. */
export function writeData(pieces: FilePieces): Promise<void> {
  return write(process.stdout, process.stdout.isTTY ? shownPieces(pieces) : pieces);
}

function* shownPieces(pieces: FilePieces): Generator<string> {
  for (const piece of pieces) {
    const text = typeof piece === 'string' ? piece : Buffer.from(piece).toString('utf8');
    yield unlikeOurs(printableLines(text));
  }
}

/** Prints a message to standard error, where it does not mix with the data: one line, whatever is in it. */
export function say(text: string): Promise<void> {
  return write(process.stderr, [`${unlikeOurs(onOneLine(text))}\n`]);
}

/** Prints why the command stops. */
export function sayStop(reason: string): Promise<void> {
  return write(process.stderr, [`capex: ${onOneLine(reason)}\n`]);
}

const LOOKS: Readonly<Record<StyleName, Parameters<typeof styleText>[0]>> = {
  title: 'bold',
  faint: 'dim',
  total: 'bold',
  bar: 'cyan',
  error: 'red',
  warning: 'yellow',
  place: 'cyan',
  added: 'green',
  gone: 'red',
};

/** Colour on a terminal; NO_COLOR and FORCE_COLOR are respected. */
export function styleFor(stream: NodeJS.WriteStream, noColor: boolean): Style {
  if (!isColoured(stream, noColor)) return plainStyle;
  return (name, text) => styleText(LOOKS[name], text, { validateStream: false });
}

/** `--no-color` wins over FORCE_COLOR, and FORCE_COLOR wins over NO_COLOR. */
function isColoured(stream: NodeJS.WriteStream, noColor: boolean): boolean {
  const { NO_COLOR = '', FORCE_COLOR = '', TERM } = process.env;
  if (noColor) return false;
  if (FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return stream.isTTY && NO_COLOR === '' && TERM !== 'dumb';
}

/** Columns of the terminal; 100 for a pipe or a file. */
export function widthOf(stream: NodeJS.WriteStream): number {
  return stream.isTTY ? Math.max(stream.columns || 80, 20) : 100;
}
