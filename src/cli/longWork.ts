/** Long computations: started in this thread, shared among threads, stopped from the keyboard, and resumed. */
import { availableParallelism } from 'node:os';
import type { Answer, Result } from '../index.js';
import { partOf, type Job, type JobBlock } from '../shell.js';
import type { CliArguments } from './cliArguments.js';
import { progressOf, type Progress } from './progress.js';
import { readState, saveState, statePath } from './savedState.js';
import { EXIT, Stop } from './stop.js';
import { say } from './terminal.js';
import { countOf, runInThreads, startOf, type State, type Task } from './threads.js';

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
  const { workers, output } = args;
  const { state: saved, reason } = output === undefined ? {} : readState(statePath(output), task);
  if (reason !== undefined && !args.quiet) await say(reason);
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

/** Saves the state beside the output file, if there is one, and gives the reason to stop. */
function stopAt(state: State, { size, noun }: Job, task: Task, { output }: CliArguments): Stop {
  if (output === undefined) return new Stop(EXIT.interrupted, 'stopped');
  const path = statePath(output);
  saveState(path, task, state);
  const done = `${size - countOf(state.left)} of ${size} ${noun} (${state.pass.label})`;
  return new Stop(
    EXIT.resumable,
    `stopped after ${done}; run the same command again to continue from \`${path}\``,
  );
}
