/** Work shared out over threads: blocks go to whoever is free, and what comes back is merged. */
import { once } from 'node:events';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import {
  isPass,
  type Answer,
  type Block,
  type Diagnostic,
  type Pass,
  type Work,
} from '../index.js';
import type { Progress } from './progress.js';
import { workOf, type Task } from './task.js';

/** How far work has come: the blocks that are left of a pass, and what the others came to. */
export interface State {
  readonly pass: Pass;
  readonly left: readonly Block[];
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
export async function shareOut(
  work: Work,
  task: Task,
  setup: Setup,
): Promise<Answer | readonly Diagnostic[] | State> {
  const { file, threads, isStopped } = setup;
  const crew = Array.from({ length: threads }, () => new Worker(file, { workerData: task }));
  try {
    let state = setup.state;
    for (;;) {
      state = await passOver(work, state, crew, setup);
      if (isStopped()) return state;
      const result = work.next(state.pass, state.part);
      if (!isPass(result)) return result;
      state = begun(work, result);
    }
  } finally {
    await Promise.all(crew.map((thread) => thread.terminate()));
  }
}

/** A pass of which nothing has been done. */
export function begun({ size }: Work, pass: Pass): State {
  return { pass, left: [{ from: 0, to: size }], part: undefined };
}

async function passOver(
  work: Work,
  { pass, left, part }: State,
  crew: readonly Worker[],
  { progress, isStopped }: Setup,
): Promise<State> {
  const queue = blocksOf(left, work.size / crew.length);
  let done = work.size - left.reduce((sum, { from, to }) => sum + to - from, 0);
  let whole = part;
  const follow = async (thread: Worker) => {
    thread.postMessage(pass);
    for (let block = queue.shift(); block; block = isStopped() ? undefined : queue.shift()) {
      const answer = once(thread, 'message');
      thread.postMessage(block);
      const [own] = (await answer) as [unknown];
      whole = whole === undefined ? own : work.merge(whole, own);
      done += block.to - block.from;
      progress.tell(pass.label, done);
    }
  };
  await Promise.all(crew.map(follow));
  return { pass, left: queue, part: whole };
}

/** Blocks are large enough to be worth a message, and small enough that nobody waits for the last one. */
const SMALLEST = 256;
const LARGEST = 8192;

function blocksOf(left: readonly Block[], share: number): Block[] {
  const size = Math.max(SMALLEST, Math.min(LARGEST, Math.ceil(share / 8)));
  return left.flatMap(({ from, to }) =>
    Array.from({ length: Math.ceil((to - from) / size) }, (_, i) => ({
      from: from + i * size,
      to: Math.min(from + (i + 1) * size, to),
    })),
  );
}

/** What a thread does: it prepares the work by itself, and then takes a pass, or blocks of it. */
export function serve(): void {
  const work = workOf(workerData as Task);
  let pass: Pass | undefined;
  parentPort!.on('message', (given: Pass | Block) => {
    if ('label' in given) pass = given;
    else parentPort!.postMessage(work.part(pass!, given));
  });
}
