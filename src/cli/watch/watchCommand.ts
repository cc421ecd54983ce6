/** `capex watch`: checks and shows scenarios again whenever one of their files is saved. */
import { show, writeDiagnostics, type Diagnostic } from '../../index.js';
import type { CliArguments } from '../cliArguments.js';
import { filesCounted, note, printProblems, summaryOf, textFor, wordsFor } from '../printing.js';
import type { FileReader } from '../readFiles.js';
import { reportFrom } from '../reportCommand.js';
import { answerRequest, refuseSets } from '../request.js';
import { EXIT, Stop } from '../stop.js';
import { isClosed, sayStop, write, writeData } from '../terminal.js';
import { fileWatch } from './fileWatch.js';
import { watchedReader, type FileStates } from './watchedFiles.js';

/** What one reading gives: of a file for the terminal, or of all files for the page. */
interface Outcome {
  readonly diagnostics: readonly Diagnostic[];
  /** Tables for the terminal, and what a reader should know of them. */
  readonly text?: readonly string[];
  readonly notes?: readonly string[];
  /** The page; nothing if a file has errors. */
  readonly html?: string;
  /** Why a file cannot be read. */
  readonly reason?: string;
}

/** Where the outcomes are shown. */
interface Display {
  readonly read: (reader: FileReader) => Promise<readonly Outcome[]>;
  readonly show: (outcomes: readonly Outcome[], status: string) => Promise<void>;
  readonly close: () => void;
}

/**
 * Shows scenarios until a signal comes, or until nobody reads what it prints.
 *
 * @param built the script and the style of the page, without their endings
 * @throws Stop when a signal comes; if the arguments are wrong, or a file cannot be read at the beginning
 */
export async function watchFiles(args: CliArguments, built: string): Promise<void> {
  refuseSets(args.set);
  const display = args.options['page'] === true ? await inBrowser(args, built) : onTerminal(args);
  const files = fileWatch();
  const signals = listen(files.wake);
  try {
    let changed: readonly string[] | undefined;
    while (!signals.isStopped()) {
      const { reader, states } = watchedReader();
      const outcomes = await outcomesOf(() => display.read(reader), changed === undefined);
      if (changed) await beginAgain(changed, args);
      await display.show(outcomes, statusOf(outcomes, states, args));
      if ([process.stdout, process.stderr].some(isClosed)) return;
      changed = await files.next(states, signals.isOver);
    }
  } finally {
    signals.forget();
    files.close();
    display.close();
  }
  throw new Stop(EXIT.interrupted, 'stopped');
}

/** A file that cannot be read ends the command at the beginning; later, it may come back. */
async function outcomesOf(
  read: () => Promise<readonly Outcome[]>,
  isFirst: boolean,
): Promise<readonly Outcome[]> {
  try {
    return await read();
  } catch (error) {
    if (isFirst || !(error instanceof Stop)) throw error;
    return [{ diagnostics: [], reason: error.message }];
  }
}

/** `2 files: 0 errors, 1 warning` */
function statusOf(outcomes: readonly Outcome[], states: FileStates, args: CliArguments): string {
  const targets = [...states].map(([path, { target = path }]) => target);
  const files = new Set(targets).size;
  if (outcomes.some(({ reason }) => reason !== undefined))
    return filesCounted(wordsFor(args), files);
  return summaryOf(
    args,
    files,
    outcomes.flatMap(({ diagnostics }) => diagnostics),
  );
}

/** A terminal shows the last outcome alone; elsewhere it follows those before. */
async function beginAgain(changed: readonly string[], args: CliArguments): Promise<void> {
  if (isScreen()) return write(process.stdout, [CLEAR]);
  if (changed.length === 0) return;
  await note(wordsFor(args)('changed: {files}', { files: changed.join(', ') }), args);
}

/** Clears the screen; what was there before the command can still be reached by scrolling back. */
const CLEAR = '\u001b[H\u001b[2J';

function isScreen(): boolean {
  return process.stdout.isTTY && process.env['TERM'] !== 'dumb';
}

/** Prints the tables of each file, as `capex show` does. */
function onTerminal(typed: CliArguments): Display {
  const { port, ...options } = typed.options;
  if (port !== undefined) throw new Stop(EXIT.usage, '--port is for a page: write --page too');
  const args = { ...typed, options };
  return {
    read: async (reader) => {
      const outcomes: Outcome[] = [];
      for (const file of args.files) {
        const request = await answerRequest(show, { ...args, files: [file] }, reader);
        const { answer, problems } = request;
        const text = answer && textFor(answer, args);
        outcomes.push({ diagnostics: problems, ...(text && { text, notes: answer.notes }) });
      }
      return outcomes;
    },
    show: async (outcomes, status) => {
      for (const { text = [], notes = [], ...rest } of outcomes) {
        await printReasons(rest, args);
        await write(process.stdout, text);
        for (const one of notes) await note(one, args);
      }
      await note(wordsFor(args)('watching {files}', { files: status }), args);
    },
    close: () => undefined,
  };
}

const OF_PAGE = ['page', 'port', 'lang'];

/** Serves the page of all files, and prints its address. */
async function inBrowser(args: CliArguments, built: string): Promise<Display> {
  const { port } = args.options;
  const other = Object.keys(args.options).find((name) => !OF_PAGE.includes(name));
  if (other !== undefined) {
    throw new Stop(EXIT.usage, `--${other} is for the terminal: a page has choices of its own`);
  }
  const { servePage } = await import('./watchServer.js');
  const words = wordsFor(args);
  const fragment = new URLSearchParams(args.set.map((one) => ['set', one])).toString();
  const server = await servePage(port as string | undefined, fragment, words);
  let isPrinted = false;
  return {
    read: async (reader) => [await reportFrom(args, built, reader)],
    show: async ([outcome], status) => {
      const { html, diagnostics, reason } = outcome!;
      server.show(html, status, reason ?? writeDiagnostics(diagnostics));
      if (!isPrinted || isScreen()) await writeData([`${server.url}\n`]);
      isPrinted = true;
      await printReasons(outcome!, args);
      await note(words('watching {files}', { files: status }), args);
    },
    close: server.close,
  };
}

async function printReasons({ reason, diagnostics }: Outcome, args: CliArguments): Promise<void> {
  if (reason !== undefined) await sayStop(reason);
  await printProblems(diagnostics, args);
}

/** Listens to signals, and to a terminal that gets another width. */
function listen(wake: () => void) {
  let [isStopped, isResized] = [false, false];
  const stop = () => {
    isStopped = true;
    wake();
  };
  const resize = () => {
    isResized = true;
    wake();
  };
  for (const signal of SIGNALS) process.once(signal, stop);
  process.stdout.on('resize', resize);
  return {
    isStopped: () => isStopped,
    /** Whether to wait no longer for a change. */
    isOver: () => {
      const isOver = isStopped || isResized;
      isResized = false;
      return isOver;
    },
    forget: () => {
      for (const signal of SIGNALS) process.off(signal, stop);
      process.stdout.off('resize', resize);
    },
  };
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
