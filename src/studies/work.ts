/** Work that may be cut anywhere and done in any order: whatever the cuts, the answer is the same. */
import type { Diagnostic } from '../core/diagnostic.js';
import type { Answer } from './answer.js';

/** Things of the same kind, numbered from 0, `to` exclusive. */
export interface Block {
  readonly from: number;
  readonly to: number;
}

/** What is done with every thing; plain data, as it goes to other threads. */
export interface Pass {
  /** What is being done, for whoever waits: `drawing`. */
  readonly label: string;
}

/**
 * Passes over things that are numbered, one pass after the other. What a pass makes of a block is
 * plain data; `merge` is associative and commutative, so blocks may be of any size and come in any
 * order, from any thread or machine.
 */
export interface Work<P extends Pass = Pass, Part = unknown> {
  /** How many things there are, and what they are called: 10,000 `draws`. */
  readonly size: number;
  readonly noun: string;
  readonly first: () => P;
  readonly part: (pass: P, block: Block) => Part;
  readonly merge: (one: Part, other: Part) => Part;
  /** What follows from a pass over everything: another one, or the answer. */
  readonly next: (pass: P, whole: Part) => P | Answer | readonly Diagnostic[];
}

/** Whether there is more to do. */
export function isPass(next: Pass | Answer | readonly Diagnostic[]): next is Pass {
  return 'label' in next;
}

/** All of the work at once. */
export function finished({ size, first, part, next }: Work): Answer | readonly Diagnostic[] {
  let pass = first();
  for (;;) {
    const result = next(pass, part(pass, { from: 0, to: size }));
    if (!isPass(result)) return result;
    pass = result;
  }
}
