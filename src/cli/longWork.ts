/** Long computations: started in this thread, shared among threads, stopped from the keyboard, and resumed. */
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { deserialize, serialize } from 'node:v8';
import { VERSION, type Answer, type Result } from '../index.js';
import { partOf, type Job, type JobBlock } from '../shell.js';
import type { CliArguments } from './cliArguments.js';
import { progressOf, type Progress } from './progress.js';
import { EXIT, Stop } from './stop.js';
import { countOf, runInThreads, startOf, type State, type Task } from './threads.js';
import { remove, writeWhole } from './writing.js';

/** Milliseconds that a job runs in this thread before others are started. */
const MOMENT = 300;
const FIRST_BLOCK = 128;

/**
 * Runs a job: in this thread if it is short, else in as many threads as there are cores.
 *
 * @param file the file that starts a thread
 * @throws Stop when it is stopped from the keyboard; with an output file, it can be resumed
 */
export async function answerOf(
  work: Job,
  task: Task,
  args: CliArguments,
  file: string,
): Promise<Result<Answer>> {
  const { workers } = args;
  const saved = savedState(task, args);
  const progress = progressOf(process.stderr, work, args.quiet);
  try {
    const first = saved ?? startOf(work, work.first());
    const state = saved || workers !== undefined ? first : runShort(work, first, progress);
    if (!isState(state)) return state;
    const threads = workers === undefined ? availableParallelism() : workers;
    const stop = stopper();
    const result = await runInThreads(work, task, { file, threads, state, progress, ...stop });
    stop.forget();
    if (isState(result)) throw stopAt(result, work, task, args);
    if (saved) remove(stateFile(args)!);
    return result;
  } finally {
    progress.end();
  }
}

function isState(result: Result<Answer> | State): result is State {
  return 'left' in result;
}

/** Runs what fits into `MOMENT`, in blocks that grow. */
function runShort(work: Job, first: State, progress: Progress): Result<Answer> | State {
  const end = performance.now() + MOMENT;
  let state = first;
  for (let size = FIRST_BLOCK; performance.now() < end; size *= 2) {
    const [left] = state.left as readonly [JobBlock];
    const block = { from: left.from, to: Math.min(left.from + size, left.to) };
    const own = partOf(work, state.pass, block);
    const part = state.part === undefined ? own : work.merge(state.part, own);
    progress.report(state.pass.label, block.to);
    if (block.to < left.to) {
      state = { pass: state.pass, left: [{ from: block.to, to: left.to }], part };
      continue;
    }
    const step = work.next(state.pass, part);
    if (step.done) return step.result;
    state = startOf(work, step.pass);
  }
  return state;
}

/** Listens to signals: the first one stops the job, the second one ends the process. */
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

/** The file with the state of an unfinished run, beside its output. */
function stateFile({ output }: CliArguments): string | undefined {
  return output === undefined ? undefined : `${output}.partial`;
}

/** A saved state is used only for the same task and the same version of the engine. */
function keyOf(task: Task): string {
  return JSON.stringify([VERSION, task]);
}

function savedState(task: Task, args: CliArguments): State | undefined {
  const path = stateFile(args);
  if (path === undefined || !existsSync(path)) return undefined;
  try {
    const saved = deserialize(Buffer.from(readFileSync(path, 'latin1'), 'base64')) as Saved;
    return saved.key === keyOf(task) ? saved.state : undefined;
  } catch {
    return undefined; // Not a state that this version of Node has written.
  }
}

interface Saved {
  readonly key: string;
  readonly state: State;
}

/** Saves the state beside the output file, if there is one, and gives the reason to stop. */
function stopAt(state: State, { size, noun }: Job, task: Task, args: CliArguments): Stop {
  const path = stateFile(args);
  if (path === undefined) return new Stop(EXIT.interrupted, 'stopped');
  const saved: Saved = { key: keyOf(task), state };
  writeWhole(path, [serialize(saved).toString('base64')]);
  const done = `${size - countOf(state.left)} of ${size} ${noun} (${state.pass.label})`;
  return new Stop(
    EXIT.resumable,
    `stopped after ${done}; run the same command again to continue from \`${path}\``,
  );
}
