/** What a study answers, in every form that there is a writer for. */
import type { Outline } from '../core/outline.js';
import type { Sheet, Table } from '../core/table.js';
import type { Plan } from '../projection/plan.js';

/** Each form goes to the writer that knows it. */
export interface Answer {
  /** Tidy data, for CSV. */
  readonly table?: Table | undefined;
  /** The same with everything around it, for JSON. */
  readonly document?: object;
  /** For eyes. */
  readonly sheets?: readonly Sheet[];
  readonly outline?: Outline | undefined;
  /** What it was computed by, of which a workbook is made. */
  readonly plans?: readonly Plan[];
  /** What a person should know of the answer: under- and over-runs, understated periods. */
  readonly notes: readonly string[];
}
