/** A job: long work in blocks of any size and order, on any thread, whose answer is always the same. */
import type { Result } from '../core/result.js';
import type { Answer } from './answer.js';

/** Numbered items, such as draws, from `from` up to but not including `to`. */
export interface JobBlock {
  readonly from: number;
  readonly to: number;
}

/** One pass over all items: plain data, as it is sent to other threads. */
export interface JobPass {
  /** What the pass does, for the progress bar: `drawing`. */
  readonly label: string;
}

/**
 * Passes over numbered items, one after the other. The part that a pass makes of some blocks is
 * plain data; `merge` is associative and commutative, so blocks may have any size and come in any
 * order, from any thread or machine.
 */
export interface Job<P extends JobPass = JobPass, Part = unknown> {
  /** How many items there are, and what they are called: 10,000 `draws`. */
  readonly size: number;
  readonly noun: string;
  readonly first: () => P;
  readonly begin: (pass: P) => PassRunner<Part>;
  readonly merge: (one: Part, other: Part) => Part;
  readonly next: (pass: P, whole: Part) => JobStep<P>;
}

/** What follows a pass over all items: another pass, or the answer. */
export type JobStep<P extends JobPass = JobPass> =
  | { readonly done: false; readonly pass: P }
  | { readonly done: true; readonly result: Result<Answer> };

/** Runs one pass over some of the items, block after block, as one thread does. */
export interface PassRunner<Part = unknown> {
  readonly add: (block: JobBlock) => void;
  /** The part of all blocks added; asked for once, at the end. */
  readonly part: () => Part;
}

/** The part that a pass makes of one block. */
export function partOf<P extends JobPass, Part>(
  { begin }: Pick<Job<P, Part>, 'begin'>,
  pass: P,
  block: JobBlock,
): Part {
  const { add, part } = begin(pass);
  add(block);
  return part();
}

/** Does a whole job at once, in this thread. */
export function runJob(job: Job): Result<Answer> {
  const { size, first, next } = job;
  let pass = first();
  for (;;) {
    const step = next(pass, partOf(job, pass, { from: 0, to: size }));
    if (step.done) return step.result;
    pass = step.pass;
  }
}
