/** Work that takes long: begun here, shared out over threads, stopped from the keyboard, and resumed. */
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { deserialize, serialize } from 'node:v8';
import { VERSION, type Answer, type Result } from '../index.js';
import { partOf, type JobBlock, type Job } from '../shell.js';
import type { CliArguments } from './cliArguments.js';
import { progressOf, type Progress } from './progress.js';
import { EXIT, Stop } from './stop.js';
import { type Task, begun, countOf, runInThreads, type State } from './threads.js';
import { remove, writeWhole } from './writing.js';

/** What takes no longer than this is not worth a thread. */
const MOMENT = 300;
const FIRST_BLOCK = 128;

/**
 * The answer, from this thread if it takes but a moment, else from as many as there are cores.
 *
 * @param file the file that starts a thread
 * @throws Stop where it is stopped from the keyboard; with an output file, it can then be resumed
 */
export async function answerOf(
  work: Job,
  task: Task,
  given: CliArguments,
  file: string,
): Promise<Result<Answer>> {
  const { workers } = given;
  const saved = savedState(task, given);
  const progress = progressOf(process.stderr, work, given.quiet);
  try {
    const first = saved ?? begun(work, work.first());
    const state = saved || workers !== undefined ? first : alone(work, first, progress);
    if (!isState(state)) return state;
    const threads = workers === undefined ? availableParallelism() : workers;
    const stop = stopper();
    const result = await runInThreads(work, task, { file, threads, state, progress, ...stop });
    stop.forget();
    if (isState(result)) throw stopAt(result, work, task, given);
    if (saved) remove(stateFile(given)!);
    return result;
  } finally {
    progress.end();
  }
}

function isState(result: Result<Answer> | State): result is State {
  return 'left' in result;
}

/** As much as can be done in a moment, in blocks that grow. */
function alone(work: Job, first: State, progress: Progress): Result<Answer> | State {
  const end = performance.now() + MOMENT;
  let state = first;
  for (let size = FIRST_BLOCK; performance.now() < end; size *= 2) {
    const [left] = state.left as readonly [JobBlock];
    const block = { from: left.from, to: Math.min(left.from + size, left.to) };
    const own = partOf(work, state.pass, block);
    const part = state.part === undefined ? own : work.merge(state.part, own);
    progress.tell(state.pass.label, block.to);
    if (block.to < left.to) {
      state = { pass: state.pass, left: [{ from: block.to, to: left.to }], part };
      continue;
    }
    const step = work.next(state.pass, part);
    if (step.done) return step.result;
    state = begun(work, step.pass);
  }
  return state;
}

/** Listens to the keyboard: the first signal asks for an end, a second one is not waited for. */
function stopper() {
  let stopped = false;
  const stop = () => void (stopped = true);
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.once(signal, stop);
  return {
    isStopped: () => stopped,
    forget: () => signals.forEach((signal) => process.off(signal, stop)),
  };
}

/** The state of an unfinished run lies beside its output. */
function stateFile({ output }: CliArguments): string | undefined {
  return output === undefined ? undefined : `${output}.partial`;
}

/** What the state is of: another question, or another engine, begins anew. */
function keyOf(task: Task): string {
  return JSON.stringify([VERSION, task]);
}

function savedState(task: Task, given: CliArguments): State | undefined {
  const path = stateFile(given);
  if (path === undefined || !existsSync(path)) return undefined;
  try {
    const saved = deserialize(Buffer.from(readFileSync(path, 'latin1'), 'base64')) as Saved;
    return saved.key === keyOf(task) ? saved.state : undefined;
  } catch {
    return undefined; // It is no state that this Node has written.
  }
}

interface Saved {
  readonly key: string;
  readonly state: State;
}

/** Why it stops: with an output file the state lies beside it, to go on from. */
function stopAt(state: State, { size, noun }: Job, task: Task, given: CliArguments): Stop {
  const path = stateFile(given);
  if (path === undefined) return new Stop(EXIT.interrupted, 'stopped');
  const saved: Saved = { key: keyOf(task), state };
  writeWhole(path, [serialize(saved).toString('base64')]);
  const done = `${size - countOf(state.left)} of ${size} ${noun} (${state.pass.label})`;
  return new Stop(
    EXIT.resumable,
    `stopped after ${done}; the same command goes on from \`${path}\``,
  );
}
