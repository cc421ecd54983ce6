/** The answer of a study, in each form that a writer knows. */
import type { Outline } from '../core/outline.js';
import type { Sheet, Table } from '../core/table.js';
import type { Plan } from '../projection/plan.js';
import type { DerivedOptions } from './shared/derivedColumns.js';

/** Forms of one answer; a study leaves out those that it does not have. */
export interface Answer {
  /** Tidy rows, for CSV. */
  readonly table?: Table | undefined;
  /** The rows with what a program needs to read them, for JSON. */
  readonly document?: object;
  /** Tables and charts for people. */
  readonly sheets?: readonly Sheet[];
  /** A tree of words for people. */
  readonly outline?: Outline | undefined;
  /** The plans behind the numbers, for a workbook. */
  readonly plans?: readonly Plan[];
  /** The derived columns asked for, for a workbook. */
  readonly derived?: DerivedOptions | undefined;
  /** Set where the question has no solution; the command then exits with 1, after it has printed the answer. */
  readonly hasNoSolution?: true;
  /** What a reader should know of the numbers: over- and underspending, understated periods. */
  readonly notes: readonly string[];
}
