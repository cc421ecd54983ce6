/** The terminal: streams that report their failures, colour, and width. */
import { styleText } from 'node:util';
import { plainStyle, printable, type Style, type StyleName } from '../shell.js';
import { EXIT, reasonOf, Stop } from './stop.js';
import type { Pieces } from './writing.js';

/** A reader that has gone away: the first write says so, the later ones find the stream closed. */
const GONE: readonly (string | undefined)[] = ['EPIPE', 'ERR_STREAM_DESTROYED'];

/**
 * Writes piece by piece, and waits each time until the stream has taken it: a slow reader is never
 * ahead of what is in memory. One that has gone away (`| head`) is no error; any other failure is.
 *
 * @throws Stop when the stream cannot be written, for instance because a disk is full
 */
export async function write(stream: NodeJS.WriteStream, pieces: Pieces): Promise<void> {
  for (const piece of pieces) {
    if (piece !== '' && !(await writePiece(stream, piece))) return;
  }
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
  if (GONE.includes(failure.code)) return false;
  const name = stream === process.stdout ? 'standard output' : 'standard error';
  throw new Stop(EXIT.io, `cannot write to ${name}: ${reasonOf(failure)}`);
}

/** Prints a plain text to standard error, where it does not mix with the data. */
export function say(text: string): Promise<void> {
  const lines = text.replace(/\n$/, '').split('\n').map(printable);
  return write(process.stderr, [`${lines.join('\n')}\n`]);
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

/** Colour where a person looks at it and does not mind; NO_COLOR and FORCE_COLOR are respected. */
export function styleFor(stream: NodeJS.WriteStream, noColor: boolean): Style {
  if (!isColoured(stream, noColor)) return plainStyle;
  return (name, text) => styleText(LOOKS[name], text, { validateStream: false });
}

/** What is typed on the command line goes before FORCE_COLOR, and that before NO_COLOR. */
function isColoured(stream: NodeJS.WriteStream, noColor: boolean): boolean {
  const { NO_COLOR = '', FORCE_COLOR = '', TERM } = process.env;
  if (noColor) return false;
  if (FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return stream.isTTY && NO_COLOR === '' && TERM !== 'dumb';
}

/** Columns of the terminal; 100 where nothing is known of it, as in a pipe. */
export function widthOf(stream: NodeJS.WriteStream): number {
  return stream.isTTY ? Math.max(stream.columns || 80, 20) : 100;
}
