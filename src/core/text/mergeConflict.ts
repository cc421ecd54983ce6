/** Finds the marks that git leaves in a text where it could not join two versions. */
import type { Problem } from './diagnostic.js';

/** The place of the first mark, and what to say of it. */
export interface MergeConflict {
  readonly start: number;
  readonly end: number;
  readonly problem: Problem;
}

const PROBLEM: Problem = {
  message: 'a merge conflict: two versions of this text stand one below the other',
  found: 'lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`',
  hint: 'keep one of the two versions, and delete the lines with these marks',
};

const MARKS = [/^<{7}(?: .*)?$/m, /^={7}$/m, /^>{7}(?: .*)?$/m];

/** The first conflict of a text; nothing where a mark is missing. */
export function mergeConflictIn(text: string): MergeConflict | undefined {
  if (!text.includes('<<<<<<<')) return undefined;
  const [first, ...others] = MARKS.map((mark) => mark.exec(text));
  if (!first || others.includes(null)) return undefined;
  return { start: first.index, end: first.index + first[0].length, problem: PROBLEM };
}
