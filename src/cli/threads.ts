/** Work shared out over threads: blocks go to whoever is free, and what comes back is merged. */
import { load, STUDIES, type Answer, type Result } from '../index.js';
import {
  type ReadRecord,
  fromRecords,
  type Job,
  type JobBlock,
  type PassRunner,
  type JobPass,
} from '../shell.js';
import { once } from 'node:events';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { Progress } from './progress.js';

export interface Task {
  readonly study: string;
  readonly text: string;
  readonly name: string;
  readonly set: readonly string[];
  /** The other files that the scenario was made of. */
  readonly files: readonly ReadRecord[];
  /** The options as typed. */
  readonly options: object;
}

/** The work of a task that has been found to be right. */
export function workOf({ study, text, name, set, files, options }: Task): Job {
  const { scenario } = load(text, { name, set, read: fromRecords(files) });
  const { job, options: fields } = STUDIES.find((one) => one.name === study)!;
  const result = job!([scenario!], fields.parse(options));
  if (!result.ok) throw new Error('the task was checked before');
  return result.value;
}

/** How far work has come: the blocks that are left of a pass, and what the others came to. */
export interface State {
  readonly pass: JobPass;
  readonly left: readonly JobBlock[];
  readonly part: unknown;
}

/** Where it goes on, how long, and who is told. */
export interface Setup {
  /** The file that starts a thread, and how many of them there are. */
  readonly file: string;
  readonly threads: number;
  readonly state: State;
  readonly progress: Progress;
  readonly isStopped: () => boolean;
}

/** Everything that is left to do; where it is stopped, how far it has come. */
export async function runInThreads(
  work: Job,
  task: Task,
  setup: Setup,
): Promise<Result<Answer> | State> {
  const { file, threads, isStopped } = setup;
  const crew = Array.from(
    { length: threads },
    () => new Worker(file, { workerData: task, resourceLimits: { maxYoungGenerationSizeMb: 8 } }),
  );
  try {
    let state = setup.state;
    for (;;) {
      state = await passOver(work, state, crew, setup);
      if (isStopped()) return state;
      const step = work.next(state.pass, state.part);
      if (step.done) return step.result;
      state = begun(work, step.pass);
    }
  } finally {
    await Promise.all(crew.map((thread) => thread.terminate()));
  }
}

/** A pass of which nothing has been done. */
export function begun({ size }: Job, pass: JobPass): State {
  return { pass, left: [{ from: 0, to: size }], part: undefined };
}

async function passOver(
  work: Job,
  { pass, left, part }: State,
  crew: readonly Worker[],
  { progress, isStopped }: Setup,
): Promise<State> {
  const rest = [...left];
  let whole = part;
  const follow = async (thread: Worker) => {
    thread.postMessage(pass);
    let size = SMALLEST;
    while (rest.length > 0 && !isStopped()) {
      const fair = Math.ceil(countOf(rest) / (2 * crew.length));
      const block = cutFrom(rest, Math.min(size, Math.max(fair, SMALLEST)));
      const start = performance.now();
      await answerTo(thread, block);
      size = sizeAfter(size, performance.now() - start);
      progress.tell(pass.label, work.size - countOf(rest));
    }
    const own = await answerTo(thread, 'part');
    whole = whole === undefined ? own : work.merge(whole, own);
  };
  await Promise.all(crew.map(follow));
  return { pass, left: rest, part: whole };
}

async function answerTo(thread: Worker, message: Message): Promise<unknown> {
  const answer = once(thread, 'message');
  thread.postMessage(message);
  return (await answer)[0] as unknown;
}

/** A thread is told the pass, then blocks of it, each of which it answers, and then asked what they came to. */
type Message = JobPass | JobBlock | 'part';

/** Things in some blocks. */
export function countOf(blocks: readonly JobBlock[]): number {
  return blocks.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** Blocks take about so many milliseconds: worth a message, and nobody waits long for the last one. */
const SHORT = 250;
const LONG = 1000;
const SMALLEST = 256;

function sizeAfter(size: number, took: number): number {
  return took < SHORT ? size * 2 : took > LONG ? Math.max(Math.floor(size / 2), 1) : size;
}

/** Takes a block of at most so many away from the first that is left. */
function cutFrom(left: JobBlock[], size: number): JobBlock {
  const [{ from, to }] = left as [JobBlock];
  if (to - from <= size) return left.shift()!;
  left[0] = { from: from + size, to };
  return { from, to: from + size };
}

/** What a thread does: it prepares the work by itself, and then takes passes, block by block. */
export function serve(): void {
  const work = workOf(workerData as Task);
  let doing: PassRunner | undefined;
  parentPort!.on('message', (given: Message) => {
    if (given === 'part') parentPort!.postMessage(doing!.part());
    else if ('label' in given) doing = work.begin(given);
    else {
      doing!.add(given);
      parentPort!.postMessage('done');
    }
  });
}
