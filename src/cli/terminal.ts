/** The terminal: streams that report their failures, colour, and width. */
import { styleText } from 'node:util';
import { plainStyle, type Style, type StyleName } from '../index.js';

/** A reason to stop with a certain exit code, told in one sentence. */
export class Stop extends Error {
  constructor(
    readonly exitCode: number,
    message: string,
  ) {
    super(message);
  }
}

export const EXIT = { done: 0, errors: 1, usage: 2, io: 74 } as const;

/**
 * Writes and waits until the stream has taken it. A reader that has gone away (`| head`) is no
 * error; any other failure is.
 *
 * @throws Stop when the stream cannot be written, for instance because a disk is full
 */
export async function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  if (text === '') return;
  const failure = await new Promise<NodeJS.ErrnoException | null | undefined>((resolve) => {
    stream.once('error', resolve);
    stream.write(text, (error) => {
      stream.off('error', resolve);
      resolve(error);
    });
  });
  if (!failure || failure.code === 'EPIPE') return;
  throw new Stop(EXIT.io, `cannot write: ${failure.message}`);
}

/** Words for people: on standard error, where they do not mix with the data. */
export function say(text: string): Promise<void> {
  return write(process.stderr, text.endsWith('\n') ? text : `${text}\n`);
}

const LOOKS: Readonly<Record<StyleName, Parameters<typeof styleText>[0]>> = {
  title: 'bold',
  faint: 'dim',
  total: 'bold',
  bar: 'cyan',
  error: 'red',
  warning: 'yellow',
  place: 'cyan',
};

/** Colour where a person looks at it and does not mind; NO_COLOR and FORCE_COLOR are respected. */
export function styleFor(stream: NodeJS.WriteStream, noColor: boolean): Style {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  const forced = FORCE_COLOR !== undefined && FORCE_COLOR !== '' && FORCE_COLOR !== '0';
  const refused = noColor || (NO_COLOR ?? '') !== '' || FORCE_COLOR === '0' || TERM === 'dumb';
  if (noColor || !(forced || (stream.isTTY && !refused))) return plainStyle;
  return (name, text) => styleText(LOOKS[name], text, { validateStream: false });
}

/** Columns of the terminal; 100 where nothing is known of it, as in a pipe. */
export function widthOf(stream: NodeJS.WriteStream): number {
  return stream.isTTY ? Math.max(stream.columns || 80, 20) : 100;
}
