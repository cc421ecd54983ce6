/** A job in several threads: a free thread takes the next block, and the parts are merged. */
import { once } from 'node:events';
import { Worker, parentPort, workerData } from 'node:worker_threads';
import {
  STUDIES,
  fromRecords,
  loadScenarios,
  type Answer,
  type ReadRecord,
  type Result,
} from '../index.js';
import { readOptions, type Job, type JobBlock, type JobPass, type PassRunner } from '../shell.js';
import type { Progress } from './progress.js';

export interface Task {
  readonly study: string;
  readonly text: string;
  readonly name: string;
  readonly set: readonly string[];
  /** The other files that the scenario or the portfolio names. */
  readonly files: readonly ReadRecord[];
  /** The options as typed. */
  readonly options: object;
}

/** The job of a task whose scenario and options are valid. */
export function jobOf({ study, text, name, set, files, options }: Task): Job {
  const { scenarios } = loadScenarios(text, { name, set, read: fromRecords(files) });
  const asked = STUDIES.find((one) => one.name === study)!;
  const result = asked.job!(scenarios, readOptions(asked, options).data!);
  if (!result.ok) throw new Error('the task was checked before');
  return result.value;
}

/** The state of a job: the blocks of a pass that are not done, and the merged part of those that are. */
export interface State {
  readonly pass: JobPass;
  readonly left: readonly JobBlock[];
  readonly part: unknown;
}

/** Options of the threads: worker file, count, saved state, progress, and the test for a stop. */
export interface Setup {
  /** The file that starts a thread, and how many of them there are. */
  readonly file: string;
  readonly threads: number;
  readonly state: State;
  readonly progress: Progress;
  readonly isStopped: () => boolean;
}

/** Runs what is left of a job; if it is stopped, returns its state. */
export async function runInThreads(
  job: Job,
  task: Task,
  setup: Setup,
): Promise<Result<Answer> | State> {
  const { file, threads, isStopped } = setup;
  const workers = Array.from(
    { length: threads },
    () => new Worker(file, { workerData: task, resourceLimits: { maxYoungGenerationSizeMb: 8 } }),
  );
  try {
    let state = setup.state;
    for (;;) {
      state = await passOver(job, state, workers, setup);
      if (isStopped()) return state;
      const step = job.next(state.pass, state.part);
      if (step.done) return step.result;
      state = startOf(job, step.pass);
    }
  } finally {
    await Promise.all(workers.map((thread) => thread.terminate()));
  }
}

/** The state at the beginning of a pass. */
export function startOf({ size }: Job, pass: JobPass): State {
  return { pass, left: [{ from: 0, to: size }], part: undefined };
}

async function passOver(
  job: Job,
  { pass, left, part }: State,
  workers: readonly Worker[],
  { progress, isStopped }: Setup,
): Promise<State> {
  const rest = [...left];
  let whole = part;
  const runBlocks = async (thread: Worker) => {
    thread.postMessage(pass);
    let size = SMALLEST;
    while (rest.length > 0 && !isStopped()) {
      const fair = Math.ceil(countOf(rest) / (2 * workers.length));
      const block = cutFrom(rest, Math.min(size, Math.max(fair, SMALLEST)));
      const start = performance.now();
      await answerTo(thread, block);
      size = sizeAfter(size, performance.now() - start);
      progress.report(pass.label, job.size - countOf(rest));
    }
    const own = await answerTo(thread, 'part');
    whole = whole === undefined ? own : job.merge(whole, own);
  };
  await Promise.all(workers.map(runBlocks));
  return { pass, left: rest, part: whole };
}

async function answerTo(thread: Worker, message: Message): Promise<unknown> {
  const answer = once(thread, 'message');
  thread.postMessage(message);
  return (await answer)[0] as unknown;
}

/** A thread gets the pass, then its blocks one by one, then the request for the part that it has computed. */
type Message = JobPass | JobBlock | 'part';

/** The number of items in some blocks. */
export function countOf(blocks: readonly JobBlock[]): number {
  return blocks.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** Milliseconds of a block: long enough to be worth a message, short enough not to delay the end. */
const SHORT = 250;
const LONG = 1000;
const SMALLEST = 256;

function sizeAfter(size: number, took: number): number {
  return took < SHORT ? size * 2 : took > LONG ? Math.max(Math.floor(size / 2), 1) : size;
}

/** Removes a block of at most `size` items from the first block that is left. */
function cutFrom(left: JobBlock[], size: number): JobBlock {
  const [{ from, to }] = left as [JobBlock];
  if (to - from <= size) return left.shift()!;
  left[0] = { from: from + size, to };
  return { from, to: from + size };
}

/** Runs in a thread: prepares the job, then computes passes, block by block. */
export function serve(): void {
  const job = jobOf(workerData as Task);
  let runner: PassRunner | undefined;
  parentPort!.on('message', (message: Message) => {
    if (message === 'part') parentPort!.postMessage(runner!.part());
    else if ('label' in message) runner = job.begin(message);
    else {
      runner!.add(message);
      parentPort!.postMessage('done');
    }
  });
}
