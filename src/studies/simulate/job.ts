/** Work that may be cut anywhere and done in any order: whatever the cuts, the answer is the same. */
import type { Diagnostic } from '../../core/text/diagnostic.js';
import type { Answer } from '../study.js';

/** Things of the same kind, numbered from 0, `to` exclusive. */
export interface JobBlock {
  readonly from: number;
  readonly to: number;
}

/** What is done with every thing; plain data, as it goes to other threads. */
export interface JobPass {
  /** What is being done, for whoever waits: `drawing`. */
  readonly label: string;
}

/**
 * Passes over things that are numbered, one pass after the other. What a pass makes of blocks is
 * plain data; `merge` is associative and commutative, so blocks may be of any size and come in any
 * order, from any thread or machine.
 */
export interface Job<P extends JobPass = JobPass, Part = unknown> {
  /** How many things there are, and what they are called: 10,000 `draws`. */
  readonly size: number;
  readonly noun: string;
  readonly first: () => P;
  readonly begin: (pass: P) => PassRunner<Part>;
  readonly merge: (one: Part, other: Part) => Part;
  /** What follows from a pass over everything: another one, or the answer. */
  readonly next: (pass: P, whole: Part) => P | Answer | readonly Diagnostic[];
}

/** A pass over some of the things, block after block, as one thread does it. */
export interface PassRunner<Part = unknown> {
  readonly add: (block: JobBlock) => void;
  /** What all of it came to; asked once, at the end. */
  readonly part: () => Part;
}

/** What a pass makes of one block. */
export function partOf<P extends JobPass, Part>(
  { begin }: Pick<Job<P, Part>, 'begin'>,
  pass: P,
  block: JobBlock,
): Part {
  const { add, part } = begin(pass);
  add(block);
  return part();
}

/** Whether there is more to do. */
export function isJobPass(next: JobPass | Answer | readonly Diagnostic[]): next is JobPass {
  return 'label' in next;
}

/** All of the work at once. */
export function finishPass(work: Job): Answer | readonly Diagnostic[] {
  const { size, first, next } = work;
  let pass = first();
  for (;;) {
    const result = next(pass, partOf(work, pass, { from: 0, to: size }));
    if (!isJobPass(result)) return result;
    pass = result;
  }
}
