/** Runs the command in this process: for laws over many command lines, where a process for each takes too long. */
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { main } from '../../src/cli/main.js';
import type { Run } from './capex.js';

/** The page as it is built; the command beside it has the place of its own. */
const PAGE = resolve('dist/capex.page');

interface Surroundings {
  readonly cwd: string;
  /** Whether standard output and standard error are a terminal. */
  readonly isTerminal?: boolean;
}

/** What a run prints, and its exit code. Standard input is empty. A bug of the command is thrown. */
export async function runHere(args: readonly string[], around: Surroundings): Promise<Run> {
  const { stdout, stderr } = process;
  const [cwd, code] = [process.cwd(), process.exitCode];
  const printed = { out: '', err: '' };
  const undo = [
    replace(stdout, 'write', writerTo(printed, 'out')),
    replace(stderr, 'write', writerTo(printed, 'err')),
    replace(stdout, 'isTTY', around.isTerminal ?? false),
    replace(stderr, 'isTTY', around.isTerminal ?? false),
    replace(process, 'stdin', Readable.from([])),
    replace(console, 'log', (text: string) => void (printed.out += `${text}\n`)),
  ];
  process.exitCode = 0;
  process.chdir(around.cwd);
  try {
    await main(args, { page: PAGE });
    return { code: process.exitCode, ...printed };
  } finally {
    for (const back of undo.reverse()) back();
    process.chdir(cwd);
    process.exitCode = code;
  }
}

function writerTo(printed: { out: string; err: string }, name: 'out' | 'err') {
  return (piece: string | Uint8Array, done?: () => void) => {
    printed[name] += typeof piece === 'string' ? piece : Buffer.from(piece).toString('utf8');
    if (done) queueMicrotask(done);
    return true;
  };
}

/** @returns what puts the old property back */
function replace(owner: object, name: string, value: unknown): () => void {
  const old = Object.getOwnPropertyDescriptor(owner, name);
  Object.defineProperty(owner, name, { value, configurable: true, writable: true });
  return () => {
    if (old) Object.defineProperty(owner, name, old);
    else Reflect.deleteProperty(owner, name);
  };
}
